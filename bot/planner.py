"""Subscriptions -> due deliveries, by wall clock; and the tick that asks every half minute."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from briefings.model import Subscription
from briefings.use_cases.deliver import LATE_AFTER
from briefings.use_cases.slots import Occurrence, due_on, next_times, occurrences

__all__ = [
    "DueDelivery", "Occurrence", "PlanLedger", "Planner", "Ticker", "due_deliveries", "due_on", "next_times",
    "occurrences",
]  # fmt: skip

CATCH_UP = timedelta(hours=6)
LOOK_BACK = timedelta(days=7)  # what fell due while no worker ran is recorded as skipped, older slots not at all
OVERLAP = timedelta(minutes=2)  # with the tick before, for subscriptions that were changed meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDelivery:
    """An occurrence that is due; `is_skipped` when it is too old to send or a newer one replaces it."""

    subscription: Subscription
    occurrence: Occurrence
    is_skipped: bool = False
    note: str = ""


def due_deliveries(
    subscriptions: Iterable[Subscription], since: datetime, now: datetime, catch_up: timedelta = CATCH_UP
) -> tuple[DueDelivery, ...]:
    """Return what fell due after `since`: for each subscription the newest slot to send, the others as skipped.

    Args:
        subscriptions: active ones; a slot before its creation is not its own.
        since: UTC; overlapping an earlier call is harmless, the ledger is unique by slot.
        now: UTC.
        catch_up: how long after its time a slot is still worth sending.
    """
    return tuple(due for s in subscriptions if s.is_active for due in _due_of(s, max(since, s.created), now, catch_up))


def _due_of(subscription: Subscription, since: datetime, now: datetime, catch_up: timedelta) -> Iterator[DueDelivery]:
    missed = tuple(occurrences(subscription, since, now))
    for occurrence in missed:
        is_newest = occurrence is missed[-1]
        if is_newest and now - occurrence.due <= catch_up:
            note = _why_late(occurrence) if now - occurrence.due > LATE_AFTER else ""
            yield DueDelivery(subscription=subscription, occurrence=occurrence, note=note)
        else:
            note = _why_late(occurrence) if is_newest else "a newer slot was due as well"
            yield DueDelivery(subscription=subscription, occurrence=occurrence, is_skipped=True, note=note)


def _why_late(occurrence: Occurrence) -> str:
    return f"no worker was running at {occurrence.slot}"


class PlanLedger(Protocol):
    """Where planned deliveries are kept, unique by subscription, local date and slot."""

    def plan(
        self, subscription: Subscription, *, local_date: str, slot: str, due: datetime, note: str, is_skipped: bool
    ) -> int | None:
        """Insert a delivery and return its id, None when that slot has one already."""
        ...


class Planner:
    """Plans what fell due since its last tick. Any number of them may plan at the same time."""

    def __init__(
        self, ledger: PlanLedger, subscriptions: Callable[[], Iterable[Subscription]], catch_up: timedelta = CATCH_UP
    ) -> None:
        self._ledger = ledger
        self._subscriptions = subscriptions
        self._catch_up = catch_up
        self._last: datetime | None = None

    def tick(self, now: datetime) -> int:
        """Plan what is due and return how many deliveries are new."""
        oldest = now - LOOK_BACK  # also for a worker that was suspended for weeks
        since = max(min(self._last, now) - OVERLAP, oldest) if self._last else oldest
        due = due_deliveries(self._subscriptions(), since, now, self._catch_up)
        new = [self._plan(d) for d in due]
        self._last = now
        return sum(id_ is not None for id_ in new)

    def _plan(self, due: DueDelivery) -> int | None:
        return self._ledger.plan(
            due.subscription,
            local_date=due.occurrence.local_date.isoformat(),
            slot=due.occurrence.slot,
            due=due.occurrence.due,
            note=due.note,
            is_skipped=due.is_skipped,
        )


class Ticker:
    """Calls coroutines at fixed intervals; a call that is still going on is not doubled."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def every(self, seconds: float, call: Callable[[], Awaitable[None]], name: str) -> None:
        """Add a call, the first time after `seconds`."""
        self._scheduler.add_job(
            call, "interval", seconds=seconds, id=name, coalesce=True, max_instances=1, misfire_grace_time=None
        )

    def start(self) -> None:
        """Start ticking in the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more; calls that are going on are cancelled."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
