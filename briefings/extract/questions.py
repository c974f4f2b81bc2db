"""Questions that an outlet asks about what is not decided: "Will X join the treaty?"."""

from __future__ import annotations

import re

from briefings.extract.parsed import ParsedText
from briefings.extract.reading import Reading
from briefings.extract.relevance import is_relevant
from briefings.extract.units import Unit
from briefings.model import Span

_OPENS = re.compile(
    r"\W*(?:(?:And|But|So|Or|Then)\W+)?(?:(?:will|would|could|can|should|might|is|are)\b|(?:how|when|where|what|who|which)\b.{0,40}?\b(?:will|would|could|might|can|should)\b)",
    re.IGNORECASE,
)
_MIN_WORDS = 5


def is_open_question(reading: Reading, unit: Unit, plain: Span) -> bool:
    """Tell a question about what will be, in the outlet's own voice."""
    text = plain.cut(reading.parsed.text)
    if not text.endswith("?") or len(text.split()) < _MIN_WORDS or not _OPENS.match(text):
        return False
    return not is_quoted(reading.parsed, plain) and is_relevant(reading, unit, plain, is_faint=True)


def is_quoted(parsed: ParsedText, plain: Span) -> bool:
    """Tell whether a sentence stands between quotation marks."""
    return any(s.outer.start <= plain.start and plain.end <= s.outer.end for s in parsed.stretches)
