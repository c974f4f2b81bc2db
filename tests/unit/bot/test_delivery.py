"""What becomes of a delivery when the platform, the ledger or the clock does its worst."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.delivery import Deliverer
from briefings.document import Document, Heading
from briefings.errors import Ambiguous, RateLimited, StoreError
from briefings.model import Part, Subscription, Window
from briefings.use_cases.deliver import Times
from tests.fakes import FakeClock, FakeLedger, FakePlatform, FakeTargets, subscription


class Bench:
    """A deliverer with fakes around it and one delivery planned."""

    def __init__(self, *faults: str, n_parts: int = 1, n_channels: int = 1) -> None:
        self.clock = FakeClock()
        self.platform = FakePlatform(faults=list(faults))
        subscriptions = [subscription(id=n, channel=f"fake:C{n}") for n in range(1, n_channels + 1)]
        self.ledger = FakeLedger(subscriptions=subscriptions)
        self.targets = FakeTargets()
        self.alerts: list[str] = []
        self.windows: list[Window] = []
        self.detail = (Heading("more"),) * (n_parts - 1)
        for s in subscriptions:
            self.plan(s)

    def plan(self, s: Subscription, day: str = "2026-03-02") -> None:
        self.ledger.plan(s, local_date=day, slot="08:00", due=self.clock.now, note="", is_skipped=False)

    def worker(self, owner: str = "w1", times: Times | None = None) -> Deliverer:
        return Deliverer(
            ledger=self.ledger,
            targets=self.targets,
            platforms={"fake": self.platform},
            draft=self.draft,
            alert=self.alert,
            clock=self.clock,
            owner=owner,
            times=times or Times(),
        )

    def draft(self, s: Subscription, window: Window, now: datetime) -> Document:
        self.windows.append(window)
        return Document(title="", summary=f"briefing for {s.channel}", blocks=(), detail=self.detail)

    async def alert(self, words: str) -> None:
        self.alerts.append(words)

    async def run(self, worker: Deliverer | None = None, rounds: int = 3) -> None:
        """Draft what is due and post it, as one pass of the worker's loops."""
        worker = worker or self.worker()
        while await worker.draft_one():
            pass
        for _ in range(rounds):
            await worker.send_some()
            await worker.finish(1)

    @property
    def keys(self) -> list[str]:
        return [p.key for p in self.platform.posts]


async def test_a_due_delivery_is_posted_once_and_recorded() -> None:
    bench = Bench(n_parts=2)
    await bench.run()
    await bench.run(bench.worker("w2"))
    assert bench.keys == ["k1-1", "k1-2"]
    assert bench.ledger.deliveries[1].state == "sent"
    assert bench.alerts == []


async def test_the_first_window_is_a_day_and_the_next_begins_where_it_ended() -> None:
    bench = Bench()
    await bench.run()
    ended = bench.clock.now
    bench.clock.pass_(hours=24)
    bench.plan(bench.ledger.subscriptions[0], "2026-03-03")
    await bench.run()
    first, second = bench.windows
    assert (first.is_first, first.end - first.start) == (True, timedelta(hours=24))
    assert (second.is_first, second.start, second.end) == (False, ended, bench.clock.now)


async def test_the_window_after_a_long_pause_is_seven_days() -> None:
    bench = Bench()
    await bench.run()
    bench.clock.pass_(days=30)
    bench.plan(bench.ledger.subscriptions[0], "2026-04-01")
    await bench.run()
    assert bench.windows[1].end - bench.windows[1].start == timedelta(days=7)


async def test_a_lost_answer_is_found_and_not_posted_again() -> None:
    bench = Bench("lose")
    await bench.run()
    assert bench.ledger.state() == "unknown"
    bench.clock.pass_(seconds=5)
    await bench.run()
    assert bench.ledger.state() == "reconciled"
    assert bench.ledger.deliveries[1].state == "sent"
    assert bench.platform.n_published == 1


async def test_an_unknown_post_is_not_looked_for_before_its_time() -> None:
    bench = Bench("lose")
    await bench.run()
    bench.clock.pass_(seconds=4)
    await bench.run()
    assert bench.platform.n_looks == 0


async def test_a_post_that_is_not_there_is_sent_again_only_after_it_can_no_longer_appear() -> None:
    bench = Bench("drop")
    await bench.run()
    bench.clock.pass_(seconds=5)
    await bench.run()
    assert (bench.platform.n_looks, bench.keys) == (1, [])  # a slow platform might still show it
    bench.clock.pass_(seconds=30)
    await bench.run()
    assert bench.keys == ["k1-1"]
    assert bench.ledger.state() == "sent"


