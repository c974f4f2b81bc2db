"""Which cues of a sentence say that a matter is not settled: not denied, not hypothetical, not a purpose or history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefings.extract.dating import is_dated_back
from briefings.extract.modality import clause_chain
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.phrases import Cue
from briefings.extract.reading import Reading
from briefings.extract.units import Unit
from briefings.model import IssueCue, Span

CLASSES: tuple[IssueCue, ...] = ("unresolved", "disagreement", "no_agreement", "unclear", "pending")
_STRONG = {f"issue_{c}": c for c in CLASSES}
_FAINT = {f"faint_{c}": c for c in CLASSES}
_DENIERS = frozenset(("no", "not", "never", "longer", "n't", "without", "nor"))
_UNREAL = frozenset(("may", "might", "could", "would", "should", "'d"))
_CONDITION = frozenset(("if", "unless", "lest"))
_BLAMING = ("accus", "blam")
_BEFORE = frozenset(("after", "before", "since", "until"))
_AVOID = frozenset(("prevent", "avoid", "avert", "forestall", "preventing", "avoiding"))
_ENDED = frozenset(("ended", "ending", "settled", "resolved", "overcame", "overcome", "broke", "bridged"))
_NOUNS = frozenset(("dobj", "pobj", "nsubj", "nsubjpass", "attr", "conj", "appos", "amod", "compound"))
_SEEMING = ("appear", "seem", "continue", "began", "begin", "start", "prove")
_RELATIVE = frozenset(("advcl", "acl", "relcl", "pcomp"))


@dataclass(frozen=True, slots=True)
class OpenCue:
    """A cue that counts, with its class; `top` is its topmost token, None inside masked words."""

    cue: Cue
    kind: IssueCue
    is_faint: bool
    top: int | None


def open_cues(reading: Reading, unit: Unit, plain: Span) -> Iterator[OpenCue]:
    """Yield the cues of one sentence of a unit that count, in order."""
    inside = [t for t in unit.tokens(reading.parsed) if t.start < plain.end and t.end > plain.start]
    for cue in unit.cues:
        kind = _STRONG.get(cue.group) or _FAINT.get(cue.group)
        if kind is None or not plain.start <= cue.start < plain.end or _is_silence(reading, unit, cue):
            continue
        words = [t for t in inside if cue.start <= t.start < cue.end and not t.is_quote]
        is_faint = cue.group in _FAINT
        top = _top(words)
        if top is None:
            if not is_faint and not _is_denied_text(reading, cue):
                yield OpenCue(cue, kind, is_faint, None)
        elif _counts(reading, top, cue, is_faint=is_faint):
            yield OpenCue(cue, kind, is_faint, top)


def _is_silence(reading: Reading, unit: Unit, cue: Cue) -> bool:
    """Tell "has yet to comment", unanswered calls and "opposes", told of a watched actor: a response's business."""
    watched = reading.context.rules.watched
    silent = (
        c
        for act in reading.acts[unit.index]
        if act.party is not None and act.party.actors & watched
        for c in act.cues
        if c.group in {"silence", "act_no_comment"}
        or (c.group in {"act_reject", "noun_reject"} and cue.group.endswith("disagreement"))
    )
    unanswered = (c for c in unit.cues if c.group == "silence_from" and cue.group == "issue_unresolved")
    return any(c.start < cue.end and cue.start < c.end for c in (*silent, *unanswered))


def _top(words: list[Token]) -> int | None:
    numbers = {t.i for t in words}
    return next((t.i for t in words if t.head not in numbers or t.head == t.i), None)


def _is_denied_text(reading: Reading, cue: Cue) -> bool:
    before = reading.parsed.text[max(0, cue.start - 14) : cue.start].lower().replace("’", "'").split()
    return any(w in _DENIERS | _AVOID or w.endswith("n't") for w in before[-2:])


def _counts(reading: Reading, top: int, cue: Cue, *, is_faint: bool) -> bool:
    """Tell a cue that its sentence states, judged clause by clause from the cue up to the root."""
    parsed = reading.parsed
    if _is_denied_text(reading, cue) or _is_ended(parsed, top):
        return False
    day = reading.context.published.date() if reading.context.published else None
    is_verb = parsed.tokens[top].dep not in _NOUNS
    for step, i in enumerate(clause_chain(parsed, top)):
        token = parsed.tokens[i]
        if _is_condition(parsed, token) or (is_faint and step and token.dep in _RELATIVE):
            return False
        if _is_unreal(parsed, token, cue, is_verb=is_verb, is_near=step < 2):
            return False
        if step and token.lower.startswith(_BLAMING):
            return False  # "accuses X of stalling the talks"
        if token.dep in {"ROOT", "ccomp", "conj"} and is_dated_back(parsed, i, day) and not _is_to_come(parsed, token):
            return False
    return True


def _is_ended(parsed: ParsedText, top: int) -> bool:
    """Tell "ending months of deadlock" and "the dispute has been settled", which are over."""
    token = parsed.tokens[top]
    while token.dep in {"pobj", "prep"}:
        token = parsed.tokens[token.head]
    verb = parsed.tokens[token.head]
    children = {parsed.tokens[c].lower for c in verb.children if parsed.tokens[c].dep in {"aux", "neg", "advmod"}}
    is_undone = bool(children & (_DENIERS | _UNREAL | {"to", "yet", "will"}))
    return token.dep in {"dobj", "nsubjpass"} and verb.lower in _ENDED and not is_undone


def _is_to_come(parsed: ParsedText, token: Token) -> bool:
    """Tell "will decide in December", a month that lies ahead."""
    return any(parsed.tokens[c].lower in {"will", "'ll", "shall"} for c in token.children)


def _is_condition(parsed: ParsedText, token: Token) -> bool:
    """Tell "if ..." and "after weeks of ..."."""
    if token.dep == "pobj" and parsed.tokens[token.head].lower in _BEFORE:
        return True
    children = (parsed.tokens[c] for c in token.children)
    return any(c.dep == "mark" and c.lower in _CONDITION for c in children)


def _is_unreal(parsed: ParsedText, token: Token, cue: Cue, *, is_verb: bool, is_near: bool) -> bool:
    """Tell a clause that says what may be, or what someone means to do: "to end the deadlock".

    A noun such as "deadlock" is there whatever one means to do with it, unless one means to avoid it.
    """
    children = [parsed.tokens[c] for c in token.children]
    helpers = {c.lower for c in children if c.dep == "aux" and not cue.start <= c.start < cue.end}
    if token.lower in _AVOID or ((is_verb or is_near) and helpers & _UNREAL):
        return True
    if not is_verb or (token.dep == "xcomp" and parsed.tokens[token.head].lower.startswith(_SEEMING)):
        return False
    return token.dep in {"advcl", "acl", "xcomp", "relcl"} and "to" in helpers
