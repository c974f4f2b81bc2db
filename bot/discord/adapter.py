"""Discord as a platform: every worker posts by REST; one of them holds the gateway and answers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.discord.client import GatewayClient, Heard, Marks
from bot.discord.posting import Poster
from bot.platform import Handle
from briefings.errors import StoreError

GATEWAY = "discord_gateway"  # the right to hold it
LEASE = timedelta(seconds=60)
RENEW_S = 15.0
TRY_S = 15.0  # between two tries to take over: with the lease, 75 s at most after a worker died

log = structlog.get_logger(__name__)


@dataclass(kw_only=True)
class DiscordPlatform(Poster):
    """Posting, and answering while this worker holds the gateway.

    Args:
        heard: what answering needs.
        owner: the name under which this worker holds the gateway.
    """

    heard: Heard
    owner: str
    token: str
    renew_s: float = RENEW_S
    try_s: float = TRY_S
    lease: timedelta = LEASE
    _client: GatewayClient | None = field(default=None)
    _is_held_elsewhere: bool = False

    @property
    def is_connected(self) -> bool:
        """Whether commands can be answered: the gateway is ready here, or another worker holds it."""
        return self._is_held_elsewhere if self._client is None else self._client.is_ready()

    async def listen(self, handle: Handle) -> None:
        """Answer while this worker holds the gateway; wait for it while another does. Ends when cancelled."""
        try:
            while True:
                is_ours = await self._take()
                self._is_held_elsewhere = not is_ours
                if is_ours:
                    await self._hold()
                else:
                    await asyncio.sleep(self.try_s)
        finally:
            self._is_held_elsewhere = False
            await self._let_go()

    async def close(self) -> None:
        """Give the connections back once nothing is posted any more."""
        await self.api.close()

    async def _hold(self) -> None:
        """Answer until the right to is lost or the connection fails for good."""
        await self.api.me()  # the first answer need not wait for a login
        self._client = client = GatewayClient(self.heard)
        log.info("holding the gateway")
        answering = asyncio.create_task(client.start(self.token))
        keeping = asyncio.create_task(self._keep())
        try:
            await asyncio.wait({answering, keeping}, return_when=asyncio.FIRST_COMPLETED)
            if answering.done():
                answering.result()
        finally:
            self._client = None
            for task in (answering, keeping):
                task.cancel()
            await client.close()
            await asyncio.gather(answering, keeping, return_exceptions=True)
            log.info("gateway closed")

    async def _keep(self) -> None:
        """Renew the right to the gateway until it is lost."""
        loop = asyncio.get_running_loop()
        held_until = loop.time() + self.lease.total_seconds()
        while loop.time() < held_until:
            await asyncio.sleep(self.renew_s)
            try:
                if not await self._take():
                    return
            except StoreError as error:
                log.warning("gateway lease not renewed", error=str(error))
            else:
                held_until = loop.time() + self.lease.total_seconds()

    async def _take(self) -> bool:
        now = self.heard.clock()
        return await asyncio.to_thread(self.marks.hold, GATEWAY, self.owner, now, now + self.lease)

    async def _let_go(self) -> None:
        try:
            await asyncio.to_thread(self.marks.let_go, GATEWAY, self.owner)
        except StoreError as error:
            log.warning("gateway lease not given back", error=str(error))

    @property
    def marks(self) -> Marks:
        """Where the right to the gateway is kept."""
        return self.heard.marks
