"""A page's address to the feeds behind it, so that nobody must look for the address of a feed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import aiohttp

from briefings.errors import BadInput, ParseFailed, SourceError
from briefings.sources.addresses import host_of, names_user, resolve
from briefings.sources.fetch import Fetched, Limits, fetch
from briefings.sources.records import ParsedFeed
from briefings.sources.sandbox import Sandbox

MAX_TRIED = 6  # feeds of one page that are looked at
_LIMITS = Limits(seconds=10.0)
_WHOLE_S = 25.0  # for a page and all its feeds
_USUAL = ("/feed", "/rss", "/rss.xml", "/atom.xml")  # asked for when a page names no feed
_HOST = re.compile(r"\w[\w-]*(?:\.\w[\w-]*)*\.?|[0-9a-f:.]+(?:%\w+)?", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that was read: its address, its title, how many entries it has and when the newest is from."""

    url: str
    title: str
    n_entries: int
    newest: datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What an address leads to: `is_feed`, it is a feed itself; else `feeds` are the page's, the likeliest first."""

    asked: str
    feeds: tuple[FoundFeed, ...]
    is_feed: bool = False


@dataclass(frozen=True, kw_only=True)
class Finder:
    """Finds feeds.

    Args:
        sandbox: parses what came from outside.
        session: opens the guarded session, inside the running loop.
    """

    sandbox: Sandbox
    session: Callable[[], aiohttp.ClientSession]

    def find(self, given: str, now: datetime) -> Discovery:
        """Return the feeds behind an address, each of them read once; for a thread without a running loop.

        Args:
            given: of a feed or of a page; `https://` may be missing.
            now: UTC.

        Raises:
            BadInput: it is no web address, or no feed is behind it.
            SourceError: it can't be fetched.
        """
        return asyncio.run(self.discover(given, now))

    async def discover(self, given: str, now: datetime) -> Discovery:
        """Do the same inside a loop."""
        url = web_address(given)
        try:
            async with asyncio.timeout(_WHOLE_S), self.session() as session:
                answer = await fetch(session, url, limits=_LIMITS)
                own = await self._read(answer, url, now)
                if own is not None:
                    return Discovery(asked=url, feeds=(_found(_lasting(answer, url), own),), is_feed=True)
                feeds = await self._behind(session, answer, now)
        except TimeoutError as error:
            msg = f"{url} took more than {_WHOLE_S:g} s to look through; give the address of its feed"
            raise BadInput(msg) from error
        if not feeds:
            msg = f"{url} is no feed and names none; give the address of a link there named RSS, Atom or feed"
            raise BadInput(msg)
        return Discovery(asked=url, feeds=feeds)

    async def _read(self, answer: Fetched, url: str, now: datetime) -> ParsedFeed | None:
        try:
            return await asyncio.to_thread(self.sandbox.parse_feed, answer.body, url, now)
        except ParseFailed:
            return None

    async def _behind(self, session: aiohttp.ClientSession, page: Fetched, now: datetime) -> tuple[FoundFeed, ...]:
        try:
            links = await asyncio.to_thread(self.sandbox.find_feeds, page.body, page.url, page.content_type)
        except ParseFailed:
            return ()
        named = [link.url for link in links][:MAX_TRIED]
        return await self._readable(session, named or [urljoin(page.url, path) for path in _USUAL], now)

    async def _readable(
        self, session: aiohttp.ClientSession, urls: Iterable[str], now: datetime
    ) -> tuple[FoundFeed, ...]:
        found: dict[str, FoundFeed] = {}
        for url in urls:
            try:
                answer = await fetch(session, url, limits=_LIMITS)
            except SourceError:
                continue
            parsed = await self._read(answer, url, now)
            if parsed is not None:
                found.setdefault(_lasting(answer, url), _found(_lasting(answer, url), parsed))
        return tuple(found.values())


def web_address(given: str) -> str:
    """Return an http(s) address; `https://` is put before one without a scheme.

    Raises:
        BadInput: it is none.
    """
    words = given.strip().strip("<>")
    address = resolve("", words if _SCHEME.match(words) else f"https://{words}")
    if not address or not _HOST.fullmatch(urlsplit(address).hostname or ""):
        msg = f"'{given[:80]}' is not an http(s) address; e.g. https://example.org/rss.xml"
        raise BadInput(msg)
    if names_user(address):
        msg = "an address with a user name or password is not taken: everybody who lists the feeds would see it"
        raise BadInput(msg)
    return address


def _lasting(answer: Fetched, url: str) -> str:
    """Return the address to keep: where a permanent redirect leads, else the one that was asked."""
    return answer.moved_to or url


def _found(url: str, feed: ParsedFeed) -> FoundFeed:
    dates = [entry.published for entry in feed.entries if entry.published is not None]
    return FoundFeed(
        url=url,
        title=feed.title or host_of(url),
        n_entries=len(feed.entries),
        newest=max(dates, default=None),
        language=feed.language,
    )
