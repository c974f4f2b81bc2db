"""Polls the feeds that are due: fetch, parse, complete teasers from their pages, store. One bad feed stops no other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import aiohttp

from briefings.errors import BriefingBotError, ExtractorDown, FetchFailed, Interrupted, SourceError, StoreError
from briefings.model import ParsedArticle
from briefings.sources.fetch import Fetched, fetch
from briefings.sources.polling import Attempt, in_turns, next_try
from briefings.sources.records import FeedHints, ParsedFeed
from briefings.sources.robots import Memory, Robots
from briefings.sources.sandbox import Sandbox
from briefings.store.articles import fingerprint
from briefings.store.feed_attempts import FetchAttempt, SeenEntry
from briefings.store.feeds import StoredFeed
from briefings.use_cases.ingest import ingest
from briefings.use_cases.newsroom import Newsroom
from briefings.use_cases.pages import Pages, entry_of

AT_ONCE = 16  # feeds fetched side by side
BATCH = 32  # feeds claimed at a time: few, so that several workers share what is due
LEASE = timedelta(minutes=10)
AGAIN = ""  # a digest that no entry has


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOutcome:
    """What came of one feed: `error` is "" when it was read; `notes` are what a person may want to know."""

    url: str
    publisher: str
    error: str = ""
    n_entries: int = 0
    n_new: int = 0
    is_unchanged: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A feed that was read, and how to go on with it."""

    outcome: FeedOutcome
    fetched: Fetched
    entries: tuple[SeenEntry, ...] = ()
    ttl: float | None = None


@dataclass(kw_only=True)
class Reader:
    """Reads feeds into a newsroom.

    Args:
        room: where articles go.
        sandbox: parses what came from outside.
        session: opens the guarded session, inside the running loop.
        interval: between two polls of a feed.
        chance: a number from 0 up to 1, for the jitter.
        owner: who claims feeds; each worker has its own.
        pause_s: seconds between two pages of one feed.
    """

    room: Newsroom
    sandbox: Sandbox
    session: Callable[[], aiohttp.ClientSession]
    interval: timedelta
    chance: Callable[[], float]
    owner: str
    pause_s: float = 0.5
    robots: Memory = field(default_factory=Memory)
    told: Callable[[FeedOutcome], None] = field(default=lambda outcome: None)

    async def refresh(self, now: datetime) -> tuple[FeedOutcome, ...]:
        """Poll every feed that is due and that no other worker holds."""
        done: list[FeedOutcome] = []
        async with self.session() as session:
            robots = Robots(session, now, self.robots)
            pages = Pages(session=session, sandbox=self.sandbox, robots=robots, now=now, pause_s=self.pause_s)
            while claimed := await asyncio.to_thread(self.room.store.feeds.claim, self.owner, now, LEASE, BATCH):
                done += await self._poll_all(claimed, pages, now)
        return tuple(done)

    async def _poll_all(self, feeds: Iterable[StoredFeed], pages: Pages, now: datetime) -> list[FeedOutcome]:
        by_url = {f.url: f for f in feeds}
        free = asyncio.Semaphore(AT_ONCE)

        async def one(feed: StoredFeed) -> FeedOutcome:
            async with free:
                return await self._poll(feed, pages, now)

        return list(await asyncio.gather(*(one(by_url[url]) for url in in_turns(by_url))))

    async def _poll(self, feed: StoredFeed, pages: Pages, now: datetime) -> FeedOutcome:
        failed = FeedOutcome(url=feed.url, publisher=feed.publisher.name)
        try:
            read = await self._read(feed, pages, now)
            outcome, attempt = read.outcome, _success(feed, read, now, self.interval, self.chance())
        except SourceError as error:
            outcome = replace(failed, error=str(error))
            attempt = _failure(feed, error, now, self.interval, self.chance())
        except (Interrupted, StoreError, ExtractorDown) as error:  # nothing is recorded: the next reads it anew
            return replace(failed, error=str(error) or "the worker is stopping")
        except Exception as error:  # noqa: BLE001 - the seam of one feed: whatever is wrong with it, the others go on
            fault = SourceError(f"{feed.url} could not be read ({type(error).__name__}); please report this as a bug")
            outcome = replace(failed, error=str(fault))
            attempt = _failure(feed, fault, now, self.interval, self.chance())
        await asyncio.to_thread(self.room.store.feeds.record, feed.id, attempt, self.owner)
        self.told(outcome)
        return outcome

    async def _read(self, feed: StoredFeed, pages: Pages, now: datetime) -> _Read:
        answer = await fetch(pages.session, feed.address, etag=feed.etag, modified=feed.modified)
        blank = FeedOutcome(url=feed.url, publisher=feed.publisher.name, is_unchanged=answer.status == 304)
        if answer.status == 304:
            return _Read(outcome=blank, fetched=answer)
        parsed = await asyncio.to_thread(parse, self.sandbox, feed, answer.body, now, answer.content_type)
        fresh = await asyncio.to_thread(unseen, self.room, feed, parsed)
        whole, again = await pages.complete_all(fresh)
        n_new, notes = await asyncio.to_thread(store_entries, self.room, whole, now)
        outcome = replace(blank, n_entries=len(parsed.entries), n_new=n_new, notes=(*parsed.notes, *notes))
        return _Read(outcome=outcome, entries=_seen(parsed.entries, again), ttl=parsed.ttl, fetched=answer)


