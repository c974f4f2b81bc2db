"""Questions to the parse: whose verb it is, where its clause and its noun phrases begin and end."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.extract.parsed import ParsedText, Token
from briefings.model import Span

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
CLAUSES = frozenset(("ROOT", "ccomp", "xcomp", "advcl", "conj", "relcl", "acl", "pcomp", "parataxis", "dep", "csubj"))
RELATIVE = frozenset(("who", "which", "that", "whom"))
_INHERIT = frozenset(("conj", "xcomp", "advcl", "pcomp", "dep"))
_NOT_IN_MENTION = frozenset(("relcl", "acl", "appos", "punct", "advcl", "dep", "parataxis"))
_NOMINAL = frozenset(("dobj", "pobj", "attr", "appos", "nsubj", "nsubjpass", "prep", "oprd", "dative"))
_MAX_CLIMB = 6
_LONG = 60  # characters of a mention that is cut down to its head


@dataclass(frozen=True, slots=True)
class Source:
    """Who an attribution is given to: the head token and the words shown."""

    head: int
    span: Span


def child(parsed: ParsedText, token: Token, *labels: str) -> Token | None:
    """Return the first child with one of these labels."""
    return next((parsed.tokens[c] for c in token.children if parsed.tokens[c].dep in labels), None)


def own_subject(parsed: ParsedText, verb: Token) -> Token | None:
    """Return the subject that hangs on the verb itself, the nearest before it if there are two; no quotation."""
    children = (parsed.tokens[c] for c in verb.children)
    found = [t for t in children if t.dep in SUBJECTS and not t.is_quote]
    return next((t for t in reversed(found) if t.i < verb.i), found[0] if found else None)


def subject(parsed: ParsedText, verb: Token) -> Token | None:
    """Return who does it: the verb's subject, or the one it shares with the verb above it."""
    for _ in range(_MAX_CLIMB):
        found = own_subject(parsed, verb)
        if found is not None:
            return _antecedent(parsed, verb) or found if found.lower in RELATIVE else found
        above = parsed.tokens[verb.head]
        if verb.dep == "relcl":
            return above
        if verb.dep == "acl":
            if not _is_adrift(parsed, verb):
                return above if _is_act_of_noun(verb, above) else None
            verb = _clause_above(parsed, above)
            continue
        if above.i == verb.i or (verb.dep != "prep" and verb.dep not in _INHERIT):
            return None
        verb = _clause_above(parsed, above) if verb.dep != "prep" else above
    return None


def _is_act_of_noun(verb: Token, noun: Token) -> bool:
    """Tell "a letter saying" from what is done to the noun: "a play called"."""
    return verb.lower.endswith("ing") or noun.dep == "ROOT"  # the sentence's verb, misread


def _is_adrift(parsed: ParsedText, verb: Token) -> bool:
    """Tell a participle after a comma and an infinitive, which belong to the clause and not to the noun before them."""
    first = parsed.subtree(verb.i)[0]
    before = parsed.tokens[first - 1].text if first else ""
    is_infinitive = any(parsed.tokens[c].lower == "to" and parsed.tokens[c].dep == "aux" for c in verb.children)
    return is_infinitive or (verb.lower.endswith("ing") and before == ",")


def _clause_above(parsed: ParsedText, token: Token) -> Token:
    """Return the verb of the clause that a noun stands in: "mentioned the wall and adding" goes with "mentioned"."""
    for _ in range(_MAX_CLIMB):
        if token.dep not in _NOMINAL or token.head == token.i:
            return token
        token = parsed.tokens[token.head]
    return token


def _antecedent(parsed: ParsedText, verb: Token) -> Token | None:
    """Return the noun that a relative clause describes."""
    for _ in range(_MAX_CLIMB):
        if verb.dep == "relcl":
            return parsed.tokens[verb.head]
        if verb.dep not in _INHERIT or verb.head == verb.i:
            return None
        verb = parsed.tokens[verb.head]
    return None


def phrase(parsed: ParsedText, head: Token) -> list[int]:
    """Return the tokens of a noun phrase without what is said about it in clauses and appositions."""
    found, todo = [], [head.i]
    while todo:
        i = todo.pop()
        found.append(i)
        for c in parsed.tokens[i].children:
            token = parsed.tokens[c]
            if (token.dep in _NOT_IN_MENTION and not _is_inside_name(token, head)) or token.is_quote:
                continue
            todo.append(c)
    return _contiguous(parsed, sorted(found), head.i)


def _is_inside_name(token: Token, head: Token) -> bool:
    return token.dep == "punct" and token.i < head.i and token.text in {"-", "–", "'", "’", ".", "/"}


def _contiguous(parsed: ParsedText, indices: list[int], head: int) -> list[int]:
    """Keep the run around the head that is broken by no other word."""
    kept = [head]
    chosen = set(indices)
    for step in (-1, 1):
        i = head + step
        while i in chosen:
            kept.append(i)
            i += step
    kept.sort()
    while len(kept) > 1 and kept[-1] != head and parsed.tokens[kept[-1]].dep in {"cc", "punct", "mark", "case"}:
        kept.pop()
    return kept


def source_at(parsed: ParsedText, head: Token) -> Source:
    """Return the source that a noun is the head of; a long phrase is cut down to the words that name it."""
    words = phrase(parsed, head)
    span = parsed.span_of(words)
    if span.end - span.start > _LONG:
        near = [
            i for i in words if i <= head.i and (i == head.i or parsed.tokens[i].dep in {"compound", "poss", "det"})
        ]
        span = parsed.span_of(runs(near)[-1])
    return Source(head.i, span)


def runs(indices: list[int]) -> list[list[int]]:
    """Split sorted numbers where one is missing."""
    found: list[list[int]] = []
    for i in indices:
        if found and i == found[-1][-1] + 1:
            found[-1].append(i)
        else:
            found.append([i])
    return found


def tidy(parsed: ParsedText, indices: list[int]) -> Span | None:
    """Return the span of a run of tokens without punctuation and joining words at its ends."""
    first, last = 0, len(indices)
    while first < last and _is_edge(parsed.tokens[indices[first]]):
        first += 1
    while last > first and _is_edge(parsed.tokens[indices[last - 1]]):
        last -= 1
    return parsed.span_of(indices[first:last]) if last > first else None


def _is_edge(token: Token) -> bool:
    return not token.is_quote and (not any(c.isalnum() for c in token.text) and token.text not in {"$", "£", "€", "%"})
