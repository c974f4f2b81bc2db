"""A quiet day in one short message: nothing new, what stays open, and whether the quiet can be trusted."""

from __future__ import annotations

from briefings.document import Block, Heading, Line, Moment, Paragraph, Text
from briefings.sections.base import BriefingInput, SectionBlocks
from briefings.sections.header import down_of
from briefings.sections.response_watch import watch_item
from briefings.sections.unresolved import issue_item, ordered
from briefings.sections.watch_order import current, listed
from briefings.sections.watch_words import overview_of
from briefings.sections.wording import age_in_days, capital_of, count, listing, short, watch_title


def _nothing(given: BriefingInput) -> Line:
    return (
        Text(f"A quiet day: nothing new on {given.topic.title} since ", "strong"),
        Moment(given.window.start),
        Text("."),
    )


def _trust(given: BriefingInput) -> tuple[Line, ...]:
    """Say where the quiet may be ours: a day without news is not the same as a day on which nothing was read."""
    n, down = len(given.checks), down_of(given)
    if not n:
        return ((Text("No feeds are watched, so only imported articles would have shown news."),),)
    if len(down) == n:
        words = f"But none of {count(n, 'feed')} could be read: the quiet is ours and says nothing about the day."
        return ((Text(words, "strong"),),)
    names = listing(sorted({c.publisher.name for c in down}))
    return ((Text(f"{len(down)} of {count(n, 'feed')} could not be read: {names}."),),) if down else ()


def _open(given: BriefingInput) -> Line:
    issues = [i for i in ordered(given) if i.status != "resolved"]
    if not issues:
        return (Text("Still open: ", "strong"), Text("no issue is on the list."))
    names = [f"{short(i.label, 60)} (U-{i.id}, {age_in_days(i.opened, given.as_of, given.zone)})" for i in issues]
    return (Text("Still open: ", "strong"), Text(f"{listing(names)}."))


def _answers(given: BriefingInput) -> Line:
    words = overview_of(current(given) or listed(given), given.actor, given.as_of)
    return (Text(f"{capital_of(given.actor)}: ", "strong"), Text(f"{words}."))


def quiet(given: BriefingInput) -> SectionBlocks:
    """Say that nothing is new, in a few lines; the ledgers stand in the thread."""
    lines = (_nothing(given), *_trust(given), _open(given), _answers(given))
    issues, watch = ordered(given), listed(given)
    detail: list[Block] = [Heading("Unresolved issues")] if issues else []
    detail += [issue_item(i, given) for i in issues]
    detail += [Heading(watch_title(given.topic, given.actor))] if watch else []
    detail += [watch_item(w, given, with_checks=True) for w in watch]
    return SectionBlocks(blocks=tuple(map(Paragraph, lines)), detail=tuple(detail), is_empty=True)
