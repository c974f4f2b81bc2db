"""Responses of the watched actors in one article: what they said or did diplomatically, or that they said nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefings.extract.acts import Act
from briefings.extract.answered import find_answered
from briefings.extract.judging import running_on, stance_of
from briefings.extract.manner import is_quoted, mode_of, recipient_of
from briefings.extract.parsed import ParsedText
from briefings.extract.parties import Party
from briefings.extract.reading import Reading
from briefings.extract.silence import silent_by_noun
from briefings.extract.units import Unit
from briefings.model import ResponseMention, Span, Stance


@dataclass(frozen=True, slots=True)
class _Candidate:
    party: Party
    stance: Stance
    act: Act | None
    span: Span
    unit: int
    place: int = 0  # where the cue of a silence begins


def responses_of(reading: Reading) -> tuple[ResponseMention, ...]:
    """Return an article's responses of the actors that the catalogue's topics watch, in order."""
    return tuple(_mention(reading, c) for unit in reading.units for c in _entries(reading, unit))


def _mention(reading: Reading, c: _Candidate) -> ResponseMention:
    unit = reading.units[c.unit]
    named = c.party.span
    return ResponseMention(
        span=c.span,
        actor_id=min(c.party.actors & reading.context.rules.watched),
        actor=named.cut(reading.parsed.text) if c.span.start <= named.start < c.span.end else None,
        speaker=c.party.person,
        stance=c.stance,
        mode=mode_of(reading, unit, c.act, c.stance),
        is_quoted=is_quoted(reading, c.span),
        is_silence=c.stance == "NO_RESPONSE",
        development=find_answered(reading, unit, c.act, c.stance, c.place),
        recipient=recipient_of(reading, c.act, c.stance),
    )


def _entries(reading: Reading, unit: Unit) -> list[_Candidate]:
    """Return the entries of a unit: one, or one a clause where two speakers or two stances are joined."""
    if reading.parsed.text[unit.span.end - 1] == "?" or unit.is_heading(reading.parsed):
        return []
    found = _of_acts(reading, unit)
    silent = next(_silent(reading, unit), None)
    if silent is not None and not any(c.stance == "NO_RESPONSE" for c in found):
        found = [silent, *found]
    return _spanned(reading, unit, _apart(reading, found))


def _silent(reading: Reading, unit: Unit) -> Iterator[_Candidate]:
    for party, cue in silent_by_noun(reading, unit, reading.context.rules.watched):
        yield _Candidate(party, "NO_RESPONSE", None, unit.span, unit.index, cue.start)


def _of_acts(reading: Reading, unit: Unit) -> list[_Candidate]:
    watched = reading.context.rules.watched
    found = []
    for act in reading.acts[unit.index]:
        if act.party is None or act.party.is_excluded or not act.party.actors & watched:
            continue
        if _is_within(reading, unit, act):
            continue
        stance = stance_of(reading, unit, act)
        if stance is not None:
            found.append(_Candidate(act.party, stance, act, unit.span, unit.index))
    says_more = any(c.stance != "STATEMENT" for c in found)
    return [c for c in found if c.stance != "STATEMENT" or not says_more or (c.act is not None and c.act.is_main)]


def _is_within(reading: Reading, unit: Unit, act: Act) -> bool:
    """Tell "deny" in "would neither confirm nor deny", which is another verb's phrase."""
    start = reading.parsed.tokens[act.verb].start
    others = (c for a in reading.acts[unit.index] if a.verb != act.verb for c in a.cues)
    return any(c.start < start < c.end for c in others if c.group in {"act_no_comment", "silence"})


def _apart(reading: Reading, found: list[_Candidate]) -> list[_Candidate]:
    """Keep one candidate a reporting clause: main ones first, then those of another speaker outside their content."""
    kept: list[_Candidate] = []
    for c in sorted(found, key=lambda c: (c.act is not None and not c.act.is_main, c.act.verb if c.act else 0)):
        if not any(_is_same(reading, c, other) for other in kept):
            kept.append(c)
    return sorted(kept, key=lambda c: c.act.verb if c.act else c.party.head)


def _is_same(reading: Reading, c: _Candidate, kept: _Candidate) -> bool:
    """Tell whether a candidate only repeats or details one that is kept."""
    if c.act is None or kept.act is None:
        return c.stance == kept.stance
    if c.stance == kept.stance and c.party.person == kept.party.person:
        return True
    if c.act.is_main and kept.act.is_main:
        return False
    return c.party.head == kept.party.head or _hangs_on(reading.parsed, c.act.verb, kept.act.verb, c)


def _hangs_on(parsed: ParsedText, verb: int, above: int, c: _Candidate) -> bool:
    """Tell a clause inside what another verb says from one beside it that names its own speaker."""
    tokens = parsed.tokens
    for _ in range(12):
        head = tokens[verb].head
        if head == above:
            return tokens[verb].dep not in {"prep", "advcl"} or c.party.person is None
        if head == verb:
            return False
        verb = head
    return True


def _spanned(reading: Reading, unit: Unit, entries: list[_Candidate]) -> list[_Candidate]:
    """Give one entry the whole unit and what runs on behind it, several their clauses."""
    if len(entries) == 1:
        joined = running_on(reading, unit) if entries[0].act is not None else []
        end = joined[-1].span.end if joined else unit.span.end
        only = entries[0]
        return [replace(only, span=Span(unit.span.start, end))]
    return [_clause(reading, unit, entries, n) for n in range(len(entries))]


def _clause(reading: Reading, unit: Unit, entries: list[_Candidate], n: int) -> _Candidate:
    start = unit.span.start if n == 0 else _clause_start(reading, entries[n], entries[n - 1])
    end = unit.span.end if n == len(entries) - 1 else _clause_start(reading, entries[n + 1], entries[n])
    text = reading.parsed.text
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "\"”’')."):
        end -= 1
    c = entries[n]
    return replace(c, span=Span(start, end) if end > start else unit.span)


def _clause_start(reading: Reading, c: _Candidate, before: _Candidate | None) -> int:
    if c.act is None:
        return c.party.span.start
    verb = reading.parsed.tokens[c.act.verb]
    is_own = c.party.head > (before.act.verb if before is not None and before.act is not None else -1)
    return min(verb.start, c.party.span.start) if is_own else verb.start
