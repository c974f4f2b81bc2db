"""Looks again at the pages of articles that were shown: what a publisher takes down enters no later briefing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp

from briefings.errors import FetchFailed, SourceError
from briefings.sources.completion import leads_away
from briefings.sources.fetch import Limits, fetch
from briefings.sources.robots import Memory, Robots
from briefings.store.pages import ShownPage
from briefings.use_cases.newsroom import Newsroom

SHOWN = timedelta(days=7)  # how long after it was shown a page is looked at
EVERY = timedelta(days=1)
AT_LEAST = timedelta(hours=10)  # between the first look that missed a page and the one that settles it
PER_ROUND = 10  # pages
_GONE, _MISSING = 410, 404
_LIMITS = Limits(seconds=15.0, n_bytes=64 * 1024)  # that a page is there shows in its first bytes


@dataclass(frozen=True, kw_only=True)
class PageWatch:
    """Looks at pages, a few a round.

    Args:
        room: the store.
        session: opens the guarded session, inside the running loop.
        robots: what is known of sites' rules.
    """

    room: Newsroom
    session: Callable[[], aiohttp.ClientSession]
    robots: Memory = field(default_factory=Memory)

    async def look(self, now: datetime) -> tuple[str, ...]:
        """Look at the pages that are due; return a sentence for each article found to be taken down."""
        pages = await asyncio.to_thread(
            self.room.store.pages.due, now, shown_since=now - SHOWN, every=EVERY, limit=PER_ROUND
        )
        if not pages:
            return ()
        async with self.session() as session:
            robots = Robots(session, now, self.robots)
            told = [await self._settle(page, await _status(session, robots, page), now) for page in pages]
        return tuple(words for words in told if words)

    async def _settle(self, page: ShownPage, status: int | None, now: datetime) -> str:
        is_gone = None if status is None else status in (_GONE, _MISSING)
        store = self.room.store.pages
        await asyncio.to_thread(store.looked, page.article, now, is_gone=is_gone)
        missed_before = page.n_gone > 0 and page.first_gone is not None and now - page.first_gone >= AT_LEAST
        if not is_gone or not (status == _GONE or missed_before):
            return ""
        if not await asyncio.to_thread(store.retract, page.article, now):
            return ""
        return (
            f"{page.publisher} has taken down an article that a briefing showed: A-{page.article}, "
            f"'{page.title[:120]}' ({page.url} answers {status}). Later briefings leave it out, "
            "and posts that show it are corrected"
        )


async def _status(session: aiohttp.ClientSession, robots: Robots, page: ShownPage) -> int | None:
    """Return the status that a page answers with, None when that tells nothing.

    It is down, refuses us, is not ours to ask, or leads to the front page.
    """
    try:
        if not await robots.allows(page.url):
            return None
        answer = await fetch(session, page.url, limits=_LIMITS)
    except FetchFailed as error:
        return error.status if error.status in (200, _MISSING, _GONE) else None
    except SourceError:
        return None
    return None if leads_away(page.url, answer.url) else answer.status
