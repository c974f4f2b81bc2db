"""Stand-ins for tests: a clock, a chat platform with faults and a delivery ledger in memory."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from briefings.document import Document
from briefings.errors import Ambiguous, RateLimited, Refused, TargetClosed
from briefings.model import ClaimedDelivery, ClaimedPart, Delivery, Part, Subscription, Window

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@dataclass
class FakeClock:
    """A clock that moves when told."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **length: float) -> datetime:
        self.now += timedelta(**length)
        return self.now


@dataclass
class FakePlatform:
    """A platform that keeps its posts. `faults` are used up in order, one a publish.

    `lose`: accepts and loses the answer; `drop`: neither accepts nor answers; `limit`: asks to wait a minute;
    `refuse`: says no; `close`: says no to the whole channel; `hang`: accepts and never answers; `crash`: an error that
    no one foresaw.
    """

    name: str = "fake"
    faults: list[str] = field(default_factory=list)
    is_readable: bool = True
    posts: list[Part] = field(default_factory=list)
    n_published: int = 0
    n_looks: int = 0
    edits: list[Part] = field(default_factory=list)

    def render(self, document: Document) -> tuple[str, ...]:
        return tuple(json.dumps({"text": text}) for text in (document.summary, *(["more"] if document.detail else [])))

    async def publish(self, part: Part) -> str:
        self.n_published += 1
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "limit":
            msg = "slow down"
            raise RateLimited(msg, retry_after=60)
        if fault == "refuse":
            msg = "msg_too_long"
            raise Refused(msg)
        if fault == "close":
            msg = "channel_not_found"
            raise TargetClosed(msg)
        if fault == "drop":
            msg = "connection reset"
            raise Ambiguous(msg)
        if fault == "crash":
            raise KeyError(part.key)
        self.posts.append(part)
        if fault == "lose":
            msg = "connection reset"
            raise Ambiguous(msg)
        if fault == "hang":
            await asyncio.Event().wait()
        return f"m{len(self.posts)}"

    async def find(self, key: str, channel: str, since: datetime, parent: str | None = None) -> str | None:
        self.n_looks += 1
        if not self.is_readable:
            msg = "missing_scope"
            raise Refused(msg)
        return next((f"m{n}" for n, p in enumerate(self.posts, 1) if p.key == key), None)

    async def edit(self, part: Part) -> None:
        self.edits.append(part)

    async def tell(self, person: str, body: str, key: str) -> str:
        return await self.publish(Part(delivery=0, number=1, key=key, channel=person, body=body, state="sending"))


@dataclass
class FakeTargets:
    """Which channels are paused, in memory."""

    paused: dict[str, str] = field(default_factory=dict)

    def pause(self, tenant: str, channel: str, reason: str, now: datetime) -> bool:
        return self.paused.setdefault(channel, reason) is reason

    def reason(self, tenant: str, channel: str) -> str:
        return self.paused.get(channel, "")


@dataclass
class _Row:
    """A part and what the ledger knows of it."""

    part: Part
    next_try: datetime | None
    due: datetime
    owner: str = ""
    until: datetime = START
    started: datetime | None = None
    ended: datetime | None = None
    n_looks: int = 0
    note: str = ""