async def test_an_unreadable_channel_is_never_posted_to_again_and_the_operators_are_told_once() -> None:
    bench = Bench("lose")
    bench.platform.is_readable = False
    await bench.run()
    for _ in range(40):
        bench.clock.pass_(seconds=30)
        await bench.run(rounds=1)
    assert (bench.platform.n_published, bench.platform.n_looks) == (1, 3)
    assert bench.ledger.state() == "unknown"
    assert len(bench.alerts) == 1
    assert "delivery 1, part 1" in bench.alerts[0]


async def test_a_worker_that_died_while_posting_is_followed_by_a_look_not_by_a_post() -> None:
    bench = Bench()
    dead = bench.worker("dead")
    await dead.draft_one()
    claimed = bench.ledger.claim_part("dead", bench.clock(), timedelta(seconds=60))
    assert claimed
    bench.ledger.mark_sending(claimed.part, "dead", bench.clock())
    await bench.platform.publish(claimed.part)  # and killed before it could be recorded
    await bench.run(bench.worker("w2"))
    assert bench.ledger.state() == "sending"  # the lease still holds
    bench.clock.pass_(seconds=61)
    await bench.run(bench.worker("w2"))
    assert bench.ledger.state() == "reconciled"
    assert bench.keys == ["k1-1"]


async def test_a_worker_that_died_before_posting_is_taken_over() -> None:
    bench = Bench()
    await bench.worker("dead").draft_one()
    claimed = bench.ledger.claim_part("dead", bench.clock(), timedelta(seconds=60))
    assert claimed
    bench.ledger.mark_sending(claimed.part, "dead", bench.clock(), ended=bench.clock() + timedelta(seconds=40))
    bench.clock.pass_(seconds=61)
    await bench.run(bench.worker("w2"))
    assert (bench.keys, bench.ledger.state()) == ([], "unknown")  # it may have lived, and posted, for 40 s
    bench.clock.pass_(seconds=9)
    await bench.run(bench.worker("w2"))
    assert (bench.keys, bench.ledger.state(), bench.alerts) == (["k1-1"], "sent", [])


async def test_absence_counts_from_when_a_post_was_given_up_not_from_when_it_began() -> None:
    bench = Bench()
    right = bench.platform.publish

    async def slow(part: Part) -> str:
        bench.clock.pass_(seconds=19)
        msg = "no answer"
        raise Ambiguous(msg)

    bench.platform.publish = slow  # type: ignore[method-assign]
    await bench.run()
    bench.platform.publish = right  # type: ignore[method-assign]
    bench.clock.pass_(seconds=29)  # 48 s after it began
    await bench.run()
    assert (bench.platform.n_looks, bench.keys) == (1, [])
    bench.clock.pass_(seconds=1)
    await bench.run()
    assert (bench.platform.n_looks, bench.keys) == (2, ["k1-1"])


async def test_a_long_settling_time_is_waited_for_without_an_alert() -> None:
    bench = Bench("drop")
    times = Times(settle=timedelta(minutes=10))
    for _ in range(59):
        await bench.run(bench.worker(times=times))
        bench.clock.pass_(seconds=10)
    assert bench.keys == []
    bench.clock.pass_(seconds=10)
    await bench.run(bench.worker(times=times))
    assert (bench.keys, bench.alerts) == (["k1-1"], [])


async def test_a_look_reaches_back_to_the_first_of_several_posts() -> None:
    bench = Bench("drop", "lose")
    asked: list[datetime] = []
    right = bench.platform.find

    async def find(key: str, channel: str, since: datetime, parent: str | None = None) -> str | None:
        asked.append(since)
        return await right(key, channel, since, parent)

    bench.platform.find = find  # type: ignore[method-assign]
    began = bench.clock()
    for _ in range(10):
        await bench.run()
        bench.clock.pass_(seconds=10)
    assert (bench.keys, bench.ledger.state()) == (["k1-1"], "reconciled")
    assert set(asked) == {began}  # a post that is shown late is found even after a second one began


async def test_a_short_lease_still_has_room_for_a_post() -> None:
    bench = Bench()
    times = Times(lease=timedelta(seconds=6))
    assert times.publish == timedelta(seconds=2)
    await bench.run(bench.worker(times=times))
    assert bench.keys == ["k1-1"]


async def test_a_lease_that_runs_out_while_the_ledger_is_slow_means_no_post() -> None:
    bench = Bench()
    marked = bench.ledger.mark_sending

    def slow(*given: object, **also: object) -> bool:
        result = marked(*given, **also)  # type: ignore[arg-type]
        bench.clock.pass_(seconds=25)
        return result

    bench.ledger.mark_sending = slow  # type: ignore[assignment,method-assign]
    await bench.run(rounds=1)
    assert (bench.platform.n_published, bench.ledger.state(), bench.alerts) == (0, "pending", [])


