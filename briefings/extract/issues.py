"""Issues of one article."""

from __future__ import annotations

from briefings.extract.context import ExtractContext
from briefings.extract.parsed import ParsedText
from briefings.extract.units import split_units
from briefings.model import IssueMention, Span


def find_issues(parsed: ParsedText, context: ExtractContext) -> tuple[IssueMention, ...]:
    out = []
    for unit in split_units(parsed, context.rules.phrases):
        for plain in unit.plain:
            cues = [c for c in unit.cues if plain.start <= c.start < plain.end]
            hit = [c for c in cues if c.group in ("issue_unresolved","issue_disagreement","issue_no_agreement","issue_unclear","issue_pending")]
            if hit and any(c.group=="diplomacy" for c in cues) and not any(c.group=="issue_never" for c in cues):
                out.append(IssueMention(span=plain, matter=Span(hit[0].start,hit[0].end),label="",status="open",cue=hit[0].group[6:]))
    return tuple(out)
