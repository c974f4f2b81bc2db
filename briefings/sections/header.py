"""The title of a briefing, and one line of small print on what it rests on."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from briefings.document import Line, Moment, Paragraph, Text
from briefings.document.display import DAYS, MONTHS
from briefings.model import FeedCheck
from briefings.sections.base import BriefingInput, SectionBlocks
from briefings.sections.lines import SEPARATOR
from briefings.sections.wording import age, count, listing, place_of


def title_of(given: BriefingInput) -> str:
    """Return topic, local date and time, and zone."""
    local = given.as_of.astimezone(ZoneInfo(given.zone))
    day = f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{given.topic.title} · {day}, {local:%H:%M} {place_of(given.zone)}"


def down_of(given: BriefingInput) -> tuple[FeedCheck, ...]:
    """Return the feeds whose last read failed, and those never read."""
    return tuple(c for c in given.checks if c.last_error or c.last_success is None)


def feeds_line(given: BriefingInput) -> str:
    """Return how many feeds were read, naming those that are down."""
    if not given.checks:
        return "no feeds are watched"
    down = down_of(given)
    n_live = len(given.checks) - len(down)
    if all(c.last_success is None for c in given.checks):
        return f"none of {count(len(given.checks), 'feed')} has been read"
    names = listing(sorted({c.publisher.name for c in down}), 3)
    return f"feeds: {n_live} live, {len(down)} down ({names})" if down else f"feeds: all {n_live} live"


def header(given: BriefingInput) -> SectionBlocks:
    """Say what window was read and how much was found in it."""
    n_publishers = len({a.publisher.name for a in given.articles})
    parts: list[Line] = [
        (Text(f"{age(given.window.end - given.window.start)} to "), Moment(given.window.end, "time")),
        (Text(f"{count(len(given.articles), 'article')} from {count(n_publishers, 'publisher')}"),)
        if given.articles
        else (Text("no new articles"),),
        *(((Text(count(len(given.developments), "development")),),) if given.developments else ()),
        (Text(feeds_line(given)),),
    ]
    if given.n_undated:
        parts.append((Text(f"{count(given.n_undated, 'undated article')} left out"),))
    line = tuple(x for i, part in enumerate(parts) for x in ((SEPARATOR, *part) if i else part))
    return SectionBlocks(blocks=(Paragraph(line, is_context=True),))
