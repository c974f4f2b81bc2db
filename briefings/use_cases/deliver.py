"""Deliveries from slot to sent, one transaction a step. Never talks to a platform: it is told what came of a post."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from briefings.document import Document
from briefings.model import ClaimedDelivery, ClaimedPart, Part, Subscription, Window

Draft = Callable[[Subscription, Window, datetime], Document]  # draft(subscription, window, now)
Render = Callable[[Document], tuple[str, ...]]

FIRST_WINDOW = timedelta(hours=24)
LONGEST_WINDOW = timedelta(days=7)
LATE_AFTER = timedelta(minutes=5)  # later than this after its time, a briefing says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long things may take."""

    lease: timedelta = timedelta(seconds=60)
    publish: timedelta = timedelta(seconds=20)  # for one post or one look, by our clock
    looks: tuple[timedelta, ...] = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))
    settle: timedelta = timedelta(seconds=30)  # a slow post may still appear this long after it began
    catch_up: timedelta = timedelta(hours=6)


class Ledger(Protocol):
    """The delivery ledger. Writes of a part are fenced: they say False when the owner's lease has gone to another."""

    def claim_delivery(self, owner: str, now: datetime, lease: timedelta) -> ClaimedDelivery | None:
        """Take the oldest due delivery without parts that nobody holds."""
        ...

    def write_parts(self, delivery: int, owner: str, bodies: tuple[str, ...], window: Window, now: datetime) -> bool:
        """Store all rendered parts in one transaction; each gets its key."""
        ...

    def skip(self, delivery: int, owner: str, note: str, now: datetime) -> bool:
        """Record that a delivery will not be sent."""
        ...

    def last_sent(self, subscription: int) -> datetime | None:
        """Return the window end of the last delivery sent."""
        ...

    def claim_part(
        self, owner: str, now: datetime, lease: timedelta, busy: frozenset[str] = frozenset()
    ) -> ClaimedPart | None:
        """Take the next part to send or to look for, of a channel not in `busy`; parts of a delivery go in order."""
        ...

    def mark_sending(self, part: Part, owner: str, now: datetime) -> bool:
        """Record that a post begins."""
        ...

    def mark_sent(self, part: Part, owner: str, message_id: str, now: datetime, *, is_reconciled: bool = False) -> bool:
        """Record the message; the last part makes its delivery sent."""
        ...

    def mark_unknown(self, part: Part, owner: str, now: datetime, next_try: datetime | None) -> bool:
        """Record that it may have been posted; look again at `next_try`, never when None."""
        ...

    def mark_refused(self, part: Part, owner: str, reason: str, now: datetime) -> bool:
        """Record that the platform refused: the part and its delivery are dead."""
        ...

    def release(self, part: Part, owner: str, now: datetime, next_try: datetime) -> bool:
        """Give an unposted part back, to be claimed from `next_try` on."""
        ...

    def release_all(self, owner: str, now: datetime) -> None:
        """Give back whatever the owner holds."""
        ...


def window_of(subscription: Subscription, ledger: Ledger, now: datetime, late: str = "") -> Window:
    """Return what the next briefing covers: from the end of the last one sent, at most seven days."""
    last = ledger.last_sent(subscription.id)
    start = max(last, now - LONGEST_WINDOW) if last else now - FIRST_WINDOW
    return Window(start=min(start, now), end=now, is_first=last is None, late=late)


def prepare(ledger: Ledger, claimed: ClaimedDelivery, owner: str, draft: Draft, render: Render, now: datetime) -> bool:
    """Draft a claimed delivery and store its parts.

    Returns:
        False when the lease went to another meanwhile: nothing was stored.
    """
    slow = "it could not be drafted in time" if now - claimed.delivery.due > LATE_AFTER else ""
    window = window_of(claimed.subscription, ledger, now, claimed.delivery.note or slow)
    document = draft(claimed.subscription, window, now)
    return ledger.write_parts(claimed.delivery.id, owner, render(document), window, now)


def may_send(claimed: ClaimedPart, now: datetime, times: Times) -> bool:
    """Say whether enough of the lease is left: a post that runs into its timeout must end well inside it."""
    return claimed.until - now > 2 * times.publish


def is_absence_sure(claimed: ClaimedPart, now: datetime, times: Times) -> bool:
    """Say whether a message that was not found was never posted; a slow post may still appear."""
    return claimed.attempted is not None and now - claimed.attempted >= times.settle


def next_look(claimed: ClaimedPart, now: datetime, times: Times) -> datetime | None:
    """Return when to look for a message again after a look that told nothing, None when all looks are spent."""
    n_done = claimed.n_looks + 1
    return now + times.looks[n_done] if n_done < len(times.looks) else None


def is_too_late(claimed: ClaimedPart, now: datetime, times: Times) -> bool:
    """Say whether a message that was never posted is no longer worth posting; later parts follow the first."""
    return claimed.part.number == 1 and now - claimed.due > times.catch_up
