"""A quiet day in one short message: nothing new, what stays open, and whether the quiet can be trusted."""

from __future__ import annotations

from briefings.document import Block, Heading, Line, Moment, Paragraph, Text
from briefings.sections.base import BriefingInput, SectionBlocks
from briefings.sections.response_watch import listed, watch_item
from briefings.sections.unresolved import issue_item, ordered
from briefings.sections.watch_words import state_of
from briefings.sections.wording import age_in_days, capital_of, count, listing, short, watch_title


def _nothing(given: BriefingInput) -> Line:
    return (
        Text(f"A quiet day: nothing new on {given.topic.title} since ", "strong"),
        Moment(given.window.start),
        Text("."),
    )


def _trust(given: BriefingInput) -> Line:
    """Say what the quiet rests on: a day without news is not the same as a day on which nothing was read."""
    if not given.checks:
        return (Text("No feeds are watched, so only imported articles would have shown news."),)
    down = sorted({c.publisher.name for c in given.checks if c.last_error or c.last_success is None})
    n_feeds = len(given.checks)
    n_down = sum(bool(c.last_error) or c.last_success is None for c in given.checks)
    if n_down == n_feeds:
        return (
            Text(f"But none of {count(n_feeds, 'feed')} could be read: this says nothing about the day.", "strong"),
        )
    if down:
        return (Text(f"{n_feeds - n_down} of {count(n_feeds, 'feed')} were read; down: {listing(down)}."),)
    return (Text(f"All {count(n_feeds, 'feed')} were read." if n_feeds > 1 else "The one feed was read."),)


def _open(given: BriefingInput) -> Line:
    issues = [i for i in ordered(given) if i.status != "resolved"]
    if not issues:
        return (Text("Still open: ", "strong"), Text("no issue is on the list."))
    names = [f"{short(i.label, 60)} (U-{i.id}, {age_in_days(i.opened, given.as_of, given.zone)})" for i in issues]
    return (Text("Still open: ", "strong"), Text(f"{listing(names)}."))


def _answers(given: BriefingInput) -> Line:
    lines = listed(given)
    name = Text(f"{capital_of(given.actor)}: ", "strong")
    if not lines:
        return (name, Text("nothing waits for its answer."))
    states = [f"{state_of(w, given.as_of)} (D-{w.development.id})" for w in lines]
    return (name, Text(f"{listing(states, 3)}."))


def quiet(given: BriefingInput) -> SectionBlocks:
    """Say that nothing is new, in four lines; the ledgers stand in the thread."""
    lines = (_nothing(given), _trust(given), _open(given), _answers(given))
    issues, watch = ordered(given), listed(given)
    detail: list[Block] = [Heading("Unresolved issues")] if issues else []
    detail += [issue_item(i, given) for i in issues]
    detail += [Heading(watch_title(given.topic, given.actor))] if watch else []
    detail += [watch_item(w, given) for w in watch]
    return SectionBlocks(blocks=tuple(map(Paragraph, lines)), detail=tuple(detail), is_empty=True)
