"""The invitation link, and a check of what Discord must allow: token, application, commands, each channel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import discord

from bot.command_list import COMMANDS
from bot.discord.api import NEEDED, PERMISSIONS, Api, names_of
from briefings.errors import DeliveryError, TargetClosed

_INVITE = "https://discord.com/oauth2/authorize"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was looked at; `remedy` says what to do when it is not as it must be."""

    what: str
    remedy: str = ""


def invitation(application: str, guild: str = "") -> str:
    """Return the link with which the owner of a server invites the bot, with the least permissions that it needs."""
    asked = {"client_id": application, "scope": "bot applications.commands", "permissions": str(PERMISSIONS.value)}
    if guild:
        asked |= {"guild_id": guild, "disable_guild_select": "true"}
    return f"{_INVITE}?{urlencode(asked)}"


async def check(api: Api, application: str, channels: Iterable[str], guild: str = "") -> AsyncIterator[Finding]:
    """Yield what was found, the token first; without it nothing more can be found out.

    Args:
        api: sends requests.
        application: the id that the settings name.
        channels: ids of the channels that are posted to.
        guild: the one guild that has the commands, "" for all.
    """
    try:
        bot = await api.me()
        own = await api.request("GET", "/oauth2/applications/@me")
    except TargetClosed as error:
        yield Finding(what="token", remedy=str(error))
        return
    except DeliveryError as error:
        yield Finding(what="connection to Discord", remedy=f"{error}; check DISCORD_API_BASE_URL and the network")
        return
    yield Finding(what="token")
    is_own = str(own["id"]) == application
    yield Finding(
        what=f"application {application}",
        remedy="" if is_own else f"the token belongs to {own['id']}; set DISCORD_APPLICATION_ID to that",
    )
    yield await _commands(api, str(own["id"]), guild)
    for channel in dict.fromkeys(channels):
        yield await _channel(api, bot, channel, application)


async def _commands(api: Api, application: str, guild: str) -> Finding:
    path = f"/applications/{application}/{f'guilds/{guild}/' if guild else ''}commands"
    try:
        known = {c["name"] for c in await api.request("GET", path)}
    except DeliveryError as error:
        return Finding(what="commands", remedy=f"{error}; invite the bot again: {invitation(application, guild)}")
    missing = set(COMMANDS) - known
    remedy = "not registered yet; the worker does it when it starts with DISCORD_BOT_TOKEN set" if missing else ""
    return Finding(what="commands", remedy=remedy)


async def _channel(api: Api, bot: str, channel: str, application: str) -> Finding:
    what = f"channel discord:{channel}"
    try:
        found = await api.request("GET", "/channels/{channel_id}", channel_id=channel)
        if not found.get("guild_id"):
            return Finding(what=what)
        guild = await api.request("GET", "/guilds/{guild_id}", guild_id=str(found["guild_id"]))
        path = "/guilds/{guild_id}/members/" + bot
        member = await api.request("GET", path, guild_id=str(found["guild_id"]))
    except DeliveryError as error:
        return Finding(what=what, remedy=f"{error}; or invite the bot again: {invitation(application)}")
    has = permissions_in(guild, member, found)
    missing = [name for name in NEEDED if not getattr(has, name)]
    return Finding(what=what, remedy=f"give the bot there: {names_of(missing)}" if missing else "")


def permissions_in(
    guild: Mapping[str, Any], member: Mapping[str, Any], channel: Mapping[str, Any]
) -> discord.Permissions:
    """Return what a member may do in a channel: roles first, then the channel's own exceptions, the member's last."""
    person, everyone = str(member["user"]["id"]), str(guild["id"])
    held = {everyone, *map(str, member["roles"])}
    value = 0
    for role in guild["roles"]:
        value |= int(role["permissions"]) if str(role["id"]) in held else 0
    if discord.Permissions(value).administrator or str(guild["owner_id"]) == person:
        return discord.Permissions.all()
    exceptions = channel.get("permission_overwrites", [])
    for ids in ({everyone}, held - {everyone}, {person}):
        fitting = [x for x in exceptions if str(x["id"]) in ids]
        for x in fitting:
            value &= ~int(x["deny"])
        for x in fitting:
            value |= int(x["allow"])
    return discord.Permissions(value)
