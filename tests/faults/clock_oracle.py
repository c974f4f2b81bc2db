"""When slots fall, worked out apart from the program: from what clocks show, never by turning local into UTC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo


@cache
def changes(zone: str, start: datetime, end: datetime) -> tuple[tuple[datetime, timedelta, timedelta], ...]:
    """Return each change of a zone's clock: when, the offset before and the one after, found by halving."""
    found = []
    step, at = timedelta(hours=6), start
    while at < end:
        before, after = _offset(zone, at), _offset(zone, at + step)
        if before != after:
            low, high = at, at + step
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
            found.append((high.replace(microsecond=0), before, after))
        at += step
    return tuple(found)


def due(day: date, slot: str, zone: str) -> datetime:
    """Return when a clock on the wall first shows a local time, or would have shown it had it not been put forward."""
    wall = datetime.combine(day, time.fromisoformat(slot))
    noon = datetime.combine(day, time(12), tzinfo=UTC)
    offsets = sorted({_offset(zone, noon + timedelta(hours=h)) for h in range(-40, 41, 2)}, reverse=True)
    shown = [wall - o for o in offsets if _wall(zone, wall - o) == wall]
    if shown:
        return min(shown).replace(tzinfo=UTC)
    start, end = noon - timedelta(days=3), noon + timedelta(days=3)
    for at, before, after in changes(zone, start, end):
        local_before, local_after = (at + before).replace(tzinfo=None), (at + after).replace(tzinfo=None)
        if local_before <= wall < local_after:
            return (wall - before).replace(tzinfo=UTC)
    msg = f"{zone} never shows {wall}"
    raise AssertionError(msg)


def expected(zone: str, slot: str, start: datetime, end: datetime) -> Iterator[tuple[str, datetime]]:
    """Yield the local date and the time of each slot after `start` and not after `end`."""
    day = start.date() - timedelta(days=2)
    while day <= end.date() + timedelta(days=2):
        at = due(day, slot, zone)
        if start < at <= end:
            yield day.isoformat(), at
        day += timedelta(days=1)


def _offset(zone: str, at: datetime) -> timedelta:
    offset = at.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset


def _wall(zone: str, naive_utc: datetime) -> datetime:
    return naive_utc.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
