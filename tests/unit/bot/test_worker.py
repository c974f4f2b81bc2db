"""The worker's loops with fakes: starts, works, is told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.commands import sentence
from bot.health import Health
from bot.ops import OpsChannel
from bot.worker import Duty, Worker
from briefings.answers.records import CONSOLE, Query, Reply
from briefings.document import Document
from briefings.model import Subscription, Window
from tests.fakes import START, FakeClock, FakeLedger, FakePlatform, FakeTargets, subscription

NOW = START + timedelta(seconds=20)  # 08:00:20 in Kyiv


def draft(s: Subscription, window: Window, now: datetime) -> Document:
    return Document(title="", summary="briefing", blocks=())


def answer(query: Query, now: datetime, as_of: datetime | None = None) -> Reply:
    return sentence(f"{query.command} at {now:%H:%M}")


async def refresh(now: datetime) -> tuple[()]:
    return ()


def worker(platform: FakePlatform, **given: Any) -> Worker:
    clock = FakeClock(NOW)
    ledger = FakeLedger(subscriptions=[subscription(created=START - timedelta(hours=1))])
    values: dict[str, Any] = {
        "ledger": ledger,
        "targets": FakeTargets(),
        "subscriptions": lambda: ledger.subscriptions,
        "platforms": {"fake": platform},
        "draft": draft,
        "answer": answer,
        "refresh": refresh,
        "clock": clock,
        "health": Health(clock=clock, ping=lambda: 1),
    }
    return Worker(**(values | given))


async def until(found: Any) -> None:
    async with asyncio.timeout(5):
        while not found():  # noqa: ASYNC110 - the fakes have no event
            await asyncio.sleep(0.01)


async def test_run_plans_drafts_and_posts_what_is_due_then_stops() -> None:
    platform = FakePlatform()
    ticks: list[datetime] = []
    w = worker(platform, on_tick=ticks.append)
    running = asyncio.create_task(w.run())
    await until(lambda: platform.posts)
    w.stop()
    await asyncio.wait_for(running, 5)
    assert [p.key for p in platform.posts] == ["k1-1"]
    assert ticks[0] == NOW
    assert w.health.last_tick == NOW
    figures = w.health.metrics.registry.get_sample_value
    assert figures("briefing_posts_total", {"platform": "fake", "result": "sent"}) == 1
    assert figures("briefing_lateness_seconds_sum") == 20


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_signals_three_times_end_the_run_with_the_post_in_hand_finished(number: signal.Signals) -> None:
    reached, go_on = asyncio.Event(), asyncio.Event()

    class Slow(FakePlatform):
        async def publish(self, part: Any) -> str:
            reached.set()
            await go_on.wait()
            return await super().publish(part)

    platform = Slow()
    w = worker(platform)
    running = asyncio.create_task(w.run())
    await asyncio.wait_for(reached.wait(), 5)
    for _ in range(3):
        os.kill(os.getpid(), number)
        await asyncio.sleep(0.01)
    assert not running.done()
    go_on.set()
    await asyncio.wait_for(running, 5)
    assert w.ledger.state() == "sent"  # type: ignore[attr-defined]


async def test_a_poll_that_fails_stops_nothing(events: list[Any]) -> None:
    async def broken(now: datetime) -> None:
        raise ZeroDivisionError

    platform = FakePlatform()
    w = worker(platform, refresh=broken)
    running = asyncio.create_task(w.run())
    await until(lambda: platform.posts)
    w.stop()
    await asyncio.wait_for(running, 5)
    assert [e["task"] for e in events if e["event"] == "task failed"] == ["poll"]


async def test_a_poll_is_counted_by_what_came_of_each_feed() -> None:
    outcomes = [SimpleNamespace(error=e, is_unchanged=u) for e, u in (("", False), ("", True), ("gone", False))]

    async def polled(now: datetime) -> list[SimpleNamespace]:
        return outcomes

    w = worker(FakePlatform(), refresh=polled)
    await w._poll()
    figures = w.health.metrics.registry.get_sample_value
    assert [figures("feed_fetches_total", {"status": s}) for s in ("ok", "unchanged", "failed")] == [1, 1, 1]


async def test_a_poll_that_never_ends_does_not_hold_the_stop() -> None:
    async def endless(now: datetime) -> None:
        await asyncio.Event().wait()

    w = worker(FakePlatform(), refresh=endless)
    running = asyncio.create_task(w.run())
    await asyncio.sleep(0.05)
    w.stop()
    await asyncio.wait_for(running, 5)


async def test_handle_answers_a_typed_command() -> None:
    reply = await worker(FakePlatform()).handle("/status", CONSOLE)
    assert reply.document.summary == "Status at 06:00"


async def test_ops_channel_tells_the_same_words_once_an_hour() -> None:
    platform, clock = FakePlatform(), FakeClock()
    tell = OpsChannel(platforms={"fake": platform}, channel="fake:ops", clock=clock)
    await tell("it broke")
    await tell("it broke")
    await tell("it broke elsewhere")
    clock.pass_(hours=1)
    await tell("it broke")
    assert len(platform.posts) == 3
    assert {p.channel for p in platform.posts} == {"fake:ops"}
    assert len({p.key for p in platform.posts}) == 3


async def test_ops_channel_that_can_not_be_posted_to_leaves_the_words_in_the_log(events: list[Any]) -> None:
    tell = OpsChannel(platforms={}, channel="slack:C9", clock=FakeClock())
    await tell("it broke")
    assert [e["event"] for e in events] == ["alert", "alert not posted"]


async def test_a_listener_that_fails_is_started_again_and_one_that_ends_stops_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.worker.LISTEN_AGAIN_S", (0.01, 0.02))  # nobody wants to wait five seconds
    started: list[str] = []

    class Failing:
        async def listen(self, handle: Any) -> None:
            started.append("failing")
            if len(started) < 5:
                msg = "the socket was closed"
                raise OSError(msg)
            await asyncio.Event().wait()

    class Ending:
        async def listen(self, handle: Any) -> None:
            started.append("ending")

    platform = FakePlatform()
    w = worker(platform, listeners=(Failing(), Ending()))
    running = asyncio.create_task(w.run())
    await until(lambda: started.count("failing") >= 4 and platform.posts)
    assert started.count("ending") == 1
    w.stop()
    await asyncio.wait_for(running, 5)


async def test_a_poll_that_hangs_is_given_up_so_that_the_next_can_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.worker.POLL_LIMIT_S", 0.02)  # half an hour otherwise
    monkeypatch.setattr("bot.worker.POLL_S", 0.03)
    polls: list[datetime] = []

    async def hanging(now: datetime) -> None:
        polls.append(now)
        await asyncio.Event().wait()

    w = worker(FakePlatform(), refresh=hanging)
    running = asyncio.create_task(w.run())
    await until(lambda: len(polls) > 2)
    w.stop()
    await asyncio.wait_for(running, 5)


async def test_duties_are_done_every_so_often_and_one_that_fails_stops_nothing() -> None:
    done: list[int] = []

    async def duty() -> None:
        done.append(1)
        msg = "broken"
        raise ValueError(msg)

    platform = FakePlatform()
    w = worker(platform, duties=[Duty(name="count", every_s=0.01, call=duty)])
    running = asyncio.create_task(w.run())
    await until(lambda: len(done) > 2 and platform.posts)
    w.stop()
    await asyncio.wait_for(running, 5)


async def test_stopping_ends_at_once_what_need_not_be_finished() -> None:
    ended: list[int] = []
    w = worker(FakePlatform(), on_stopping=lambda: ended.append(1))
    w.stop()
    w.stop()
    assert ended == [1]
