"""The matter of an issue: the narrowest phrase of a sentence that names it, and its readable form."""

from __future__ import annotations

import re
from bisect import bisect_left

from briefings.extract.antecedents import fuller
from briefings.extract.issue_cues import OpenCue
from briefings.extract.matter_heads import hinders_talks, is_predicate, named_near, noun_heads, question_head
from briefings.extract.named_phrases import FIRST, MAX_PHRASE, QUESTION, clause_of, inner_of, names_something, phrase_of
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.reading import Reading
from briefings.extract.units import Unit
from briefings.model import Span

_STOPS = (
    "is|are|was|were|has|have|had|will|would|could|that|which|who|but|because|while|as|until|before|after|said|says"
)
_PLAIN_END = re.compile(rf"[,.;:!?—–()\"“”]| (?:{_STOPS}|remains?)\b")
_PLAIN_START = re.compile(
    r"\W*(?:still |yet )?(over|on|about|regarding|of|to|towards|toward|for|between|whether|if|how|when|what|who)\b\W*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:and|but|even|the|a|an|its|their|his|her|any|some|this|that|these|those|key|main|central|critical|crucial|thorny|core|so-called|major|biggest|such|further|possible|potential)\s+)+",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"[,.;:!?—–()\"“”]\s*|\bthat ")
_WORD = re.compile(r"\S+")
_TRAILING = frozenset((
    "is", "are", "was", "were", "has", "have", "had", "will", "be", "been", "still", "also", "not", "n't", "do",
    "does", "did", "'s", "remain", "remains", "there",
))  # fmt: skip
_NOUNS = frozenset(("dobj", "pobj", "nsubj", "nsubjpass", "attr", "appos"))
_SHORT = 3  # words
_HOLDERS = frozenset((
    "plan", "plans", "refusal", "demand", "demands", "insistence", "proposal", "proposals", "assurances", "assurance",
    "promise", "commitment", "decision", "effort", "efforts", "attempt", "bid", "call", "calls", "request", "right",
    "readiness", "willingness", "idea", "condition", "claim", "offer", "guarantee", "guarantees", "deal", "agreement",
))  # fmt: skip
_MIN_PHRASE = 3  # characters
_MAX_LABEL = 90
_GERUND = re.compile(r"\w+ing$", re.IGNORECASE)
_DETERMINERS = frozenset(("the", "a", "an", "this", "these", "those", "its", "their", "our", "his", "her", "any"))
_SOMEBODY = frozenset(("we", "i", "they", "he", "she", "it", "you"))
_POINTERS = frozenset(("idea", "demand", "demands", "proposal", "plan", "condition", "conditions", "offer", "request"))
_LONG = 6  # words that are rather a clause than a name
# what was held is no matter where something else is named
_EVENTS = frozenset(("meeting", "meetings", "talks", "summit", "negotiations", "round", "visit", "conversation"))
_BARE = 2  # words of a reference such as "these matters"
_MAX_QUOTED = 6  # words


def find_matter(reading: Reading, unit: Unit, plain: Span, found: OpenCue) -> Span | None:
    """Return the phrase of a sentence that names what is not settled, or None."""
    parsed = reading.parsed
    if found.top is None:
        return _in_plain(reading, unit, plain, found)
    words = [t for t in unit.tokens(parsed) if found.cue.start <= t.start < found.cue.end and not t.is_quote]
    clause = question_head(parsed, words)
    if clause is not None:
        return clause_of(parsed, clause)
    named = _quoted_subject(parsed, words) or _named(reading, unit, plain, words)
    if named is not None:
        return named
    deed = next((c for t in words for c in t.children if parsed.tokens[c].dep == "xcomp"), None)
    return clause_of(parsed, deed) if deed is not None else _in_plain(reading, unit, plain, found)


def _named(reading: Reading, unit: Unit, plain: Span, words: list[Token]) -> Span | None:
    """Return the best noun phrase that hangs on a cue: the first of diplomacy, else the first."""
    parsed = reading.parsed
    spans = [_whole(parsed, head) for head in noun_heads(reading, words)]
    spans = [s for s in spans if plain.start <= s.start < plain.end and s.end > s.start]
    if spans and (is_predicate(parsed, words) or hinders_talks(parsed, words)):
        return spans[0]
    starts = [c.start for c in unit.cues if c.group == "diplomacy"]
    named = [s for s in spans if _is_name(s.cut(parsed.text).lower())]
    fitting = (s for s in named if any(s.start <= at < s.end for at in starts))
    spans = named or spans
    return next(fitting, spans[0] if spans else None)


