"""Who asks on Slack and where, and whether they manage the channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client import called
from briefings.answers.records import Asker
from briefings.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who we are in a workspace."""

    team: str
    user: str
    bot: str = ""
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a person is and how an answer reaches them."""

    user: str
    channel: str = ""
    response_url: str = ""
    thread: str = ""


async def identify(client: AsyncWebClient) -> Identity:
    """Ask Slack who we are.

    Raises:
        DeliveryError: the token is refused, or no answer came.
    """
    answer = await called(client.auth_test(), "auth.test")
    granted = str(answer.headers.get("x-oauth-scopes") or answer.headers.get("X-OAuth-Scopes") or "")
    scopes = frozenset(s.strip() for s in granted.split(",") if s.strip())
    team, user, bot = (str(answer.get(name) or "") for name in ("team_id", "user_id", "bot_id"))
    return Identity(team=team, user=user, bot=bot, scopes=scopes)


def place_of(body: Mapping[str, Any]) -> Place:
    """Return where a command, a button or a shortcut was used."""
    user, channel = body.get("user") or {}, body.get("channel") or {}
    container = body.get("container") or {}
    return Place(
        user=str(body.get("user_id") or user.get("id", "")),
        channel=str(body.get("channel_id") or channel.get("id") or container.get("channel_id") or ""),
        response_url=str(body.get("response_url") or ""),
    )


def asker_at(place: Place, identity: Identity, *, is_manager: bool = False) -> Asker:
    """Return the asker at a place; someone on the Home tab is in their own channel."""
    channel = place.channel or place.user
    return Asker(tenant=identity.team, channel=f"slack:{channel}", user=place.user, is_manager=is_manager)


async def manages(client: AsyncWebClient, place: Place, identity: Identity, managers: frozenset[str]) -> bool:
    """Say whether a person manages a channel: named in MANAGERS, admin or owner of the workspace, or its creator.

    Raises:
        DeliveryError: Slack does not say who the person is.
    """
    if place.user in managers or f"slack:{place.user}" in managers:
        return True
    answer = await called(client.users_info(user=place.user), f"look up of {place.user}")
    person: Mapping[str, Any] = answer.get("user") or {}
    is_ours = person.get("team_id", identity.team) == identity.team  # not an admin of another, connected workspace
    if is_ours and any(person.get(f"is_{role}") for role in ("admin", "owner", "primary_owner")):
        return True
    return await _created(client, place)


async def _created(client: AsyncWebClient, place: Place) -> bool:
    channel = await look_up(client, place.channel)
    return bool(channel.get("creator")) and channel.get("creator") == place.user


async def look_up(client: AsyncWebClient, channel: str) -> Mapping[str, Any]:
    """Return what Slack says of a channel, nothing of one that the app may not see.

    Raises:
        DeliveryError: Slack gives no clear answer.
    """
    if not channel:
        return {}
    try:
        answer = await called(client.conversations_info(channel=channel), f"look up of {channel}")
    except Refused:
        return {}
    found: Mapping[str, Any] = answer.get("channel") or {}
    return found


__all__ = [
    "Identity", "Place", "asker_at", "identify", "look_up", "manages", "place_of",
]  # fmt: skip
