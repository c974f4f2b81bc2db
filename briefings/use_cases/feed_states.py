"""How the feeds are, in plain words: for the table of `sources check`, for /sources and for the ops channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from briefings.store.feed_overview import FeedOverview
from briefings.use_cases.newsroom import Newsroom

QUIET = timedelta(days=7)  # without anything new, and far beyond what is usual for the feed
FAR = 10  # times the usual interval
DEAD = timedelta(days=3)  # without an answer: operators are told
MAX_NAMED = 8  # feeds named in one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """A feed and its state in a sentence; `is_well` when its last read worked."""

    feed: FeedOverview
    words: str
    is_well: bool


def feed_states(room: Newsroom, now: datetime, tenant: str | None = None) -> tuple[FeedState, ...]:
    """Return the feeds, failing ones first, then by publisher; with a tenant, its own and the catalogue's."""
    listed = room.store.feed_overview.list(tenant)
    states = (FeedState(feed=f, words=_words(f, now), is_well=_is_well(f)) for f in listed)
    return tuple(sorted(states, key=lambda s: (s.is_well, s.feed.publisher, s.feed.url)))


def feed_alarms(room: Newsroom, now: datetime) -> tuple[str, ...]:
    """Return what operators should hear now: feeds dead for three days or gone for good, and those that are back.

    Each outage and each recovery is told once, whichever worker asks.
    """
    overview = room.store.feed_overview
    listed, told = overview.list(), overview.outages()
    dead = [f for f in listed if _is_dead(f, now) and overview.begin_outage(f.id, _since(f), now)]
    back = [f for f in listed if f.id in told and _is_well(f) and overview.end_outages(f.id, now)]
    sentences = []
    if dead:
        sentences.append(f"{_count(len(dead))} for {_days(DEAD)} or more, or gone for good: {_named(dead, now)}")
    if back:
        names = ", ".join(f.publisher for f in back[:MAX_NAMED]) + (" and others" if len(back) > MAX_NAMED else "")
        sentences.append(f"Answering again: {names}")
    return tuple(sentences)


def span_words(length: timedelta) -> str:
    """Return a length of time in words: 40 minutes, 5 hours, 3 days."""
    minutes = max(0, int(length.total_seconds() // 60))
    for size, name in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size * (2 if size > 1 else 1):
            count = minutes // size
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return "a moment"


def _is_well(feed: FeedOverview) -> bool:
    return feed.state == "live" and feed.last_success is not None and not feed.last_error


def _is_dead(feed: FeedOverview, now: datetime) -> bool:
    if feed.state == "gone":
        return True
    return feed.state == "live" and bool(feed.last_error) and now - _since(feed) >= DEAD


def _since(feed: FeedOverview) -> datetime:
    """Return when the feed last worked, else when it was first tried."""
    return feed.last_success or feed.first_attempt or feed.next_try


def _words(feed: FeedOverview, now: datetime) -> str:
    if feed.state == "gone":
        return "gone for good: its server says so (410); remove it or give its new address"
    if feed.state == "paused":
        return "paused: it is not read"
    if feed.last_attempt is None:
        return "not read yet"
    if feed.last_error:
        lead = f"down for {span_words(now - feed.last_success)}" if feed.last_success else "never answered"
        return f"{lead}: {feed.last_error}"
    moved = f"; moved to {feed.moved_to}" if feed.moved_to and feed.moved_to != feed.url else ""
    return ("unchanged since the last read" if feed.is_unchanged else "read") + _quiet(feed, now) + moved


def _quiet(feed: FeedOverview, now: datetime) -> str:
    if feed.newest is None:
        return "; none of its entries has a date" if feed.n_entries else "; it is empty"
    silent, usual = now - feed.newest, timedelta(seconds=feed.usual_interval or 0)
    return f"; nothing new for {span_words(silent)}" if silent > max(QUIET, usual * FAR) else ""


def _count(number: int) -> str:
    return "A feed has not answered" if number == 1 else f"{number} feeds have not answered"


def _days(length: timedelta) -> str:
    return f"{length.days} days"


def _named(feeds: Sequence[FeedOverview], now: datetime) -> str:
    named = "; ".join(f"{f.publisher} ({f.url}): {_words(f, now)}" for f in feeds[:MAX_NAMED])
    return f"{named}; and {len(feeds) - MAX_NAMED} more" if len(feeds) > MAX_NAMED else named