def parse(sandbox: Sandbox, feed: StoredFeed, body: bytes, now: datetime, content_type: str = "") -> ParsedFeed:
    """Parse the body of a feed in the sandbox.

    Raises:
        ParseFailed: it is no feed, or the sandbox gave up on it.
    """
    hints = FeedHints(content_type=content_type, publisher=feed.publisher.name, language=feed.publisher.language)
    return sandbox.parse_feed(body, feed.address, now, hints)


def unseen(room: Newsroom, feed: StoredFeed, parsed: ParsedFeed) -> tuple[ParsedArticle, ...]:
    """Return the entries that are new or say something else than when they were last seen, oldest first."""
    digests: Mapping[str, str] = room.store.feeds.known_entries(feed.id, map(entry_of, parsed.entries))
    fresh = [e for e in parsed.entries if e.text and digests.get(entry_of(e)) != fingerprint(e.title, e.text)]
    return tuple(sorted(fresh, key=lambda e: (e.published is None, e.published, e.url)))


def store_entries(room: Newsroom, entries: Iterable[ParsedArticle], now: datetime) -> tuple[int, tuple[str, ...]]:
    """Store entries one by one; return how many were new or revised, and what went wrong with others."""
    n_new, notes = 0, []
    for entry in entries:
        try:
            n_new += ingest(room, entry, now=now, is_import=False).kind != "same"
        except (StoreError, ExtractorDown):
            raise
        except BriefingBotError as error:
            notes.append(f"{entry.url or entry.title}: {error}")
    return n_new, tuple(notes)


def success_of(parsed: ParsedFeed, now: datetime, n_new: int, following: datetime) -> FetchAttempt:
    """Return the row of a feed that was read from a local copy."""
    return FetchAttempt(at=now, outcome="ok", next_try=following, n_new=n_new, entries=_seen(parsed.entries))


def _seen(entries: Iterable[ParsedArticle], again: Collection[str] = ()) -> tuple[SeenEntry, ...]:
    """Return what to remember of entries; those in `again` are taken for changed at the next read."""
    return tuple(
        SeenEntry(
            entry=entry_of(e),
            sha256=AGAIN if entry_of(e) in again else fingerprint(e.title, e.text),
            published=e.published,
        )
        for e in entries
    )


def _success(feed: StoredFeed, read: _Read, now: datetime, usual: timedelta, chance: float) -> FetchAttempt:
    answer = read.fetched
    ended = Attempt(
        is_success=True,
        status=answer.status,
        retry_after=answer.retry_after,
        max_age=answer.max_age,
        ttl=read.ttl,
    )
    following = next_try(ended, feed.failures, now, usual, chance)
    return FetchAttempt(
        at=now,
        outcome="not_modified" if read.outcome.is_unchanged else "ok",
        next_try=following.at,
        status=ended.status,
        n_new=read.outcome.n_new,
        entries=read.entries,
        etag=answer.etag,
        modified=answer.last_modified,
        moved_to=answer.moved_to,
    )


def _failure(feed: StoredFeed, error: SourceError, now: datetime, usual: timedelta, chance: float) -> FetchAttempt:
    status, wait = (error.status, error.retry_after) if isinstance(error, FetchFailed) else (None, None)
    ended = Attempt(is_success=False, status=status, retry_after=wait)
    following = next_try(ended, feed.failures, now, usual, chance)
    return FetchAttempt(
        at=now, outcome="failed", next_try=following.at, status=status, error=str(error)[:500], state=following.state
    )