def _is_name(words: str) -> bool:
    """Tell what names a matter from "the meeting" and "no date"."""
    return _LEAD.sub("", words) not in _EVENTS and not words.startswith("no ")


def _quoted_subject(parsed: ParsedText, words: list[Token]) -> Span | None:
    """Return a few quoted words that are the subject of the cue: 'the "land issue" remains open'."""
    if any(t.lower in FIRST for t in words):
        return None
    children = (parsed.tokens[c] for t in words for c in t.children)
    token = next((c for c in children if c.is_quote and c.dep in {"nsubj", "nsubjpass"}), None)
    if token is None or len(token.span.cut(parsed.text).split()) > _MAX_QUOTED:
        return None
    return Span(token.start + 1, token.end - 1)


def object_of(reading: Reading, verb: int) -> Span | None:
    """Return the noun phrase that a verb of asking or refusing names outright, or None."""
    parsed = reading.parsed
    children = [parsed.tokens[c] for c in parsed.tokens[verb].children]
    behind = [parsed.tokens[o] for p in children if p.dep == "prep" and p.lower in {"on", "for"} for o in p.children]
    for token in (*(c for c in children if c.dep == "dobj"), *(o for o in behind if o.dep == "pobj")):
        if token.lower not in _POINTERS and names_something(parsed, token.i) and not _is_somebody(reading, token.i):
            return phrase_of(parsed, token.i)
    return None


def clause_matter(reading: Reading, verb: int) -> Span | None:
    """Return what a verb or noun of asking asks for, as a noun phrase where there is one."""
    parsed = reading.parsed
    for dep in ("dobj", "ccomp", "xcomp", "acl"):
        for c in parsed.tokens[verb].children:
            if parsed.tokens[c].dep == dep and not parsed.tokens[c].is_quote and parsed.tokens[c].lower != "which":
                return phrase_of(parsed, c) if dep == "dobj" else _thing_of(reading, c)
    if any(parsed.tokens[c].lower == "which" for c in parsed.tokens[verb].children):
        return phrase_of(parsed, parsed.tokens[verb].head)  # "X, which Y rejects"
    inner = inner_of(parsed, verb)
    return phrase_of(parsed, inner) if inner is not None else None


def _thing_of(reading: Reading, clause: int) -> Span:
    """Return what a clause is about, its object before others, that is no party; else the clause."""
    parsed = reading.parsed
    children = [parsed.tokens[c] for c in parsed.tokens[clause].children]
    behind = [parsed.tokens[o] for p in children if p.dep == "prep" and p.i > clause for o in p.children]
    for dep, tokens in (("dobj", children), ("nsubjpass", children), ("pobj", behind), ("nsubj", children)):
        for token in tokens:
            if token.dep == dep and names_something(parsed, token.i) and not _is_somebody(reading, token.i):
                return phrase_of(parsed, token.i)
    return clause_of(parsed, clause)


def _is_somebody(reading: Reading, i: int) -> bool:
    party = reading.parties.at(i)
    return party is not None and party.kind in {"person", "official", "office", "government"} and bool(party.actors)


def _whole(parsed: ParsedText, head: int) -> Span:
    """Return a noun phrase; of a noun that says nothing alone ("plan", "refusal"), with its "to ..." or "that ..."."""
    span = phrase_of(parsed, head)
    token = parsed.tokens[head]
    is_short = len(span.cut(parsed.text).split()) <= _SHORT
    if not is_short or token.lower not in _HOLDERS:
        return span
    last = next((c for c in token.children if c > head and parsed.tokens[c].dep in {"acl", "ccomp", "relcl"}), None)
    if last is None or parsed.tokens[last].dep == "relcl" or parsed.tokens[head + 1].text == ",":
        return span
    end = min(parsed.span_of(parsed.subtree(last)).end, span.start + MAX_PHRASE)
    return Span(span.start, max(span.end, end))


def label_of(reading: Reading, matter: Span) -> str:
    """Return a readable name of a matter; of "the idea" or "these matters" what an earlier sentence called so."""
    parsed = reading.parsed
    head = bisect_left(parsed.starts, matter.end) - 1
    if len(matter.cut(parsed.text).split()) <= _BARE and head >= 0:
        named = fuller(reading, head)
        if named != head:
            return readable(phrase_of(parsed, named).cut(parsed.text))
    return readable(matter.cut(parsed.text))


