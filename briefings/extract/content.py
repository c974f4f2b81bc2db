"""What a statement says: the complement of a verb of reporting, its quotations, and the quotation that runs on."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.extract.acts import Act
from briefings.extract.parsed import ParsedText
from briefings.extract.phrases import Cue
from briefings.extract.units import Unit
from briefings.model import Span

_CONDITIONS = frozenset(("if", "unless", "until", "once", "provided"))
_SAID = frozenset(("ccomp", "conj"))
_ASIDE = frozenset(("advcl", "nsubj", "nsubjpass", "agent"))


def content_spans(parsed: ParsedText, unit: Unit, act: Act) -> list[Span]:
    """Return the places of a unit that hold what the act says.

    A clause that the verb takes as its complement and the quotations beside it; without either, all but the subject
    and what hangs on the verb as an aside ("accusing ...", "asked about ...").
    """
    tokens = parsed.tokens
    if tokens[act.verb].lower == "according":
        own = set(parsed.subtree(act.verb))
        return [t.span for t in unit.tokens(parsed) if t.i not in own]
    clauses = [
        c
        for c in tokens[act.verb].children
        if tokens[c].dep in _SAID and not tokens[c].is_quote and not _has_subject(parsed, act, c)
    ]
    found = [span for c in clauses for span in _without_asides(parsed, c)]
    if clauses:
        found.extend(tokens[i].span for c in _conditions(parsed, act.verb, clauses[-1]) for i in parsed.subtree(c))
    found.extend(t.span for t in unit.tokens(parsed) if t.is_quote and not _is_aside(parsed, t.i, act.verb))
    if found:
        return found
    aside = {j for c in tokens[act.verb].children if tokens[c].dep in _ASIDE for j in parsed.subtree(c)}
    where = unit.tokens(parsed) if act.is_main else tuple(tokens[i] for i in parsed.subtree(act.verb))
    return [t.span for t in where if t.i not in aside]


def _conditions(parsed: ParsedText, verb: int, last: int) -> Iterator[int]:
    """Yield clauses behind what is said that set a condition for it: "but only if ..."."""
    for c in parsed.tokens[verb].children:
        token = parsed.tokens[c]
        is_behind = token.dep in {"advcl", "conj"} and c > last
        if is_behind and any(parsed.tokens[m].lower in _CONDITIONS for m in token.children):
            yield c


def _without_asides(parsed: ParsedText, clause: int) -> list[Span]:
    """Return the places of a clause, the speaker's own asides left out: ", accusing ..."."""
    tokens = parsed.tokens
    aside = {
        j
        for c in tokens[clause].children
        if tokens[c].dep == "advcl" and c > clause and tokens[c].lower.endswith("ing")
        for j in parsed.subtree(c)
    }
    return [tokens[i].span for i in parsed.subtree(clause) if i not in aside]


def _has_subject(parsed: ParsedText, act: Act, clause: int) -> bool:
    """Tell a coordinated clause, which has no complementiser and says something of its own, from what is said."""
    if parsed.tokens[clause].dep == "ccomp":
        return False
    return not any(parsed.tokens[c].lower == "that" for c in parsed.tokens[clause].children)


def _is_aside(parsed: ParsedText, i: int, verb: int) -> bool:
    """Tell whether a token hangs on the verb through an adverbial clause."""
    tokens = parsed.tokens
    for _ in range(12):
        head = tokens[i].head
        if head in {verb, i}:
            return head == verb and tokens[i].dep in _ASIDE and not tokens[i].is_quote
        i = head
    return False


def cues_within(unit: Unit, spans: list[Span]) -> Iterator[Cue]:
    """Yield the cues of a unit that begin inside one of the spans."""
    for cue in unit.cues:
        if any(s.start <= cue.start < s.end for s in spans):
            yield cue


def is_bare_quotation(parsed: ParsedText, unit: Unit) -> bool:
    """Tell a unit that is one quotation, or several, without a word outside."""
    tokens = unit.tokens(parsed)
    has_quote = any(t.is_quote for t in tokens)
    return has_quote and not any(t.text[:1].isalnum() and not t.is_quote and t.stretch < 0 for t in tokens)
