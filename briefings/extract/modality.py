"""How a verb is said: denied, hypothetical, wished for, in the perfect or the bare present."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefings.extract.parsed import ParsedText, Token

_MODALS = frozenset(("could", "may", "might", "would", "should", "can", "will", "shall", "must", "'ll", "'d", "ought"))
_PERFECT = frozenset(("has", "have", "'ve"))
_NOT_PRESENT = _MODALS | _PERFECT | {"had", "having", "did"}
_DENIED = frozenset(("not", "n't", "never", "hardly", "nor"))
_IF = frozenset(("if", "unless", "whether", "until", "once", "should", "lest"))
_ASKED = frozenset(("what", "how", "why", "whether"))
_INDIRECT = frozenset(("ccomp", "pcomp", "csubj"))
_FAIL = frozenset(("fail", "fails", "failed", "failing", "struggle", "struggled"))
_PAST = frozenset((
    "said", "told", "wrote", "gave", "made", "took", "held", "met", "spoke", "sent", "put", "saw", "thought", "set",
    "cut", "withdrew", "began", "left", "came", "went", "kept", "did", "was", "were", "fell", "broke", "drew",
    "sought", "laid", "stuck", "showed", "lent",
))  # fmt: skip
_MAX_DEPTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality:
    """Of one verb. `modal` is its modal verb or ""; `is_wish`: an infinitive with a subject of its own."""

    is_denied: bool
    is_hypothetical: bool
    is_perfect: bool
    is_present: bool
    is_nonfinite: bool
    is_wish: bool
    modal: str


def clause_chain(parsed: ParsedText, verb: int) -> Iterator[int]:
    """Yield a token and those above it up to the root."""
    i = verb
    for _ in range(_MAX_DEPTH):
        yield i
        head = parsed.tokens[i].head
        if head == i:
            return
        i = head


def modality_of(parsed: ParsedText, verb: int) -> Modality:
    """Return how a verb is said."""
    tokens = parsed.tokens
    token = tokens[verb]
    children = [tokens[c] for c in token.children]
    helpers = {t.lower for t in children if t.dep in {"aux", "auxpass"}}
    is_contracted = "'s" in helpers and token.lower.endswith(("ed", "en"))
    return Modality(
        is_denied=any(t.dep == "neg" or t.lower in _DENIED for t in children) or _is_failure(parsed, token),
        is_hypothetical=any(_is_hypothetical(parsed, i) for i in clause_chain(parsed, verb)),
        is_perfect=bool(helpers & _PERFECT) or is_contracted,
        is_present=not helpers & _NOT_PRESENT and not token.lower.endswith(("ed", "ing")) and token.lower not in _PAST,
        is_nonfinite=token.lower.endswith("ing") and not helpers,
        is_wish="to" in helpers and any(t.dep == "nsubj" for t in children),
        modal=next((t.lower for t in children if t.dep == "aux" and t.lower in _MODALS), ""),
    )


def _is_hypothetical(parsed: ParsedText, i: int) -> bool:
    """Tell a condition, and an indirect question: "what X would accept"."""
    children = [parsed.tokens[c] for c in parsed.tokens[i].children]
    if parsed.tokens[i].dep in _INDIRECT and any(c.lower in _ASKED and c.i < i for c in children):
        return True
    return any(c.dep in {"mark", "advmod"} and c.lower in _IF for c in children)


def _is_failure(parsed: ParsedText, token: Token) -> bool:
    return token.dep == "xcomp" and parsed.tokens[token.head].lower in _FAIL
