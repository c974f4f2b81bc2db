"""Uploads the pictures of an answer, so that its message can show them; without them it shows their words."""

from __future__ import annotations

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client import TIMEOUT_S, called, is_direct
from briefings.document import Document, Picture
from briefings.errors import DeliveryError, Refused

MOST = 2  # pictures of one answer
MAX_TITLE = 250
log = structlog.get_logger(__name__)


async def upload(client: AsyncWebClient, document: Document) -> tuple[str, ...]:
    """Return the ids of a document's pictures in order, none when Slack does not take one of them."""
    pictures = [b for b in (*document.blocks, *document.detail) if isinstance(b, Picture) and b.png][:MOST]
    try:
        return tuple([await _upload(client, picture) for picture in pictures])
    except DeliveryError as error:
        log.warning("picture not uploaded", error=str(error))
        return ()


async def _upload(client: AsyncWebClient, picture: Picture) -> str:
    what, size = "upload of a picture", len(picture.png)
    place = await called(client.files_getUploadURLExternal(filename="timeline.png", length=size), what)
    await called(_send(client, str(place["upload_url"]), picture.png), what)
    number = str(place["file_id"])
    named: dict[str, str | None] = {"id": number, "title": picture.alt[:MAX_TITLE]}
    await called(client.files_completeUploadExternal(files=[named]), what)
    return number


async def _send(client: AsyncWebClient, url: str, png: bytes) -> None:
    proxy = None if is_direct(url) else client.proxy
    limit = aiohttp.ClientTimeout(total=TIMEOUT_S)
    async with aiohttp.ClientSession(timeout=limit) as session, session.post(url, data=png, proxy=proxy) as answer:
        if answer.status != 200:
            msg = f"upload of a picture: Slack answered {answer.status}"
            raise Refused(msg)
