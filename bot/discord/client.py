"""The gateway client: hears interactions and guilds that leave, registers the commands when they changed."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import discord
import structlog

from bot.discord.answering import Answering
from bot.discord.api import LONGEST_WAIT_S
from bot.discord.tree import command_tree, digest_of

DIGEST = "discord_commands"

log = structlog.get_logger(__name__)


class Marks(Protocol):
    """Named values and rights in the store."""

    def get(self, name: str) -> str | None:
        """Return a value."""
        ...

    def set(self, name: str, value: str, now: datetime) -> None:
        """Set a value."""
        ...

    def hold(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        """Take or keep a right that one owner has at a time."""
        ...

    def let_go(self, name: str, owner: str) -> None:
        """Give a right back."""
        ...

    def is_first(self, event: str, now: datetime) -> bool:
        """Record an event; True for whoever brings it first."""
        ...


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What the client needs to answer what it hears."""

    answering: Answering
    marks: Marks
    forget: Callable[[str, datetime], int]  # deletes what a guild owned by then
    clock: Callable[[], datetime]
    guild: int | None = None  # the one that has the commands


class GatewayClient(discord.Client):
    """A plain client without privileged intents, which Discord lets serve up to 2,500 guilds; keeps no messages."""

    def __init__(self, heard: Heard) -> None:
        intents = discord.Intents.none()
        intents.guilds = True  # only to hear that one removed us
        super().__init__(
            intents=intents,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=LONGEST_WAIT_S,
            guild_ready_timeout=0.5,
        )
        self.heard = heard
        self.tree = command_tree(self, heard.answering.command, heard.answering.offer, heard.guild)
        self.tree.error(self._command_failed)

    async def setup_hook(self) -> None:
        """Register the commands, unless they are registered as they are declared."""
        digest = digest_of(self.tree, self.heard.guild, str(self.application_id))
        if await asyncio.to_thread(self.heard.marks.get, DIGEST) == digest:
            return
        place = discord.Object(self.heard.guild) if self.heard.guild else None
        try:
            commands = await self.tree.sync(guild=place)
        except discord.HTTPException as error:
            log.error("commands not registered", status=error.status, code=error.code)
            return
        await asyncio.to_thread(self.heard.marks.set, DIGEST, digest, self.heard.clock())
        log.info("commands registered", n=len(commands))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Pass on buttons and forms; commands and completion go through the tree."""
        if interaction.type is discord.InteractionType.component:
            await self.heard.answering.press(interaction)
        elif interaction.type is discord.InteractionType.modal_submit:
            await self.heard.answering.form(interaction)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Delete what a guild owned that removed the bot; an outage of Discord's comes as another event."""
        count = await asyncio.to_thread(self.heard.forget, str(guild.id), self.heard.clock())
        log.info("guild removed the bot", rows=count)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what went wrong and tell whoever waits for an answer."""
        log.error("event failed", event=event_method, exc_info=sys.exc_info())
        if args and isinstance(args[0], discord.Interaction):
            await self.heard.answering.failed(args[0])

    async def _command_failed(
        self, interaction: discord.Interaction, error: discord.app_commands.AppCommandError
    ) -> None:
        log.error("command failed", exc_info=error)
        await self.heard.answering.failed(interaction)
