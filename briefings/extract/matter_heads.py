"""Where a sentence names what its cue is about: behind a preposition, as object, complement or subject."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from briefings.extract.named_phrases import ABOUT, FIRST, QUESTION, inner_of, names_something
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.reading import Reading

_Look = Callable[[ParsedText, list[Token]], Iterator[int]]
_OUTCOMES = frozenset((
    "breakthrough", "breakthroughs", "progress", "headway", "result", "results", "outcome", "clarity", "consensus",
    "sign", "success", "detail", "details", "specifics", "compromise", "movement", "resolution", "unity", "unanimity",
))  # fmt: skip
# who talks, and what talks run into: no matter by themselves
_NO_MATTER = frozenset((
    "participants", "areas", "reservations", "deadlock", "impasse", "stalemate", "standoff", "stand-off", "partners",
    "allies", "leader", "president", "minister", "spokesman", "diplomats", "delegations", "team", "teams", "party",
    "resistance", "opposition", "objections", "friction", "criticism",
    "response", "responses", "reply", "answer", "reaction", "countries", "capitals", "members", "states", "nations",
    "governments", "expectations", "reluctance",
    "disagreements", "disagreement", "differences", "divisions", "agreement", "gap", "gaps", "obstacle", "hurdle",
))  # fmt: skip
_CONCERNING = frozenset(("surrounding", "regarding", "concerning", "involving", "including"))
_NAMED = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "attr", "appos"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
_PARTS = frozenset(("one", "some", "among", "part"))  # "one of the thorniest questions"
_CLIMBED = frozenset(("pobj", "prep", "nsubj", "attr", "acomp", "amod", "compound", "nmod"))
_TALKING = frozenset(("talks", "negotiations", "negotiation", "efforts", "process", "diplomacy", "round", "rounds"))
_CLAUSAL = frozenset(("nsubj", "nsubjpass", "aux", "auxpass", "expl", "csubj"))
_LIGHT = frozenset(("being", "doing", "trying", "making", "taking", "getting", "having", "ensuring", "working"))


def question_head(parsed: ParsedText, words: list[Token]) -> int | None:
    """Return the verb of a clause that begins "whether", "how" ... in the cue or right behind it, or is its subject."""
    last = words[-1].i
    for i in range(words[0].i, min(last + 4, len(parsed.tokens))):
        token = parsed.tokens[i]
        if token.lower in QUESTION and token.sentence == words[0].sentence and token.head > i:
            asked = _asked_verb(parsed, token)
            if parsed.tokens[asked].dep != "relcl":
                return asked
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


def _asked_verb(parsed: ParsedText, word: Token) -> int:
    """Return the verb of "how quickly X should be ..." and "which guarantees X offered"."""
    i = word.head
    while parsed.tokens[i].dep in {"advmod", "amod", "det", "dobj", "nsubj", "attr"} and parsed.tokens[i].head > i:
        i = parsed.tokens[i].head
    return i


def _is_asked(parsed: ParsedText, clause: int) -> bool:
    return any(parsed.tokens[c].lower in QUESTION for c in parsed.tokens[clause].children)


def noun_heads(reading: Reading, words: list[Token]) -> Iterator[int]:
    """Yield the heads of phrases that may name the matter, best first; parties alone are no matter."""
    parsed = reading.parsed
    seen = set()
    looks: tuple[_Look, ...] = (_after, _object, _complement, _modified, _subject, _within)
    if is_predicate(parsed, words):
        looks = (_complement, _after, _object, _modified, _subject, _within)
    elif len(words) > 1 and words[-1].lower == "of" and words[-1].head == words[-2].i:
        looks = (_within,)  # "the fate of X"
    elif hinders_talks(parsed, words):
        looks = (_subject, _after, _object, _complement, _modified, _within)
    for look in looks:
        for named in look(parsed, words):
            head = _deeper(parsed, named)
            if (
                head not in seen
                and names_something(parsed, head)
                and not _is_party(reading, head)
                and not _is_bare(parsed, head)
            ):
                seen.add(head)
                yield head


def hinders_talks(parsed: ParsedText, words: list[Token]) -> bool:
    """Tell "X has dogged every round of talks", where X is open."""
    return any(t.dep == "dobj" and t.lower in _TALKING and parsed.tokens[t.head] in words for t in words)


def _deeper(parsed: ParsedText, head: int) -> int:
    """Return what an outcome or a difference is about: of "no concrete result on X" the X."""
    word = parsed.tokens[head].lower
    inner = inner_of(parsed, head) if word in _OUTCOMES | _NO_MATTER else None
    return head if inner is None else inner


def is_predicate(parsed: ParsedText, words: list[Token]) -> bool:
    """Tell "X is an obstacle to Y" and "X is one of the questions", where X is open, from "there is no ..."."""
    nouns = [t for t in (_described(parsed, w) for w in words) if t.dep == "attr" or _is_as(parsed, t)]
    return any(not any(parsed.tokens[c].dep == "expl" for c in _verb(parsed, t).children) for t in nouns)


def _described(parsed: ParsedText, token: Token) -> Token:
    """Return the noun that an adjective stands before, and of "one of the ..." the one."""
    while token.dep in {"amod", "compound", "nmod"} and token.head > token.i:
        token = parsed.tokens[token.head]
    prep = parsed.tokens[token.head]
    whole = parsed.tokens[prep.head]
    return whole if token.dep == "pobj" and prep.lower == "of" and whole.lower in _PARTS else token


def _is_as(parsed: ParsedText, token: Token) -> bool:
    """Tell "X has emerged as the main obstacle"."""
    return token.dep == "pobj" and parsed.tokens[token.head].lower == "as"


def _verb(parsed: ParsedText, token: Token) -> Token:
    head = parsed.tokens[token.head]
    return parsed.tokens[head.head] if head.dep == "prep" else head


def named_near(reading: Reading, tokens: Sequence[Token], starts: Set[int], place: int) -> int | None:
    """Return the head of the phrase nearest to a place that holds a word of diplomacy, or None."""
    parsed = reading.parsed
    heads = [
        t
        for t in tokens
        if t.start in starts and t.dep in _NAMED and not _is_bare(parsed, t.i) and not _is_party(reading, t.i)
    ]
    return min(heads, key=lambda t: abs(t.start - place)).i if heads else None


def _is_bare(parsed: ParsedText, head: int) -> bool:
    """Tell "no breakthrough" and "the deadlock" from "no breakthrough on X", which names the matter."""
    word = parsed.tokens[head].lower
    if parsed.tokens[head].dep == "pcomp" and word in _LIGHT | {"resolved", "settled", "reached", "agreed"}:
        return True
    return word in _OUTCOMES | _NO_MATTER and (word in _NO_MATTER or inner_of(parsed, head) is None)


def _is_party(reading: Reading, head: int) -> bool:
    party = reading.parties.at(head)
    return party is not None and party.kind != "other"


def _after(parsed: ParsedText, words: list[Token]) -> Iterator[int]:
    """Yield the objects of the prepositions that follow the cue or hang on its words, "over" and its like first."""
    preps = _prepositions(parsed, words)
    deeper = [
        parsed.tokens[c]
        for p in preps
        for o in p.children
        for c in parsed.tokens[o].children
        if parsed.tokens[c].lower in FIRST
    ]
    for t in words:
        for c in t.children:
            if parsed.tokens[c].lower in _CONCERNING and c > t.i:
                yield from (o for o in parsed.tokens[c].children if parsed.tokens[o].dep in {"dobj", "pobj"})
    known = (p for p in (*deeper, *preps) if p.lower in ABOUT and p.i >= words[0].i)
    for prep in sorted(known, key=lambda p: p.lower not in FIRST):
        yield from (c for c in prep.children if parsed.tokens[c].dep in {"pobj", "pcomp"})


def _prepositions(parsed: ParsedText, words: list[Token]) -> list[Token]:
    """Return the prepositions of a cue's words, of the verb that it is the subject of, and the one behind it."""
    tokens, last = parsed.tokens, words[-1]
    inside = {t.i for t in words}
    preps = [tokens[c] for t in words for c in t.children if tokens[c].dep == "prep" and (c not in inside or t is last)]
    if last.dep in {"prep", "prt"}:
        preps.append(last)
    if last.i + 1 < len(tokens) and tokens[last.i + 1].dep == "prep" and tokens[last.i + 1].sentence == last.sentence:
        preps.append(tokens[last.i + 1])
    verbs = [tokens[t.head] for t in words if t.dep in {"nsubj", "nsubjpass", "attr"} and t.head not in inside]
    preps.extend(tokens[c] for v in verbs for c in v.children if tokens[c].dep == "prep" and c > last.i)
    over = (tokens[t.head] for t in words if t.dep == "dobj" and t.head not in inside)
    preps.extend(tokens[c] for v in over for c in v.children if c > last.i and tokens[c].lower in FIRST)
    return preps