async def test_a_worker_whose_lease_was_taken_does_not_post() -> None:
    bench = Bench()
    await bench.worker().draft_one()
    late = bench.ledger.claim_part("w1", bench.clock(), timedelta(seconds=60))
    assert late
    bench.clock.pass_(seconds=61)  # w1 was held up
    taken = bench.ledger.claim_part("w2", bench.clock(), timedelta(seconds=60))
    assert taken
    await bench.worker("w1")._deliver(replace(late, until=late.until + timedelta(hours=1)))
    assert bench.platform.n_published == 0


async def test_rate_limited_waits_as_long_as_asked() -> None:
    bench = Bench("limit")
    await bench.run()
    assert (bench.ledger.state(), bench.platform.n_published) == ("pending", 1)
    bench.clock.pass_(seconds=59)
    await bench.run()
    assert bench.platform.n_published == 1
    bench.clock.pass_(seconds=1)
    await bench.run()
    assert (bench.ledger.state(), bench.keys) == ("sent", ["k1-1"])


async def test_a_channel_that_asked_to_wait_gets_nothing_else_meanwhile() -> None:
    bench = Bench("limit")
    bench.plan(bench.ledger.subscriptions[0], "2026-03-01")  # a second delivery for the same channel
    await bench.run(worker := bench.worker())
    await bench.run(worker)
    assert bench.platform.n_published == 1


async def test_refused_is_dead_and_the_operators_are_told() -> None:
    bench = Bench("refuse", n_parts=2)
    await bench.run()
    bench.clock.pass_(hours=1)
    await bench.run()
    assert (bench.ledger.state(), bench.ledger.deliveries[1].state) == ("dead", "dead")
    assert bench.platform.n_published == 1
    assert "msg_too_long" in bench.alerts[0]
    assert bench.targets.paused == {}


async def test_a_channel_that_can_not_be_posted_to_is_paused_told_once_and_skipped_from_then_on() -> None:
    bench = Bench("close")
    await bench.run()
    assert bench.targets.paused == {"fake:C1": "channel_not_found"}
    assert "deliveries resume fake:C1" in bench.alerts[0]
    bench.clock.pass_(hours=24)
    bench.plan(bench.ledger.subscriptions[0], "2026-03-03")
    await bench.run()
    assert bench.ledger.deliveries[2].state == "skipped"
    assert "channel_not_found" in bench.ledger.deliveries[2].note
    assert (bench.platform.n_published, len(bench.alerts)) == (1, 1)


async def test_a_draft_that_never_ends_is_given_up_with_its_lease_and_holds_no_other() -> None:
    bench = Bench(n_channels=2)
    worker = bench.worker(times=Times(lease=timedelta(milliseconds=30)))
    held = threading.Event()
    right, worker.draft = worker.draft, lambda *_: held.wait(5)  # type: ignore[assignment,return-value]
    assert await worker.draft_one()
    worker.draft = right
    assert "TimeoutError" in bench.alerts[0]
    assert await worker.draft_one()
    held.set()


async def test_the_second_part_waits_for_the_first() -> None:
    bench = Bench("lose", n_parts=2)
    await bench.run()
    assert bench.keys == ["k1-1"]
    bench.clock.pass_(seconds=5)
    await bench.run()
    assert bench.keys == ["k1-1", "k1-2"]


async def test_an_adapter_that_breaks_is_looked_after_like_a_lost_answer() -> None:
    bench = Bench("crash")
    await bench.run()
    assert bench.ledger.state() == "sending"
    assert "KeyError" in bench.alerts[0]
    bench.clock.pass_(seconds=61)
    await bench.run()
    assert bench.keys == []
    bench.clock.pass_(seconds=9)
    await bench.run()
    assert bench.keys == ["k1-1"]


async def test_no_answer_in_time_is_unknown() -> None:
    bench = Bench("hang")
    worker = bench.worker(times=Times(publish=timedelta(milliseconds=20)))
    await worker.draft_one()
    await worker.send_some()
    await asyncio.wait_for(_reached(bench, "unknown"), 2)  # by itself: nobody stops the worker


async def test_a_slow_channel_delays_no_other() -> None:
    bench = Bench("hang", n_channels=3)
    worker = bench.worker()
    while await worker.draft_one():
        pass
    await worker.send_some()
    await asyncio.wait_for(_reached(bench, "sent", "k2-1", "k3-1"), 2)
    assert bench.ledger.state("k1-1") == "sending"
    await worker.finish(0)  # told to stop: what hangs is given up and is unknown
    assert bench.ledger.state("k1-1") == "unknown"


async def _reached(bench: Bench, state: str, *keys: str) -> None:
    while not all(bench.ledger.state(k) == state for k in keys or ("k1-1",)):  # noqa: ASYNC110 - no event to wait for
        await asyncio.sleep(0.005)


