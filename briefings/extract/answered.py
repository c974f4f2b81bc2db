"""What a response answers, where its sentence names it: a proposal, an event, an accusation or a question."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.extract.acts import Act
from briefings.extract.antecedents import fuller
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.reading import Reading
from briefings.extract.units import Unit
from briefings.model import Span, Stance

_ABOUT = frozenset(("on", "about", "to", "over", "regarding", "concerning", "for", "against", "at", "with"))
_ASKED = frozenset((
    "asked", "questioned", "commenting", "responding", "reacting", "response", "reaction", "responded", "answering",
    "comment", "regarding", "reply", "replying", "retaliation", "reference",
))  # fmt: skip
_JUDGING: frozenset[Stance] = frozenset(
    ("REJECT", "ACCUSE", "SUPPORT", "PROTEST", "NO_RESPONSE", "NO_COMMENT", "THREATEN")
)
_DEEPER = frozenset(("xcomp", "dobj", "acomp", "attr", "advcl", "oprd", "advmod"))
_MAX_DEEP = 6
_EMPTY = frozenset((
    "it", "this", "that", "he", "she", "they", "there", "which", "who", "what", "we", "i", "comment", "comments",
    "reporters", "journalists", "questions", "question", "statement", "interview", "details",
))  # fmt: skip
_OWN_DEEDS: frozenset[Stance] = frozenset(("RETREAT", "COOPERATE", "NO_RESPONSE", "NO_COMMENT"))
_TIMES = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "week", "month", "year",
    "morning", "evening", "night", "afternoon", "briefing", "telegram",
))  # fmt: skip
_PLACES = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "attr"))
_MAX = 300


def find_answered(reading: Reading, unit: Unit, act: Act | None, stance: Stance, place: int) -> Span | None:
    """Return the narrowest phrase that names what is answered, or None.

    Args:
        reading: the article.
        unit: the sentence of the response.
        act: its verb or noun; None for a silence told by a noun.
        stance: its stance.
        place: where the cue of a silence begins.
    """
    parsed = reading.parsed
    heads = _heads(reading, unit, act, stance, place)
    named = (h for h in heads if _names(parsed.tokens[h]) and not _is_for_comment(parsed, h))
    return next((_span(parsed, fuller(reading, h)) for h in named if not _is_party(reading, h)), None)


def _heads(reading: Reading, unit: Unit, act: Act | None, stance: Stance, place: int) -> Iterator[int]:
    """Yield the heads of phrases that may name what is answered, best first."""
    parsed = reading.parsed
    yield from _asked(parsed, unit)
    if act is None:
        yield from _behind(parsed, unit, place)
        return
    if act.is_noun or stance in {"NO_RESPONSE", "NO_COMMENT"}:
        yield from _complements(parsed, act.verb)
    elif stance in _JUDGING:
        yield from (*_objects(reading, act), *_subject_of_content(reading, act))
    if stance not in _OWN_DEEDS and not act.is_noun and not act.groups & {"act_consult", "act_request"}:
        yield from _events(reading, act)


def _asked(parsed: ParsedText, unit: Unit) -> Iterator[int]:
    """Yield what a sentence says that its speaker was asked about or responds to."""
    for token in unit.tokens(parsed):
        if token.lower in _ASKED:
            for c in token.children:
                child = parsed.tokens[c]
                if child.dep == "prep" and child.lower in {"about", "on", "to", "if", "whether"}:
                    yield from (
                        o
                        for o in child.children
                        if parsed.tokens[o].dep in {"pobj", "pcomp"} and _names(parsed.tokens[o])
                    )
                if child.dep == "ccomp" and token.lower == "asked":
                    yield c


def _behind(parsed: ParsedText, unit: Unit, place: int) -> Iterator[int]:
    for token in unit.tokens(parsed):
        if token.start > place and token.dep == "prep" and token.lower in {"on", "about", "to", "regarding", "over"}:
            yield from (o for o in token.children if parsed.tokens[o].dep in {"pobj", "pcomp"})


def _complements(parsed: ParsedText, top: int) -> Iterator[int]:
    """Yield what hangs on a verb of silence or a noun by "on", "to" ..., its object and its clause."""
    todo = [top]
    for i in todo:
        for c in parsed.tokens[i].children:
            child = parsed.tokens[c]
            if child.dep == "prep" and child.lower in _ABOUT | {"of"}:
                yield from (o for o in child.children if parsed.tokens[o].dep in {"pobj", "pcomp"})
            elif child.dep in _DEEPER and c > i and len(todo) < _MAX_DEEP:
                todo.append(c)
            elif child.dep in {"acl", "ccomp"}:
                yield c


def _objects(reading: Reading, act: Act) -> Iterator[int]:
    """Yield what a verb of judging is about; of "accused X of Y", nothing but an event that Y names."""
    parsed = reading.parsed
    if "act_report" in act.groups and len(act.groups) == 1:
        return
    for c in parsed.tokens[act.verb].children:
        child = parsed.tokens[c]
        if child.dep in {"dobj", "ccomp", "xcomp"} and c > act.verb and not child.is_quote:
            yield c
        if child.dep == "prep" and child.lower in _ABOUT:
            yield from (o for o in child.children if parsed.tokens[o].dep in {"pobj", "pcomp"})


def _events(reading: Reading, act: Act) -> Iterator[int]:
    """Yield the events and proposals that a verb's clause names: subjects and objects before what describes them."""
    parsed, nouns = reading.parsed, reading.context.rules.developments
    beside = [c for c in parsed.tokens[act.verb].children if parsed.tokens[c].dep == "conj"]
    other = {i for c in beside for i in parsed.subtree(c)}
    inside = [parsed.tokens[i] for i in parsed.subtree(act.verb) if i not in other]
    found = [t for t in inside if t.lower in nouns and not t.is_quote and t.dep in _PLACES and t.i != act.verb]
    yield from (t.i for t in sorted(found, key=lambda t: (t.dep not in {"nsubj", "nsubjpass", "dobj"}, t.i)))


