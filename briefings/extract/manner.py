"""How a response is told: new or standing, quoted, and to whom."""

from __future__ import annotations

from briefings.extract.acts import Act
from briefings.extract.reading import Reading
from briefings.extract.units import Unit
from briefings.model import Mode, Span, Stance

_NEWS_VERBS = frozenset(
    (
        "says",
        "tells",
        "warns",
        "announces",
        "calls",
        "urges",
        "say",
        "tell",
        "warn",
        "meets",
        "accuses",
        "confirms",
        "adds",
        "notes",
        "asks",
    )
)
_TOLD = frozenset(("told", "tells", "tell", "telling", "informed", "assured", "warned"))
_TALKS: frozenset[Stance] = frozenset(("CONSULT", "COOPERATE", "PROTEST", "REQUEST"))


def mode_of(reading: Reading, unit: Unit, act: Act | None, stance: Stance) -> Mode:
    """Tell a position held before ("has repeatedly said", bare "denies", "the demand that ...") from something new.

    Silence and what was done are always new.
    """
    if act is None or stance in {"NO_RESPONSE", "NO_COMMENT", "CONSULT", "COOPERATE"}:
        return "new"
    if act.is_noun:
        return "standing"
    if _is_habitual(reading, unit, act):
        return "standing"
    token = reading.parsed.tokens[act.verb]
    return "standing" if act.how.is_present and not act.how.modal and token.lower not in _NEWS_VERBS else "new"


def _is_habitual(reading: Reading, unit: Unit, act: Act) -> bool:
    """Tell an adverb such as "repeatedly" or "previously" that belongs to the verb."""
    tokens = reading.parsed.tokens
    children = [tokens[c] for c in tokens[act.verb].children]
    near = {(c.start, c.end) for c in unit.cues if c.group == "standing"}
    return any(
        start <= t.start < end
        for t in children
        for start, end in near
        if t.dep in {"advmod", "npadvmod", "prep", "aux"}
    )


def is_quoted(reading: Reading, span: Span) -> bool:
    """Tell whether a span holds words in quotation marks."""
    return any(s.inner.start < span.end and span.start < s.inner.end for s in reading.parsed.stretches)


def recipient_of(reading: Reading, act: Act | None, stance: Stance) -> str | None:
    """Return whom the actor spoke to, as the text names them, when it is a party."""
    if act is None:
        return None
    tokens = reading.parsed.tokens
    for c in tokens[act.verb].children:
        child = tokens[c]
        if child.dep == "dobj" and (tokens[act.verb].lower in _TOLD or stance in _TALKS):
            return _name(reading, c, act)
        if child.dep == "prep" and child.lower in {"with", "to"} and stance in _TALKS:
            for o in child.children:
                if tokens[o].dep == "pobj":
                    return _name(reading, o, act)
    return None


def _name(reading: Reading, i: int, act: Act) -> str | None:
    party = reading.parties.at(i)
    if party is None or (act.party is not None and party.actors & act.party.actors):
        return None
    return party.span.cut(reading.parsed.text)