def _object(parsed: ParsedText, words: list[Token]) -> Iterator[int]:
    inside = {t.i for t in words}
    for t in words:
        for c in t.children:
            if c not in inside and c > words[0].i and parsed.tokens[c].dep in {"dobj", "oprd"}:
                yield c
            if parsed.tokens[c].dep in {"xcomp", "advcl"} and c > t.i and not _is_aside(parsed, c):
                yield from (o for o in parsed.tokens[c].children if parsed.tokens[o].dep in {"dobj", "pobj"})
                yield from _after(parsed, [parsed.tokens[c]])


def _is_aside(parsed: ParsedText, clause: int) -> bool:
    """Tell ", although contacts continue"."""
    return any(parsed.tokens[c].dep == "mark" for c in parsed.tokens[clause].children)


def _complement(parsed: ParsedText, words: list[Token]) -> Iterator[int]:
    """Yield the other side of a verb of being: "the sticking point remains X", "under discussion is X"."""
    for t in words:
        i = t.i
        while parsed.tokens[i].dep in _CLIMBED and parsed.tokens[i].head != i:
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
    kinds = {"dobj", "attr", "pobj", "nsubj", "nsubjpass", "ROOT"}
    yield from (t.i for t in reversed(words) if t.dep in kinds and not _is_verb(parsed, t))


def _is_verb(parsed: ParsedText, token: Token) -> bool:
    """Tell the verb of a sentence from the noun of one without a verb: "No deal on X"."""
    return token.dep == "ROOT" and any(parsed.tokens[c].dep in _CLAUSAL for c in token.children)
