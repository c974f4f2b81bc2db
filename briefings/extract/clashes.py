"""Clashes of positions: one named side asks for what another refuses, in one sentence or in two adjacent ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefings.extract.dating import is_dated_back
from briefings.extract.modality import clause_chain
from briefings.extract.parsed import Token
from briefings.extract.phrases import Cue
from briefings.extract.reading import Reading
from briefings.extract.references import PRONOUNS
from briefings.extract.units import Unit
from briefings.model import Span

_CLAUSES = frozenset(("ROOT", "conj", "ccomp", "xcomp", "advcl", "relcl", "acl", "parataxis", "pcomp", "dep"))
_BACK = frozenset((
    "this", "that", "it", "both", "which", "idea", "demand", "demands", "proposal", "plan", "condition", "conditions",
    "offer", "request", "those", "these", "such",
))  # fmt: skip
_SUPPOSED = frozenset(("if", "unless", "lest"))
_CONTRAST = frozenset(("while", "whereas", "but"))
_SIDES = frozenset(("for", "to", "by", "from", "of"))
_ASKS = "want"
_REFUSES = "refuse"


@dataclass(frozen=True, slots=True)
class Claim:
    """A side that asks or refuses: who, by which cue, and the verb."""

    cue: Cue
    verb: int
    side: int


@dataclass(frozen=True, slots=True)
class Clash:
    """Both sides; `span` is one sentence or two."""

    span: Span
    ask: Claim
    refusal: Claim


def find_clash(reading: Reading, unit: Unit) -> Clash | None:
    """Return the clash of a unit, or of a unit and the one before it that it answers."""
    refusals = list(_claims(reading, unit, _REFUSES))
    asks = list(_claims(reading, unit, _ASKS))
    pair = _pair(reading, asks, refusals) or _contrast(reading, asks)
    if pair is not None:
        return Clash(unit.span, *pair)
    if not refusals:
        return None
    before = reading.units[unit.index - 1] if unit.index else None
    if before is None or before.paragraph < unit.paragraph - 1 or not _answers(reading, before, unit):
        return None
    pair = _pair(reading, list(_claims(reading, before, _ASKS)), [r for r in refusals if _is_main(reading, r.verb)])
    return Clash(Span(before.span.start, unit.span.end), *pair) if pair is not None else None


def _pair(reading: Reading, asks: list[Claim], refusals: list[Claim]) -> tuple[Claim, Claim] | None:
    for ask in asks:
        for refusal in refusals:
            if ask.verb == refusal.verb:
                continue
            if _are_apart(reading, ask.side, refusal.side) or _is_thrown_back(reading, ask, refusal):
                return ask, refusal
    return None


def _contrast(reading: Reading, asks: list[Claim]) -> tuple[Claim, Claim] | None:
    """Return two sides that ask for different things: "X wants ..., while Y insists ..."."""
    for one in asks:
        for other in asks:
            between = {t.lower for t in reading.parsed.tokens[one.verb : other.verb]}
            if between & _CONTRAST and _are_apart(reading, one.side, other.side):
                return one, other
    return None


def _is_thrown_back(reading: Reading, ask: Claim, refusal: Claim) -> bool:
    """Tell "the bloc has rejected X's demand", where only X need be a party that is known."""
    owner, asked = reading.party_of(ask.side), reading.parsed.tokens[ask.verb]
    if owner is None or not owner.actors or asked.dep != "dobj" or asked.head != refusal.verb:
        return False
    other = reading.party_of(refusal.side)
    is_noun = reading.parsed.tokens[refusal.side].lower not in PRONOUNS
    return ask.side != refusal.side and is_noun and (other is None or not other.actors & owner.actors)


def _are_apart(reading: Reading, one: int, other: int) -> bool:
    """Tell two different sides, both of them parties."""
    first, second = reading.party_of(one), reading.party_of(other)
    if first is None or second is None or one == other:
        return False
    if first.actors and second.actors:
        return not first.actors & second.actors
    return (first.person or first.noun) != (second.person or second.noun)


def _claims(reading: Reading, unit: Unit, group: str) -> Iterator[Claim]:
    tokens = unit.tokens(reading.parsed)
    for cue in unit.cues:
        if cue.group != group:
            continue
        inside = [t for t in tokens if cue.start <= t.start < cue.end and not t.is_quote]
        numbers = {t.i for t in inside}
        top = next((t for t in inside if t.head not in numbers or t.head == t.i), None)
        if top is None or _is_over(reading, top):
            continue
        side = _side(reading, top)
        if side is not None:
            yield Claim(cue, top.i, side)


def _is_over(reading: Reading, top: Token) -> bool:
    """Tell what the text dates to an earlier month, "last month X rejected ...", and what is only supposed."""
    published = reading.context.published
    day = published.date() if published else None
    chain = list(clause_chain(reading.parsed, top.i))
    marks = (reading.parsed.tokens[c].lower for i in chain for c in reading.parsed.tokens[i].children)
    return bool(_SUPPOSED & set(marks)) or any(is_dated_back(reading.parsed, i, day) for i in chain)


def _side(reading: Reading, top: Token) -> int | None:
    """Return who asks or refuses: the subject, the possessor, or "a non-starter for X"."""
    tokens = reading.parsed.tokens
    if top.dep in _CLAUSES:
        return reading.subject_of(top.i) or _agent(reading, top)
    for c in top.children:
        token = tokens[c]
        if token.dep == "poss" or (token.dep in {"amod", "compound"} and reading.parties.name_at(c) is not None):
            return c
        if token.dep == "prep" and token.lower in _SIDES:
            side = next(
                (o for o in token.children if tokens[o].dep == "pobj" and reading.parties.at(o) is not None), None
            )
            if side is not None:
                return side
    head = tokens[top.head]
    if top.dep == "acomp" and head.dep == "ccomp":
        return reading.subject_of(head.head)
    if top.dep in {"attr", "acomp", "dobj", "pobj"} and head.dep in _CLAUSES:
        return next(
            (o for c in head.children if tokens[c].dep == "prep" for o in tokens[c].children if reading.parties.at(o)),
            None,
        )
    return None


def _agent(reading: Reading, top: Token) -> int | None:
    """Return who stands behind a participle: "changes proposed by X"."""
    tokens = reading.parsed.tokens
    return next(
        (
            o
            for c in top.children
            if tokens[c].dep in {"agent", "prep"} and tokens[c].lower == "by"
            for o in tokens[c].children
        ),
        None,
    )


def _is_main(reading: Reading, verb: int) -> bool:
    tokens = reading.parsed.tokens
    while tokens[verb].dep == "ccomp":  # "X says it will not ..."
        verb = tokens[verb].head
    return tokens[verb].dep in {"ROOT", "conj"}


def _answers(reading: Reading, before: Unit, unit: Unit) -> bool:
    """Tell whether a sentence takes up the one before: by a word that points back, or the same noun."""
    here = {t.lower for t in unit.tokens(reading.parsed)}
    if here & _BACK:
        return True
    there = {t.lower for t in before.tokens(reading.parsed) if len(t.lower) > 5 and t.dep in {"dobj", "pobj", "nsubj"}}
    return bool(here & there)
