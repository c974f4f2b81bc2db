"""What a worker does for its sources beside polling: alarms, a look at pages, the inbox, retention."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import aiohttp
import structlog

from bot.worker import Duty, Worker
from briefings.sources.sandbox import Sandbox
from briefings.use_cases.feed_states import feed_alarms
from briefings.use_cases.inbox import Inbox
from briefings.use_cases.newsroom import Newsroom
from briefings.use_cases.retention import prune_daily
from briefings.use_cases.retraction import PageWatch
from config.settings import Settings

ALARMS_S, PAGES_S, INBOX_S, RETENTION_S = 300, 300, 10, 3_600

log = structlog.get_logger(__name__)


def source_duties(
    worker: Worker,
    room: Newsroom,
    sandbox: Sandbox,
    session: Callable[[], aiohttp.ClientSession],
    settings: Settings,
) -> Iterator[Duty]:
    """Yield the duties that keep sources and archive in order."""
    pages = PageWatch(room=room, session=session)

    async def tell_feeds() -> None:
        for words in await asyncio.to_thread(feed_alarms, room, worker.clock()):
            await worker.alert(words)

    async def look_at_pages() -> None:
        for words in await pages.look(worker.clock()):
            await worker.alert(words)

    yield Duty(name="feed alarms", every_s=ALARMS_S, call=tell_feeds)
    yield Duty(name="pages", every_s=PAGES_S, call=look_at_pages)
    if settings.retention_days is not None:
        yield _retention(worker, room, settings.retention_days)
    if settings.inbox_dir is not None:
        yield _inbox(worker, Inbox(room=room, sandbox=sandbox, folder=settings.inbox_dir))


def _retention(worker: Worker, room: Newsroom, days: int) -> Duty:
    async def forget() -> None:
        count = await asyncio.to_thread(prune_daily, room, worker.clock(), days)
        if count:
            log.info("old articles deleted", n=count, days=days)

    return Duty(name="retention", every_s=RETENTION_S, call=forget)


def _inbox(worker: Worker, inbox: Inbox) -> Duty:
    async def look() -> None:
        received = await asyncio.to_thread(inbox.look, worker.clock())
        if received.n_files:
            log.info("inbox read", files=received.n_files, articles=received.n_articles)
        for words in received.told:
            await worker.alert(words)

    return Duty(name="inbox", every_s=INBOX_S, call=look)
