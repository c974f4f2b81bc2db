"""Edits posts that show what was hidden or revised since, and posts the notices that say so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.platform import Platforms, platform_of
from briefings.errors import BriefingBotError, DeliveryError, RateLimited, Refused
from briefings.model import Part
from briefings.store.corrections import StaleDelivery
from briefings.use_cases.correct import CorrectionLedger, Redraft, correct
from briefings.use_cases.deliver import Times
from config.records import ConfigError

KEPT = timedelta(days=7)  # older posts are not looked at any more
RETRY = timedelta(minutes=5)

log = structlog.get_logger(__name__)


class EditLedger(CorrectionLedger, Protocol):
    """Corrections as the worker makes them."""

    def stale(self, since: datetime) -> Sequence[StaleDelivery]:
        """Return the deliveries that show what no longer stands."""
        ...

    def claim(self, owner: str, now: datetime, lease: timedelta) -> Part | None:
        """Take the next posted message to edit; its body is the new one."""
        ...

    def finish(self, part: Part, owner: str, error: str = "") -> bool:
        """Record that a message was edited, or that it can't be."""
        ...

    def postpone(self, part: Part, owner: str, again: datetime, error: str) -> bool:
        """Give an edit back, to be tried again later."""
        ...


@dataclass(kw_only=True)
class Corrector:
    """Finds, drafts and makes corrections. An edit may be repeated: it says the same each time."""

    ledger: EditLedger
    platforms: Platforms
    redraft: Redraft
    alert: Callable[[str], Awaitable[None]]
    clock: Callable[[], datetime]
    owner: str
    times: Times = field(default_factory=Times)

    async def run(self) -> None:
        """Correct whatever is to be corrected."""
        now = self.clock()
        for stale in await asyncio.to_thread(self.ledger.stale, now - KEPT):
            await self._record(stale, now)
        while part := await asyncio.to_thread(self.ledger.claim, self.owner, self.clock(), self.times.lease):
            await self._edit(part)

    async def _record(self, stale: StaleDelivery, now: datetime) -> None:
        channel = stale.subscription.channel
        try:
            render = platform_of(channel, self.platforms).render
        except Refused:
            return  # the platform is off for now
        try:
            ours = await asyncio.to_thread(correct, self.ledger, stale, self.redraft, render, now)
        except (BriefingBotError, ConfigError) as error:
            await self.alert(f"Delivery {stale.delivery.id} in {channel} could not be corrected: {error}")
            return
        if ours:
            log.info("correction recorded", delivery=stale.delivery.id, items=[i.item for i in stale.items])

    async def _edit(self, part: Part) -> None:
        try:
            async with asyncio.timeout(self.times.publish.total_seconds()):
                await platform_of(part.channel, self.platforms).edit(part)
        except Refused as error:
            await asyncio.to_thread(self.ledger.finish, part, self.owner, f"not corrected: {error}"[:300])
            await self.alert(
                f"Message {part.number} of delivery {part.delivery} in {part.channel} shows what no longer stands "
                f"and could not be corrected: {error}"
            )
        except (DeliveryError, TimeoutError) as error:
            wait = timedelta(seconds=error.retry_after) if isinstance(error, RateLimited) else RETRY
            again = self.clock() + wait
            await asyncio.to_thread(self.ledger.postpone, part, self.owner, again, str(error)[:300])
        else:
            kept = await asyncio.to_thread(self.ledger.finish, part, self.owner)
            log.info("post corrected", delivery=part.delivery, part=part.number, kept=kept)
