"""Shows an answer to whoever asked: the deferred response is edited, more messages follow, pictures go along."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.discord.api import Api
from bot.discord.layout import clipped
from bot.discord.posting import NO_MENTIONS
from bot.discord.render import BUTTONS, ROWS, button, render_discord
from bot.interactions import Press
from briefings.answers.records import Reply
from briefings.document import Action, Document, Picture
from briefings.errors import Ambiguous

MESSAGES = 6  # of one answer, so that nobody's screen is flooded
PICTURES = 4
ALT = 1024  # characters of a picture's description
TRIES = 3  # of an edit whose answer got lost: the same edit again changes nothing
EPHEMERAL = 64
POST = Press(kind="post").written
_ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
_FOLLOWING = "/webhooks/{webhook_id}/{webhook_token}"

Body = dict[str, Any]


def bodies_of(reply: Reply, *, is_full: bool, is_postable: bool) -> list[Body]:
    """Return the messages of an answer.

    Args:
        reply: the answer.
        is_full: the rest of a briefing was asked for, so that its first message is left out.
        is_postable: a button offers to post it to the channel.
    """
    bodies: list[Body] = [json.loads(b) for b in render_discord(reply.document)]
    if is_full:
        bodies = bodies[1:] or bodies
    elif _has_full(reply.document):
        bodies = bodies[:1]
    bodies = bodies[:MESSAGES]
    for body in bodies:
        body.pop("thread", None)
    if is_postable:
        _offer_post(bodies[0])
    return bodies


def _has_full(document: Document) -> bool:
    return any(a.kind == "full" for b in document.blocks for a in getattr(b, "actions", ()))


def _offer_post(body: Body) -> None:
    """Add the button that posts a message to the channel, after the others where there is room."""
    rows = body.setdefault("components", [])
    made = button(Action("post", "Post to channel"), Document(title="", summary="", blocks=()))
    if rows and len(rows[-1]["components"]) < BUTTONS:
        rows[-1]["components"].append(made)
    elif len(rows) < ROWS:
        rows.append({"type": 1, "components": [made]})


def postable_body(message: discord.Message, person: int) -> dict[str, object]:
    """Return an answer that is shown to one person as a message for the channel; it says who posted it."""
    embeds = [e.to_dict() for e in message.embeds]
    kept = [{k: v for k, v in e.items() if k in {"title", "description", "color", "image"}} for e in embeds]
    for embed in kept:
        if isinstance(image := embed.get("image"), dict):
            embed["image"] = {"url": image.get("url", "")}
    signed = f"-# Posted by <@{person}>"
    content = f"{message.content}\n{signed}" if len(message.content) < 1900 else message.content
    return {"content": content.strip(), "embeds": kept}


@dataclass(kw_only=True)
class Replier:
    """Sends answers through the webhook that each interaction has for 15 minutes."""

    api: Api

    async def show(self, interaction: discord.Interaction, bodies: list[Body], document: Document) -> None:
        """Put the first message in the place of the deferred response and send the others after it.

        Raises:
            DeliveryError: it could not be shown.
        """
        webhook: dict[str, Any] = {"webhook_id": str(interaction.application_id), "webhook_token": interaction.token}
        first, *more = bodies
        pictures = [b for b in document.blocks if isinstance(b, Picture) and b.png][:PICTURES]
        await self._edit({"content": "", "components": [], **first, "allowed_mentions": NO_MENTIONS}, pictures, webhook)
        for body in more:
            sent = {**body, "flags": EPHEMERAL, "allowed_mentions": NO_MENTIONS}
            await self.api.request("POST", _FOLLOWING, json=sent, **webhook)

    async def open_form(self, interaction: discord.Interaction, modal: Mapping[str, object]) -> None:
        """Answer with a form; it must be the first response.

        Raises:
            DeliveryError: it was answered already or comes too late.
        """
        path = "/interactions/{interaction_id}/{interaction_token}/callback"
        ids: dict[str, Any] = {"interaction_id": str(interaction.id), "interaction_token": interaction.token}
        await self.api.request("POST", path, json={"type": 9, "data": modal}, **ids)

    async def _edit(self, body: Body, pictures: list[Picture], webhook: dict[str, Any]) -> None:
        for n in range(TRIES):
            try:
                if pictures:
                    await self.api.send_files("PATCH", _ORIGINAL, list(_form(body, pictures)), **webhook)
                else:
                    await self.api.request("PATCH", _ORIGINAL, json=body, **webhook)
            except Ambiguous:
                if n + 1 == TRIES:
                    raise
            else:
                return


def _form(body: Body, pictures: list[Picture]) -> Iterator[dict[str, Any]]:
    """Yield the parts of a request with pictures; each is shown in an embed of its own, or in the last one there is."""
    names = [f"picture-{n}.png" for n in range(1, len(pictures) + 1)]
    embeds = [dict(e) for e in body.get("embeds", [])]
    room = 10 - len(embeds)
    embeds += [{"image": {"url": f"attachment://{name}"}} for name in names[:room]]
    described = [{"id": n, "description": clipped(p.alt.strip(), ALT)} for n, p in enumerate(pictures)]
    payload = json.dumps({**body, "embeds": embeds, "attachments": described})
    yield {"name": "payload_json", "value": payload, "content_type": "application/json"}
    for n, (name, picture) in enumerate(zip(names, pictures, strict=True)):
        yield {"name": f"files[{n}]", "value": picture.png, "filename": name, "content_type": "image/png"}
