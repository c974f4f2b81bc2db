"""Attributions without a verb of saying: according to X; X's claim that; X is confident that."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from briefings.extract.contents import Attribution, spans
from briefings.extract.cues import Cues
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.syntax import CLAUSES, SUBJECTS, Source, child, source_at, subject
from briefings.model import Span

_OWNERS = frozenset(("by", "from", "among", "of"))


def find_reports(parsed: ParsedText, cues: Cues) -> Iterator[Attribution]:
    """Yield what prepositions, nouns and adjectives attribute, in the order of these words."""
    for token in parsed.tokens:
        if token.lower == "according":
            yield from _according(parsed, token)
        if token.lower in cues.saying_nouns:
            yield from _noun(parsed, token)
        if token.lower in cues.attitudes:
            yield from _attitude(parsed, token)


def _according(parsed: ParsedText, token: Token) -> Iterator[Attribution]:
    """The rest of the clause that "according to X" stands in."""
    to = next((parsed.tokens[c] for c in token.children if parsed.tokens[c].lower == "to"), None)
    by = child(parsed, to, "pobj", "pcomp") if to else None
    if to is None or by is None:
        return
    inside = set(parsed.subtree(token.i))
    rest = _placed(parsed, token, inside) or [i for i in _scope(parsed, token) if i not in inside]
    cue = Span(token.start, to.end)
    yield Attribution(spans(parsed, _last_part(parsed, rest, token)), cue, source_at(parsed, by), "according", token.i)


def _placed(parsed: ParsedText, token: Token, inside: Collection[int]) -> list[int]:
    """Return the rest of a sentence that "according to X" opens or ends, whatever the parse hangs it on."""
    sentence = parsed.sentences[token.sentence]
    first, last = min(inside), max(inside)
    if first <= sentence.first and last + 2 < sentence.last and parsed.tokens[last + 1].text == ",":
        return list(range(last + 2, sentence.last))
    if last + 2 >= sentence.last and parsed.tokens[first - 1].text == ",":
        return list(range(sentence.first, first - 1))
    return []


def _scope(parsed: ParsedText, token: Token) -> list[int]:
    top = parsed.tokens[token.head]
    while top.dep not in CLAUSES and top.head != top.i:
        top = parsed.tokens[top.head]
    if top.i != token.i:
        return parsed.subtree(top.i)
    sentence = parsed.sentences[token.sentence]
    return list(range(sentence.first, sentence.last))


def _last_part(parsed: ParsedText, indices: list[int], token: Token) -> list[int]:
    """Drop what stands before a colon or semicolon: "according to" after it does not reach so far back."""
    for n in range(len(indices) - 1, -1, -1):
        if indices[n] < token.i and parsed.tokens[indices[n]].text in {":", ";"}:
            return indices[n + 1 :]
    return indices


def _noun(parsed: ParsedText, noun: Token) -> Iterator[Attribution]:
    """A noun for a thing said with the clause that explains it: "X's claim that ...", "X's point is that ..."."""
    for content in _explained(parsed, noun):
        mark = child(parsed, content, "mark", "aux")
        if mark is not None and mark.lower in {"that", "to"}:
            pieces = spans(parsed, parsed.subtree(content.i))
            yield Attribution(pieces, noun.span, _owner(parsed, noun), "noun", noun.i)


def _explained(parsed: ParsedText, noun: Token) -> Iterator[Token]:
    if noun.dep in SUBJECTS and parsed.tokens[noun.head].lower in {"is", "was"} and child(parsed, noun, "poss"):
        found = child(parsed, parsed.tokens[noun.head], "ccomp")
        if found is not None:
            yield found
    if noun.dep in CLAUSES - {"ROOT", "conj"}:
        return
    for c in noun.children:
        clause = parsed.tokens[c]
        if clause.dep in {"acl", "ccomp"} and clause.i > noun.i:
            yield clause


def _owner(parsed: ParsedText, noun: Token) -> Source | None:
    """Return whose claim it is: the possessor, "by X", or the subject of "made the claim"."""
    owner = child(parsed, noun, "poss")
    if owner is not None:
        return source_at(parsed, owner)
    for c in noun.children:
        token = parsed.tokens[c]
        if token.lower in _OWNERS and token.dep == "prep":
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
        if clause.dep == "ccomp" and clause.i > word.i and found is not None:
            pieces = spans(parsed, parsed.subtree(clause.i))
            yield Attribution(pieces, word.span, source_at(parsed, found), "attitude", word.i)
