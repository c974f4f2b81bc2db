"""Feeds: their state, who polls them, and every attempt to read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, Select, and_, or_, select, update

from briefings.model import FeedCheck, Publisher
from briefings.store.article_writes import ensure_publisher
from briefings.store.columns import FREE
from briefings.store.engine import insert_into, reading, writing
from briefings.store.feed_attempts import FetchAttempt, entry_key, record_attempt
from briefings.store.remembered import remembered
from briefings.store.rows import publisher_from
from briefings.store.tables import feed_entries, feeds, fetches, publishers
from config.records import PublisherSpec

FeedState = Literal["live", "gone", "paused", "removed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFeed:
    """A feed and what the next fetch of it needs; `tenant` is "" for those of the catalogue."""

    id: int
    url: str
    publisher: Publisher
    tenant: str
    state: FeedState
    next_try: datetime
    failures: int = 0  # in a row
    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None

    @property
    def address(self) -> str:
        """Where to fetch it: where it moved to, else its own address."""
        return self.moved_to or self.url


class FeedStore:
    """Feeds. A claim lasts for its lease; whoever holds it records the attempt."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sync(self, specs: Iterable[PublisherSpec], now: datetime) -> int:
        """Make the catalogue's publishers and feeds those that are stored; return how many feeds it has.

        New feeds are due at once. Feeds that left the catalogue are removed: their attempts stay.
        """
        with writing(self._engine) as connection:
            wanted = {url: _put_publisher(connection, spec) for spec in specs for url in spec.feeds}
            for url, publisher in wanted.items():
                _put_feed(connection, url, publisher, tenant="", now=now)
            left = update(feeds).where(feeds.c.tenant == "", feeds.c.url.not_in(wanted), feeds.c.state != "removed")
            connection.execute(left.values(state="removed"))
        if (memory := remembered(self._engine)) is not None:
            memory.clear()  # kind, language or actor of a publisher may be others now
        return len(wanted)

    def add(self, url: str, publisher: Publisher, tenant: str, now: datetime) -> StoredFeed:
        """Add a tenant's feed, due at once; one that is there already stays as it is, a removed one is polled again."""
        with writing(self._engine) as connection:
            _put_feed(connection, url, ensure_publisher(connection, publisher), tenant=tenant, now=now)
            return _feed_from(connection.execute(_FEEDS.where(feeds.c.url == url)).one())

    def remove(self, url: str, tenant: str) -> bool:
        """Stop polling a tenant's feed; the catalogue's feeds and those of others are not its to remove."""
        gone = update(feeds).where(feeds.c.url == url, feeds.c.tenant == tenant, feeds.c.state != "removed")
        with writing(self._engine) as connection:
            return connection.execute(gone.values(state="removed")).rowcount == 1

    def set_state(self, feed: int, state: FeedState, now: datetime) -> None:
        """Pause a feed, or make it live again and due at once."""
        with writing(self._engine) as connection:
            connection.execute(update(feeds).where(feeds.c.id == feed).values(state=state, next_try=now, failures=0))

    def list(self, tenant: str | None = None) -> tuple[StoredFeed, ...]:
        """Return the feeds that are not removed, by publisher; with a tenant, its own and the catalogue's."""
        query = _FEEDS.where(feeds.c.state != "removed").order_by(publishers.c.name, feeds.c.url)
        if tenant is not None:
            query = query.where(feeds.c.tenant.in_(("", tenant)))
        with reading(self._engine) as connection:
            return tuple(_feed_from(row) for row in connection.execute(query))

    def due(self, now: datetime) -> tuple[StoredFeed, ...]:
        """Return the feeds that are to be fetched and that nobody holds, the longest due first."""
        with reading(self._engine) as connection:
            return tuple(_feed_from(row) for row in connection.execute(_due(now)))

    def claim(self, owner: str, now: datetime, lease: timedelta, limit: int = 1) -> tuple[StoredFeed, ...]:
        """Take due feeds for the time of a lease; no other worker gets them meanwhile."""
        query = _due(now).limit(limit).with_for_update(of=feeds, skip_locked=True)
        with writing(self._engine) as connection:
            taken = tuple(_feed_from(row) for row in connection.execute(query))
            held = update(feeds).where(feeds.c.id.in_([feed.id for feed in taken]))
            connection.execute(held.values(lease_owner=owner, lease_until=now + lease))
        return taken

    def record(self, feed: int, attempt: FetchAttempt, owner: str | None = None) -> bool:
        """Store an attempt and, unless another owner holds the feed by now, what follows from it.

        Args:
            feed: its number.
            attempt: what came of it and when to try next.
            owner: who claimed the feed; None for a fetch by hand.

        Returns:
            False when the lease was lost: the attempt is stored, the feed's state is the other owner's to write.
        """
        with writing(self._engine) as connection:
            return record_attempt(connection, feed, attempt, owner)

    def release(self, owner: str) -> None:
        """Give back every feed that an owner holds."""
        held = update(feeds).where(feeds.c.lease_owner == owner)
        with writing(self._engine) as connection:
            connection.execute(held.values(**FREE))

    def known_entries(self, feed: int, entries: Iterable[str]) -> dict[str, str]:
        """Return the digest that each of these entries had when last seen, those never seen left out."""
        keys = {entry_key(entry): entry for entry in entries}
        query = select(feed_entries.c.entry, feed_entries.c.sha256).where(
            feed_entries.c.feed == feed, feed_entries.c.entry.in_(keys)
        )
        with reading(self._engine) as connection:
            return {keys[row.entry]: row.sha256 for row in connection.execute(query)}

    def checks(self, as_of: datetime, since: datetime, names: Iterable[str] | None = None) -> tuple[FeedCheck, ...]:
        """Return what was seen of each feed by `as_of`, with its successes from `since` on.

        Args:
            as_of: nothing later counts.
            since: where the window starts.
            names: of publishers; None is all.
        """
        last = select(fetches.c.id).where(fetches.c.feed == feeds.c.id, fetches.c.at <= as_of)
        last = last.order_by(fetches.c.at.desc(), fetches.c.id.desc()).limit(1).correlate(feeds)
        query = _CHECKS.outerjoin(fetches, fetches.c.id == last.scalar_subquery()).where(feeds.c.state != "removed")
        if names is not None:
            query = query.where(publishers.c.name.in_(tuple(names)))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(feeds.c.id)).all()
            successes = _successes(connection, since, as_of)
        return tuple(_check_from(row, successes.get(row.id, ())) for row in rows)


