"""Brings answers to people on Slack: to the asker alone, or to the whole channel."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client import called, webhook
from bot.slack.lines import Json
from bot.slack.people import Place
from briefings.errors import Ambiguous, Refused, TargetClosed

MOST_PRIVATE = 4  # messages; a response_url works five times
UNFURL: Json = {"unfurl_links": False, "unfurl_media": False, "link_names": False}


@dataclass(frozen=True, kw_only=True)
class Replies:
    """Sends each answer once: one that may have been lost is not repeated, whoever asked can ask again."""

    client: AsyncWebClient

    async def private(self, place: Place, messages: Sequence[Json]) -> None:
        """Show messages to one person.

        Raises:
            DeliveryError: they were not, or may not have been, shown.
        """
        shown = [*messages[:MOST_PRIVATE]]
        if n_more := len(messages) - len(shown):
            shown.append({"text": f"{n_more} more messages do not fit here; narrow the question down."})
        for message in shown:
            await self._private(place, message)

    async def _private(self, place: Place, message: Json) -> None:
        if place.response_url:
            await self._respond(place, {**message, "response_type": "ephemeral", "replace_original": False})
            return
        if place.channel:
            try:
                await called(
                    self.client.chat_postEphemeral(channel=place.channel, user=place.user, **message),
                    f"answer in {place.channel}",
                )
            except TargetClosed:
                pass  # we are not in that channel: a direct message reaches the person
            else:
                return
        await called(self.client.chat_postMessage(channel=place.user, **message, **UNFURL), f"answer to {place.user}")

    async def public(self, place: Place, messages: Sequence[Json]) -> None:
        """Show messages to the whole channel: the first there or in the thread, the others in its thread.

        Raises:
            DeliveryError: they were not, or may not have been, shown.
        """
        thread = place.thread or None
        for number, message in enumerate(messages):
            try:
                answer = await called(
                    self.client.chat_postMessage(channel=place.channel, thread_ts=thread, **message, **UNFURL),
                    f"answer in {place.channel}",
                )
            except TargetClosed:
                if number or not place.response_url:
                    raise
                await self._respond(place, {**message, "response_type": "in_channel", "replace_original": False})
                return
            thread = thread or str(answer["ts"])

    async def _respond(self, place: Place, message: Json) -> None:
        what = f"answer to {place.user} in {place.channel}"
        answer = await called(webhook(place.response_url).send_dict(message), what)
        if answer.status_code >= 500:
            msg = f"{what}: the response_url answered {answer.status_code}"
            raise Ambiguous(msg)
        if answer.status_code != 200 or not _is_ok(answer.body):
            msg = f"{what}: the response_url answered {answer.status_code} ({answer.body[:80]})"
            raise Refused(msg)


def _is_ok(body: str) -> bool:
    if body.strip().lower() in {"ok", ""}:
        return True
    try:
        data = json.loads(body)
    except ValueError:
        return False
    return isinstance(data, dict) and bool(data.get("ok"))
