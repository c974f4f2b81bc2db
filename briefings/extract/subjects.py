"""The token that does what a verb says: its subject, its agent, or that of the verb it hangs on."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.extract.modality import clause_chain
from briefings.extract.parsed import ParsedText
from briefings.extract.syntax import child

_PARTICIPLE = ("ed", "en", "ught", "old", "aid")  # "the plan rejected by X": its noun is not who rejects
_RELATIVE = frozenset(("who", "which", "that"))
_SHARED = frozenset(("conj", "xcomp", "advcl", "dep", "parataxis"))
_QUOTED = frozenset(("quoted", "cited", "quote", "quotes", "cites", "quoting", "citing"))
_STATES = frozenset((
    "engaged", "involved", "prepared", "committed", "determined", "opposed", "concerned", "convinced", "disappointed",
    "satisfied", "interested", "inclined", "disposed",
))  # fmt: skip
# passives that tell of who is named: "X was quoted as", "X could not be reached", "X is opposed to"
_DONE_TO = _QUOTED | _STATES | {"reached"}
_MAX_DEPTH = 4


def subject_of(parsed: ParsedText, verb: int, depth: int = 0) -> int | None:
    """Return the token that does a verb, or None.

    Args:
        parsed: the article.
        verb: number of the verb's token.
        depth: how many verbs were climbed to reach this one.
    """
    tokens = parsed.tokens
    passive = agent = beside = None
    for c in reversed(tokens[verb].children):  # of two subjects the last: "what X did is wrong, Y said"
        token = tokens[c]
        if token.dep == "nsubj" and token.is_quote:
            beside = next((o for o in token.children if tokens[o].dep in {"appos", "conj"}), beside)
        elif token.dep == "nsubj":
            return _antecedent(parsed, verb, c)
        elif token.dep == "nsubjpass":
            passive = c
        elif token.dep == "agent":
            agent = next((o for o in token.children if tokens[o].dep == "pobj"), None)
    if passive is not None or agent is not None:
        return passive if tokens[verb].lower in _DONE_TO else agent
    if beside is None:
        beside = _name_before(parsed, verb)
    return beside if beside is not None else _inherited(parsed, verb, depth)


def _name_before(parsed: ParsedText, verb: int) -> int | None:
    """Return the name that a parser took for an adjective of a verb: "which Arda rejects"."""
    if parsed.tokens[verb].dep != "relcl":
        return None
    before = parsed.tokens[verb - 1]
    is_name = before.head == verb and before.dep in {"amod", "compound", "nmod"} and before.text[:1].isupper()
    return before.i if is_name else None


def sources_of(parsed: ParsedText, according: int) -> Iterator[int]:
    """Yield whom "according to X" names."""
    tokens = parsed.tokens
    for c in tokens[according].children:
        if tokens[c].lower == "to":
            yield from (o for o in tokens[c].children if tokens[o].dep == "pobj")


def _antecedent(parsed: ParsedText, verb: int, subject: int) -> int:
    """Return the noun that a relative pronoun stands for."""
    if parsed.tokens[subject].lower in _RELATIVE:
        clause = next((i for i in clause_chain(parsed, verb) if parsed.tokens[i].dep == "relcl"), None)
        return subject if clause is None else parsed.tokens[clause].head
    return subject


def _inherited(parsed: ParsedText, verb: int, depth: int) -> int | None:
    token = parsed.tokens[verb]
    if depth > _MAX_DEPTH or token.head == verb:
        return None
    if token.dep == "relcl" or (token.dep == "acl" and not token.lower.endswith(_PARTICIPLE)):
        return token.head
    if token.dep == "advcl" and token.lower.endswith("ed") and child(parsed, token, "aux", "auxpass", "mark") is None:
        return None  # "asked about X, Y said": it was done to Y
    if token.dep in _SHARED:
        return subject_of(parsed, token.head, depth + 1)
    if token.dep == "pcomp":
        above = parsed.tokens[parsed.tokens[token.head].head]
        quoted = next((c for c in above.children if parsed.tokens[c].dep == "dobj"), None)
        is_quoted = above.lower in _QUOTED and quoted is not None
        return quoted if is_quoted else subject_of(parsed, above.i, depth + 1)
    return None
