"""The words of a noun phrase, read off the parse: its modifiers and the names among them."""

from __future__ import annotations

from briefings.extract.parsed import ParsedText
from briefings.model import Span

_LEFT = frozenset(
    (
        "compound",
        "amod",
        "poss",
        "nmod",
        "det",
        "nummod",
        "punct",
        "case",
        "advmod",
        "conj",
        "cc",
        "npadvmod",
        "quantmod",
        "dep",
    )
)
_MAX_DEPTH = 4
_MAX_WORDS = 24


def modifiers(parsed: ParsedText, head: int) -> list[int]:
    """Return the tokens of a noun phrase up to its head: adjectives, compounds, possessors and what they hold."""
    found: list[int] = []
    todo = [(head, 0)]
    while todo and len(found) < _MAX_WORDS:
        i, depth = todo.pop()
        found.append(i)
        if depth < _MAX_DEPTH:
            todo.extend((c, depth + 1) for c in parsed.tokens[i].children if c < head and _is_left(parsed, i, c))
    return sorted(found)


def _is_left(parsed: ParsedText, i: int, c: int) -> bool:
    dep = parsed.tokens[c].dep
    return dep in _LEFT and not (dep == "conj" and c > i and parsed.tokens[i].dep not in _LEFT)


def prepositions(parsed: ParsedText, head: int, words: frozenset[str]) -> list[int]:
    """Return the objects of prepositions that hang on a noun: `of`, `for` ... and their coordinated objects."""
    found: list[int] = []
    for c in parsed.tokens[head].children:
        token = parsed.tokens[c]
        if token.dep == "prep" and token.lower in words:
            for o in token.children:
                if parsed.tokens[o].dep == "pobj":
                    found.extend((o, *conjuncts(parsed, o)))
    return found


def conjuncts(parsed: ParsedText, head: int) -> list[int]:
    """Return the tokens coordinated with this one: in "Arda and Belmar", for Arda, Belmar."""
    found: list[int] = []
    todo = [head]
    while todo and len(found) < _MAX_WORDS:
        for c in parsed.tokens[todo.pop()].children:
            if parsed.tokens[c].dep == "conj":
                found.append(c)
                todo.append(c)
    return found


def appositions(parsed: ParsedText, head: int) -> list[int]:
    """Return the tokens in apposition to this one."""
    return [c for c in parsed.tokens[head].children if parsed.tokens[c].dep == "appos"]


def phrase_span(parsed: ParsedText, head: int) -> Span:
    """Return the span of the noun phrase up to its head, without a leading article or mark."""
    words = modifiers(parsed, head)
    return Span(parsed.tokens[words[0]].start, parsed.tokens[head].end)
