"""Reported speech and thought without marks: the clause or object that a verb of saying or thinking governs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefings.extract.cues import Cues
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.syntax import CLAUSES, SUBJECTS, Source, child, own_subject, runs, source_at, subject, tidy
from briefings.model import Span

_MODALS = frozenset(
    ("would", "could", "can", "will", "might", "may", "should", "must", "'ll", "’ll", "did", "does", "do")
)
_INSIDERS = frozenset(("i", "we", "you"))  # of a transcript without marks
_NOBODY = frozenset(("it", "this", "that", "there", "what", "which", "these", "those"))


@dataclass(frozen=True, slots=True)
class Attribution:
    """One content given to one source; `rule` names what found it."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Source | None
    rule: str
    verb: int = -1


def find_clauses(parsed: ParsedText, cues: Cues) -> list[Attribution]:
    """Return what verbs, nouns and adjectives of saying and thinking govern, in the order of their cues."""
    found: list[Attribution] = []
    for token in parsed.tokens:
        word = token.lower
        if word in cues.speech or word in cues.thought:
            found.extend(_clause(parsed, token, cues))
        if word in cues.intent:
            found.extend(_infinitive(parsed, token))
        if word in cues.stance:
            found.extend(_object(parsed, token))
        if word == "according":
            found.extend(_according(parsed, token))
        if word in cues.saying_nouns:
            found.extend(_noun(parsed, token))
        if token.dep == "prep":
            found.extend(_preposition(parsed, token, cues))
        if word in cues.attitudes:
            found.extend(_attitude(parsed, token))
    return found


def is_verb(parsed: ParsedText, token: Token) -> bool:
    """Tell a verb from a noun of the same form: it heads a clause."""
    if token.dep not in CLAUSES:
        return False
    return not any(parsed.tokens[c].dep in {"det", "poss"} for c in token.children)


def _mood(parsed: ParsedText, verb: Token) -> str:
    """Return "to" for an infinitive, "modal" for what would, could or must be said, else ""."""
    for c in verb.children:
        token = parsed.tokens[c]
        if token.dep == "aux" and token.lower in _MODALS:
            return "modal"
        if token.dep == "aux" and token.lower == "to":
            return "to"
    return ""


def _asserts(parsed: ParsedText, verb: Token) -> Source | None:
    """Return who takes a stance, where somebody does: no infinitive, nothing that would or should be done."""
    if not is_verb(parsed, verb) or _mood(parsed, verb):
        return None
    source = _source(parsed, verb)
    return None if source and parsed.tokens[source.head].lower in _NOBODY else source


def _source(parsed: ParsedText, verb: Token) -> Source | None:
    """Return who says it; of a passive verb, the agent or nobody."""
    if child(parsed, verb, "auxpass") is not None:
        agent = child(parsed, verb, "agent")
        by = child(parsed, agent, "pobj") if agent else None
        return source_at(parsed, by) if by else None
    found = subject(parsed, verb)
    if found is None or found.dep == "expl":
        return None
    return source_at(parsed, found)


def _cue(parsed: ParsedText, verb: Token) -> Span:
    return verb.span


def _pieces(parsed: ParsedText, indices: list[int]) -> tuple[Span, ...]:
    spans = (tidy(parsed, run) for run in runs(indices))
    return tuple(s for s in spans if s is not None)


def _clause(parsed: ParsedText, verb: Token, cues: Cues) -> Iterator[Attribution]:
    """A verb of saying with a clause: "X said that ...", "..., X said", "..., X said, ..."."""
    if not is_verb(parsed, verb):
        return
    contents = [parsed.tokens[c] for c in verb.children if parsed.tokens[c].dep == "ccomp"]
    if contents:
        source = _source(parsed, verb)
        if source is None or _mood(parsed, verb) == "to" or parsed.tokens[source.head].lower in _NOBODY:
            return
        for content in contents:
            pieces = _pieces(parsed, _filled(parsed.subtree(content.i), verb.i))
            yield Attribution(pieces, verb.span, source, "ccomp", verb.i)
    elif verb.dep == "parataxis" and verb.lower in cues.speech and own_subject(parsed, verb):
        below = set(parsed.subtree(verb.i))
        rest = [i for i in parsed.subtree(verb.head) if i not in below]
        yield Attribution(_pieces(parsed, rest), verb.span, _source(parsed, verb), "parataxis", verb.i)


def _filled(indices: list[int], verb: int) -> list[int]:
    """Fill the holes of a clause that follows its verb: what stands inside it belongs to it."""
    return list(range(indices[0], indices[-1] + 1)) if indices[0] > verb else indices