async def test_a_draft_that_fails_is_told_and_tried_again() -> None:
    bench = Bench()
    worker = bench.worker()
    right, worker.draft = worker.draft, lambda *_: 1 / 0  # type: ignore[assignment,return-value]
    assert await worker.draft_one()
    assert "ZeroDivisionError" in bench.alerts[0]
    worker.draft = right
    assert not await worker.draft_one()  # its lease holds
    bench.clock.pass_(seconds=61)
    await bench.run(worker)
    assert bench.keys == ["k1-1"]


async def test_a_delivery_drafted_late_says_so() -> None:
    bench = Bench()
    bench.clock.pass_(minutes=6)
    await bench.run()
    assert bench.windows[0].late == "it could not be drafted in time"


async def test_a_late_message_that_a_set_back_ledger_does_not_know_of_is_found_and_not_posted_again() -> None:
    bench = Bench(n_parts=2)
    await bench.run()
    set_back = Bench(n_parts=2)
    set_back.platform.posts = bench.platform.posts
    set_back.clock.pass_(minutes=6)
    await set_back.run()
    assert set_back.keys == ["k1-1", "k1-2"]
    assert set_back.platform.n_published == 0
    assert set_back.ledger.deliveries[1].state == "sent"


async def test_a_late_message_is_sent_where_it_can_not_be_looked_for() -> None:
    bench = Bench(n_channels=3)
    bench.platform.is_readable = False
    bench.clock.pass_(minutes=6)
    await bench.run()
    assert sorted(bench.keys) == ["k1-1", "k2-1", "k3-1"]


async def test_late_messages_are_not_looked_for_while_the_platform_asks_to_wait() -> None:
    bench = Bench(n_channels=3)
    n_asked = 0

    async def find(*_: object) -> str | None:
        nonlocal n_asked
        n_asked += 1
        msg = "slow down"
        raise RateLimited(msg, retry_after=60)

    bench.platform.find = find  # type: ignore[method-assign]
    bench.clock.pass_(minutes=6)
    worker = bench.worker()
    while await worker.draft_one():
        pass
    for _ in range(3):
        claimed = bench.ledger.claim_part("w1", bench.clock(), timedelta(seconds=60))
        assert claimed
        await worker._deliver(claimed)
    assert (n_asked, len(bench.keys)) == (1, 3)


async def test_a_delivery_that_could_not_be_drafted_for_six_hours_is_skipped_and_told() -> None:
    bench = Bench()
    bench.clock.pass_(hours=6, seconds=1)
    await bench.run()
    assert bench.ledger.deliveries[1].state == "skipped"
    assert bench.platform.n_published == 0
    assert len(bench.alerts) == 1


async def test_a_drafted_post_that_is_too_late_is_dead_and_told() -> None:
    bench = Bench()
    await bench.worker().draft_one()
    bench.clock.pass_(hours=6, seconds=1)
    await bench.run()
    assert bench.ledger.state() == "dead"
    assert bench.platform.n_published == 0
    assert len(bench.alerts) == 1


async def test_a_channel_of_a_platform_that_is_off_is_skipped_and_told() -> None:
    bench = Bench()
    worker = bench.worker()
    worker.platforms = {}
    await bench.run(worker)
    assert bench.ledger.deliveries[1].state == "skipped"
    assert "platform 'fake' is off" in bench.alerts[0]


async def test_a_ledger_that_does_not_take_the_outcome_is_reconciled_later() -> None:
    bench = Bench()
    right = bench.ledger.mark_sent

    def broken(*_: object, **__: object) -> bool:
        msg = "the database is locked"
        raise StoreError(msg)

    bench.ledger.mark_sent = broken  # type: ignore[method-assign]
    await bench.run(rounds=1)
    bench.ledger.mark_sent = right  # type: ignore[method-assign]
    bench.clock.pass_(seconds=61)
    await bench.run()
    assert (bench.keys, bench.ledger.state()) == (["k1-1"], "reconciled")


@pytest.mark.parametrize("seed", range(8))
async def test_any_run_of_faults_ends_with_each_part_once_or_an_alert(seed: int) -> None:
    """Faults by a fixed walk over all kinds; two workers take turns."""
    kinds = ("lose", "drop", "limit", "", "crash", "lose", "")
    bench = Bench(*(kinds[(seed * 7 + n * (seed % 5 + 1)) % len(kinds)] for n in range(8)), n_parts=2, n_channels=3)
    workers = [bench.worker("w1"), bench.worker("w2")]
    for turn in range(40):
        await bench.run(workers[turn % 2], rounds=1)
        bench.clock.pass_(seconds=65)
    assert len(bench.keys) == len(set(bench.keys)) == 6
    assert {d.state for d in bench.ledger.deliveries.values()} == {"sent"}
