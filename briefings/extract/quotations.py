"""Quotations of one article: who said what, by which words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from briefings.extract.clauses import find_clauses
from briefings.extract.contents import Attribution
from briefings.extract.context import ExtractContext
from briefings.extract.cues import Cues
from briefings.extract.labels import Found
from briefings.extract.parsed import ParsedText
from briefings.extract.passives import find_passives
from briefings.extract.reach import opening, reach
from briefings.extract.reports import find_reports
from briefings.extract.runs import attribute_stretches, tokens_of_stretches
from briefings.extract.speakers import Speakers
from briefings.extract.syntax import Source
from briefings.extract.transcripts import find_blocks, find_turns
from briefings.model import Quotation, QuotationKind, Span

_MARKS = " \u00a0\"'“”„«»‘’`"
_POINTERS = frozenset(
    (
        "that",
        "this",
        "it",
        "so",
        "him",
        "her",
        "them",
        "what",
        "which",
        "who",
        "something",
        "anything",
        "nothing",
        "everything",
    )
)
_COMPOUND = re.compile(r"(?<=\w)(?:[-‑]\w{1,30}){1,4}")  # the rest of a word that the parser parts: re-election
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
    stretches = attribute_stretches(parsed, context.cues)
    for clause in _clauses(parsed, context.cues):
        if clause.rule == "trailing" and clause.source is not None:
            marks.torn.append(clause.source.span)
        for content in _contents(marks, clause, stretches):
            kind, inside = marks.kind(content)
            shown = marks.shown(content, kind, inside)
            covered.update(inside if clause.source else ())
            if shown not in found and marks.is_worth(shown):
                found[shown] = _Draft(shown, clause.cue, clause.source, kind)
    edges = tokens_of_stretches(parsed)
    for n, hit in stretches.items():
        content = reach(parsed, edges[n], hit, context.cues)
        if n not in covered and content not in found:
            kind, inside = marks.kind(content)
            covered.update(inside)
            shown = marks.shown(content, kind, inside)
            found[shown] = _Draft(shown, hit.cue, hit.source, kind)
            first = opening(parsed, edges[n], hit, context.cues)
            if first is not None:
                found.setdefault(first, _Draft(first, hit.cue, hit.source, "indirect"))
    for turn in chain(find_turns(parsed), find_blocks(parsed, context.cues)):
        kind = marks.kind(turn.content[0])[0]
        if kind != "direct":
            found.setdefault(turn.content[0], _Draft(turn.content[0], None, turn.source, kind))
    drafts = (marks.without_speaker(d) for d in found.values() if d.content.cut(parsed.text).strip())
    return sorted(drafts, key=lambda d: (d.content.start, -d.content.end))


def _clauses(parsed: ParsedText, cues: Cues) -> Iterator[Attribution]:
    yield from find_clauses(parsed, cues)
    yield from find_reports(parsed, cues)
    yield from find_passives(parsed, cues)


def _contents(marks: _Marks, clause: Attribution, stretches: Mapping[int, Found]) -> Iterator[Span]:
    """Yield the contents of a clause; words in marks are never given to nobody."""
    for piece in clause.content:
        for content in _without_others(marks, marks.widened(piece), clause, stretches):
            if clause.source is not None or marks.kind(content)[0] != "direct":
                yield content


def _without_others(
    marks: _Marks, content: Span, clause: Attribution, stretches: Mapping[int, Found]
) -> Iterator[Span]:
    """Yield a clause without the quotation at its end that has a cue of somebody else right beside it."""
    if clause.rule == "according" and any(
        (strong := stretches.get(n)) and strong.is_strong and not _is_same(strong.source, clause.source)
        for n in marks.touching(content)
    ):
        return
    last = next(iter(reversed(marks.touching(content))), None)
    hit = stretches.get(last) if last is not None else None
    if (
        last is None
        or hit is None
        or not hit.is_strong
        or _is_same(hit.source, clause.source)
        or marks.stretches[last].outer.end < content.end
    ):
        yield content
    else:
        yield from marks.tidied(content.start, marks.stretches[last].outer.start)


def _is_same(one: Source | None, other: Source | None) -> bool:
    return one is not None and other is not None and one.head == other.head


class _Marks:
    """Where the quoted stretches are, for looking up by place."""

    def __init__(self, parsed: ParsedText) -> None:
        self.text = parsed.text
        self.stretches = parsed.stretches
        self.ends = [s.outer.end for s in parsed.stretches]
        self.torn: list[Span] = []  # speakers whom the parse took for a part of what they say

    def touching(self, span: Span) -> list[int]:
        """Return the stretches that share words with a span."""
        found = []
        for n in range(bisect_left(self.ends, span.start + 1), len(self.stretches)):
            stretch = self.stretches[n]
            if stretch.inner.start >= span.end:
                break
            if stretch.inner.end > span.start:
                found.append(n)
        return found

    def tidied(self, start: int, end: int) -> Iterator[Span]:
        """Yield the span without punctuation at its ends, if anything is left."""
        while start < end and not self.text[start].isalnum():
            start += 1
        while end > start and not self.text[end - 1].isalnum():
            end -= 1
        if end > start:
            yield Span(start, end)

    def without_speaker(self, draft: _Draft) -> _Draft:
        """End a content before the speaker at the end of its sentence whom the parse took for a part of it."""
        for name in self.torn:
            if draft.content.start < name.start < draft.content.end and name.start != draft.content.start:
                cut = next(self.tidied(draft.content.start, name.start), draft.content)
                return replace(draft, content=cut)
        return draft

    def is_worth(self, span: Span) -> bool:
        """Tell words from a mere pronoun."""
        return span.cut(self.text).lower() not in _POINTERS

    def widened(self, span: Span) -> Span:
        """Return the span with quoted words that it cuts taken in whole."""
        start, end = span.start, span.end
        for n in self.touching(span):
            inner = self.stretches[n].inner
            start, end = min(start, inner.start), max(end, inner.end)
        compound = _COMPOUND.match(self.text, end)
        end = compound.end() if compound else end
        n = bisect_left(self.ends, end + 2)
        if n < len(self.stretches) and self.text[end : self.stretches[n].inner.start].strip(_MARKS) == "":
            end = max(end, self.stretches[n].inner.end)
        return Span(start, end)

    def shown(self, span: Span, kind: QuotationKind, inside: list[int]) -> Span:
        """Return the span as it is shown: a direct one without its marks, a mixed one with both marks of each pair."""
        start, end = span.start, span.end
        if kind == "direct":
            first, last = self.stretches[inside[0]], self.stretches[inside[-1]]
            start = first.inner.start if first.outer.start <= start else start
            end = last.inner.end if end <= last.outer.end and end >= last.inner.end else end
            return Span(start, end - 1 if self.text[end - 1] == "," else end)
        for n in inside:
            stretch = self.stretches[n]
            start = stretch.outer.start if start == stretch.inner.start else start
            end = stretch.outer.end if end == stretch.inner.end else end
        return Span(start, end)

    def kind(self, span: Span) -> tuple[QuotationKind, list[int]]:
        """Return whether the span is quoted, in part or not at all, and the stretches in it."""
        inside = self.touching(span)
        outers = [self.stretches[n].outer for n in inside]
        size = sum(min(span.end, o.end) - max(span.start, o.start) for o in outers)
        if size >= _IN_MARKS * (span.end - span.start):
            return "direct", inside
        return ("mixed" if inside else "indirect"), inside
