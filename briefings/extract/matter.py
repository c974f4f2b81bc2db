"""The matter of an issue: the narrowest phrase of a sentence that names it, and its readable form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefings.extract.issue_cues import OpenCue
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.phrase_heads import modifiers
from briefings.extract.reading import Reading
from briefings.extract.units import Unit
from briefings.model import Span

_QUESTION = frozenset(("whether", "if", "how", "when", "what", "who", "which", "where", "why"))
_FIRST = ("over", "on", "about", "regarding", "concerning", "around", "whether")
_ABOUT = frozenset((*_FIRST, "of", "to", "towards", "toward", "for", "between", "in", "into", "as"))
_CLOSED = frozenset(("relcl", "advcl", "punct", "cc", "conj", "appos", "parataxis", "ccomp", "acl"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
_EMPTY = frozenset(
    (
        "it",
        "there",
        "this",
        "that",
        "which",
        "who",
        "they",
        "these",
        "he",
        "she",
        "we",
        "what",
        "i",
        "you",
        "both",
        "some",
        "all",
        "one",
        "sides",
        "side",
        "something",
        "nothing",
        "any",
        "none",
        "everything",
        "things",
        "parties",
        "leaders",
        "officials",
    )
)
_SHELLS = frozenset(
    (
        "issue",
        "issues",
        "question",
        "questions",
        "matter",
        "problem",
        "problems",
        "point",
        "points",
        "subject",
        "topic",
        "topics",
        "details",
        "terms",
        "possibility",
        "idea",
        "prospect",
        "prospects",
        "kind",
        "number",
        "lot",
        "part",
        "series",
        "range",
        "course",
        "steps",
        "step",
        "efforts",
        "effort",
        "progress",
        "doubt",
        "doubts",
        "side",
        "area",
        "areas",
        "plan",
        "plans",
        "talks",
        "negotiations",
        "decision",
        "text",
    )
)
_SOFT_SHELLS = frozenset(
    ("plan", "plans", "talks", "negotiations", "decision", "efforts", "effort", "progress", "text")
)
_TIMES = frozenset(
    (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "week",
        "month",
        "year",
        "moment",
        "time",
        "days",
        "weeks",
        "months",
        "years",
        "stage",
        "place",
        "paper",
        "doubt",
        "limbo",
        "part",
        "while",
        "now",
        "least",
        "once",
        "hold",
        "odds",
        "ice",
        "discussion",
        "divergence",
        "end",
        "far",
        "principle",
        "person",
        "statement",
        "interview",
        "remarks",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    )
)
_BREAK = re.compile(r"[,;:()–—]| - ")
_PLAIN_END = re.compile(
    r"[,.;:!?—–()\"“”]| (?:is|are|was|were|has|have|had|will|would|could|that|which|who|but|because|while|as|until|before|after|said|says|remains?)\b"
)
_PLAIN_START = re.compile(
    r"\W*(?:still |yet )?(over|on|about|regarding|of|to|towards|toward|for|between|whether|if|how|when|what|who)\b\W*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:the|a|an|its|their|his|her|any|some|this|that|these|those|key|main|central|critical|crucial|thorny|core|so-called|major|biggest|such|further|possible|potential)\s+)+",
    re.IGNORECASE,
)
_MAX_PHRASE = 140
_MAX_LABEL = 90


def find_matter(reading: Reading, unit: Unit, plain: Span, found: OpenCue) -> Span | None:
    """Return the phrase of a sentence that names what is not settled, or None."""
    parsed = reading.parsed
    if found.top is None:
        return _in_plain(parsed.text, plain, found)
    words = [t for t in unit.tokens(parsed) if found.cue.start <= t.start < found.cue.end and not t.is_quote]
    clause = _question(parsed, words)
    if clause is not None:
        return _clause(parsed, clause)
    spans = [_phrase(parsed, head) for head in _heads(reading, words, found)]
    spans = [s for s in spans if plain.start <= s.start < plain.end and s.end > s.start]
    strong = (c for c in unit.cues if c.group == "diplomacy")
    starts = [c.start for c in strong]
    for span in spans:
        if any(span.start <= s < span.end for s in starts):
            return span
    if spans:
        return spans[0]
    deed = next((c for t in words for c in t.children if parsed.tokens[c].dep == "xcomp"), None)
    return _clause(parsed, deed) if deed is not None else _in_plain(parsed.text, plain, found)


def clause_matter(reading: Reading, verb: int) -> Span | None:
    """Return what a verb or noun of asking asks for."""
    parsed = reading.parsed
    for dep in ("dobj", "ccomp", "xcomp", "acl"):
        for c in parsed.tokens[verb].children:
            if parsed.tokens[c].dep == dep and not parsed.tokens[c].is_quote:
                return _phrase(parsed, c) if dep == "dobj" else _clause(parsed, c)
    inner = _inner(parsed, verb)
    return _phrase(parsed, inner) if inner is not None else None


def readable(words: str) -> str:
    """Return a matter as a label: one line, no article, a capital first."""
    line = " ".join(words.split())
    bare = _LEAD.sub("", line).strip(" \"“”'’,.;:") or line
    if len(bare) > _MAX_LABEL:
        bare = bare[: bare.rfind(" ", 0, _MAX_LABEL)] + " …"
    return bare[:1].upper() + bare[1:]


def _question(parsed: ParsedText, words: list[Token]) -> int | None:
    """Return the verb of a clause that begins "whether", "how" ... in the cue or right behind it, or is its subject."""
    last = words[-1].i
    for i in range(words[0].i, min(last + 4, len(parsed.tokens))):
        token = parsed.tokens[i]
        if token.lower in _QUESTION and token.sentence == words[0].sentence and token.head > i:
            return token.head
    for t in words:
        for i in (t.i, t.head):
            for c in parsed.tokens[i].children:
                if parsed.tokens[c].dep == "csubj" or (
                    parsed.tokens[c].dep == "ccomp" and c < i and _is_asked(parsed, c)
                ):
                    return c
    return next(
        (
            c
            for t in words
            for c in t.children
            if parsed.tokens[c].dep == "ccomp" and "clear" in {w.lower for w in words}
        ),
        None,
    )


def _is_asked(parsed: ParsedText, clause: int) -> bool:
    return any(parsed.tokens[c].lower in _QUESTION for c in parsed.tokens[clause].children)


def _heads(reading: Reading, words: list[Token], found: OpenCue) -> Iterator[int]:
    """Yield the heads of phrases that may name the matter, best first; parties alone are no matter."""
    parsed = reading.parsed
    seen = set()
    for look in (_after, _object, _complement, _modified, _subject, _within):
        for head in look(parsed, words):
            if head not in seen and _names(parsed, head) and not _is_party(reading, head):
                seen.add(head)
                yield head


def _is_party(reading: Reading, head: int) -> bool:
    party = reading.parties.at(head)
    return party is not None and party.kind != "other"


def _after(parsed: ParsedText, words: list[Token]) -> Iterator[int]:
    """Yield the objects of the prepositions that follow the cue or hang on its words, "over" and its like first."""
    inside = {t.i for t in words}
    preps = [
        parsed.tokens[c]
        for t in words
        for c in t.children
        if parsed.tokens[c].dep == "prep" and (c not in inside or t is words[-1])
    ]
    if words[-1].dep in {"prep", "prt"}:
        preps.append(words[-1])
    behind = words[-1].i + 1
    if (
        behind < len(parsed.tokens)
        and parsed.tokens[behind].dep == "prep"
        and parsed.tokens[behind].sentence == words[0].sentence
    ):
        preps.append(parsed.tokens[behind])
    deeper = [
        parsed.tokens[c]
        for p in preps
        for o in p.children
        for c in parsed.tokens[o].children
        if parsed.tokens[c].lower in _FIRST
    ]
    ranked = sorted(
        (p for p in (*deeper, *preps) if p.lower in _ABOUT and p.i > words[0].i - 1),
        key=lambda p: p.lower not in _FIRST,
    )
    for prep in ranked:
        yield from (c for c in prep.children if parsed.tokens[c].dep in {"pobj", "pcomp"})


def _object(parsed: ParsedText, words: list[Token]) -> Iterator[int]:
    inside = {t.i for t in words}
    for t in words:
        for c in t.children:
            if c not in inside and c > words[0].i and parsed.tokens[c].dep in {"dobj", "oprd"}:
                yield c
            if parsed.tokens[c].dep in {"xcomp", "advcl"} and c > t.i:
                yield from (o for o in parsed.tokens[c].children if parsed.tokens[o].dep in {"dobj", "pobj"})
                yield from _after(parsed, [parsed.tokens[c]])


def _complement(parsed: ParsedText, words: list[Token]) -> Iterator[int]:
    """Yield the other side of a verb of being: "the sticking point remains X", "under discussion is X"."""
    for t in words:
        i = t.i
        while parsed.tokens[i].dep in {"pobj", "prep", "nsubj", "attr", "acomp"} and parsed.tokens[i].head != i:
            role, i = parsed.tokens[i].dep, parsed.tokens[i].head
            if parsed.tokens[i].dep in {"ROOT", "ccomp", "conj", "relcl", "advcl", "parataxis"}:
                wanted = {"attr", "dobj", "oprd"} if role == "nsubj" else {"nsubj", "attr"}
                yield from (c for c in parsed.tokens[i].children if parsed.tokens[c].dep in wanted and c != t.i)
                break


def _subject(parsed: ParsedText, words: list[Token]) -> Iterator[int]:
    """Yield the subjects of the verbs above the cue, nearest first."""
    i = next((t.i for t in words if t.head not in {w.i for w in words} or t.head == t.i), words[0].i)
    for _ in range(4):
        yield from (c for c in parsed.tokens[i].children if parsed.tokens[c].dep in _SUBJECTS)
        if parsed.tokens[i].dep == "relcl":
            yield parsed.tokens[i].head
        if parsed.tokens[i].head == i:
            return
        i = parsed.tokens[i].head


def _modified(parsed: ParsedText, words: list[Token]) -> Iterator[int]:
    """Yield the noun that the cue stands before: "stalled talks"."""
    last = words[-1]
    if last.dep in {"amod", "compound", "nmod"} and last.head > last.i:
        yield last.head


def _within(parsed: ParsedText, words: list[Token]) -> Iterator[int]:
    yield from (t.i for t in reversed(words) if t.dep in {"dobj", "attr", "pobj", "nsubj", "nsubjpass", "ROOT"})


def _names(parsed: ParsedText, head: int) -> bool:
    token = parsed.tokens[head]
    return token.lower not in _EMPTY and token.lower not in _TIMES and not token.is_quote and token.text[:1].isalpha()


def _phrase(parsed: ParsedText, head: int) -> Span:
    """Return a noun phrase without asides, and of "the issue of X" only X."""
    token = parsed.tokens[head]
    if token.dep == "pcomp":
        return _cut(parsed, parsed.span_of(parsed.subtree(head)))
    if token.lower in _SHELLS:
        inner = _inner(parsed, head)
        if inner is not None and (token.lower not in _SOFT_SHELLS or parsed.tokens[inner].dep == "pcomp"):
            return _phrase(parsed, inner)
    numbers = list(range(modifiers(parsed, head)[0], head + 1))
    for c in token.children:
        if c > head and parsed.tokens[c].dep not in _CLOSED and not _is_time(parsed, c):
            numbers.extend(parsed.subtree(c))
    return _cut(parsed, parsed.span_of(numbers))


def _clause(parsed: ParsedText, verb: int) -> Span:
    """Return a clause, from its "whether" on where it has one."""
    numbers = parsed.subtree(verb)
    marks = [i for i in numbers if parsed.tokens[i].lower in _QUESTION]
    first = marks[0] if marks and marks[0] < verb + 1 else numbers[0]
    if parsed.tokens[first].lower in {"that", "if"} and not marks:
        first += 1
    return _cut(parsed, parsed.span_of([i for i in numbers if i >= first] or numbers))


def _inner(parsed: ParsedText, head: int) -> int | None:
    for c in parsed.tokens[head].children:
        token = parsed.tokens[c]
        if token.dep == "prep" and token.lower in _ABOUT:
            return next(
                (o for o in token.children if parsed.tokens[o].dep in {"pobj", "pcomp"} and _names(parsed, o)), None
            )
    return None


def _is_time(parsed: ParsedText, prep: int) -> bool:
    return any(parsed.tokens[c].lower in _TIMES for c in (prep, *parsed.tokens[prep].children))


def _cut(parsed: ParsedText, span: Span) -> Span:
    """Return the span up to a mark that breaks it, and not too long."""
    text = parsed.text[span.start : span.end]
    cut = _BREAK.search(text)
    end = min(cut.start() if cut and cut.start() > 3 else len(text), _MAX_PHRASE)
    if end == _MAX_PHRASE and " " in text[:end]:
        end = text.rfind(" ", 0, end)
    return Span(span.start, span.start + len(text[:end].rstrip(" -\"”’'.")))


def _in_plain(text: str, plain: Span, found: OpenCue) -> Span | None:
    """Return the matter by the words alone: what follows the cue's preposition, else what stands before it."""
    begin = _PLAIN_START.match(text, found.cue.end, plain.end)
    if begin is None:
        return _before(text, plain, found)
    start = begin.start(1) if begin.group(1).lower() in _QUESTION else begin.end()
    stop = _PLAIN_END.search(text, start + 1, plain.end)
    end = min(stop.start() if stop else plain.end, start + _MAX_PHRASE)
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end) if end > start else None


def _before(text: str, plain: Span, found: OpenCue) -> Span | None:
    """Return the words before the cue, from the last break on, without a verb at their end."""
    start = (
        max(
            (m.end() for m in re.finditer(r"[,.;:!?—–()\"“”]\s*|\bthat ", text[plain.start : found.cue.start])),
            default=0,
        )
        + plain.start
    )
    words = text[start : found.cue.start]
    bare = re.sub(
        r"(?:\s+(?:is|are|was|were|has|have|had|will|be|been|still|also|not|n't|do|does|did|'s|remains?|there))+\s*$",
        "",
        words,
    ).rstrip()
    if len(bare.split()) >= 1 and len(bare) > 3:
        return Span(start, min(start + len(bare), start + _MAX_PHRASE))
    return Span(found.cue.start, found.cue.end)
