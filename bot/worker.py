"""The worker: plans, drafts, posts, polls and listens until it is told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar
from uuid import uuid4

import structlog

from bot.commands import Answer, respond
from bot.delivery import Deliverer
from bot.health import Health, serve_health
from bot.ops import OpsChannel
from bot.planner import PlanLedger, Planner, Ticker
from bot.platform import Closing, Listener, Platforms
from briefings.answers.records import Asker, Reply
from briefings.errors import StoreError
from briefings.model import Delivery, Subscription
from briefings.use_cases.deliver import Draft, Ledger, Targets, Times

TICK_S = 30.0
POLL_S = 60.0  # the feeds themselves say when they are due
POLL_LIMIT_S = 1800.0  # a poll that hangs is given up, so that the next one can run
PLAN_LIMIT_S = 120.0
DUTY_LIMIT_S = 300.0
LISTEN_AGAIN_S = (5.0, 60.0)  # after a listener failed: at first, at most
IDLE_S = 1.0  # between two looks at an empty ledger
AFTER_FAULT_S = 5.0
FINISH_S = 14.0  # for the draft and the posts in hand once we are told to stop; the rest of 20 s is for closing
DRAFT_S = 5.0  # of it for the draft
CLOSE_S = 2.0  # for a platform's connections

log = structlog.get_logger(__name__)
T = TypeVar("T")


class Polled(Protocol):
    """What came of one feed."""

    @property
    def error(self) -> str:
        """Why it was not read, "" when it was."""
        ...

    @property
    def is_unchanged(self) -> bool:
        """Whether the server said that nothing is new."""
        ...


Refresh = Callable[[datetime], Awaitable[Iterable[Polled]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something done every so often, beside planning and polling."""

    name: str
    every_s: float
    call: Callable[[], Awaitable[None]]


class DeliveryLedger(Ledger, PlanLedger, Protocol):
    """The ledger as the planner and the deliverer need it."""

    def unsent(self, due_before: datetime) -> Sequence[Delivery]:
        """Return the deliveries due before a time that are neither sent, skipped nor dead."""
        ...


def owner_name() -> str:
    """Return a name that no other process claims work under."""
    return f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerOptions:
    """What of the settings the worker goes by."""

    ops_channel: str = "console"
    idle_s: float = IDLE_S
    health_port: int | None = None
    times: Times = field(default_factory=Times)


