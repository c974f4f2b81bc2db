"""Quotations of one article: who said what, by which words."""

from __future__ import annotations

from briefings.extract.context import ExtractContext
from briefings.extract.parsed import ParsedText
from briefings.model import Quotation


def find_quotations(parsed: ParsedText, context: ExtractContext) -> tuple[Quotation, ...]:
    """Return the quotations of an article in the order of their contents."""
    found = [Quotation(kind="direct", content=s.inner) for s in parsed.stretches]
    return tuple(found) if context else ()