_PUBLISHER = (
    publishers.c.name.label("publisher_name"),
    publishers.c.kind.label("publisher_kind"),
    publishers.c.language.label("publisher_language"),
    publishers.c.carries.label("publisher_carries"),
)
_FEEDS: Select[Any] = select(feeds, *_PUBLISHER).join_from(feeds, publishers, publishers.c.id == feeds.c.publisher)
_CHECKS: Select[Any] = select(
    feeds.c.id,
    feeds.c.url,
    *_PUBLISHER,
    fetches.c.at,
    fetches.c.outcome,
    fetches.c.error,
    fetches.c.last_success,
    fetches.c.newest_entry,
    fetches.c.usual_interval,
).join_from(feeds, publishers, publishers.c.id == feeds.c.publisher)


def _due(now: datetime) -> Select[Any]:
    free = or_(feeds.c.lease_until.is_(None), feeds.c.lease_until <= now)
    return _FEEDS.where(and_(feeds.c.state == "live", feeds.c.next_try <= now, free)).order_by(
        feeds.c.next_try, feeds.c.id
    )


def _successes(connection: Connection, since: datetime, as_of: datetime) -> dict[int, tuple[datetime, ...]]:
    found: dict[int, list[datetime]] = {}
    query = select(fetches.c.feed, fetches.c.at).where(
        fetches.c.feed.in_(select(feeds.c.id)),
        fetches.c.at >= since,
        fetches.c.at <= as_of,
        fetches.c.outcome != "failed",
    )
    for row in connection.execute(query.order_by(fetches.c.feed, fetches.c.at)):
        found.setdefault(row.feed, []).append(row.at)
    return {feed: tuple(times) for feed, times in found.items()}


def _check_from(row: Row[Any], successes: tuple[datetime, ...]) -> FeedCheck:
    return FeedCheck(
        feed=row.url,
        publisher=publisher_from(row),
        last_success=row.last_success,
        last_attempt=row.at,
        last_error=row.error if row.outcome == "failed" else None,
        successes=successes,
        newest_entry=row.newest_entry,
        usual_interval=row.usual_interval,
    )


def _feed_from(row: Row[Any]) -> StoredFeed:
    return StoredFeed(
        id=row.id,
        url=row.url,
        publisher=publisher_from(row),
        tenant=row.tenant,
        state=row.state,
        next_try=row.next_try,
        failures=row.failures,
        etag=row.etag,
        modified=row.modified,
        moved_to=row.moved_to,
    )


def _put_publisher(connection: Connection, spec: PublisherSpec) -> int:
    """Store a publisher as the catalogue describes it."""
    described = {"kind": spec.kind, "language": spec.language, "carries": spec.carries}
    row = insert_into(connection, publishers).values(name=spec.name, **described)
    row = row.on_conflict_do_update(index_elements=["name"], set_=described)
    number: int = connection.execute(row.returning(publishers.c.id)).scalar_one()
    return number


def _put_feed(connection: Connection, url: str, publisher: int, *, tenant: str, now: datetime) -> None:
    row = insert_into(connection, feeds).values(
        url=url, publisher=publisher, tenant=tenant, state="live", next_try=now, failures=0
    )
    connection.execute(row.on_conflict_do_nothing())
    again = update(feeds).where(feeds.c.url == url)
    if tenant == "":  # the catalogue has the say over a feed that it names
        connection.execute(again.values(publisher=publisher, tenant=""))
    connection.execute(again.where(feeds.c.state == "removed").values(state="live", next_try=now, tenant=tenant))
