"""Days of planning and posting in seconds, with workers that die, overlap and pause, against the oracle."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.delivery import Deliverer
from bot.planner import Planner
from briefings.model import Subscription
from briefings.store.store import Store
from briefings.use_cases.deliver import Times
from tests.fakes import FakePlatform
from tests.faults.clock_oracle import expected
from tests.faults.worker_child import draft

ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "America/Nuuk",
    "Pacific/Apia", "Asia/Kathmandu", "Africa/Casablanca", "Europe/Kyiv", "Europe/London", "Asia/Tokyo",
    "Asia/Kolkata", "America/Los_Angeles", "America/Sao_Paulo", "Australia/Sydney", "Pacific/Auckland",
    "Pacific/Chatham", "America/St_Johns", "Asia/Tehran", "Asia/Beirut", "Asia/Gaza", "America/Havana",
    "America/Asuncion", "Atlantic/Azores", "Africa/Lagos", "Africa/Nairobi", "Asia/Dubai", "Asia/Kabul",
    "Asia/Yangon", "Australia/Adelaide", "Australia/Eucla", "Pacific/Kiritimati", "Pacific/Marquesas",
    "America/Caracas", "America/Mexico_City", "America/Anchorage", "America/Scoresbysund", "Antarctica/Troll", "UTC",
)  # fmt: skip
SLOTS = ("00:00", "00:30", "01:00", "01:30", "02:00", "02:15", "02:30", "03:00", "03:30", "08:00", "12:00", "23:30")
CHANGES = ("2026-10-25", "2026-11-01", "2027-03-14", "2027-03-28", "2026-10-04", "2027-04-04", "2026-07-15")
TICK = timedelta(seconds=30)


@dataclass(frozen=True)
class Move:
    """A subscription that gets another zone at the moment of its slot, before or after the planner looks."""

    at: datetime
    zone: str
    is_first: bool


@dataclass
class Days:
    """A simulated stretch of time over a real store.

    `is_running(at)` says whether a worker runs; each simulated hour its planner is replaced, as after a kill, and for
    the first minutes of an hour the old one goes on beside the new.
    """

    store: Store
    start: datetime
    length: timedelta = timedelta(hours=24)
    step: timedelta = TICK
    outages: tuple[tuple[datetime, datetime], ...] = ()
    platform: FakePlatform = field(default_factory=FakePlatform)
    sent_at: dict[str, datetime] = field(default_factory=dict)
    moves: dict[int, Move] = field(default_factory=dict)  # by subscription

    def subscribe(self, n: int) -> tuple[Subscription, ...]:
        """Make subscriptions over all zones, most of them at night."""
        chance = random.Random(int(self.start.timestamp()))  # noqa: S311
        for number in range(n):
            self.store.subscriptions.add(
                self.start,
                tenant="T1",
                channel=f"fake:{number}",
                topic="harbour",
                time=chance.choice(SLOTS),
                zone=ZONES[number % len(ZONES)],
                days=(0, 1, 2, 3, 4, 5, 6),
            )
        return self.store.subscriptions.active()

    def move(self, subscriptions: tuple[Subscription, ...]) -> None:
        """Let every tenth subscription get another zone at the very moment of its first slot."""
        chance = random.Random(int(self.start.timestamp()) + 1)  # noqa: S311
        for s in subscriptions[::10]:
            slots = [at for _, at in expected(s.zone, s.time, self.start, self.start + self.length)]
            if slots and not (slots[0] - self.start) % self.step:
                self.moves[s.id] = Move(slots[0], chance.choice(ZONES), chance.random() < 0.5)

    def run(self) -> None:
        """Let the time pass."""
        planners = [self._planner()]
        planners[0].tick(self.start)  # what lies before is not looked at
        at = self.start
        while at < self.start + self.length:
            at += self.step
            if any(a <= at < b for a, b in self.outages):
                planners = []
                continue
            self._change(at, is_first=True)
            if not planners or (at.minute == 0 and at.second == 0):
                planners.append(self._planner())  # a new worker; the old one overlaps
            if at.minute == 5 and at.second == 0:
                planners = planners[-1:]
            if sum(p.tick(at) for p in planners):
                asyncio.run(self._post(at))
            self._change(at, is_first=False)

    def _change(self, at: datetime, *, is_first: bool) -> None:
        due = {n: m for n, m in self.moves.items() if m.at == at and m.is_first == is_first}
        for s in self.store.subscriptions.active() if due else ():
            if s.id in due:
                asked = {"tenant": s.tenant, "channel": s.channel, "topic": s.topic, "time": s.time, "days": s.days}
                self.store.subscriptions.add(at, **asked, zone=due[s.id].zone)

    def _planner(self) -> Planner:
        return Planner(self.store.deliveries, self.store.subscriptions.active)

    async def _post(self, at: datetime) -> None:
        async def alert(words: str) -> None:
            raise AssertionError(words)

        deliverer = Deliverer(
            ledger=self.store.deliveries,
            targets=self.store.targets,
            platforms={"fake": self.platform},
            draft=draft,
            alert=alert,
            clock=lambda: at,
            owner="w",
            times=Times(),
        )
        before = len(self.platform.posts)
        while await deliverer.draft_one():
            pass
        while await deliverer.send_some():
            await deliverer.finish(30)
        self.sent_at.update((p.key, at) for p in self.platform.posts[before:])

    def mistakes(self, subscriptions: tuple[Subscription, ...]) -> list[str]:
        """Return what the ledger and the platform hold beside what the oracle expects."""
        end = self.start + self.length
        listed = {
            (d.subscription, d.local_date): d
            for d, _ in self.store.deliveries.latest(limit=10**6)
            if d.due > self.start
        }
        doubled = Counter(p.key for p in self.platform.posts)
        found = [f"{key} was shown {n} times" for key, n in doubled.items() if n > 1]
        wanted = {}
        for s in subscriptions:
            wanted |= {(s.id, day): (s, at) for day, at in self._expected(s, end).items()}
        found += [f"{listed[k].local_date} {listed[k].slot} is too much" for k in listed.keys() - wanted.keys()]
        for key, (s, at) in wanted.items():
            delivery = listed.get(key)
            if delivery is None or delivery.due != at:
                found.append(f"{s.zone} {key[1]} {s.time}: expected {at}, found {delivery and delivery.due}")
                continue
            found += self._lateness(s, at, delivery.state, [p.key for p in delivery.parts])
        return found

    def _expected(self, s: Subscription, end: datetime) -> dict[str, datetime]:
        """Return when each local date falls due: by the zone of that time, no date twice."""
        move = self.moves.get(s.id)
        if move is None:
            return dict(expected(s.zone, s.time, self.start, end))
        until = move.at - timedelta(seconds=1) if move.is_first else move.at
        after = dict(expected(move.zone, s.time, max(move.at - timedelta(minutes=2), self.start), end))
        return after | dict(expected(s.zone, s.time, self.start, until))

    def _lateness(self, s: Subscription, at: datetime, state: str, keys: list[str]) -> list[str]:
        """Say what was sent later than a minute after it could be, or not sent although it could be."""
        out = next(((a, b) for a, b in self.outages if a <= at < b), None)
        by = (out[1] if out else at) + timedelta(seconds=60)
        if out and out[1] - at > timedelta(hours=6):
            return [] if state == "skipped" else [f"{s.zone} {at} was {state} although it was too old"]
        if state == "skipped" and out:
            return []  # a newer slot of the same subscription fell due in the same outage
        late = [k for k in keys if self.sent_at.get(k, datetime.max.replace(tzinfo=UTC)) > by]
        return [f"{s.zone} {at}: {state}, late"] if state != "sent" or late else []


def window_around(day: str) -> datetime:
    """Return the start of a window that holds the night of a clock change in every zone west and east."""
    return datetime.fromisoformat(f"{day}T00:00:00+00:00") - timedelta(hours=4)
