"""Posts, finds and changes messages on Discord: the first part in the channel, the others in the thread on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from bot.discord.api import ARCHIVED, HAS_THREAD, NO_THREADS_HERE, Api, code_of
from bot.discord.marking import LOOK_BACK, body_of, carries, id_at, marked, nonce_of
from bot.discord.render import render_discord
from briefings.document import Document
from briefings.errors import Ambiguous, DeliveryError, RateLimited, Refused, TargetClosed
from briefings.model import Part

PAGE = 100  # messages of history that Discord gives at a time
PAGES = 20  # read at most; more since an attempt is too much to be sure
AGAIN_S = 60.0  # until a conversation that may not have been opened is opened again
THREAD_MINUTES = 1440  # without a message until a thread is put away
NO_MENTIONS: dict[str, list[str]] = {"parse": []}

log = structlog.get_logger(__name__)
TellClosed = Callable[[str, str], Awaitable[object]]  # tell_closed(channel id, why)


async def _tell_nobody(channel: str, why: str) -> None:
    """Tell nobody."""


@dataclass(kw_only=True)
class Poster:
    """The posting half of the platform; needs no gateway, so any worker can do it.

    Args:
        api: sends requests.
        tell_closed: told once a channel can't be posted to, to tell whoever can mend it.
    """

    api: Api
    tell_closed: TellClosed = _tell_nobody
    name: str = "discord"

    def render(self, document: Document) -> tuple[str, ...]:
        """Return the body of each message as JSON text, the channel message first."""
        return render_discord(document)

    async def publish(self, part: Part) -> str:
        """Post one part; a second try within minutes gives back the first one's message.

        Raises:
            Refused: nothing was posted.
            RateLimited: nothing was posted; try after the time it names.
            Ambiguous: it may have been posted.
        """
        channel = channel_id(part.channel)
        body = body_of(part.body)
        thread = str(body.pop("thread", "") or "Full briefing")
        sent = {**marked(body, part.key), "nonce": nonce_of(part.key), "enforce_nonce": True}
        try:
            place = await self._thread(channel, part.parent, thread) if part.parent else channel
            return await self._post(place, sent)
        except TargetClosed as error:
            await self.tell_closed(channel, str(error))
            raise

    async def find(self, key: str, channel: str, since: datetime, parent: str | None = None) -> str | None:
        """Return the id of the message that carries the mark of a key, None when there surely is none.

        Raises:
            DeliveryError: the channel can't be read.
        """
        own = await self.api.me()
        home = channel_id(channel)
        for place in (parent, home) if parent else (home,):
            found = await self._find_in(place, key, since, own, may_be_missing=place == parent)
            if found:
                return found
        return None

    async def edit(self, part: Part) -> None:
        """Replace a message by the body of the part.

        Raises:
            DeliveryError: the message was not changed.
        """
        if part.message_id is None:
            msg = "the message has no id"
            raise Refused(msg)
        body = body_of(part.body)
        body.pop("thread", None)
        new = {"content": "", "components": [], **marked(body, part.key), "allowed_mentions": NO_MENTIONS}
        home = channel_id(part.channel)
        try:
            await self._edit_in(part.parent or home, part.message_id, new)
        except Refused:
            if not part.parent:
                raise
            await self._edit_in(home, part.message_id, new)  # where there are no threads

    async def post_once(self, channel: str, body: dict[str, object], key: str) -> str:
        """Post a message that no delivery knows of, and return its id.

        Raises:
            DeliveryError: it was not posted, or that is not known.
        """
        return await self._post(channel, {**body, "nonce": nonce_of(key), "enforce_nonce": True})

    async def tell(self, person: str, body: str, key: str) -> str:
        """Send one message to one person alone; the same key again within minutes sends nothing.

        Raises:
            Refused: it was not sent, e.g. because the person takes no messages of the bot.
            RateLimited: it was not sent; try after the time it names.
            Ambiguous: it may have been sent.
        """
        given = body_of(body)
        given.pop("thread", None)
        try:
            direct = await self.api.request("POST", "/users/@me/channels", json={"recipient_id": person})
        except Ambiguous as error:  # opened or not, nothing was said
            raise RateLimited(str(error), retry_after=AGAIN_S) from error
        try:
            return await self.post_once(_id_of(direct), given, key)
        except Ambiguous:
            return await self.post_once(_id_of(direct), given, key)  # Discord gives back the first one by its nonce

    async def _post(self, place: str, body: dict[str, object]) -> str:
        given = {**body, "allowed_mentions": NO_MENTIONS}
        message = await self.api.request("POST", "/channels/{channel_id}/messages", json=given, channel_id=place)
        return _id_of(message)

    async def _thread(self, channel: str, parent: str, name: str) -> str:
        """Return the thread on a message, begun if need be; the channel itself where there can be none."""
        wanted = {"name": name, "auto_archive_duration": THREAD_MINUTES}
        path = "/channels/{channel_id}/messages/{message_id}/threads"
        try:
            await self.api.request("POST", path, json=wanted, channel_id=channel, message_id=parent)
        except Ambiguous:
            return parent  # begun or not, its id is that of the message; the post will tell
        except Refused as error:
            if code_of(error) in NO_THREADS_HERE:
                return channel
            if code_of(error) != HAS_THREAD:
                raise
        return parent

    async def _find_in(self, place: str, key: str, since: datetime, own: str, *, may_be_missing: bool) -> str | None:
        after = id_at(since - LOOK_BACK)
        for _ in range(PAGES):
            params = {"limit": PAGE, "after": after}
            try:
                page = await self.api.request("GET", "/channels/{channel_id}/messages", params=params, channel_id=place)
            except TargetClosed as error:
                if may_be_missing and _is_missing(error):
                    return None
                raise
            for message in page:
                if message["author"]["id"] == own and carries(message, key):
                    return _id_of(message)
            if len(page) < PAGE:
                return None
            after = max(int(m["id"]) for m in page)
        msg = f"more than {PAGE * PAGES:,} messages came since; look by hand"
        raise Ambiguous(msg)

    async def _edit_in(self, place: str, message: str, body: dict[str, object]) -> None:
        path = "/channels/{channel_id}/messages/{message_id}"
        try:
            await self.api.request("PATCH", path, json=body, channel_id=place, message_id=message)
        except Refused as error:
            if code_of(error) != ARCHIVED:
                raise
            await self.api.request("PATCH", "/channels/{channel_id}", json={"archived": False}, channel_id=place)
            await self.api.request("PATCH", path, json=body, channel_id=place, message_id=message)


def channel_id(channel: str) -> str:
    """Return the id in a channel written `discord:123`.

    Raises:
        Refused: there is none.
    """
    number = channel.partition(":")[2]
    if not number.isdigit():
        msg = f"'{channel}' is not a Discord channel; it looks like discord:123456789012345678"
        raise Refused(msg)
    return number


def _is_missing(error: DeliveryError) -> bool:
    return int(getattr(error.__cause__, "status", 0)) == 404


def _id_of(message: Any) -> str:
    """Return the id of a message as Discord answered it.

    Raises:
        Ambiguous: the answer is no message.
    """
    if isinstance(message, dict) and isinstance(message.get("id"), str):
        found: str = message["id"]
        return found
    msg = "Discord's answer was no message"
    raise Ambiguous(msg)
