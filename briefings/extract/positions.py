"""Positions of named parties on a matter: what each asks for, refuses or accepts, anywhere in the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from briefings.extract.acts import Act
from briefings.extract.content import content_spans, cues_within
from briefings.extract.parties import Party
from briefings.extract.reading import Reading
from briefings.extract.units import Unit
from briefings.model import IssueMention, Position, Span

_HELD = (
    "act_request",
    "act_reject",
    "act_agree",
    "act_threaten",
    "act_concede",
    "lean_request",
    "lean_agree",
    "noun_request",
    "noun_reject",
    "noun_agree",
    "act_support",
)
_SAID = frozenset(("says_request", "says_reject", "says_refuse", "says_agree", "faint_request"))
_LOOSE = frozenset((
    "talks", "peace", "deal", "agreement", "plan", "proposal", "proposals", "meeting", "summit", "negotiations",
    "issue", "issues", "question", "questions", "whether", "which", "their", "there", "would", "could", "about",
    "other", "decision", "progress", "result", "results", "future", "between", "after", "under", "possible",
    "against", "conflict", "round", "further", "these", "those", "that", "this", "with", "from", "over",
    "breakthrough", "process", "country", "countries", "government", "president", "leaders", "leader", "date",
    "part", "parts", "text", "draft",
))  # fmt: skip
_POSSESSIVES = frozenset(("its", "their", "his", "her"))
_JOINING = frozenset(("while", "whereas", "but", "and", "although", "though", "as"))
_WORD = re.compile(r"\w+")
_STEM = 5
_MAX_POSITIONS = 6


def with_positions(reading: Reading, mention: IssueMention) -> IssueMention:
    """Return a mention with the position that each named party states on its matter, one a party."""
    stems = _stems(reading, mention.matter)
    found: dict[str, tuple[int, Position]] = {}
    for unit in reading.units:
        is_here = unit.span.start < mention.span.end and mention.span.start < unit.span.end
        shared = len(stems & _stems(reading, unit.span))
        if not (is_here or shared):
            continue
        for party, span in _held(reading, unit):
            rank = shared + (2 if is_here else 0)
            key = party.actor or party.person or party.noun
            if key not in found or rank > found[key][0]:
                words = party.span.cut(reading.parsed.text)
                found[key] = rank, Position(party=words, actor=party.actor, span=span)
    kept = sorted(found.values(), key=lambda row: (-row[0], row[1].span))[:_MAX_POSITIONS]
    return replace(mention, positions=tuple(p for _, p in sorted(kept, key=lambda row: row[1].span)))


def _stems(reading: Reading, span: Span) -> set[str]:
    """Return the beginnings of the words that tell a matter from others; names of actors do not."""
    names = reading.context.rules.names
    words = [w.strip(".,;:'’\"“”()") for w in span.cut(reading.parsed.text).replace("-", " ").split()]
    lowers = [w.lower() for w in words]
    named = {i for n in names.find(lowers, words) for i in range(n.first, n.last)}
    return {w[:_STEM] for i, w in enumerate(lowers) if len(w) >= _STEM and w not in _LOOSE and i not in named}


def _held(reading: Reading, unit: Unit) -> Iterator[tuple[Party, Span]]:
    """Yield the parties of a sentence that hold a position in it, each with its clause."""
    for act in reading.acts[unit.index]:
        party = act.party
        if party is None or not (party.actors or party.person) or act.how.is_hypothetical or act.how.is_wish:
            continue
        if party.span.cut(reading.parsed.text).lower() in _POSSESSIVES:  # "its proposals": half of somebody's clause
            continue
        if any(g in _HELD for g in act.groups) or _says_position(reading, unit, act):
            yield party, _clause(reading, unit, act)


def _says_position(reading: Reading, unit: Unit, act: Act) -> bool:
    if "act_report" not in act.groups or not act.is_main:
        return False
    return any(c.group in _SAID for c in cues_within(unit, content_spans(reading.parsed, unit, act)))


def _clause(reading: Reading, unit: Unit, act: Act) -> Span:
    """Return the clause of an act: what hangs on its verb, up to the clause of another party beside it."""
    parsed, tokens = reading.parsed, reading.parsed.tokens
    apart = {
        j
        for c in tokens[act.verb].children
        if tokens[c].dep in {"conj", "advcl"}
        and any(tokens[o].dep in {"nsubj", "nsubjpass"} for o in tokens[c].children)
        for j in parsed.subtree(c)
    }
    numbers = [i for i in parsed.subtree(act.verb) if i not in apart]
    span = parsed.span_of(numbers)
    start, end = span.start, min(span.end, unit.span.end)
    named = act.party.span if act.party is not None else span
    if unit.span.start <= named.start < tokens[act.verb].start:
        start = named.start
    for other in reading.acts[unit.index]:
        if other.party is not None and tokens[act.verb].start < other.party.span.start < end and other.verb != act.verb:
            end = min(end, other.party.span.start) if _is_beside(act, other) else end
    return _trimmed(parsed.text, start, end, unit)


def _is_beside(act: Act, other: Act) -> bool:
    """Tell a clause of another party beside an act's, "X wants ..., while Y refuses", from one inside what it says."""
    return (
        other.host is None
        and other.party is not None
        and act.party is not None
        and other.party.actor != act.party.actor
    )


def _trimmed(text: str, start: int, end: int, unit: Unit) -> Span:
    """Return a clause without the joining words and marks at its end."""
    words = list(_WORD.finditer(text, start, end))
    while words and words[-1].group().lower() in _JOINING:
        words.pop()
    if not words:
        return unit.span
    last = words[-1].end()
    tail = text[last:end].rstrip(" ,;:–—-") if last == list(_WORD.finditer(text, start, end))[-1].end() else ""
    return Span(start, last + len(tail))
