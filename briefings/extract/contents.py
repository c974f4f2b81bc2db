"""The words that an attribution covers: spans of clauses, without what belongs to another speaker."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.extract.cues import Cues
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.syntax import Source, child, own_subject, runs, tidy
from briefings.model import Span

_TAILS = frozenset(("advcl", "conj", "relcl", "appos", "parataxis"))
_OPENING = frozenset((",", "—", "–", "-", "--", ";"))
_WHICH = frozenset(("which", "who"))  # after a comma: the writer explains
DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"))
TIMES = DAYS | {
    "on",
    "in",
    "at",
    "late",
    "early",
    "this",
    "last",
    "earlier",
    "morning",
    "afternoon",
    "evening",
    "night",
}
_JOINTS = frozenset(("and", "but", "or"))
_RESUMING = frozenset(("that", "would", "will", "could", "should", "might"))
_MAX_CLIMB = 12


@dataclass(frozen=True, slots=True)
class Attribution:
    """One content given to one source; `rule` names what found it, `verb` is the token of the cue."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Source | None
    rule: str
    verb: int = -1


def spans(parsed: ParsedText, indices: list[int]) -> tuple[Span, ...]:
    """Return the spans of sorted tokens, one for each unbroken run."""
    found = (tidy(parsed, run) for run in runs(indices))
    return tuple(s for s in found if s is not None)


def clause_after(parsed: ParsedText, top: Token, verb: Token, cues: Cues) -> list[int]:
    """Return the tokens of a clause; one that follows its verb has no holes and no tail of another speaker."""
    indices = parsed.subtree(top.i)
    if indices[0] < verb.i:
        return indices
    filled = list(range(_without_time(parsed, top, indices[0]), indices[-1] + 1))
    tail = _tail(parsed, top, filled, cues)
    return list(range(filled[0], _second_half(parsed, tail, cues))) if tail > filled[-1] else filled[: tail - filled[0]]


def _without_time(parsed: ParsedText, top: Token, start: int) -> int:
    """Return where a clause begins after the day on which it was said: "said on Thursday it would ..."."""
    at = start
    while at < top.i and parsed.tokens[at].lower in TIMES:
        at += 1
    return at if any(t.lower in DAYS for t in parsed.tokens[start:at]) else start


def _second_half(parsed: ParsedText, end: int, cues: Cues) -> int:
    """Return where a clause ends that goes on with ", but that ..." or "but would ...", which the parse cuts off."""
    stop = parsed.sentences[parsed.tokens[end - 1].sentence].last
    at = end + 1 if end < stop and parsed.tokens[end].text == "," else end
    if at + 1 >= stop or parsed.tokens[at].lower not in _JOINTS or parsed.tokens[at + 1].lower not in _RESUMING:
        return end
    rest = parsed.tokens[at:stop]
    has_other = any(_speaks(parsed, t, cues) for t in rest)
    return end if has_other else stop


def _tail(parsed: ParsedText, top: Token, indices: list[int], cues: Cues) -> int:
    """Return where a part with a verb of saying of its own begins: "..., while others said ..."."""
    end = indices[-1] + 1
    for i in indices[1:]:
        token = parsed.tokens[i]
        if token.dep == "relcl" and token.i > top.i:
            start = parsed.subtree(i)[0]
            is_last = parsed.subtree(i)[-1] >= end - 2
            if is_last and parsed.tokens[start].lower in _WHICH and parsed.tokens[start - 1].text in _OPENING:
                return start
        if not _speaks(parsed, token, cues):
            continue
        link = _link(parsed, token, top)
        if link is None:
            continue
        below = parsed.subtree(link.i)
        start = below[0]
        if below[-1] >= end - 2 and start - 1 > top.i and parsed.tokens[start - 1].text in _OPENING:
            return start
        joint = parsed.tokens[start - 1]
        if link.dep == "conj" and below[-1] >= end - 2 and joint.dep == "cc" and start - 1 > top.i:
            return start - 1
    return end


def _speaks(parsed: ParsedText, verb: Token, cues: Cues) -> bool:
    """Tell a verb of saying with a subject of its own, in the active voice."""
    return (
        verb.lower in cues.speech and own_subject(parsed, verb) is not None and child(parsed, verb, "auxpass") is None
    )


def _link(parsed: ParsedText, verb: Token, top: Token) -> Token | None:
    """Climb from a verb to the part of the clause that it belongs to."""
    token, found = verb, None
    for _ in range(_MAX_CLIMB):
        if token.i in {top.i, token.head}:
            return found
        if token.dep in _TAILS:
            found = token
        token = parsed.tokens[token.head]
    return found
