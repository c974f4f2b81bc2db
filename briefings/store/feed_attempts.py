"""Write down one attempt to read a feed and what follows from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import ceil
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, or_, select, update

from briefings.store.columns import FREE
from briefings.store.engine import insert_into
from briefings.store.tables import feed_entries, feeds, fetches

Outcome = Literal["ok", "not_modified", "failed"]
_LONGEST_KEY = 400  # characters; PostgreSQL indexes no more than 2,700 bytes
_RECENT = 50  # entries that the usual interval is taken from


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenEntry:
    """An entry as a feed gave it: its guid or address, a digest of what it said, and its date."""

    entry: str
    sha256: str
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchAttempt:
    """What came of one attempt to read a feed, and when to try next.

    `etag` and `modified` replace the stored ones after `ok`; `state` is `gone` when the server says so for good;
    `moved_to` is the new address of a permanent redirect, None to leave it as it is.
    """

    at: datetime
    outcome: Outcome
    next_try: datetime
    status: int | None = None
    error: str = ""
    n_new: int = 0
    entries: tuple[SeenEntry, ...] = ()
    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None
    state: Literal["live", "gone", "paused"] = "live"


def record_attempt(connection: Connection, feed: int, attempt: FetchAttempt, owner: str | None) -> bool:
    """Store an attempt; see `FeedStore.record`."""
    before = connection.execute(
        select(fetches)
        .where(fetches.c.feed == feed, fetches.c.at <= attempt.at)
        .order_by(fetches.c.at.desc(), fetches.c.id.desc())
        .limit(1)
    ).first()
    _write_entries(connection, feed, attempt)
    connection.execute(insert(fetches).values(feed=feed, **_fetch_values(connection, feed, attempt, before)))
    free = or_(feeds.c.lease_owner.is_(None), feeds.c.lease_until <= attempt.at)
    is_ours = free if owner is None else feeds.c.lease_owner == owner
    changed = update(feeds).where(feeds.c.id == feed, is_ours).values(**_feed_values(attempt))
    return connection.execute(changed).rowcount == 1


def entry_key(entry: str) -> str:
    """Return what an entry is stored under: itself, or a digest when it is long."""
    if len(entry) <= _LONGEST_KEY:
        return entry
    return hashlib.sha256(entry.encode("utf-8", "surrogatepass")).hexdigest()


def _fetch_values(connection: Connection, feed: int, attempt: FetchAttempt, before: Row[Any] | None) -> dict[str, Any]:
    """Return the row of an attempt; it carries on what earlier ones saw, so that one row tells all up to its time."""
    dates = [entry.published for entry in attempt.entries if entry.published is not None]
    seen = [*dates, before.newest_entry] if before is not None and before.newest_entry is not None else dates
    interval = before.usual_interval if before is not None else None
    return {
        "at": attempt.at,
        "outcome": attempt.outcome,
        "status": attempt.status,
        "error": attempt.error or None,
        "n_entries": len(attempt.entries),
        "n_new": attempt.n_new,
        "newest_entry": max(seen, default=None),
        "last_success": attempt.at if attempt.outcome != "failed" else before and before.last_success,
        "usual_interval": _usual_interval(connection, feed) if dates else interval,
    }


def _usual_interval(connection: Connection, feed: int) -> float | None:
    """Return the seconds that nine in ten gaps between the newest entries stay under: nights are usual too."""
    query = select(feed_entries.c.published).where(feed_entries.c.feed == feed, feed_entries.c.published.is_not(None))
    times = connection.execute(query.order_by(feed_entries.c.published.desc()).limit(_RECENT)).scalars().all()
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(times) if later > earlier]
    return sorted(gaps)[ceil(0.9 * len(gaps)) - 1] if gaps else None


def _write_entries(connection: Connection, feed: int, attempt: FetchAttempt) -> None:
    if not attempt.entries:
        return
    rows = {
        entry_key(entry.entry): {
            "feed": feed,
            "entry": entry_key(entry.entry),
            "sha256": entry.sha256,
            "published": entry.published,
            "known": attempt.at,
        }
        for entry in attempt.entries
    }
    row = insert_into(connection, feed_entries)
    changed = {"sha256": row.excluded.sha256, "published": row.excluded.published}
    is_other = row.excluded.sha256 != feed_entries.c.sha256  # most polls bring what is there: nothing is written
    row = row.on_conflict_do_update(index_elements=["feed", "entry"], set_=changed, where=is_other)
    connection.execute(row, list(rows.values()))


def _feed_values(attempt: FetchAttempt) -> dict[str, Any]:
    values: dict[str, Any] = {
        "state": attempt.state,
        "next_try": attempt.next_try,
        "failures": feeds.c.failures + 1 if attempt.outcome == "failed" else 0,
        **FREE,
    }
    if attempt.outcome == "ok":
        values |= {"etag": attempt.etag, "modified": attempt.modified}
    if attempt.moved_to is not None:
        values["moved_to"] = attempt.moved_to
    return values
