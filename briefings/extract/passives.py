"""What is said or thought by nobody named, or by an agent: "X is accused of ...", "X was asked about ..."."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.extract.contents import Attribution, spans
from briefings.extract.cues import Cues
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.syntax import child, own_subject, source_at

_ASKED = frozenset(("asked", "pressed", "questioned", "quizzed", "challenged", "told", "reminded", "quoted"))
QUESTIONS = frozenset(("whether", "why", "how", "what", "who", "when", "where", "which"))


def find_passives(parsed: ParsedText, cues: Cues) -> Iterator[Attribution]:
    """Yield what passive verbs of saying, thinking and judging report."""
    for token in parsed.tokens:
        if token.stretch >= 0:
            continue
        if token.lower in cues.passives and is_passive(parsed, token):
            yield from _passive(parsed, token, cues)


def is_passive(parsed: ParsedText, verb: Token) -> bool:
    """Tell "is said", and "a man known as" without an auxiliary."""
    aux = child(parsed, verb, "auxpass")
    return aux.lower not in {"'s", "’s"} if aux is not None else is_asked(parsed, verb) or _is_bare(parsed, verb)


def is_asked(parsed: ParsedText, verb: Token) -> bool:
    """Tell "Asked whether ..., X said": X is not the one who asks."""
    return verb.lower in _ASKED and verb.dep in {"advcl", "dep", "ccomp"} and own_subject(parsed, verb) is None


def _is_bare(parsed: ParsedText, verb: Token) -> bool:
    return verb.dep == "acl" and not verb.lower.endswith("ing") and child(parsed, verb, "aux", "nsubj", "dobj") is None


def _is_question(parsed: ParsedText, clause: Token) -> bool:
    return clause.dep == "advcl" and parsed.tokens[parsed.subtree(clause.i)[0]].lower in QUESTIONS | {"if"}


def agent(parsed: ParsedText, verb: Token) -> Token | None:
    """Return by whom it is done."""
    by = child(parsed, verb, "agent")
    return child(parsed, by, "pobj") if by is not None else None


def _passive(parsed: ParsedText, verb: Token, cues: Cues) -> Iterator[Attribution]:
    who = agent(parsed, verb)
    source = source_at(parsed, who) if who is not None and not who.is_quote else None
    for c in verb.children:
        content = parsed.tokens[c]
        if content.i < verb.i:
            continue
        if content.dep in {"xcomp", "ccomp"} or (verb.lower in _ASKED and _is_question(parsed, content)):
            yield Attribution(spans(parsed, parsed.subtree(c)), verb.span, source, "P-" + content.dep, verb.i)
        if content.dep == "prep" and content.lower in {"as", "of", "for", "about"}:
            inside = parsed.subtree(c)
            yield Attribution(
                spans(parsed, [i for i in inside if i != c]), verb.span, source, "P-" + content.lower, verb.i
            )
