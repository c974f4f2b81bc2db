"""Stretches of text between quotation marks, judged one paragraph at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefings.model import Span

_DOUBLE = re.compile(r"[\"“”„«»＂‟]|''|``")
_SINGLE = re.compile(r"(?<!['’])['’‘‚‹›](?!')")
_TWEET = re.compile(r"<[a-z][^<>\n]{0,400}>")
_OPENERS = frozenset(("“", "„", "‟", "``", "«"))
_PAIRS = {"„": "“", "»": "«", "«": "»", "‟": "”"}
_TRIM = " \t\r\n\u00a0\u200b\ufeff\"“”„«»‘’'`‚‹›＂‟"
_END = frozenset(".,!?;:…—–-")
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between marks. `outer` has the marks; `inner` has none and no blanks at its ends.

    `is_open`: no closing mark in its paragraph. `is_single`: set in single marks.
    """

    outer: Span
    inner: Span
    is_open: bool = False
    is_single: bool = False


def split_paragraphs(text: str, limit: int) -> list[Span]:
    """Return the lines of the text before `limit` without the blanks around them."""
    found = []
    for match in _PARAGRAPH.finditer(text, 0, limit):
        start, end = match.span()
        start += len(match[0]) - len(match[0].lstrip())
        end -= len(match[0]) - len(match[0].rstrip())
        if end > start:
            found.append(Span(start, end))
    return found


def find_stretches(text: str, paragraph: Span) -> list[Stretch]:
    """Return the stretches of a paragraph in double marks, and those in single marks outside them, in order."""
    tags = [m.span() for m in _TWEET.finditer(text, paragraph.start, paragraph.end)]
    double = list(_double(text, paragraph, tags))
    single: list[Stretch] = []
    edge = paragraph.start
    for stretch in [*double, None]:
        end = stretch.outer.start if stretch else paragraph.end
        single.extend(_single(text, Span(edge, end)))
        if stretch is None or stretch.is_open:
            break
        edge = stretch.outer.end
    return sorted([*double, *single], key=lambda s: s.outer)


def trim(text: str, start: int, end: int) -> Span:
    """Return the span without marks and blanks at its two ends."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return Span(start, end)


def _neighbours(text: str, paragraph: Span, start: int, end: int) -> tuple[str, str]:
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    return before, after


def _opens(mark: str, around: tuple[str, str], inside: str, *, is_first: bool) -> bool:
    """Tell an opening mark: curly ones say which way they face, straight ones are judged by the blanks beside them.

    Args:
        mark: the mark.
        around: the characters before and after it.
        inside: the mark that is open, or "".
        is_first: whether it opens its paragraph; a closing mark there is one typed wrong.
    """
    before, after = around
    if inside and _PAIRS.get(inside, "") == mark:
        return False
    if mark in _OPENERS:
        return not after.isspace() or (before.isspace() and not inside)
    if mark == "”":
        return is_first
    is_turned = before.isspace() and not after.isspace()
    if mark == "»":
        return not inside and is_turned
    return is_turned if inside else not after.isspace()


def _double(text: str, paragraph: Span, tags: list[tuple[int, int]]) -> Iterator[Stretch]:
    inside: tuple[int, int] | None = None
    opened = ""
    tag = 0
    for match in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        start, end = match.span()
        while tag < len(tags) and tags[tag][1] <= start:
            tag += 1
        if tag < len(tags) and tags[tag][0] <= start:
            continue
        around = _neighbours(text, paragraph, start, end)
        if _opens(match[0], around, opened, is_first=start == paragraph.start):
            inside, opened = (start, end), match[0]
        elif inside is not None:
            inner = trim(text, inside[1], start)
            if inner.end > inner.start:
                yield Stretch(Span(inside[0], end), inner)
            inside, opened = None, ""
    if inside is not None:
        inner = trim(text, inside[1], paragraph.end)
        if inner.end > inner.start:
            yield Stretch(Span(inside[0], paragraph.end), inner, is_open=True)


def _single(text: str, gap: Span) -> Iterator[Stretch]:
    """Yield stretches in single marks; a possessive is no closing mark when a better one follows."""
    opened: tuple[int, int] | None = None
    weak: tuple[int, int] | None = None
    for match in _SINGLE.finditer(text, gap.start, gap.end):
        start, end = match.span()
        before, after = _neighbours(text, gap, start, end)
        if before.isalnum() and after.isalnum():
            continue
        is_opening = not before.isalnum() and before not in _END and not after.isspace() and match[0] != "’"
        if is_opening or match[0] == "‘":
            if opened and weak:
                yield from _closed(text, opened, weak)
            opened, weak = (start, end), None
        elif opened and not after.isalnum():
            if before == "s" and after.isspace():
                weak = weak or (start, end)
                continue
            yield from _closed(text, opened, (start, end))
            opened = weak = None
    if opened and weak:
        yield from _closed(text, opened, weak)


def _closed(text: str, opened: tuple[int, int], closed: tuple[int, int]) -> Iterator[Stretch]:
    inner = trim(text, opened[1], closed[0])
    if inner.end > inner.start:
        yield Stretch(Span(opened[0], closed[1]), inner, is_single=True)
