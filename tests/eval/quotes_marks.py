"""Stretches of a text between quotation marks, line by line, as the quotation evaluation counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefings.model import Span

_LINE = re.compile(r"[^\n]+")
_DOUBLE = re.compile(r"[\"“”„«»]|''")
_SINGLE = re.compile(r"[‘’]")
_ALWAYS_OPEN = frozenset("„«‘")
_ALWAYS_CLOSE = frozenset("”»")


def bare(text: str, start: int, end: int) -> Span:
    """Return the span without marks, blanks and punctuation at its ends; it may be empty."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end)


def lines(text: str, span: Span) -> Iterator[Span]:
    """Yield the pieces of a span, cut at line breaks and made bare."""
    for match in _LINE.finditer(text, span.start, span.end):
        piece = bare(text, *match.span())
        if piece.end > piece.start:
            yield piece


def stretches(text: str, *, single: bool = False) -> list[Span]:
    """Return what stands between marks, bare; a quotation left open ends with its line.

    Args:
        text: any text.
        single: the house sets quotations in single curly marks, and those in double ones are inside them.
    """
    marks = _SINGLE if single else _DOUBLE
    found = (piece for line in _LINE.finditer(text) for piece in _of_line(text, Span(*line.span()), marks))
    return [piece for piece in found if piece.end > piece.start]


def _of_line(text: str, line: Span, marks: re.Pattern[str]) -> Iterator[Span]:
    opened: int | None = None
    for match in marks.finditer(text, line.start, line.end):
        before = text[match.start() - 1] if match.start() > line.start else " "
        after = text[match.end()] if match.end() < line.end else " "
        if match[0] == "’" and _is_apostrophe(text, match.start(), line, (before, after)):
            continue
        if _opens(match[0], before, after, is_inside=opened is not None):
            opened = match.end()
        elif opened is not None:
            yield bare(text, opened, match.start())
            opened = None
    if opened is not None:
        yield bare(text, opened, line.end)


def _opens(mark: str, before: str, after: str, *, is_inside: bool) -> bool:
    if mark in _ALWAYS_OPEN:
        return True
    if mark in _ALWAYS_CLOSE or mark == "’":
        return False
    faces_right = not before.isalnum() and not after.isspace()  # a straight mark, or “, which ends „so“
    return faces_right and (before.isspace() or before in "(—–-") if is_inside else faces_right or mark == "“"


def _is_apostrophe(text: str, at: int, line: Span, around: tuple[str, str]) -> bool:
    """Tell don’t and the boys’ from a closing mark: of two candidates before the next opening, the later one closes."""
    before, after = around
    if after.isalnum():
        return True
    rest = text[at + 1 : line.end].split("‘", 1)[0]
    return before == "s" and after.isspace() and re.search(r"’(?!\w)", rest) is not None
