"""Sends direct messages: to whoever follows an item that moved, to whoever reported a problem that was looked into."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.platform import Platforms, platform_of
from briefings.document import Document
from briefings.errors import Ambiguous, RateLimited, Refused
from briefings.store.direct import DirectMessage
from briefings.use_cases.deliver import Times
from briefings.use_cases.notices import Render

log = structlog.get_logger(__name__)


class DirectLedger(Protocol):
    """Messages to people as the worker sends them."""

    def claim(self, owner: str, now: datetime, lease: timedelta) -> DirectMessage | None:
        """Take the next message that is due, to be sent at once."""
        ...

    def mark_sent(self, message: DirectMessage, owner: str, message_id: str) -> bool:
        """Record that it was sent."""
        ...

    def mark_unsent(self, message: DirectMessage, owner: str, error: str, *, is_known: bool) -> bool:
        """Record that it was not, or may not have been, sent."""
        ...

    def postpone(self, message: DirectMessage, owner: str, again: datetime, error: str) -> bool:
        """Give back a message that was not sent."""
        ...

    def give_up(self, now: datetime) -> int:
        """Record that messages may have been sent whose worker died."""
        ...


@dataclass(frozen=True, kw_only=True)
class Messenger:
    """Queues what is due and sends it. Nobody is written to twice: what may have been sent is not sent again.

    Args:
        ledger: of direct messages.
        platforms: by name.
        queue: `queue(now, render)` queues what is due and returns how many that were; it blocks.
        clock: the time in UTC.
        owner: the name under which this worker claims.
        times: how long a claim and a post may take.
    """

    ledger: DirectLedger
    platforms: Platforms
    queue: Callable[[datetime, Render], int]
    clock: Callable[[], datetime]
    owner: str
    times: Times

    async def run(self) -> None:
        """Send whatever is due."""
        now = self.clock()
        if n_lost := await asyncio.to_thread(self.ledger.give_up, now):
            log.warning("direct messages may or may not have been sent", n=n_lost)
        if n_queued := await asyncio.to_thread(self.queue, now, self._render):
            log.info("direct messages queued", n=n_queued)
        while message := await asyncio.to_thread(self.ledger.claim, self.owner, self.clock(), self.times.lease):
            await self._send(message)

    def _render(self, channel: str, document: Document) -> tuple[str, ...]:
        try:
            return platform_of(channel, self.platforms).render(document)
        except Refused:
            return ()  # the platform is off for now

    async def _send(self, message: DirectMessage) -> None:
        try:
            async with asyncio.timeout(self.times.publish.total_seconds()):
                platform = platform_of(message.channel, self.platforms)
                message_id = await platform.tell(message.person, message.body, message.key)
        except RateLimited as error:
            again = self.clock() + timedelta(seconds=error.retry_after)
            await asyncio.to_thread(self.ledger.postpone, message, self.owner, again, str(error)[:300])
        except (Refused, Ambiguous, TimeoutError) as error:
            why = str(error)[:300] or "no answer in time"
            is_known = isinstance(error, Refused)
            await asyncio.to_thread(self.ledger.mark_unsent, message, self.owner, why, is_known=is_known)
            log.warning("direct message not delivered", message=message.id, is_known=is_known, error=why)
        else:
            await asyncio.to_thread(self.ledger.mark_sent, message, self.owner, message_id)
            log.info("direct message sent", message=message.id, item=message.item)
