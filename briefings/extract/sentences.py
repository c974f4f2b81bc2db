"""Sentence ends by rule, in one linear pass: for the unmasked text, and for cutting long paragraphs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from briefings.model import Span

_STOP = re.compile(r"[.!?…]{1,8}[\"“”„«»’')\]]{0,8}(?=\s|$)")
_WORD_BEFORE = re.compile(r"[\w.]{1,12}$")
_OPENING = "\"“„«‘'(["


def split_sentences(text: str, span: Span, abbreviations: Collection[str]) -> Iterator[Span]:
    """Yield the sentences of a stretch of text without the blanks around them."""
    start = span.start
    for match in _STOP.finditer(text, span.start, span.end):
        if _ends(text, match, span.end, abbreviations):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, span.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield Span(start, end)


def _ends(text: str, match: re.Match[str], limit: int, abbreviations: Collection[str]) -> bool:
    """Tell a sentence end from an abbreviation, an initial and a question inside a sentence."""
    position = match.end()
    while position < limit and text[position].isspace():
        position += 1
    if position >= limit:
        return True
    following = text[position]
    if following in _OPENING and position + 1 < limit:
        following = text[position + 1]
    if following.islower():
        return False
    if match[0][0] != "." or len(match[0]) > 1:
        return True
    before = _WORD_BEFORE.search(text, max(0, match.start() - 12), match.start())
    word = before[0].lower() if before else ""
    is_initial = len(word) == 1 and word.isalpha() and before is not None and before[0].isupper()
    return not (is_initial or word in abbreviations)
