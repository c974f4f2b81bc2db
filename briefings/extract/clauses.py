"""Reported speech and thought without marks: the clause or object that a verb of saying or thinking governs."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from briefings.extract.contents import DAYS, TIMES, Attribution, clause_after, spans
from briefings.extract.cues import Cues
from briefings.extract.doers import doer
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.passives import QUESTIONS, agent, is_asked
from briefings.extract.syntax import CLAUSES, RELATIVE, Source, child, own_subject, source_at
from briefings.model import Span

_MODALS = frozenset(
    ("would", "could", "can", "will", "might", "may", "should", "must", "'ll", "’ll", "did", "does", "do")
)
_INSIDERS = frozenset(("i", "we", "you"))  # of a transcript without marks
_NOBODY = frozenset(("it", "this", "that", "there", "what", "which", "these", "those"))
_WITH_OBJECT = frozenset(("of", "as", "for", "to", "with"))
_TIMES = TIMES | {".", "after", "during", "following"}
_NAMED = frozenset(("nsubj", "appos", "ROOT", "pobj", "dobj", "conj", "nsubjpass"))
_PARTING = frozenset(":;()—–")
_CAUSING = frozenset(
    ("make", "makes", "made", "making", "let", "lets", "letting", "help", "helps", "helped", "helping")
)
_RELATIVES = RELATIVE | {"what"}
_PERSONS = frozenset(("he", "she", "they", "who"))
_SHORT = 3  # tokens of an object that names nothing
_BESIDE = 3  # tokens from a verb to its preposition
_NEAR = 12  # tokens before a verb in which a name may be its subject when the parse has none


def find_clauses(parsed: ParsedText, cues: Cues) -> Iterator[Attribution]:
    """Yield what verbs of saying, thinking, wishing and judging govern, in the order of the verbs."""
    for token in parsed.tokens:
        word = token.lower
        if word in cues.speech or word in cues.thought:
            yield from _clause(parsed, token, cues)
        if word in cues.intent:
            yield from _infinitive(parsed, token, cues)
        if word in cues.stance:
            yield from _object(parsed, token, cues)
        if token.dep == "prep":
            yield from _preposition(parsed, token, cues)


def is_verb(parsed: ParsedText, token: Token) -> bool:
    """Tell a verb from a noun of the same form: it heads a clause."""
    if token.dep not in CLAUSES:
        return False
    return not any(parsed.tokens[c].dep in {"det", "poss"} for c in token.children)


def _mood(parsed: ParsedText, verb: Token, cues: Cues | None = None) -> str:
    """Return "to" for an infinitive, "modal" for what would, could or must be said, else ""."""
    for c in verb.children:
        token = parsed.tokens[c]
        if token.dep == "aux" and token.lower in _MODALS:
            return "modal"
        if token.dep == "aux" and token.lower == "to":
            return "to"
    return ""


def _doer(parsed: ParsedText, verb: Token, cues: Cues) -> Source | None:
    """Return who says it; of a passive verb, the agent or nobody."""
    passive = child(parsed, verb, "auxpass")
    if passive is not None and passive.lower not in {"'s", "’s"}:  # "he's said" is no passive
        by = agent(parsed, verb)
        return source_at(parsed, by) if by else None
    found = doer(parsed, verb, cues)
    if found is None or found.dep == "expl" or found.lower in _NOBODY:
        return None
    return source_at(parsed, found)


def _asserting(parsed: ParsedText, verb: Token, cues: Cues) -> Source | None:
    """Return who takes a stance, where somebody does: no infinitive, nothing that would or should be done."""
    return None if not is_verb(parsed, verb) or _mood(parsed, verb) else _doer(parsed, verb, cues)


def _clause(parsed: ParsedText, verb: Token, cues: Cues) -> Iterator[Attribution]:
    """A verb of saying with a clause: "X said that ...", "..., X said", "..., as X said"."""
    if not is_verb(parsed, verb) or is_asked(parsed, verb) or _is_caused(parsed, verb):
        return
    contents = _complements(parsed, verb)
    if not contents and verb.lower in cues.plain and verb.dep != "parataxis":
        torn = _trailing(parsed, verb)
        if torn is not None:
            yield torn
            return
    source = _doer(parsed, verb, cues)
    if contents and source is None and verb.lower in cues.plain:
        source = _name_before(parsed, verb)
    if source is None or _mood(parsed, verb) == "to":
        return
    for content in (c for c in contents if _is_reported(parsed, verb, c, source, cues)):
        indices = clause_after(parsed, content, verb, cues)
        yield Attribution(spans(parsed, indices), verb.span, source, "ccomp", verb.i)
    for indices in _going_on(parsed, verb, contents, cues):
        yield Attribution(spans(parsed, indices), verb.span, source, "going on", verb.i)
    if not contents and verb.lower in cues.speech and own_subject(parsed, verb) and _is_aside(parsed, verb, cues):
        below = set(parsed.subtree(verb.i))
        rest = _interrupted(parsed, verb, [i for i in parsed.subtree(verb.head) if i not in below])
        yield Attribution(spans(parsed, rest), verb.span, source, "parataxis", verb.i)


def _interrupted(parsed: ParsedText, verb: Token, rest: list[int]) -> list[int]:
    """Return the sentence around ", X said,", without what describes how X said it: "..., X said, laughing"."""
    before, after = [i for i in rest if i < verb.i], [i for i in rest if i > verb.i]
    words = [i for i in after if parsed.tokens[i].text[:1].isalnum()]
    if not words or verb.head > verb.i:
        return rest
    is_quote_alone = all(parsed.tokens[i].is_quote or not parsed.tokens[i].text[:1].isalnum() for i in before)
    is_manner = parsed.tokens[words[0]].lower.endswith("ing") and parsed.tokens[words[0]].dep in {"advcl", "acl"}
    return before if is_manner or (is_quote_alone and not parsed.tokens[words[0]].is_quote) else rest


def _going_on(parsed: ParsedText, verb: Token, contents: list[Token], cues: Cues) -> Iterator[list[int]]:
    """Yield what goes on after an aside: "the bridge is safe, she said, and it will open in May"."""
    if not contents or contents[-1].i > verb.i or verb.lower not in cues.plain:
        return
    for c in verb.children:
        token = parsed.tokens[c]
        indices = parsed.subtree(c)
        joint = parsed.tokens[indices[0] - 1]
        has_joint = joint.dep == "cc" and parsed.tokens[joint.i - 1].text == ","
        is_reason = parsed.tokens[indices[0]].lower == "because"
        subject = own_subject(parsed, token)
        if c < verb.i or subject is None or token.lower in cues.speech:
            continue
        if (token.dep == "conj" and has_joint) or (token.dep == "advcl" and is_reason):
            yield indices


def _is_reported(parsed: ParsedText, verb: Token, content: Token, source: Source, cues: Cues) -> bool:
    """Tell a thought that is reported from the writer's own, and what a study finds from what somebody comes across."""
    if content.i < verb.i or (verb.lower in cues.speech and verb.lower not in cues.showing):
        return True
    opening = parsed.tokens[parsed.subtree(content.i)[0]].lower
    who = parsed.tokens[source.head].lower
    if who in _INSIDERS or opening in QUESTIONS:
        return False
    return verb.lower not in cues.showing or opening == "that" or who in cues.documents