@dataclass
class FakeLedger:
    """The delivery ledger in memory, with its unique keys, leases and fences."""

    subscriptions: list[Subscription] = field(default_factory=list)
    deliveries: dict[int, Delivery] = field(default_factory=dict)
    rows: dict[str, _Row] = field(default_factory=dict)
    leases: dict[int, tuple[str, datetime]] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def plan(
        self, subscription: Subscription, *, local_date: str, slot: str, due: datetime, note: str, is_skipped: bool
    ) -> int | None:
        wanted = (subscription.id, local_date, slot)
        if any((d.subscription, d.local_date, d.slot) == wanted for d in self.deliveries.values()):
            return None
        id_ = next(self._ids)
        self.deliveries[id_] = Delivery(
            id=id_,
            subscription=subscription.id,
            tenant=subscription.tenant,
            local_date=local_date,
            slot=slot,
            due=due,
            state="skipped" if is_skipped else "pending",
            note=note,
        )
        return id_

    def claim_delivery(self, owner: str, now: datetime, lease: timedelta) -> ClaimedDelivery | None:
        drafted = {r.part.delivery for r in self.rows.values()}
        for d in self.deliveries.values():
            _, until = self.leases.get(d.id, ("", now))
            if d.state == "pending" and d.id not in drafted and until <= now:
                self.leases[d.id] = (owner, now + lease)
                subscription = next(s for s in self.subscriptions if s.id == d.subscription)
                return ClaimedDelivery(delivery=d, subscription=subscription, until=now + lease)
        return None

    def write_parts(
        self, delivery: int, owner: str, bodies: tuple[str, ...], window: Window, now: datetime, **contents: object
    ) -> bool:
        if self.leases.get(delivery, ("", now))[0] != owner or self.leases[delivery][1] <= now:
            return False
        d = self.deliveries[delivery]
        self.deliveries[delivery] = replace(d, window_start=window.start, window_end=window.end)
        channel = next(s.channel for s in self.subscriptions if s.id == d.subscription)
        for n, body in enumerate(bodies, 1):
            part = Part(
                delivery=delivery, number=n, key=f"k{delivery}-{n}", channel=channel, body=body, state="pending"
            )
            self.rows[part.key] = _Row(part=part, next_try=now, due=d.due)
        return True

    def unsent(self, due_before: datetime) -> list[Delivery]:
        waiting = {"pending", "sending", "unknown"}
        return [d for d in self.deliveries.values() if d.state in waiting and d.due < due_before]

    def skip(self, delivery: int, owner: str, note: str, now: datetime) -> bool:
        self.deliveries[delivery] = replace(self.deliveries[delivery], state="skipped", note=note)
        return True

    def last_sent(self, subscription: int) -> datetime | None:
        sent = (d for d in self.deliveries.values() if d.subscription == subscription and d.state == "sent")
        return max((d.window_end for d in sent if d.window_end), default=None)

    def claim_part(
        self, owner: str, now: datetime, lease: timedelta, busy: frozenset[str] = frozenset()
    ) -> ClaimedPart | None:
        for row in self.rows.values():
            is_open = row.part.state in {"pending", "sending", "unknown"} and row.next_try is not None
            if is_open and row.next_try <= now and row.until <= now and row.part.channel not in busy:
                if any(r.part.state not in {"sent", "reconciled"} for r in self._before(row.part)):
                    continue
                row.owner, row.until = owner, now + lease
                return ClaimedPart(
                    part=row.part,
                    until=row.until,
                    attempted=row.started,
                    ended=row.ended,
                    n_looks=row.n_looks,
                    due=row.due,
                )
        return None

    def mark_sending(self, part: Part, owner: str, now: datetime, *, ended: datetime | None = None) -> bool:
        began = self.rows[part.key].started or now
        self.rows[part.key].n_looks = 0
        return self._write(part, owner, now, state="sending", attempts=part.attempts + 1, started=began, ended=ended)

    def mark_sent(self, part: Part, owner: str, message_id: str, now: datetime, *, is_reconciled: bool = False) -> bool:
        state = "reconciled" if is_reconciled else "sent"
        kept = self._write(part, owner, now, state=state, message_id=message_id, is_free=True)
        parts = [r.part for r in self.rows.values() if r.part.delivery == part.delivery]
        if kept and all(p.state in {"sent", "reconciled"} for p in parts):
            self.deliveries[part.delivery] = replace(self.deliveries[part.delivery], state="sent")
        return kept

    def mark_unknown(
        self,
        part: Part,
        owner: str,
        now: datetime,
        next_try: datetime | None,
        *,
        error: str = "",
        ended: datetime | None = None,
    ) -> bool:
        row = self.rows[part.key]
        is_look = row.part.state == "unknown"
        kept = self._write(part, owner, now, state="unknown", is_free=True, ended=ended or row.ended)
        if kept:
            row.next_try = next_try
            row.n_looks += 1 if is_look else 0
        return kept

    def mark_refused(self, part: Part, owner: str, reason: str, now: datetime) -> bool:
        kept = self._write(part, owner, now, state="dead", is_free=True)
        if kept:
            self.deliveries[part.delivery] = replace(self.deliveries[part.delivery], state="dead", note=reason)
        return kept

    def release(self, part: Part, owner: str, now: datetime, next_try: datetime) -> bool:
        kept = self._write(part, owner, now, state="pending", is_free=True)
        if kept:
            self.rows[part.key].next_try = next_try
        return kept

    def release_all(self, owner: str, now: datetime) -> None:
        for row in self.rows.values():
            if row.owner == owner:
                row.until = now

    def state(self, key: str = "k1-1") -> str:
        return self.rows[key].part.state

    def _before(self, part: Part) -> list[_Row]:
        return [r for r in self.rows.values() if r.part.delivery == part.delivery and r.part.number < part.number]

    def _write(self, part: Part, owner: str, now: datetime, *, is_free: bool = False, **values: object) -> bool:
        row = self.rows[part.key]
        if row.owner != owner or row.until <= now:
            return False  # the fence
        row.started = values.pop("started", row.started)  # type: ignore[assignment]
        row.ended = values.pop("ended", row.ended)  # type: ignore[assignment]
        row.part = replace(row.part, **values)  # type: ignore[arg-type]
        row.until = now if is_free else row.until
        return True


def subscription(**given: object) -> Subscription:
    """Return a subscription of the fake channel at 08:00 in Kyiv."""
    values = {
        "id": 1,
        "tenant": "T1",
        "channel": "fake:C1",
        "topic": "harbour",
        "time": "08:00",
        "zone": "Europe/Kyiv",
        "created": START - timedelta(days=30),
    }
    return Subscription(**{**values, **given})  # type: ignore[arg-type]
