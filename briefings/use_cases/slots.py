"""When a subscription's slots fall, by wall clock: one a local date, whatever the clock does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from briefings.model import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One slot of a subscription: the day and local time intended, and when that is in UTC."""

    local_date: date
    slot: str
    due: datetime


@cache
def zone_of(name: str) -> ZoneInfo:
    """Return a zone; Python itself remembers only the last eight and reads the others from disk each time."""
    return ZoneInfo(name)


def due_on(day: date, slot: str, zone: str) -> datetime:
    """Return when a local time falls on a day, in UTC.

    A time that the clock skips is shifted by the length of the gap (02:30 becomes 03:30); one that comes twice is
    the first. Both follow from fold=0.
    """
    return datetime.combine(day, time.fromisoformat(slot), tzinfo=zone_of(zone)).astimezone(UTC)


def occurrences(subscription: Subscription, start: datetime, end: datetime) -> Iterator[Occurrence]:
    """Yield the slots that fall after `start` and not after `end`, oldest first."""
    zone = zone_of(subscription.zone)
    day = start.astimezone(zone).date() - timedelta(days=1)
    last = end.astimezone(zone).date() + timedelta(days=1)
    while day <= last:
        if day.weekday() in subscription.days:
            due = due_on(day, subscription.time, subscription.zone)
            if start < due <= end:
                yield Occurrence(local_date=day, slot=subscription.time, due=due)
        day += timedelta(days=1)


def next_times(subscription: Subscription, now: datetime, count: int = 3) -> tuple[Occurrence, ...]:
    """Return the next slots after `now`."""
    span = timedelta(days=8 * count)
    return tuple(occurrences(subscription, now, now + span))[:count]
