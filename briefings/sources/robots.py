"""What a site's robots.txt lets us read, by RFC 9309. Asked for article pages; feeds are there for programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote, urlsplit

import aiohttp

from briefings.errors import BlockedAddress, FetchFailed
from briefings.sources.fetch import Limits, fetch

NAME: Final = "briefing-bot"
MAX_BYTES = 512 * 1024  # the RFC asks for at least 500 KiB
MAX_RULES = 2_000
KEPT = timedelta(days=1)  # RFC 9309, 2.4
_LIMITS = Limits(seconds=10.0, n_bytes=MAX_BYTES)
_LINE = re.compile(r"^\s*(user-agent|allow|disallow)\s*:\s*([^#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The lines of a robots.txt that hold for us: (allows, path pattern)."""

    lines: tuple[tuple[bool, str], ...] = ()

    def allows(self, url: str) -> bool:
        """Tell whether an address may be read: the longest fitting pattern decides, `Allow` where two are alike."""
        parts = urlsplit(url)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
        fitting = [(len(pattern), allows) for allows, pattern in self.lines if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


EVERYTHING = Rules()
NOTHING = Rules(lines=((False, "/"),))


def read_robots(text: str, name: str = NAME) -> Rules:
    """Read the group of a robots.txt that names us, else the one for all."""
    groups: dict[str, list[tuple[bool, str]]] = {}
    agents: list[str] = []
    in_agents = False
    for line in text.splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        key, value = match[1].lower(), match[2].strip()
        if key == "user-agent":
            agents = [*agents, value.lower()] if in_agents else [value.lower()]
            in_agents = True
            groups.setdefault(value.lower(), [])
            continue
        in_agents = False
        if value:
            for agent in agents:
                groups[agent].append((key == "allow", value))
    mine = groups.get(name.lower())
    return Rules(lines=tuple((groups.get("*", []) if mine is None else mine)[:MAX_RULES]))


Memory = dict[str, tuple[datetime, Rules]]  # by site: when its rules were read, and what they are


class Robots:
    """Asks sites for their rules, each at most once a day.

    Args:
        session: from `open_session`.
        now: rules older than a day by then are asked for again.
        memory: what earlier objects learned, and this one adds to; its own by default.
    """

    def __init__(
        self, session: aiohttp.ClientSession, now: datetime | None = None, memory: Memory | None = None
    ) -> None:
        self._session = session
        self._now = now or datetime.min.replace(tzinfo=UTC)
        self._memory = {} if memory is None else memory

    async def allows(self, url: str) -> bool:
        """Tell whether the site lets us read this page."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        known = self._memory.get(site)
        if known is None or self._now - known[0] > KEPT:
            known = self._memory[site] = (self._now, await _ask(self._session, site))
        return known[1].allows(url)


async def _ask(session: aiohttp.ClientSession, site: str) -> Rules:
    """Read a site's rules: none there means all is allowed, a site that fails means nothing is (RFC 9309, 2.3.1)."""
    try:
        answer = await fetch(session, f"{site}/robots.txt", limits=_LIMITS)
    except FetchFailed as error:
        is_missing = error.status is not None and 400 <= error.status < 500 and error.status != 429
        return EVERYTHING if is_missing else NOTHING
    except BlockedAddress:
        return NOTHING
    return read_robots(answer.body.decode("utf-8", "replace"))


def _fits(pattern: str, path: str) -> bool:
    """Tell whether a path begins with a pattern; `*` stands for any characters, `$` at the end for the end.

    Matched piece by piece, first place first: a pattern of many stars takes no longer than the path is long.
    """
    is_whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for n, piece in enumerate(rest):
        if is_whole and n == len(rest) - 1:
            return path.endswith(piece) and len(path) - len(piece) >= at
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return not is_whole or at == len(path)
