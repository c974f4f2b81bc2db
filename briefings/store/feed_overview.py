"""How the feeds are: one row a feed with all that tells its state, and the outages that operators were told of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, func, select, update

from briefings.store.engine import insert_into, reading, writing
from briefings.store.rows import chunks
from briefings.store.source_tables import feed_outages
from briefings.store.tables import feed_entries, feeds, fetches, publishers

_RECENT = 20  # entries that the lag is taken from


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOverview:
    """A feed and how it is.

    `n_entries` are those of the last read that brought any; `lag` is the usual time in seconds from an entry's
    publication until we had it, None when nothing new came since the first read.
    """

    id: int
    url: str
    publisher: str
    tenant: str
    state: str
    failures: int
    next_try: datetime
    moved_to: str | None = None
    first_attempt: datetime | None = None
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    last_error: str = ""
    is_unchanged: bool = False
    n_entries: int | None = None
    newest: datetime | None = None
    usual_interval: float | None = None
    lag: float | None = None


class FeedOverviewStore:
    """The state of feeds for people."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def list(self, tenant: str | None = None) -> tuple[FeedOverview, ...]:
        """Return the feeds that are not removed, by publisher; with a tenant, its own and the catalogue's."""
        query = _FEEDS if tenant is None else _FEEDS.where(feeds.c.tenant.in_(("", tenant)))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(publishers.c.name, feeds.c.url)).all()
            numbers = [row.id for row in rows]
            entries, firsts = _entries(connection, numbers), _firsts(connection, numbers)
            lags = {number: _lag(connection, number) for number in numbers}
        return tuple(_overview(row, entries.get(row.id), firsts.get(row.id), lags[row.id]) for row in rows)

    def hasten(self, numbers: Iterable[int], now: datetime) -> None:
        """Let live feeds be read now; failures in a row still count."""
        due = update(feeds).where(feeds.c.state == "live", feeds.c.next_try > now)
        with writing(self._engine) as connection:
            for chunk in chunks(sorted(numbers)):
                connection.execute(due.where(feeds.c.id.in_(chunk)).values(next_try=now))

    def begin_outage(self, feed: int, since: datetime, now: datetime) -> bool:
        """Record that operators hear of an outage; True for whoever is first to tell."""
        with writing(self._engine) as connection:
            row = insert_into(connection, feed_outages).values(feed=feed, since=since, told=now)
            first = connection.execute(row.on_conflict_do_nothing().returning(feed_outages.c.feed)).scalar()
        return first is not None

    def end_outages(self, feed: int, now: datetime) -> tuple[datetime, ...]:
        """End the outages of a feed that is well again; return when each began, to whoever is first to tell."""
        ended = update(feed_outages).where(feed_outages.c.feed == feed, feed_outages.c.ended.is_(None))
        with writing(self._engine) as connection:
            return tuple(connection.execute(ended.values(ended=now).returning(feed_outages.c.since)).scalars())

    def outages(self) -> frozenset[int]:
        """Return the feeds whose outage was told and has not ended."""
        query = select(feed_outages.c.feed).where(feed_outages.c.ended.is_(None))
        with reading(self._engine) as connection:
            return frozenset(connection.execute(query).scalars())


_LAST = (
    select(fetches.c.id)
    .where(fetches.c.feed == feeds.c.id)
    .order_by(fetches.c.at.desc(), fetches.c.id.desc())
    .limit(1)
    .correlate(feeds)
    .scalar_subquery()
)
_FEEDS: Select[Any] = (
    select(
        feeds,
        publishers.c.name,
        fetches.c.at,
        fetches.c.outcome,
        fetches.c.error,
        fetches.c.last_success,
        fetches.c.newest_entry,
        fetches.c.usual_interval,
    )
    .join_from(feeds, publishers, publishers.c.id == feeds.c.publisher)
    .outerjoin(fetches, fetches.c.id == _LAST)
    .where(feeds.c.state != "removed")
)


def _entries(connection: Connection, numbers: list[int]) -> dict[int, int]:
    """Return how many entries the last full read of each feed had."""
    found: dict[int, int] = {}
    for chunk in chunks(numbers):
        full = (
            select(fetches.c.feed, func.max(fetches.c.id).label("last"))
            .where(fetches.c.feed.in_(chunk), fetches.c.outcome == "ok")
            .group_by(fetches.c.feed)
            .subquery()
        )
        rows = connection.execute(select(fetches.c.feed, fetches.c.n_entries).join(full, full.c.last == fetches.c.id))
        found.update((row.feed, row.n_entries) for row in rows)
    return found


def _firsts(connection: Connection, numbers: list[int]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for chunk in chunks(numbers):
        query = select(fetches.c.feed, func.min(fetches.c.at, type_=fetches.c.at.type).label("first"))
        rows = connection.execute(query.where(fetches.c.feed.in_(chunk)).group_by(fetches.c.feed))
        found.update((row.feed, row.first) for row in rows)
    return found


def _lag(connection: Connection, feed: int) -> float | None:
    """Return the usual seconds from publication to our having it; entries that were there at first tell nothing."""
    first = select(func.min(feed_entries.c.known)).where(feed_entries.c.feed == feed).scalar_subquery()
    query = (
        select(feed_entries.c.known, feed_entries.c.published)
        .where(feed_entries.c.feed == feed, feed_entries.c.published.is_not(None), feed_entries.c.known > first)
        .order_by(feed_entries.c.published.desc())
        .limit(_RECENT)
    )
    waits = [max(0.0, (row.known - row.published).total_seconds()) for row in connection.execute(query)]
    return median(waits) if waits else None


def _overview(row: Row[Any], n_entries: int | None, first: datetime | None, lag: float | None) -> FeedOverview:
    return FeedOverview(
        id=row.id,
        url=row.url,
        publisher=row.name,
        tenant=row.tenant,
        state=row.state,
        failures=row.failures,
        next_try=row.next_try,
        moved_to=row.moved_to,
        first_attempt=first,
        last_attempt=row.at,
        last_success=row.last_success,
        last_error=row.error or "" if row.outcome == "failed" else "",
        is_unchanged=row.outcome == "not_modified",
        n_entries=n_entries,
        newest=row.newest_entry,
        usual_interval=row.usual_interval,
        lag=lag,
    )
