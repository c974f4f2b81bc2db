"""Unresolved issues of one article: sentences that say a matter is not settled, or now is."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.extract.clashes import Clash, find_clash
from briefings.extract.issue_cues import CLASSES, OpenCue, open_cues
from briefings.extract.matter import clause_matter, find_matter, label_of, object_of
from briefings.extract.named_phrases import phrase_of
from briefings.extract.phrases import Cue
from briefings.extract.positions import with_positions
from briefings.extract.questions import is_open_question
from briefings.extract.reading import Reading
from briefings.extract.relevance import is_diplomatic, is_on_story, is_relevant
from briefings.extract.settled import settled_cue, status_of
from briefings.extract.units import Unit
from briefings.model import IssueCue, IssueMention, IssueStatus, Span


def issues_of(reading: Reading) -> tuple[IssueMention, ...]:
    """Return the sentences of an article that say a matter of diplomacy is not settled (or, `resolved`, now is)."""
    if not is_on_story(reading):
        return ()
    found: list[IssueMention] = []
    for unit in reading.units:
        if unit.is_heading(reading.parsed):
            continue
        of_unit = [
            m for plain in unit.plain if plain.start < reading.parsed.end for m in _in_sentence(reading, unit, plain)
        ]
        found.extend(of_unit or _in_unit(reading, unit))
    return tuple(with_positions(reading, m) for m in found)


def _in_sentence(reading: Reading, unit: Unit, plain: Span) -> Iterator[IssueMention]:
    named = list(_named(reading, unit, plain))
    if named:
        alike = (n for n in named if n[0].is_faint == named[0][0].is_faint)
        best = next((n for n in alike if is_diplomatic(unit, n[1])), named[0])
        yield _of_cue(reading, unit, plain, *best)
        return
    if is_open_question(reading, unit, plain):
        matter = Span(plain.start, plain.end - 1)
        yield IssueMention(span=plain, matter=matter, label=label_of(reading, matter), status="open", cue="unclear")


def _named(reading: Reading, unit: Unit, plain: Span) -> Iterator[tuple[OpenCue, Span]]:
    """Yield the cues of a sentence that count, strongest class first, each with its matter."""
    ranked = sorted(open_cues(reading, unit, plain), key=lambda f: (f.is_faint, CLASSES.index(f.kind), f.cue.start))
    for found in ranked:
        if not is_relevant(reading, unit, plain, is_faint=found.is_faint):
            continue
        matter = find_matter(reading, unit, plain, found)
        if matter is not None and (not found.is_faint or is_diplomatic(unit, matter)):
            yield found, matter


def _of_cue(reading: Reading, unit: Unit, plain: Span, found: OpenCue, matter: Span) -> IssueMention:
    status = status_of(unit, plain, found.cue)
    return _mention(reading, plain, matter, status=status, kind=found.kind, cue=found.cue)


def _mention(
    reading: Reading, span: Span, matter: Span, *, status: IssueStatus, kind: IssueCue, cue: Cue
) -> IssueMention:
    told = Span(cue.start, cue.end)
    label = label_of(reading, matter)
    return IssueMention(span=span, matter=matter, label=label, status=status, cue=kind, cue_span=told)


def _in_unit(reading: Reading, unit: Unit) -> Iterator[IssueMention]:
    """Yield what shows only in a whole sentence: a clash of positions, or a matter that is settled."""
    clash = find_clash(reading, unit)
    if clash is not None and is_relevant(reading, unit, unit.span, is_faint=True):
        yield _of_clash(reading, clash)
        return
    settled = settled_cue(reading, unit)
    if settled is not None and is_relevant(reading, unit, unit.span, is_faint=True):
        matter = find_matter(reading, unit, unit.span, settled)
        told = Span(settled.cue.start, settled.cue.end)
        if matter is not None and (is_diplomatic(unit, matter) or is_diplomatic(unit, told)):
            yield _mention(reading, unit.span, matter, status="resolved", kind="settled", cue=settled.cue)


def _of_clash(reading: Reading, clash: Clash) -> IssueMention:
    sides = (clash.ask.verb, clash.refusal.verb)
    found = (named(reading, verb) for named in (object_of, clause_matter) for verb in sides)
    named = next((m for m in found if m is not None), None)
    matter = named or phrase_of(reading.parsed, clash.ask.verb)
    return _mention(reading, clash.span, matter, status="open", kind="position_clash", cue=clash.refusal.cue)