def _complements(parsed: ParsedText, verb: Token) -> list[Token]:
    """Return the clauses that the verb governs; one before it that a stronger mark than a comma parts is another's."""
    found = [parsed.tokens[c] for c in verb.children if parsed.tokens[c].dep == "ccomp"]
    after = [t for t in found if t.i > verb.i]
    return after or [t for t in found if not _PARTING & set(parsed.tokens[parsed.subtree(t.i)[-1] + 1].text)]


def _is_caused(parsed: ParsedText, verb: Token) -> bool:
    """Tell "made them feel that ..."."""
    return (
        verb.dep in {"ccomp", "xcomp"} and parsed.tokens[verb.head].lower in _CAUSING and not _is_finite(parsed, verb)
    )


def _is_finite(parsed: ParsedText, verb: Token) -> bool:
    return verb.lower.endswith(("s", "ed")) or child(parsed, verb, "aux", "mark") is not None


def _trailing(parsed: ParsedText, verb: Token) -> Attribution | None:
    """A name and a verb of saying at the end of a sentence that the parse has torn: "..., X announced on Tuesday"."""
    sentence = parsed.sentences[verb.sentence]
    tokens = parsed.tokens
    after = tokens[verb.i + 1].lower if verb.i + 1 < sentence.last else "."
    first = verb.i
    while first > sentence.first and first > verb.i - _NEAR and tokens[first - 1].text[:1].isupper():
        first -= 1
    comma = first - 1
    if first == verb.i or comma <= sentence.first + 2 or tokens[comma].text != "," or after not in _TIMES:
        return None
    if any(t.is_quote for t in tokens[sentence.first : verb.i]):
        return None
    source = Source(verb.i - 1, Span(tokens[first].start, tokens[verb.i - 1].end))
    return Attribution(spans(parsed, list(range(sentence.first, comma))), verb.span, source, "trailing", verb.i)


