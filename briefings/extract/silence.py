"""Reports that the watched actor has said nothing."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.extract.acts import Act
from briefings.extract.parties import Party
from briefings.extract.phrases import Cue
from briefings.extract.reading import Reading
from briefings.extract.units import Unit

_REACH = 12  # tokens between the noun and the actor
_FUTURE = frozenset(("will", "shall", "'ll", "must"))


def is_reported_silence(act: Act) -> bool:
    """Tell a report of silence from a plan, a condition or a wish about it."""
    return "silence" in act.groups and not act.how.modal and not act.how.is_hypothetical


def silent_by_noun(reading: Reading, unit: Unit, actors: frozenset[str]) -> Iterator[tuple[Party, Cue]]:
    """Yield who is silent by "no comment from ...", "awaiting ...'s response", with the cue."""
    for cue in unit.cues:
        if cue.group == "silence_from":
            party = _near(reading, unit, actors, cue, range(cue.start, unit.span.end))
        elif cue.group == "silence_of":
            party = _near(reading, unit, actors, cue, range(cue.start, cue.end))
        else:
            continue
        if party is not None and not _is_hypothetical(reading, unit, cue):
            yield party, cue


def _near(reading: Reading, unit: Unit, actors: frozenset[str], cue: Cue, where: range) -> Party | None:
    """Return the first party of these actors that the noun's phrase names in a stretch of the text."""
    tokens = unit.tokens(reading.parsed)
    n = 0
    for token in tokens:
        if token.start not in where or token.is_quote:
            continue
        n += 1
        party = reading.parties.at(token.i)
        if party is not None and party.actors & actors and not party.is_excluded:
            return party
        if party is not None and party.actors and token.start >= cue.end and token.dep == "pobj":
            return None  # "no reaction from X to Y's proposal": X is silent
        if n > _REACH or token.text in {".", ";", ",", ":"}:
            return None
    return None


def _is_hypothetical(reading: Reading, unit: Unit, cue: Cue) -> bool:
    before = [t.lower for t in unit.tokens(reading.parsed) if t.start < cue.start][-6:]
    return bool({"if", "unless", "would", *_FUTURE} & set(before))
