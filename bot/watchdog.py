"""Notices that a due briefing was not sent, or that the clock jumped, by another way than the planner's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import aiohttp
import structlog

from briefings.errors import StoreError
from briefings.model import Subscription
from briefings.use_cases.slots import Occurrence, occurrences

OVERDUE = timedelta(minutes=10)  # with a check each minute, operators hear of it well within 15
LOOK_BACK = timedelta(hours=25)
JUMP = timedelta(minutes=5)  # between two checks; less is a busy machine
NAMED = 5  # briefings named in one alert
HEARTBEAT_TIMEOUT_S = 10.0

log = structlog.get_logger(__name__)
Key = tuple[int, str, str]


class SlotLedger(Protocol):
    """The ledger as the watchdog reads it."""

    def slots(self, due_after: datetime) -> Mapping[Key, tuple[int, str]]:
        """Return number and state of each delivery due after a time, by subscription, local date and slot."""
        ...


@dataclass(kw_only=True)
class Watchdog:
    """Compares what should have been sent with the ledger.

    Args:
        ledger: of deliveries.
        subscriptions: returns the active ones.
        alert: tells the operators.
        is_first: takes the right to tell of something, so that several workers tell once.
        clock: the time in UTC; monotonic: seconds that no clock change moves.
    """

    ledger: SlotLedger
    subscriptions: Callable[[], Iterable[Subscription]]
    alert: Callable[[str], Awaitable[None]]
    is_first: Callable[[str, datetime], bool]
    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    is_well: bool = True  # by the last check
    _seen: dict[tuple[int, str, str, tuple[int, ...]], datetime] = field(default_factory=dict)
    _last: tuple[datetime, float] | None = None
    _failing_since: datetime | None = None

    async def check(self) -> None:
        """Look once and tell what is wrong."""
        now = self.clock()
        await self._check_clock(now)
        try:
            overdue = await asyncio.to_thread(self.overdue, now)
            new = [o for o in overdue if await asyncio.to_thread(self.is_first, _name(o), now)]
        except StoreError as error:
            await self._check_failing(now, error)
            return
        self._failing_since = None
        self.is_well = not overdue
        if new:
            await self.alert(_words(new))

    def overdue(self, now: datetime) -> list[tuple[Subscription, Occurrence, str]]:
        """Return the briefings that should have been sent ten minutes ago, with the state they are in."""
        found = []
        slots = self.ledger.slots(now - LOOK_BACK - timedelta(days=1))
        watched = {(s.id, s.zone, s.time, s.days): s for s in self.subscriptions()}
        self._seen = {key: self._seen.get(key, now) for key in watched}
        for key, s in watched.items():
            since = max(now - LOOK_BACK, s.created, self._seen[key])  # an earlier slot was not this schedule's
            for occurrence in occurrences(s, since, now - OVERDUE):
                _, state = slots.get((s.id, occurrence.local_date.isoformat(), occurrence.slot), (0, "not planned"))
                if state in {"not planned", "pending", "sending"}:
                    found.append((s, occurrence, state))
        return found

    async def _check_clock(self, now: datetime) -> None:
        at = self.monotonic()
        if self._last is not None:
            jump = (now - self._last[0]) - timedelta(seconds=at - self._last[1])
            if abs(jump) > JUMP:
                minutes = round(jump.total_seconds() / 60)
                await self.alert(
                    f"The clock of this machine jumped by {minutes:+d} minutes: a briefing may come late or early. "
                    "It is not sent twice. Look after the time service of the machine"
                )
        self._last = (now, at)

    async def _check_failing(self, now: datetime, error: StoreError) -> None:
        self._failing_since = self._failing_since or now
        self.is_well = False
        if now - self._failing_since >= OVERDUE:
            await self.alert(f"The ledger can't be read, so nothing is sent: {error}")


@dataclass(kw_only=True)
class Heartbeat:
    """Calls an outside monitor while the worker is well; when the calls end, the monitor tells.

    The address is a secret: it is never logged, and neither is what the monitor answers.
    """

    url: str
    is_well: Callable[[], Awaitable[bool]]

    async def beat(self) -> None:
        """Call the monitor unless something is wrong."""
        if not await self.is_well():
            log.warning("heartbeat withheld")
            return
        timeout = aiohttp.ClientTimeout(total=HEARTBEAT_TIMEOUT_S)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(self.url) as answer:
                if answer.status >= 400:
                    log.warning("heartbeat refused", status=answer.status)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("heartbeat failed", error=type(error).__name__)


def _name(overdue: tuple[Subscription, Occurrence, str]) -> str:
    s, occurrence, _ = overdue
    return f"overdue {s.id} {occurrence.local_date} {occurrence.slot}"


def _words(overdue: list[tuple[Subscription, Occurrence, str]]) -> str:
    named = "; ".join(f"{o.local_date} {o.slot} for {s.channel} ({state})" for s, o, state in overdue[:NAMED])
    more = f" and {len(overdue) - NAMED} more" if len(overdue) > NAMED else ""
    return (
        f"Due and not sent for {OVERDUE.total_seconds() / 60:g} minutes: {named}{more}. "
        "`briefing-bot deliveries` shows where each stands"
    )
