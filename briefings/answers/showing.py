"""A passage with what it takes to be understood: the sentence before a pronoun, the rest of a short paragraph."""

from __future__ import annotations

import re

from briefings.answers.reading import LONGEST, Window
from briefings.model import Span

SHORT = 320  # characters to which a passage takes in what else its paragraph says
_LEANS = re.compile(
    r"[\"\u201c\u2018'(]*(?:he|she|it|they|his|her|its|their|this|that|these|those|such|but|and|however|instead|both|"
    r"neither|the (?:two|move|decision|plan|deal|agreement|meeting|talks|attack|latter|former))\b",
    re.IGNORECASE,
)


def in_context(window: Window) -> Span:
    """Return where a passage stands with its context: whole sentences, at most 600 characters."""
    grown = _with_before(window)
    while True:
        longer = Window(grown.read, grown.first, grown.last + 1)
        if not _fits(longer, SHORT) or _paragraph_ends(longer):
            return grown.span
        grown = longer


def _with_before(window: Window) -> Window:
    before = Window(window.read, window.first - 1, window.last)
    if window.first > 0 and _LEANS.match(window.text) and _fits(before, LONGEST):
        return before
    return window


def _fits(window: Window, most: int) -> bool:
    return window.last < len(window.read.sentences) and window.is_whole and window.size <= most


def _paragraph_ends(window: Window) -> bool:
    """Say whether the last sentence begins another paragraph than the one before."""
    last, before = window.sentences[-1], window.sentences[-2]
    return "\n" in window.read.article.text[before.span.end : last.span.start]