@dataclass(kw_only=True)
class Worker:
    """Runs until SIGTERM or SIGINT, then finishes the post in hand and returns.

    Args:
        ledger: of deliveries; targets: which channels are paused; subscriptions: returns the active ones.
        platforms: by name; listeners: those that people type commands on.
        draft: `draft(subscription, window, now)`; answer: `answer(query, now, as_of=None)`; both run in a thread.
        refresh: polls the feeds that are due.
        clock: the time in UTC.
        on_tick: keeps the time of a planner tick where /status finds it.
        on_stopping: ends at once what need not be finished, e.g. extraction; on_stop: gives back what else this worker
            holds, e.g. feeds.
        duties: what else is done every so often.
    """

    ledger: DeliveryLedger
    targets: Targets
    subscriptions: Callable[[], Iterable[Subscription]]
    platforms: Platforms
    draft: Draft
    answer: Answer
    refresh: Refresh
    clock: Callable[[], datetime]
    health: Health
    listeners: tuple[Listener, ...] = ()
    on_tick: Callable[[datetime], object] | None = None
    on_stopping: Callable[[], object] | None = None
    on_stop: Callable[[], object] | None = None
    duties: list[Duty] = field(default_factory=list)
    options: WorkerOptions = field(default_factory=WorkerOptions)
    owner: str = field(default_factory=owner_name)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _wakes: list[asyncio.Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.alert = OpsChannel(platforms=self.platforms, channel=self.options.ops_channel, clock=self.clock)
        self.planner = Planner(self.ledger, self.subscriptions, self.options.times.catch_up)
        self.deliverer = Deliverer(
            ledger=self.ledger,
            targets=self.targets,
            platforms=self.platforms,
            draft=self.draft,
            alert=self.alert,
            clock=self.clock,
            owner=self.owner,
            times=self.options.times,
            count=self.health.metrics.count_post,
            lateness=self.health.metrics.lateness.observe,
        )

    def stop(self) -> None:
        """Ask the worker to stop; asking again changes nothing."""
        if self._stop.is_set():
            return
        log.info("worker stopping")
        if self.on_stopping:
            self.on_stopping()
        self._stop.set()
        self._wake()

    async def run(self) -> None:
        """Work until told to stop."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        log.info("worker started", owner=self.owner, platforms=sorted(self.platforms))
        runner = await serve_health(self.health, self.options.health_port) if self.options.health_port else None
        try:
            await self._work()
        finally:
            if runner:
                await runner.cleanup()
            for platform in self.platforms.values():
                if isinstance(platform, Closing):
                    await self._guard("close", platform.close, CLOSE_S)
            log.info("worker stopped")

    async def _work(self) -> None:
        ticker = Ticker()
        ticker.every(TICK_S, self._plan, "plan")
        ticker.every(POLL_S, self._poll, "poll")
        for duty in self.duties:
            ticker.every(duty.every_s, partial(self._guard, duty.name, duty.call, DUTY_LIMIT_S), duty.name)
        ticker.start()
        claiming = [asyncio.create_task(self._repeat(step)) for step in (self._draft_step, self._send_step)]
        others = [asyncio.create_task(call()) for call in (self._plan, self._poll)]
        others += [asyncio.create_task(self._listen(x)) for x in self.listeners]
        await self._stop.wait()
        ticker.stop()
        for task in others:
            task.cancel()
        deadline = asyncio.get_running_loop().time() + FINISH_S
        await asyncio.wait(claiming, timeout=DRAFT_S)  # they see the stop by themselves
        await self.deliverer.finish(deadline - asyncio.get_running_loop().time())
        for task in claiming:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*others, *claiming, return_exceptions=True)
        await self._guard("release", self._release)

    async def handle(self, text: str, asker: Asker) -> Reply:
        """Answer a command as typed."""
        return await asyncio.to_thread(respond, text, asker, self.answer, self.clock())

    async def _listen(self, listener: Listener) -> None:
        """Listen until no more can come; a listener that fails is started again."""
        wait, longest = LISTEN_AGAIN_S
        while True:
            try:
                await listener.listen(self.handle)
            except Exception:
                log.exception("listener failed", again_in=wait)
                await asyncio.sleep(wait)
                wait = min(2 * wait, longest)
            else:
                return

    async def _plan(self) -> None:
        async def plan() -> None:
            now = self.clock()
            n_planned = await asyncio.to_thread(self.planner.tick, now)
            self.health.ticked(now)
            self.health.metrics.show_unsent(await asyncio.to_thread(self.ledger.unsent, now), now)
            if self.on_tick:
                await asyncio.to_thread(self.on_tick, now)
            if n_planned:
                log.info("planned", n=n_planned)
                self._wake()

        await self._guard("plan", plan, PLAN_LIMIT_S)

    async def _poll(self) -> None:
        for outcome in await self._guard("poll", self._refresh, POLL_LIMIT_S) or ():
            status = "failed" if outcome.error else "unchanged" if outcome.is_unchanged else "ok"
            self.health.metrics.count_fetch(status)

    async def _refresh(self) -> Iterable[Polled]:
        return await self.refresh(self.clock())

    async def _draft_step(self) -> bool:
        return await self.deliverer.draft_one()

    async def _send_step(self) -> bool:
        return await self.deliverer.send_some() > 0

    async def _release(self) -> None:
        await asyncio.to_thread(self.ledger.release_all, self.owner, self.clock())
        if self.on_stop:
            await asyncio.to_thread(self.on_stop)

    async def _repeat(self, step: Callable[[], Awaitable[bool]]) -> None:
        """Repeat a step until the stop; when it found nothing to do, wait a little or until another step did."""
        self._wakes.append(wake := asyncio.Event())
        while not self._stop.is_set():
            wake.clear()
            found = await self._guard(step.__name__.strip("_"), step)
            if found:
                self._wake()
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), AFTER_FAULT_S if found is None else self.options.idle_s)

    def _wake(self) -> None:
        for wake in self._wakes:
            wake.set()

    async def _guard(self, name: str, call: Callable[[], Awaitable[T]], limit_s: float | None = None) -> T | None:
        """Call, and log what goes wrong; one that takes longer than its limit is given up."""
        try:
            async with asyncio.timeout(limit_s):
                return await call()
        except StoreError as error:
            log.error("task failed", task=name, error=str(error))
        except Exception:
            log.exception("task failed", task=name)
        return None