def _infinitive(parsed: ParsedText, verb: Token) -> Iterator[Attribution]:
    """A verb of wishing or planning with an infinitive: "X wants to ..."."""
    if not is_verb(parsed, verb) or _mood(parsed, verb):
        return
    source = _source(parsed, verb)
    if source and parsed.tokens[source.head].lower in _NOBODY:
        return
    for c in verb.children:
        content = parsed.tokens[c]
        if content.dep == "xcomp" and content.i > verb.i:
            pieces = _pieces(parsed, parsed.subtree(content.i))
            yield Attribution(pieces, verb.span, source, "xcomp", verb.i)


def _object(parsed: ParsedText, verb: Token) -> Iterator[Attribution]:
    """A verb of stance with its object: "X condemned the strike", "X accused Y of ..."."""
    source = _asserts(parsed, verb)
    thing = child(parsed, verb, "dobj")
    if source is None or thing is None or thing.i < verb.i or parsed.tokens[source.head].lower in _INSIDERS:
        return
    indices = parsed.subtree(thing.i)
    for c in verb.children:
        token = parsed.tokens[c]
        if token.i > thing.i and (token.dep in {"oprd", "xcomp"} or token.lower in {"of", "as", "for", "to"}):
            indices = sorted({*indices, *parsed.subtree(c)})
    yield Attribution(_pieces(parsed, indices), verb.span, source, "object", verb.i)


def _preposition(parsed: ParsedText, token: Token, cues: Cues) -> Iterator[Attribution]:
    verb = parsed.tokens[token.head]
    if (verb.lower, token.lower) not in cues.stance_prepositions:
        return
    source = _asserts(parsed, verb)
    if source is None:
        return
    indices = [i for i in parsed.subtree(token.i) if i != token.i]
    if indices:
        cue = Span(verb.start, token.end) if token.i > verb.i else verb.span
        yield Attribution(_pieces(parsed, indices), cue, source, "prep", verb.i)


def _according(parsed: ParsedText, token: Token) -> Iterator[Attribution]:
    """The rest of the clause that "according to X" stands in."""
    to = next((parsed.tokens[c] for c in token.children if parsed.tokens[c].lower == "to"), None)
    by = child(parsed, to, "pobj", "pcomp") if to else None
    if to is None or by is None:
        return
    sentence = parsed.sentences[token.sentence]
    head = parsed.tokens[token.head]
    inside = set(parsed.subtree(token.i))
    top = head
    while top.dep not in CLAUSES and top.head != top.i:
        top = parsed.tokens[top.head]
    scope = parsed.subtree(top.i) if top.i != token.i else list(range(sentence.first, sentence.last))
    rest = [i for i in scope if i not in inside]
    yield Attribution(_pieces(parsed, rest), Span(token.start, to.end), source_at(parsed, by), "according", token.i)


def _noun(parsed: ParsedText, noun: Token) -> Iterator[Attribution]:
    """A noun for a thing said with the clause that explains it: "X's claim that ...", "the decision to ..."."""
    if noun.dep in CLAUSES - {"ROOT", "conj"}:
        return
    for c in noun.children:
        clause = parsed.tokens[c]
        if clause.dep not in {"acl", "ccomp"} or clause.i < noun.i:
            continue
        mark = child(parsed, clause, "mark", "aux")
        if mark is None or mark.lower not in {"that", "to"}:
            continue
        pieces = _pieces(parsed, parsed.subtree(clause.i))
        yield Attribution(pieces, noun.span, _owner(parsed, noun), "noun", noun.i)


def _owner(parsed: ParsedText, noun: Token) -> Source | None:
    """Return whose claim it is: the possessor, "by X", or the subject of "made the claim"."""
    owner = child(parsed, noun, "poss")
    if owner is not None:
        return source_at(parsed, owner)
    for c in noun.children:
        token = parsed.tokens[c]
        if token.lower in {"by", "from", "among", "of"} and token.dep == "prep":
            by = child(parsed, token, "pobj")
            if by is not None:
                return source_at(parsed, by)
    above = parsed.tokens[noun.head]
    if noun.dep in {"dobj", "pobj"}:
        verb = above if noun.dep == "dobj" else parsed.tokens[above.head]
        found = subject(parsed, verb) if verb.dep in CLAUSES else None
        if found is not None and found.dep in SUBJECTS:
            return source_at(parsed, found)
    return None


def _attitude(parsed: ParsedText, word: Token) -> Iterator[Attribution]:
    """A state of mind with its clause: "X is confident that ...", "X was ready to ..."."""
    if word.dep not in {"acomp", "oprd", "attr", "ROOT"}:
        return
    found = subject(parsed, parsed.tokens[word.head])
    for c in word.children:
        clause = parsed.tokens[c]
        if clause.dep in {"ccomp", "xcomp"} and clause.i > word.i and found is not None:
            pieces = _pieces(parsed, parsed.subtree(clause.i))
            yield Attribution(pieces, word.span, source_at(parsed, found), "attitude", word.i)
