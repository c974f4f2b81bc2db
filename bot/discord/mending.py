"""Tells the one who can mend it that a channel can't be posted to: a direct message to the owner of the guild."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.discord.api import Api
from bot.discord.marking import nonce_of
from briefings.errors import BriefingBotError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Mender:
    """Writes to the owner once a day and channel; whoever can't be written to is passed over, the operators know.

    Args:
        api: sends requests.
        guild_of: the guild that subscribed a channel, "" when none did.
        is_first: takes the right to tell, so that one worker does; clock: the time in UTC.
    """

    api: Api
    guild_of: Callable[[str], str]
    is_first: Callable[[str, datetime], bool]
    clock: Callable[[], datetime]

    async def __call__(self, channel: str, why: str) -> None:
        """Tell the owner of a channel's guild."""
        try:
            await self._tell(channel, why)
        except BriefingBotError as error:
            log.warning("owner not told", channel=channel, error=str(error))

    async def _tell(self, channel: str, why: str) -> None:
        now = self.clock()
        guild = await asyncio.to_thread(self.guild_of, f"discord:{channel}")
        event = f"discord-closed:{channel}:{now:%Y-%m-%d}"
        if not guild.isdigit() or not await asyncio.to_thread(self.is_first, event, now):
            return
        found = await self.api.request("GET", "/guilds/{guild_id}", guild_id=guild)
        owner = str(found["owner_id"])
        words = (
            f"I can't post the briefing in <#{channel}>, so I have paused it. {why}. "
            "Once that is mended, type /subscribe there again."
        )
        direct = await self.api.request("POST", "/users/@me/channels", json={"recipient_id": owner})
        body = {"content": words, "nonce": nonce_of(event), "enforce_nonce": True, "allowed_mentions": {"parse": []}}
        await self.api.request("POST", "/channels/{channel_id}/messages", json=body, channel_id=str(direct["id"]))
