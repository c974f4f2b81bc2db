"""Quotations of one article: who said what, by which words."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from briefings.extract.clauses import Attribution, find_clauses
from briefings.extract.context import ExtractContext
from briefings.extract.parsed import ParsedText
from briefings.extract.runs import attribute_stretches
from briefings.extract.speakers import Speakers
from briefings.extract.syntax import Source
from briefings.model import Quotation, QuotationKind, Span

_IN_MARKS = 0.9  # of a content that is direct


@dataclass(frozen=True, slots=True)
class _Draft:
    content: Span
    cue: Span | None
    source: Source | None
    kind: QuotationKind


def find_quotations(parsed: ParsedText, context: ExtractContext) -> tuple[Quotation, ...]:
    """Return the quotations of an article in the order of their contents, longer ones first."""
    drafts = _drafts(parsed, context)
    speakers = Speakers(parsed, context, [d.source for d in drafts if d.source])
    return tuple(
        Quotation(
            kind=draft.kind,
            content=draft.content,
            cue=draft.cue,
            speaker=speakers.speaker(draft.source) if draft.source else None,
        )
        for draft in drafts
    )


def _drafts(parsed: ParsedText, context: ExtractContext) -> list[_Draft]:
    marks = _Marks(parsed)
    found: dict[Span, _Draft] = {}
    covered: set[int] = set()
    for clause in find_clauses(parsed, context.cues):
        for piece in clause.content:
            content = marks.widened(piece)
            kind, inside = marks.kind(content)
            covered.update(inside if clause.source else ())
            if content not in found:
                found[content] = _Draft(content, clause.cue, clause.source, kind)
    for n, hit in attribute_stretches(parsed, context.cues).items():
        content = parsed.stretches[n].inner
        if n not in covered and content not in found:
            found[content] = _Draft(content, hit.cue, hit.source, "direct")
    return sorted(found.values(), key=lambda d: (d.content.start, -d.content.end))


class _Marks:
    """Where the quoted stretches are, for looking up by place."""

    def __init__(self, parsed: ParsedText) -> None:
        self.stretches = parsed.stretches
        self.ends = [s.outer.end for s in parsed.stretches]

    def _touching(self, span: Span) -> list[int]:
        found = []
        for n in range(bisect_left(self.ends, span.start + 1), len(self.stretches)):
            stretch = self.stretches[n]
            if stretch.inner.start >= span.end:
                break
            if stretch.inner.end > span.start:
                found.append(n)
        return found

    def widened(self, span: Span) -> Span:
        """Return the span with quoted words that it cuts taken in whole."""
        start, end = span.start, span.end
        for n in self._touching(span):
            inner = self.stretches[n].inner
            start, end = min(start, inner.start), max(end, inner.end)
        return Span(start, end)

    def kind(self, span: Span) -> tuple[QuotationKind, list[int]]:
        """Return whether the span is quoted, in part or not at all, and the stretches in it."""
        inside = self._touching(span)
        outers = [self.stretches[n].outer for n in inside]
        size = sum(min(span.end, o.end) - max(span.start, o.start) for o in outers)
        if size >= _IN_MARKS * (span.end - span.start):
            return "direct", inside
        return ("mixed" if inside else "indirect"), inside


__all__ = ["Attribution", "find_quotations"]
