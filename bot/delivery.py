"""Claim -> publish -> record, and look again where it is not known what came of a post."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import structlog

from bot.platform import Platforms, platform_of
from briefings.errors import Ambiguous, DeliveryError, RateLimited, Refused, StoreError, TargetClosed
from briefings.model import ClaimedDelivery, ClaimedPart, Part
from briefings.use_cases.deliver import (
    Draft,
    Ledger,
    Targets,
    Times,
    is_absence_sure,
    is_late,
    is_too_late,
    latest_end,
    may_send,
    next_look,
    prepare,
)

MAX_SENDS = 32  # channels posted to at a time

log = structlog.get_logger(__name__)
Clock = Callable[[], datetime]
Alert = Callable[[str], Awaitable[None]]


class Count(Protocol):
    """Counts what came of a post."""

    def __call__(self, platform: str, result: str) -> None:
        """Add one."""
        ...


def _unmeasured(seconds: float) -> None:
    """Measure nothing."""


def _uncounted(platform: str, result: str) -> None:
    """Count nothing."""


@dataclass(kw_only=True)
class Deliverer:
    """Drafts and posts what is due. Each channel has at most one post under way; a slow one delays no other."""

    ledger: Ledger
    targets: Targets
    platforms: Platforms
    draft: Draft
    alert: Alert
    clock: Clock
    owner: str
    times: Times = field(default_factory=Times)
    count: Count = _uncounted
    lateness: Callable[[float], object] = _unmeasured  # seconds from the slot to the first message
    _busy: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _paused: dict[str, datetime] = field(default_factory=dict)  # channels that asked us to wait
    _unasked_until: datetime | None = None  # late messages are not looked for before

    async def draft_one(self) -> bool:
        """Draft the oldest due delivery; say whether there was one."""
        now = self.clock()
        claimed = await asyncio.to_thread(self.ledger.claim_delivery, self.owner, now, self.times.lease)
        if claimed is None:
            return False
        await self._guarded(self._prepare(claimed), f"draft of delivery {claimed.delivery.id}")
        return True

    async def send_some(self) -> int:
        """Start posting the parts that are due, one a channel; return how many were started."""
        n_started = 0
        while len(self._busy) < MAX_SENDS:
            now = self.clock()
            waiting = {c for c, until in self._paused.items() if until > now}
            busy = frozenset(self._busy) | waiting
            claimed = await asyncio.to_thread(self.ledger.claim_part, self.owner, now, self.times.lease, busy)
            if claimed is None:
                break
            channel = claimed.part.channel
            task = asyncio.create_task(self._guarded(self._deliver(claimed), f"post to {channel}"))
            self._busy[channel] = task
            task.add_done_callback(lambda _, c=channel: self._busy.pop(c, None))  # type: ignore[misc]
            n_started += 1
        return n_started

    async def finish(self, seconds: float) -> None:
        """Wait for the posts under way; give up those that take longer, which makes them unknown."""
        tasks = tuple(self._busy.values())
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=2)

    async def _guarded(self, step: Coroutine[object, object, None], name: str) -> None:
        """Run one step. A failure leaves the row to its lease: whoever takes it next looks first, then tries again."""
        try:
            await step
        except StoreError as error:
            log.error("ledger failed", step=name, error=str(error))
        except Exception as error:  # the seam of one delivery
            log.exception("delivery failed", step=name)
            await self.alert(f"The {name} failed ({type(error).__name__}); it is tried again when its lease runs out")

    async def _prepare(self, claimed: ClaimedDelivery) -> None:
        delivery, channel = claimed.delivery, claimed.subscription.channel
        now = self.clock()
        try:
            if now - delivery.due > self.times.catch_up:
                note = "too late: it could not be drafted while it was worth sending"
                await asyncio.to_thread(self.ledger.skip, delivery.id, self.owner, note, now)
                await self.alert(f"Briefing {delivery.local_date} {delivery.slot} for {channel} was skipped: {note}")
                return
            if paused := await asyncio.to_thread(self.targets.reason, delivery.tenant, channel):
                note = f"the channel is paused: {paused}"
                await asyncio.to_thread(self.ledger.skip, delivery.id, self.owner, note, now)
                log.info("delivery skipped", delivery=delivery.id, note=note)
                return
            render = platform_of(channel, self.platforms).render
            async with asyncio.timeout(self.times.lease.total_seconds()):  # later it could not be stored
                ok = await asyncio.to_thread(prepare, self.ledger, claimed, self.owner, self.draft, render, now)
            log.info("delivery drafted", delivery=delivery.id, kept=ok)
        except Refused as error:
            await asyncio.to_thread(self.ledger.skip, delivery.id, self.owner, str(error), now)
            await self.alert(f"Briefing {delivery.local_date} {delivery.slot} was not drafted: {error}")

    async def _deliver(self, claimed: ClaimedPart) -> None:
        """Post one claimed part, or find out about an earlier post of it."""
        if claimed.part.state != "pending" and not await self._look(claimed):
            return
        if is_late(claimed, self.clock()) and await self._is_there(claimed):
            return
        if not is_too_late(claimed, self.clock(), self.times):
            await self._send(claimed)
            return
        reason = "too late: it could not be posted while it was worth posting"
        await self._record("too_late", claimed.part, self.ledger.mark_refused, reason, self.clock())
        await self.alert(f"A briefing for {claimed.part.channel} was not posted, {reason}")

    async def _send(self, claimed: ClaimedPart) -> None:
        part, ledger = claimed.part, self.ledger
        ended = latest_end(claimed, self.times)
        if not await asyncio.to_thread(ledger.mark_sending, part, self.owner, self.clock(), ended=ended):
            return  # the lease went to another worker
        if not may_send(claimed, self.clock(), self.times):
            await asyncio.to_thread(ledger.release, part, self.owner, self.clock(), self.clock())
            return
        try:
            message_id = await self._publish(part)
        except RateLimited as error:
            again = self._paused[part.channel] = self.clock() + timedelta(seconds=error.retry_after)
            await self._record("rate_limited", part, ledger.release, self.clock(), again)
        except Refused as error:
            await self._record("refused", part, ledger.mark_refused, str(error), self.clock())
            await self._tell_refused(claimed, error)
        except (Ambiguous, asyncio.CancelledError) as error:
            ended = self.clock()
            log.warning("post unknown", delivery=part.delivery, part=part.number, error=str(error) or "cancelled")
            mark = partial(self._mark_unknown(str(error) or "stopped"), ended=ended)
            await self._record("unknown", part, mark, ended, ended + self.times.looks[0])
        else:
            await self._record("sent", part, ledger.mark_sent, message_id, self.clock())
            if part.number == 1:
                self.lateness((self.clock() - claimed.due).total_seconds())

    async def _tell_refused(self, claimed: ClaimedPart, error: Refused) -> None:
        channel = claimed.part.channel
        if not isinstance(error, TargetClosed):
            await self.alert(f"A briefing for {channel} was refused: {error}")
            return
        await asyncio.to_thread(self.targets.pause, claimed.tenant, channel, str(error), self.clock())
        await self.alert(
            f"{channel} can't be posted to and is paused: {error}. Once that is mended, /subscribe there again or run "
            f"`briefing-bot deliveries resume {channel}`"
        )

    async def _publish(self, part: Part) -> str:
        """Post within the time limit; whatever is not a clear answer is ambiguous."""
        try:
            async with asyncio.timeout(self.times.publish.total_seconds()):
                return await platform_of(part.channel, self.platforms).publish(part)
        except DeliveryError:
            raise
        except TimeoutError as error:
            msg = f"no answer within {self.times.publish.total_seconds():g} s"
            raise Ambiguous(msg) from error

    async def _look(self, claimed: ClaimedPart) -> bool:
        """Look for an earlier post; return whether the part is to be sent again."""
        part, now = claimed.part, self.clock()
        try:
            found = await self._find(claimed, claimed.attempted or now)
        except (DeliveryError, TimeoutError) as error:
            await self._look_later(claimed, str(error) or "no answer in time")
            return False
        if found is not None:
            await self._record("reconciled", part, self._mark_reconciled, found, self.clock())
            return False
        if is_absence_sure(claimed, now, self.times):
            return True
        await self._look_later(claimed, "not there yet", is_absent=True)
        return False

    async def _is_there(self, claimed: ClaimedPart) -> bool:
        """Look for a late message that was never sent as far as the ledger knows; a ledger may have been set back.

        Where that can't be found out it is sent: nothing speaks against it.
        """
        part, now = claimed.part, self.clock()
        if self._unasked_until and now < self._unasked_until:
            return False
        try:
            found = await self._find(claimed, claimed.due)
        except RateLimited as error:
            self._unasked_until = now + timedelta(seconds=error.retry_after)
            return False
        except (DeliveryError, TimeoutError) as error:
            log.info("late message not looked for", delivery=part.delivery, part=part.number, why=str(error))
            return False
        if found is not None:
            await self._record("reconciled", part, self._mark_reconciled, found, self.clock())
        return found is not None

    async def _find(self, claimed: ClaimedPart, since: datetime) -> str | None:
        part = claimed.part
        async with asyncio.timeout(self.times.publish.total_seconds()):
            return await platform_of(part.channel, self.platforms).find(part.key, part.channel, since, part.parent)

    async def _look_later(self, claimed: ClaimedPart, why: str, *, is_absent: bool = False) -> None:
        part, now = claimed.part, self.clock()
        again = next_look(claimed, now, self.times, is_absent=is_absent)
        await self._record("unknown", part, self._mark_unknown(why), now, again)
        log.info("looked for a post", delivery=part.delivery, part=part.number, outcome=why, again=str(again))
        if again is None:
            await self.alert(
                f"A briefing for {part.channel} may or may not have been posted (delivery {part.delivery}, "
                f"part {part.number}): {why}. It is not sent again by itself; look, and resend it if it is missing"
            )

    def _mark_unknown(self, why: str) -> Callable[..., bool]:
        return partial(self.ledger.mark_unknown, error=why[:300])

    def _mark_reconciled(self, part: Part, owner: str, message_id: str, now: datetime) -> bool:
        return self.ledger.mark_sent(part, owner, message_id, now, is_reconciled=True)

    async def _record(self, result: str, part: Part, write: Callable[..., bool], *values: object) -> None:
        """Write an outcome; it is shielded, so that a stop in the middle loses nothing."""
        self.count(part.channel.partition(":")[0], result)
        kept = await asyncio.shield(asyncio.to_thread(write, part, self.owner, *values))
        log.info("part recorded", result=result, delivery=part.delivery, part=part.number, kept=kept)
