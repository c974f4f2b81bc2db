"""Requests to Discord through discord.py's rate-limited client, its failures told apart: no, later, or unclear."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from briefings.errors import Ambiguous, DeliveryError, RateLimited, Refused, TargetClosed

NEEDED = (
    "view_channel",
    "send_messages",
    "embed_links",
    "attach_files",
    "read_message_history",
    "create_public_threads",
    "send_messages_in_threads",
)
PERMISSIONS = discord.Permissions(**dict.fromkeys(NEEDED, True))
LONGEST_WAIT_S = 30.0  # discord.py waits by itself for less; a longer wait is ours to plan
OUT_OF_REACH_S = 15.0  # until the next try when no connection could be made
UNKNOWN_MESSAGE = 10008
ARCHIVED = 50083
HAS_THREAD = 160004
NO_THREADS_HERE = frozenset({50024, 50068, 160005})  # a thread, a voice channel, a direct message


def names_of(permissions: Iterable[str]) -> str:
    """Return permissions as Discord's settings call them."""
    return ", ".join(name.replace("_", " ").title() for name in permissions)


def point_to(api: str, gateway: str) -> None:
    """Set where discord.py finds the platform; Discord itself unless settings name another place."""
    Route.BASE = api.rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak


@dataclass(kw_only=True)
class Api:
    """A client that is logged in but holds no gateway: what every worker posts through."""

    token: str
    client: discord.Client | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def request(
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, object] | None = None,
        params: Mapping[str, object] | None = None,
        **ids: Any,
    ) -> Any:
        """Send one request and return the answer.

        Raises:
            DeliveryError: see `told_apart`.
        """
        client = await self._ready()
        given: dict[str, Any] = {"params": params} if params else {}
        if json is not None:
            given["json"] = json
        try:
            return await client.http.request(Route(method, path, **ids), **given)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise told_apart(error) from error

    async def send_files(self, method: str, path: str, parts: list[dict[str, Any]], **ids: Any) -> Any:
        """Send one request with files.

        Raises:
            DeliveryError: see `told_apart`.
        """
        client = await self._ready()
        try:
            return await client.http.request(Route(method, path, **ids), form=parts)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise told_apart(error) from error

    async def me(self) -> str:
        """Return the id of the bot.

        Raises:
            DeliveryError: it could not log in.
        """
        client = await self._ready()
        return str(client.user.id) if client.user else ""

    async def close(self) -> None:
        """Give the connections back."""
        if self.client is not None:
            await self.client.close()
            self.client = None

    async def _ready(self) -> discord.Client:
        """Return the client, logged in; while that fails nothing was posted."""
        async with self._lock:
            if self.client is not None:
                return self.client
            client = discord.Client(intents=discord.Intents(guilds=True), max_ratelimit_timeout=LONGEST_WAIT_S)
            try:
                await client.login(self.token)
                self.client = client
            except discord.LoginFailure as error:
                raise told_apart(error) from error
            except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
                msg = f"Discord can't be reached to log in ({type(error).__name__}); it is tried again"
                raise RateLimited(msg, retry_after=OUT_OF_REACH_S) from error
            finally:
                if self.client is None:
                    await client.close()
            return client


def told_apart(error: Exception) -> DeliveryError:
    """Return what a failure means for a post.

    Only an answer that says no, or a connection that was never made, is known not to have posted anything.
    """
    match error:
        case discord.RateLimited(retry_after=wait):
            return RateLimited(f"Discord asks to wait {wait:g} s", retry_after=wait)
        case discord.LoginFailure():
            return TargetClosed("Discord does not accept the bot's token; set DISCORD_BOT_TOKEN anew")
        case discord.HTTPException():
            return _answered(error)
        case aiohttp.ClientConnectorError():
            return RateLimited("Discord can't be reached; it is tried again", retry_after=OUT_OF_REACH_S)
        case _:
            return Ambiguous(f"the connection to Discord failed ({type(error).__name__})")


def _answered(error: discord.HTTPException) -> DeliveryError:
    status, code = error.status, error.code
    why = f"{status}, code {code}: {error.text[:120]}" if code else f"{status}"
    if status == 429:
        wait = _wait_of(error)
        return RateLimited(f"Discord asks to wait {wait:g} s", retry_after=wait)
    if status >= 500:
        return Ambiguous(f"Discord failed ({status})")
    if status == 401:
        return TargetClosed(f"Discord does not accept the bot's token ({why}); set DISCORD_BOT_TOKEN anew")
    if status in {403, 404} and code != UNKNOWN_MESSAGE:
        return TargetClosed(f"Discord refuses ({why}); give the bot there: {names_of(NEEDED)}")
    return Refused(f"Discord refuses ({why})")


def _wait_of(error: discord.HTTPException) -> float:
    """Return the seconds of a 429; a minute where it names none."""
    given = getattr(error.response, "headers", {}).get("Retry-After", "")
    try:
        return min(max(float(given), 1.0), 3600.0)
    except ValueError:
        return 60.0


def code_of(error: DeliveryError) -> int:
    """Return Discord's own code of a refusal, 0 where there is none."""
    return int(getattr(error.__cause__, "code", 0))