def _is_aside(parsed: ParsedText, verb: Token, cues: Cues) -> bool:
    """Tell ", X said," and ", as X said," inside the sentence that was said."""
    if verb.dep == "parataxis":
        return True
    mark = child(parsed, verb, "mark")
    if verb.dep != "advcl" or mark is None or mark.lower != "as" or child(parsed, verb, "dobj") is not None:
        return False
    above = parsed.tokens[verb.head].lower
    return verb.lower in cues.asides and above not in cues.speech


def _name_before(parsed: ParsedText, verb: Token) -> Source | None:
    """Return the last name before a verb whose subject the parse does not know."""
    sentence = parsed.sentences[verb.sentence]
    last = None
    for i in range(verb.i - 1, max(sentence.first, verb.i - _NEAR) - 1, -1):
        token = parsed.tokens[i]
        if token.is_quote or token.lower in {"that", "said"}:
            return None
        is_beside = i == verb.i - 1 and token.lower not in DAYS
        if token.text[:1].isupper() and (is_beside or token.dep in _NAMED):
            last = token
            break
    return source_at(parsed, last) if last else None


def _infinitive(parsed: ParsedText, verb: Token, cues: Cues) -> Iterator[Attribution]:
    """A verb of wishing or planning with an infinitive: "X wants to ..."."""
    if not is_verb(parsed, verb) or _mood(parsed, verb):
        return
    found = doer(parsed, verb, cues)
    if found is not None and found.lower in _NOBODY:
        return
    source = _doer(parsed, verb, cues)
    for c in verb.children:
        content = parsed.tokens[c]
        if content.dep == "xcomp" and content.i > verb.i:
            yield Attribution(spans(parsed, parsed.subtree(content.i)), verb.span, source, "xcomp", verb.i)


def _object(parsed: ParsedText, verb: Token, cues: Cues) -> Iterator[Attribution]:
    """A verb of stance with its object: "X condemned the strike", "X accused Y of ..."."""
    source = _asserting(parsed, verb, cues)
    thing = child(parsed, verb, "dobj")
    if source is None or thing is None or parsed.tokens[source.head].lower in _INSIDERS:
        return
    if thing.i < verb.i:
        if thing.lower in _RELATIVES and verb.lower in cues.naming:
            yield from _called(parsed, verb, source)
        return
    indices = set(parsed.subtree(thing.i))
    for c in verb.children:
        token = parsed.tokens[c]
        if token.i > thing.i and (token.dep in {"oprd", "xcomp"} or token.lower in _WITH_OBJECT):
            indices.update(parsed.subtree(c))
    if not parsed.tokens[source.head].text[:1].isupper() and _is_slight(parsed, source, indices):
        return
    if verb.lower in cues.naming and len(indices) == len(parsed.subtree(thing.i)) <= _SHORT:
        return  # called somebody, but nothing
    yield Attribution(spans(parsed, sorted(indices)), verb.span, source, "object", verb.i)


def _called(parsed: ParsedText, verb: Token, source: Source) -> Iterator[Attribution]:
    """What something is called: "what X called a mistake", "which X described as a mistake"."""
    for c in verb.children:
        token = parsed.tokens[c]
        if c > verb.i and (token.dep in {"oprd", "xcomp", "ccomp"} or token.lower == "as"):
            indices = [i for i in parsed.subtree(c) if i != c or token.lower != "as"]
            yield Attribution(spans(parsed, indices), verb.span, source, "called", verb.i)


def _is_slight(parsed: ParsedText, source: Source, indices: Collection[int]) -> bool:
    """Tell a few words of somebody without a name: too little to be a stance."""
    return parsed.tokens[source.head].lower not in _PERSONS and len(indices) <= _SHORT


def _preposition(parsed: ParsedText, token: Token, cues: Cues) -> Iterator[Attribution]:
    """A verb whose preposition opens what is talked about: "X called for ..."."""
    verb = parsed.tokens[token.head]
    if (verb.lower, token.lower) not in cues.stance_prepositions or not 0 < token.i - verb.i <= _BESIDE:
        return
    thing = child(parsed, verb, "dobj")
    if thing is not None and verb.i < thing.i < token.i:
        return  # the object goes with it: "accused X of ..."
    source = _asserting(parsed, verb, cues)
    indices = {i for i in parsed.subtree(token.i) if i != token.i}
    for c in verb.children:
        if parsed.tokens[c].dep in {"xcomp", "ccomp"} and c > token.i:
            indices.update(parsed.subtree(c))
    if source is not None and indices:
        cue = Span(verb.start, token.end)
        yield Attribution(spans(parsed, sorted(indices)), cue, source, "prep", verb.i)
