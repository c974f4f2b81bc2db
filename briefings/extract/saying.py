"""What a neutral report makes its speaker do: the words of its content, who they are about, and whether they deny."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefings.extract.acts import Act
from briefings.extract.content import content_spans
from briefings.extract.phrases import Cue, Word, split_words
from briefings.extract.reading import Reading
from briefings.extract.stance import SAYS, first
from briefings.extract.units import Unit
from briefings.model import Span, Stance

_NEGATIONS = frozenset(("no", "not", "never", "nothing", "neither", "nor", "without", "none", "nobody", "hardly"))
_LACK = _NEGATIONS | {"little", "lack", "few", "scant", "less"}
_OWN = frozenset(("we", "our", "us", "i", "my", "ours"))
_OPENING = 14  # words that tell what a statement is about
_SUBJECT = 7
_TURNED: frozenset[Stance] = frozenset(("AGREE", "SUPPORT", "COOPERATE", "CONSULT", "CONCEDE"))
_WEAK: frozenset[Stance] = frozenset(("CONSULT", "STATEMENT"))


@dataclass(frozen=True, slots=True)
class _Content:
    """The words of what is said, whom they begin with, and whether they deny."""

    words: tuple[Word, ...]
    is_of_others: bool
    is_denied: bool


def said_stance(reading: Reading, unit: Unit, act: Act, cues: Sequence[Cue]) -> Stance:
    """Return the stance of what a neutral verb reports, STATEMENT when nothing tells."""
    content = _content(reading, unit, act)
    groups = {c.group for c in cues}
    found = {_stance(content, c) for c in cues if c.group in SAYS and not _is_turned(content, c)}
    strong = first(found - _WEAK)
    if strong not in _WEAK | _TURNED:
        return strong
    if content.is_denied and "firm_consult" not in groups:
        return "ACCUSE" if content.is_of_others else "REJECT"
    if strong not in _WEAK:
        return strong
    if content.is_of_others and "firm_consult" not in groups:
        return "ACCUSE"
    return "CONSULT" if "CONSULT" in found or "firm_consult" in groups else "STATEMENT"


def _stance(content: _Content, cue: Cue) -> Stance:
    """Return what a cue does; a refusal that is told of others is a reproach."""
    return "ACCUSE" if cue.group == "says_refuse" and content.is_of_others else SAYS[cue.group]


def _is_turned(content: _Content, cue: Cue) -> bool:
    """Tell a word of consent or praise that is denied: "no progress", "not ready"."""
    if SAYS[cue.group] not in _TURNED:
        return False
    before = [w.text for w in content.words if w.start < cue.start][-3:]
    return bool(_LACK & set(before))


def _content(reading: Reading, unit: Unit, act: Act) -> _Content:
    text = reading.parsed.text
    spans = content_spans(reading.parsed, unit, act)
    words = tuple(w for s in _merged(spans) for w in split_words(text, s.start, s.end))
    opening = words[:_OPENING]
    return _Content(
        words=words,
        is_of_others=_is_of_others(reading, opening),
        is_denied=bool(_NEGATIONS & {w.text for w in opening}),
    )


def _is_of_others(reading: Reading, opening: Sequence[Word]) -> bool:
    """Tell whether a statement begins with others rather than with the speaker's own side."""
    rules = reading.context.rules
    lowers = [w.text for w in opening[:_SUBJECT]]
    names = rules.names.find(lowers, [reading.parsed.text[w.start : w.end] for w in opening[:_SUBJECT]])
    own = [n.first for n in names if n.name.actor in rules.watched]
    own.extend(i for i, w in enumerate(lowers) if w in _OWN)
    others = [n.first for n in names if n.name.actor not in rules.watched]
    others.extend(i for i, w in enumerate(lowers) if w in rules.others)
    return bool(others) and (not own or min(others) < min(own))


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return spans in order, those that touch or lie inside another as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end + 1:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