def readable(words: str) -> str:
    """Return a matter as a label: one line, no article, a capital first."""
    line = " ".join(words.split())
    bare = _LEAD.sub("", line).strip(" \"“”'’,.;:") or line
    if len(bare) > _MAX_LABEL:
        bare = bare[: bare.rfind(" ", 0, _MAX_LABEL)] + " …"
    asked = re.sub(r"^if\b", "whether", bare, flags=re.IGNORECASE)
    return asked[:1].upper() + asked[1:]


def _in_plain(reading: Reading, unit: Unit, plain: Span, found: OpenCue) -> Span | None:
    """Return the matter by the words alone: what follows the cue's preposition, else what is named nearest to it."""
    text = reading.parsed.text
    near = _near(reading, unit, plain, found)
    if found.top is not None and near is not None:
        return near
    behind = _behind(text, plain, found)
    if behind is not None:
        return behind
    before = _before(text, plain, found)
    is_named = any(c.group == "diplomacy" and before.start <= c.start < before.end for c in unit.cues)
    is_short = 1 < len(before.cut(text).split()) <= _LONG and before.end <= found.cue.start
    return before if is_named or is_short or near is None else near


def _behind(text: str, plain: Span, found: OpenCue) -> Span | None:
    """Return what follows the preposition or question word behind a cue, or at its end."""
    first = max(found.cue.start, text.rfind(" ", 0, found.cue.end) + 1)
    begin = _PLAIN_START.match(text, found.cue.end, min(plain.end, found.cue.end + MAX_PHRASE))
    if begin is None and text[first : found.cue.end].lower() in QUESTION:
        start = first
    elif begin is None:
        return None
    else:
        start = begin.start(1) if begin.group(1).lower() in QUESTION else begin.end()
    end = min(_plain_end(text, start + 1, plain.end), start + MAX_PHRASE)
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end) if end > start else None


def _plain_end(text: str, start: int, end: int) -> int:
    """Return where the words from a place on break off, at the latest the end."""
    stop = _PLAIN_END.search(text, start, end)
    return stop.start() if stop else end


def _near(reading: Reading, unit: Unit, plain: Span, found: OpenCue) -> Span | None:
    """Return the noun phrase nearest to a cue: one with a word of diplomacy, else any that names something."""
    parsed = reading.parsed
    tokens = [t for t in unit.tokens(parsed) if plain.start <= t.start < plain.end and not t.is_quote]
    starts = {c.start for c in unit.cues if c.group == "diplomacy"}
    any_noun = {t.start for t in tokens if names_something(parsed, t.i) and t.dep in _NOUNS}
    heads = (named_near(reading, tokens, s, found.cue.start) for s in (starts, any_noun))
    head = next((h for h in heads if h is not None), None)
    return None if head is None else _whole(parsed, head)


def _before(text: str, plain: Span, found: OpenCue) -> Span:
    """Return the words before the cue, from the last break on, without a verb at their end; else the cue."""
    breaks = (m.end() for m in _BREAKS.finditer(text, plain.start, found.cue.start))
    start = max(breaks, default=plain.start)
    words = list(_WORD.finditer(text, start, found.cue.start))
    while words and words[-1].group().lower() in _TRAILING:
        words.pop()
    if not words or words[-1].end() - start <= _MIN_PHRASE or words[0].group().lower() in _SOMEBODY:
        behind = Span(found.cue.end, _plain_end(text, found.cue.end, plain.end))
        is_long = len(behind.cut(text).split()) > 1
        return (
            Span(behind.start + 1, min(behind.end, behind.start + MAX_PHRASE))
            if is_long
            else Span(found.cue.start, found.cue.end)
        )
    if words[-1].group().lower() in _DETERMINERS:  # "a | timeframe is not set": the cue holds the noun
        return Span(found.cue.start, _plain_end(text, found.cue.start, found.cue.end))
    first = words[0].start()
    if len(words) > _LONG or _GERUND.match(words[0].group()):  # "doing all it can to ensure the next meeting"
        first = next((w.start() for w in reversed(words[:-1]) if w.group().lower() in _DETERMINERS), first)
    return Span(first, min(words[-1].end(), first + MAX_PHRASE))
