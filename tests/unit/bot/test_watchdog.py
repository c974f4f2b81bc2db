"""What was due and not sent is told within a quarter of an hour, once, whatever the planner does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.watchdog import Heartbeat, Watchdog
from briefings.errors import StoreError
from briefings.model import Subscription
from tests.fakes import START, FakeClock, subscription

DAY = "2026-03-02"


@dataclass
class Bench:
    """A watchdog over a ledger that holds what the test says."""

    clock: FakeClock = field(default_factory=lambda: FakeClock(START - timedelta(minutes=1)))
    slots_held: dict[tuple[int, str, str], tuple[int, str]] = field(default_factory=dict)
    subscriptions: list[Subscription] = field(default_factory=lambda: [subscription()])
    alerts: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    is_down: bool = False
    uptime: float = 0.0

    def slots(self, due_after: datetime) -> Mapping[tuple[int, str, str], tuple[int, str]]:
        if self.is_down:
            msg = "the database is away"
            raise StoreError(msg)
        return self.slots_held

    async def alert(self, words: str) -> None:
        self.alerts.append(words)

    def is_first(self, event: str, now: datetime) -> bool:
        is_new = event not in self.told
        self.told.add(event)
        return is_new

    def dog(self) -> Watchdog:
        return Watchdog(
            ledger=self,
            subscriptions=lambda: self.subscriptions,
            alert=self.alert,
            is_first=self.is_first,
            clock=self.clock,
            monotonic=lambda: self.uptime,
        )

    async def watch(self, *dogs: Watchdog, minutes: int) -> None:
        for _ in range(minutes):
            for dog in dogs:
                await dog.check()
            self.clock.pass_(minutes=1)
            self.uptime += 60


async def test_a_briefing_that_was_not_planned_is_told_within_fifteen_minutes_and_once() -> None:
    bench = Bench()
    dogs = (bench.dog(), bench.dog())  # two workers
    await bench.watch(*dogs, minutes=10)
    assert bench.alerts == []
    await bench.watch(*dogs, minutes=6)
    assert len(bench.alerts) == 1
    assert f"{DAY} 08:00 for fake:C1 (not planned)" in bench.alerts[0]
    assert not dogs[0].is_well
    await bench.watch(*dogs, minutes=120)
    assert len(bench.alerts) == 1


@pytest.mark.parametrize(
    ("state", "n_alerts"), [("pending", 1), ("sending", 1), ("sent", 0), ("skipped", 0), ("unknown", 0), ("dead", 0)]
)
async def test_a_planned_briefing_is_told_when_it_hangs_not_when_it_came_to_an_end(state: str, n_alerts: int) -> None:
    bench = Bench(slots_held={(1, DAY, "08:00"): (1, state)})
    await bench.watch(bench.dog(), minutes=20)
    assert len(bench.alerts) == n_alerts


async def test_a_slot_before_the_worker_or_the_schedule_began_is_not_told() -> None:
    bench = Bench(clock=FakeClock(START + timedelta(hours=2)))
    dog = bench.dog()
    await bench.watch(dog, minutes=5)
    bench.subscriptions = [subscription(zone="Asia/Tokyo")]  # its slot lies hours back
    await bench.watch(dog, minutes=30)
    assert bench.alerts == []


async def test_thirty_days_without_a_fault_have_no_alert() -> None:
    bench = Bench()
    dog = bench.dog()
    days = (START + timedelta(days=n) for n in range(31))
    bench.slots_held = {(1, f"{day:%Y-%m-%d}", "08:00"): (1, "sent") for day in days}
    for _ in range(30 * 48):
        await dog.check()
        bench.clock.pass_(minutes=30)
        bench.uptime += 1800
    assert bench.alerts == []


@pytest.mark.parametrize("hours", [2, -2])
async def test_a_clock_that_jumps_is_told(hours: int) -> None:
    bench = Bench(subscriptions=[])
    dog = bench.dog()
    await bench.watch(dog, minutes=2)
    bench.clock.pass_(hours=hours)
    await bench.watch(dog, minutes=2)
    assert len(bench.alerts) == 1
    assert f"{60 * hours:+d} minutes" in bench.alerts[0]


async def test_a_ledger_that_can_not_be_read_is_told_when_it_lasts() -> None:
    bench = Bench(is_down=True)
    dog = bench.dog()
    await bench.watch(dog, minutes=9)
    assert (bench.alerts, dog.is_well) == ([], False)
    await bench.watch(dog, minutes=3)
    assert "the database is away" in bench.alerts[0]
    bench.is_down, bench.subscriptions = False, []
    await bench.watch(dog, minutes=1)
    assert dog.is_well


@pytest.mark.parametrize(("is_well", "status", "n_calls"), [(True, 200, 1), (False, 200, 0), (True, 500, 1)])
async def test_heartbeat_calls_only_when_well_and_never_logs_the_address(
    events: list[Any], is_well: bool, status: int, n_calls: int
) -> None:
    calls = []

    async def called(request: web.Request) -> web.Response:
        calls.append(request.path)
        return web.Response(status=status)

    async def well() -> bool:
        return is_well

    app = web.Application()
    app.router.add_get("/secret-path-7", called)
    async with TestServer(app) as server:
        await Heartbeat(url=str(server.make_url("/secret-path-7")), is_well=well).beat()
    await Heartbeat(url="http://127.0.0.1:1/secret-path-7", is_well=well).beat()
    assert len(calls) == n_calls
    assert "secret-path-7" not in str(events)
