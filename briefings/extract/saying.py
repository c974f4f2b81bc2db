"""What a neutral report makes its speaker do: the words of its content, who they are about, and whether they deny."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefings.extract.acts import Act
from briefings.extract.content import content_spans
from briefings.extract.phrases import Cue, Word, split_words
from briefings.extract.reading import Reading
from briefings.extract.stance import MATERIAL, SAYS, first
from briefings.extract.units import Unit
from briefings.model import Span, Stance

_NEGATIONS = frozenset(("no", "not", "never", "nothing", "neither", "nor", "without", "none", "nobody", "hardly"))
_LACK = _NEGATIONS | {"little", "lack", "few", "scant", "less"}
_OWN = frozenset(("we", "our", "us", "i", "my", "ours"))
_SUBJECT = 7
_TURNED: frozenset[Stance] = frozenset(("AGREE", "SUPPORT", "COOPERATE", "CONSULT", "CONCEDE"))
_FAINT = frozenset(("faint_request", "says_consult"))
_STRONG = frozenset(SAYS) - _FAINT
_APART = frozenset(
    ("in", "on", "with", "between", "for", "from", "about", "to", "at", "around", "over", "after", "during", "against")
)
_BELOW = frozenset(("because", "which", "who", "that", "as", "while", "if", "unless", "when", "where", "although"))
_DENYING = 8


@dataclass(frozen=True, slots=True)
class _Content:
    """The words of what is said, whom they begin with, and whether they deny."""

    words: tuple[Word, ...]
    is_of_others: bool
    is_own: bool
    is_denied: bool


def said_stance(reading: Reading, unit: Unit, act: Act, cues: Sequence[Cue]) -> Stance:
    """Return the stance of what a neutral verb reports, STATEMENT when nothing tells."""
    content = _content(reading, unit, act)
    groups = {c.group for c in cues}
    strong = first(_stance(content, c) for c in cues if c.group in _STRONG and not _is_turned(content, c))
    if strong in MATERIAL and content.is_of_others and not unit.of("answer"):
        strong = "ACCUSE"
    if strong not in _TURNED | {"STATEMENT"}:
        return strong
    return _unsaid(content, groups, strong) or _faint(content, cues)


def _unsaid(content: _Content, groups: set[str], strong: Stance) -> Stance | None:
    """Return what a statement does by whom it is about and whether it denies or looks ahead, or None."""
    is_neutral = "firm_consult" in groups
    if {"harm", "to_come"} <= groups and not is_neutral and not content.is_denied and strong == "STATEMENT":
        return "THREATEN"
    if content.is_denied and not is_neutral:
        return "ACCUSE" if content.is_of_others else "REJECT"
    if strong != "STATEMENT":
        return strong
    if content.is_of_others and not is_neutral:
        return "ACCUSE"
    return "CONSULT" if is_neutral else None


def _faint(content: _Content, cues: Sequence[Cue]) -> Stance:
    own_need = content.is_own  # "we need to" asks nothing of others
    return first(SAYS[c.group] for c in cues if c.group in _FAINT and not (c.group == "faint_request" and own_need))


def _stance(content: _Content, cue: Cue) -> Stance:
    """Return what a cue does; a refusal that is told of others is a reproach."""
    return "ACCUSE" if cue.group == "says_refuse" and content.is_of_others else SAYS[cue.group]


def _is_turned(content: _Content, cue: Cue) -> bool:
    """Tell a word of consent or praise that is denied, "no progress", and a refusal that is: "did not rule out"."""
    before = [w.text for w in content.words if w.start < cue.start][-3:]
    if cue.group == "says_refuse":
        return cue.first_word.startswith("rul") and bool(_NEGATIONS & set(before))
    return SAYS[cue.group] in _TURNED and bool(_LACK & set(before))


def _content(reading: Reading, unit: Unit, act: Act) -> _Content:
    text = reading.parsed.text
    spans = content_spans(reading.parsed, unit, act)
    words = tuple(w for s in _merged(spans) for w in split_words(text, s.start, s.end))
    own, others = _sides(reading, words[:_SUBJECT])
    return _Content(
        words=words,
        is_of_others=bool(others) and (not own or min(others) < min(own)),
        is_own=bool(own) and (not others or min(own) < min(others)),
        is_denied=_is_denied(words[:_DENYING]),
    )


def _sides(reading: Reading, opening: Sequence[Word]) -> tuple[list[int], list[int]]:
    """Return where a statement's first words name the speaker's own side, and where others; "in X" names neither."""
    rules = reading.context.rules
    lowers = [w.text for w in opening]
    stop = next((i for i, w in enumerate(lowers) if i and w in _APART), len(lowers))
    names = [
        n for n in rules.names.find(lowers, [reading.parsed.text[w.start : w.end] for w in opening]) if n.first < stop
    ]
    own = [n.first for n in names if n.name.actor in rules.watched] + [i for i, w in enumerate(lowers) if w in _OWN]
    others = [n.first for n in names if n.name.actor not in rules.watched]
    others.extend(i for i, w in enumerate(lowers[:stop]) if w in rules.others)
    return own, others


def _is_denied(opening: Sequence[Word]) -> bool:
    """Tell a denial in a statement's own clause."""
    for i, word in enumerate(opening):
        if i > 1 and word.text in _BELOW:
            return False
        if word.text in _NEGATIONS:
            return True
    return False


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return spans in order, those that touch or lie inside another as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end + 1:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
