"""Puts Discord's parts together for the app, which hands over the settings and what else they need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.commands import Answer
from bot.discord.adapter import DiscordPlatform
from bot.discord.answering import Answering
from bot.discord.api import Api, point_to
from bot.discord.client import Heard
from bot.discord.mending import Mender
from bot.discord.posting import Poster
from bot.discord.replying import Replier
from briefings.use_cases.completion import Completer
from briefings.use_cases.newsroom import Newsroom
from config.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordUses:
    """What Discord's parts use of the rest; `answer(query, now, as_of=None)`, `owner` names this worker."""

    answer: Answer
    room: Newsroom
    clock: Callable[[], datetime]
    owner: str

    def guild_of(self, channel: str) -> str:
        """Return the guild that subscribed a channel, "" when none did."""
        return next((s.tenant for s in self.room.store.subscriptions.active() if s.channel == channel), "")


def discord_api(settings: Settings) -> Api:
    """Return what sends requests, pointed to where the settings say Discord is."""
    point_to(settings.discord_api_base_url, settings.discord_gateway_url)
    return Api(token=_token(settings))


def discord_platform(settings: Settings, uses: DiscordUses) -> DiscordPlatform:
    """Return what posts and, while it holds the gateway, answers."""
    api, store = discord_api(settings), uses.room.store
    tell_closed = Mender(api=api, guild_of=uses.guild_of, is_first=store.marks.is_first, clock=uses.clock)
    answering = Answering(
        answer=uses.answer,
        complete=Completer(uses.room),
        clock=uses.clock,
        is_first=store.marks.is_first,
        poster=Poster(api=api),
        replier=Replier(api=api),
        managers=frozenset(settings.managers),
    )
    heard = Heard(
        answering=answering,
        marks=store.marks,
        forget=store.tenants.forget,
        clock=uses.clock,
        guild=int(settings.discord_guild_id) if settings.discord_guild_id else None,
    )
    return DiscordPlatform(api=api, tell_closed=tell_closed, heard=heard, owner=uses.owner, token=_token(settings))


def _token(settings: Settings) -> str:
    return settings.discord_bot_token.get_secret_value() if settings.discord_bot_token else ""
