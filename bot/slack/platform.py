"""Slack as a platform: posts parts, looks them up by their key, replaces them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client import called
from bot.slack.render import render_slack
from bot.slack.replies import UNFURL
from briefings.document import Document
from briefings.errors import Ambiguous, Refused
from briefings.model import Part

EVENT = "briefing_part"  # the type of our message metadata; its payload is the key alone, every app can read it
PAGE = 100
MOST_PAGES = 20
SKEW = timedelta(minutes=2)  # between our clock and Slack's


@dataclass(kw_only=True)
class SlackPlatform:
    """Posts with the workspace's bot token. The first part goes to the channel, the others to its thread."""

    client: AsyncWebClient
    name: str = "slack"

    def render(self, document: Document) -> tuple[str, ...]:
        """Return the body of each message, the channel's first."""
        return render_slack(document)

    async def publish(self, part: Part) -> str:
        """Post one part and return its ts.

        Raises:
            DeliveryError: as Platform.publish says.
        """
        return await self._post(channel_id(part.channel), part.body, part.key, f"post to {part.channel}", part.parent)

    async def tell(self, person: str, body: str, key: str) -> str:
        """Send one message to a person's conversation with the app and return its ts.

        Raises:
            DeliveryError: as Platform.tell says.
        """
        return await self._post(person, body, key, f"direct message to {person}")

    async def find(self, key: str, channel: str, since: datetime, parent: str | None = None) -> str | None:
        """Look through the channel, or the thread of `parent`, for the message that carries a key.

        Raises:
            DeliveryError: it can't be read to the end.
        """
        asked: dict[str, Any] = {
            "channel": channel_id(channel),
            "oldest": f"{(since - SKEW).timestamp():.6f}",
            "include_all_metadata": True,  # without it the payload is left out
            "limit": PAGE,
        }
        for _ in range(MOST_PAGES):
            if parent:
                call = self.client.conversations_replies(ts=parent, **asked)
            else:
                call = self.client.conversations_history(**asked)
            answer = await called(call, f"look through {channel}")
            for message in answer.get("messages") or ():
                if _key_of(message) == key:
                    return str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None
            asked["cursor"] = cursor
        msg = f"look through {channel}: more than {MOST_PAGES * PAGE} messages since, not read to the end"
        raise Ambiguous(msg)

    async def edit(self, part: Part) -> None:
        """Replace a posted part by its body.

        Raises:
            DeliveryError: it was not changed.
        """
        if not part.message_id:
            msg = f"change of part {part.number} in {part.channel}: it was never posted"
            raise Refused(msg)
        await called(
            self.client.chat_update(
                channel=channel_id(part.channel),
                ts=part.message_id,
                **_message(part.body, part.key),
                link_names=False,
            ),
            f"change in {part.channel}",
        )

    async def _post(self, place: str, body: str, key: str, what: str, thread: str | None = None) -> str:
        answer = await called(
            self.client.chat_postMessage(channel=place, **_message(body, key), thread_ts=thread, **UNFURL), what
        )
        ts = answer.get("ts")
        if not ts:
            msg = f"{what}: Slack took it and named no message"
            raise Ambiguous(msg)
        return str(ts)


def channel_id(channel: str) -> str:
    """Return Slack's id of a channel written `slack:C123` or `slack:T01/C123`."""
    return channel.partition(":")[2].rpartition("/")[2]


def _message(body: str, key: str) -> dict[str, Any]:
    given: dict[str, Any] = json.loads(body)
    return {**given, "metadata": {"event_type": EVENT, "event_payload": {"key": key}}}


def _key_of(message: dict[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT:
        return ""
    return str((metadata.get("event_payload") or {}).get("key", ""))
