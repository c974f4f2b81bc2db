"""When to ask a feed again, and in which order. Pure: no clock, no network, no chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Literal

from briefings.sources.addresses import host_of

FIRST_DELAY = timedelta(minutes=15)  # after the first failure; doubled with each further one
LONGEST_DELAY = timedelta(hours=24)
JITTER = 0.1  # a tenth of the delay at most, so that feeds that failed together do not come back together
GONE = 410

FeedState = Literal["live", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """How a poll ended. `status` is None where no answer came; waits are in seconds, None where none was asked."""

    is_success: bool
    status: int | None = None
    retry_after: float | None = None
    max_age: float | None = None
    ttl: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPoll:
    """What follows from an attempt: when to try next, the failures in a row, and whether to try at all."""

    at: datetime
    failures: int
    state: FeedState = "live"


def next_try(attempt: Attempt, failures: int, now: datetime, usual: timedelta, chance: float) -> NextPoll:
    """Plan the poll that follows an attempt.

    A success comes back after the longest of the usual interval, what the feed (`ttl`) and the server (`Cache-Control`,
    `Retry-After`) ask for, at most a day. A failure backs off from 15 minutes to a day, doubling, and never comes
    before `Retry-After`. 410 stops it for good.

    Args:
        attempt: how it ended.
        failures: failures in a row before it.
        now: when it ended.
        usual: the interval between two polls.
        chance: a number from 0 up to 1, for the jitter.
    """
    if attempt.status == GONE:
        return NextPoll(at=now + LONGEST_DELAY, failures=failures + 1, state="gone")
    asked = timedelta(seconds=attempt.retry_after or 0)
    if attempt.is_success:
        wishes = [usual, asked, *(timedelta(seconds=s) for s in (attempt.ttl, attempt.max_age) if s)]
        return NextPoll(at=now + _jittered(min(max(wishes), LONGEST_DELAY), chance), failures=0)
    backed_off = min(FIRST_DELAY * 2 ** min(failures, 10), LONGEST_DELAY)
    return NextPoll(at=now + max(_jittered(backed_off, chance), asked), failures=failures + 1)


def in_turns(urls: Iterable[str]) -> list[str]:
    """Return addresses so that those of one host are far apart: one of each host, then a second of each, and so on."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[host_of(url)].append(url)
    return [url for turn in zip_longest(*by_host.values()) for url in turn if url is not None]


def _jittered(delay: timedelta, chance: float) -> timedelta:
    return delay * (1 + JITTER * chance)
