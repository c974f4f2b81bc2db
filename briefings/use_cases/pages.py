"""Completes the teasers of a feed from their pages: few at a time, with pauses, where robots.txt lets us."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp

from briefings.errors import FetchFailed, SourceError
from briefings.model import ParsedArticle
from briefings.sources.completion import completed, leads_away, without_repeated
from briefings.sources.fetch import fetch
from briefings.sources.robots import Robots
from briefings.sources.sandbox import Sandbox

PER_READ = 40  # pages asked for after one read of a feed; the rest wait for the next
RECENT = timedelta(days=7)  # older entries, as a feed has at its first read, stay teasers
PATIENCE = timedelta(days=1)  # how long after its publication a page that failed is asked for again


@dataclass(kw_only=True)
class Pages:
    """Asks for the pages of teasers; what can't be completed stays a teaser.

    Args:
        session: from `open_session`.
        sandbox: parses what came from outside.
        robots: what sites let us read.
        now: UTC.
        pause_s: seconds between two pages of one feed.
    """

    session: aiohttp.ClientSession
    sandbox: Sandbox
    robots: Robots
    now: datetime
    pause_s: float = 0.5

    async def complete_all(self, entries: Sequence[ParsedArticle]) -> tuple[list[ParsedArticle], frozenset[str]]:
        """Complete the entries of one feed, the newest pages first.

        Returns:
            The entries in their order, and the names of those to try again at the next read of the feed.
        """
        wanted = [e for e in reversed(entries) if e.is_teaser and e.url and _age(e, self.now) <= RECENT]
        done: dict[str, ParsedArticle] = {}
        again = {entry_of(e) for e in wanted[PER_READ:]}
        for number, entry in enumerate(wanted[:PER_READ]):
            if number and self.pause_s:
                await asyncio.sleep(self.pause_s)
            try:
                done[entry_of(entry)] = await self._complete(entry)
            except FetchFailed as error:
                if _is_passing(error) and _age(entry, self.now) <= PATIENCE:
                    again.add(entry_of(entry))
            except SourceError:
                continue
        done = without_repeated({name: e for name, e in done.items() if e not in entries})
        return [done.get(entry_of(e), e) for e in entries], frozenset(again)

    async def _complete(self, entry: ParsedArticle) -> ParsedArticle:
        """Return the entry with the full text of its page.

        Raises:
            SourceError: the page can't be had.
        """
        if not await self.robots.allows(entry.url):
            return entry
        answer = await fetch(self.session, entry.url)
        if leads_away(entry.url, answer.url):
            return entry
        page = await asyncio.to_thread(
            self.sandbox.extract_page, answer.body, answer.url, content_type=answer.content_type
        )
        return completed(entry, page, self.now)


def entry_of(entry: ParsedArticle) -> str:
    """Return what an entry of a feed is known by."""
    return entry.guid or entry.url or entry.title


def _age(entry: ParsedArticle, now: datetime) -> timedelta:
    return now - entry.published if entry.published else timedelta()


def _is_passing(error: FetchFailed) -> bool:
    """Tell whether a failure may be over soon: no answer, too many requests, a fault on their side."""
    return error.status is None or error.status == 429 or error.status >= 500
