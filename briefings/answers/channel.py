"""What a channel has subscribed to, when it comes, and what became of the last ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from briefings.answers.frame import Freshness, answer, done, nothing
from briefings.answers.ledger import delivery_item
from briefings.answers.records import Reply
from briefings.answers.times import days_in_words
from briefings.document import Block, Heading, Inline, Line, Moment, Paragraph, Text
from briefings.model import Delivery, Subscription
from briefings.sections.wording import count, place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChange:
    """When the clock of a zone changes next, and to which offset."""

    at: datetime
    offset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A subscription with its next times and what became of its last slots, newest first."""

    subscription: Subscription
    next_times: tuple[datetime, ...] = ()
    last: tuple[Delivery, ...] = ()
    change: ClockChange | None = None
    paused: str = ""  # why nothing is posted to the channel


def subscribed_answer(plan: Plan, title: str, fresh: Freshness, *, others: int, is_new: bool, has_zone: bool) -> Reply:
    """Answer /subscribe: what was understood and the next three times.

    Args:
        plan: of the subscription.
        title: of its topic.
        fresh: with the subscription's zone.
        others: how many other subscriptions the channel has.
        is_new: it was not there before.
        has_zone: a zone was named; without one it is UTC.
    """
    s = plan.subscription
    verb = "Subscribed" if is_new else "Changed"
    what = f"{verb}: {title}, {days_in_words(s.days)} at {s.time} {_place(s.zone)}."
    blocks: list[Block] = [Paragraph((Text(what, "strong"),)), Paragraph(_times("Next: ", plan.next_times))]
    if s.zone != "UTC":
        blocks.append(Paragraph(_clock(plan)))
    if not has_zone:
        hint = f"No time zone was named, so this is UTC. For local time: /subscribe {s.topic} {s.time} Europe/Kyiv"
        blocks.append(Paragraph((Text(hint),)))
    if others:
        rest = f"This channel has {count(others, 'other subscription')}; /schedule lists them."
        blocks.append(Paragraph((Text(rest),), is_context=True))
    return done(f"{title} briefing", tuple(blocks), fresh, summary=what)


def unsubscribed_answer(title: str, n_ended: int, fresh: Freshness) -> Reply:
    """Answer /unsubscribe."""
    words = f"Ended: {count(n_ended, 'subscription')} of this channel to {title}. Nothing more comes of it."
    if not n_ended:
        words = f"This channel has no subscription to {title}, so nothing was changed; /schedule lists those it has."
    return done("Unsubscribe", (Paragraph((Text(words),)),), fresh, summary=words)


def schedule_answer(plans: tuple[Plan, ...], titles: Mapping[str, str], fresh: Freshness) -> Reply:
    """Answer /schedule: each subscription with its next time and what became of its last slots."""
    if not plans:
        words = "This channel has no subscription. Make one: /subscribe <topic> 08:00 Europe/Kyiv weekdays"
        return nothing("Schedule of this channel", words, fresh)
    blocks: list[Block] = []
    for plan in plans:
        s = plan.subscription
        name = f"{titles.get(s.topic, s.topic)}, {days_in_words(s.days)} at {s.time} {place_of(s.zone)}"
        blocks += [Heading(name), Paragraph(_times("Next: ", plan.next_times)), *(delivery_item(d) for d in plan.last)]
        if plan.paused:
            why = f"Paused, nothing is posted: {plan.paused}. Once that is mended, /subscribe again resumes it."
            blocks.append(Paragraph((Text(why, "strong"),)))
        if plan.change:
            blocks.append(Paragraph(_clock(plan), is_context=True))
    title = "Schedule of this channel"
    return answer(title, tuple(blocks), fresh, summary=f"{count(len(plans), 'subscription')}")


def _times(lead: str, times: tuple[datetime, ...]) -> Line:
    shown: list[Inline] = [Text(lead)]
    for n, at in enumerate(times):
        shown += [Text(", "), Moment(at)] if n else [Moment(at)]
    return tuple(shown) if times else (Text(f"{lead}never"),)


def _clock(plan: Plan) -> Line:
    s = plan.subscription
    if plan.change is None:
        return (Text(f"The clock of {s.zone} does not change within a year.", "muted"),)
    change = Text(f" to {plan.change.offset}; it stays {s.time} by the local clock.", "muted")
    return (Text("The clock changes on ", "muted"), Moment(plan.change.at, "date"), change)


def _place(zone: str) -> str:
    """Return a zone as a reader would say it, with its name where that differs."""
    said = place_of(zone)
    return said if said == zone else f"{said} ({zone})"