def _subject_of_content(reading: Reading, act: Act) -> Iterator[int]:
    """Yield the subject of what is said, when it is not the speaker's own side: "the plan is dangerous, X said"."""
    parsed = reading.parsed
    for c in parsed.tokens[act.verb].children:
        if parsed.tokens[c].dep == "ccomp":
            for s in parsed.tokens[c].children:
                if parsed.tokens[s].dep in {"nsubj", "nsubjpass"} and reading.parties.at(s) is None:
                    yield s


def _is_party(reading: Reading, head: int) -> bool:
    """Tell somebody who is spoken of from something that happened."""
    party = reading.parties.at(head)
    is_event = reading.parsed.tokens[head].lower in reading.context.rules.developments
    return party is not None and party.kind != "other" and not is_event


def _is_for_comment(parsed: ParsedText, head: int) -> bool:
    """Tell "a request for comment", which names nothing."""
    children = parsed.tokens[head].children
    return parsed.tokens[head].lower.startswith("request") and any(parsed.tokens[c].lower == "for" for c in children)


def _names(token: Token) -> bool:
    return token.lower not in _EMPTY | _TIMES and (token.text[:1].isalpha() or token.is_quote)


def _span(parsed: ParsedText, head: int) -> Span:
    """Return a phrase with all that describes it, without asides and the marks around it."""
    tokens = parsed.tokens
    aside = {
        j
        for c in tokens[head].children
        if tokens[c].dep in {"relcl", "appos", "advcl", "parataxis"} and c > head
        for j in parsed.subtree(c)
    }
    numbers = [i for i in parsed.subtree(head) if i not in aside]
    span = parsed.span_of(numbers)
    end = min(span.end, span.start + _MAX)
    text = parsed.text
    while end > span.start and text[end - 1] in " ,.;:-–—\"”’'":
        end -= 1
    return Span(span.start, end) if end > span.start else span
