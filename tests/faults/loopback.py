"""The adapter of the platform on loopback: tells apart what a real adapter must, and can be killed on the way."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime

import aiohttp

from briefings.document import Document
from briefings.errors import Ambiguous, RateLimited, Refused, TargetClosed
from briefings.model import Part

_CLOSED = {"channel_not_found", "is_archived", "token_revoked"}


class LoopbackPlatform:
    """Posts by HTTP; a message carries its key."""

    name = "fake"

    def __init__(self, url: str, on_accepted: Callable[[Part], None] = lambda part: None) -> None:
        self._url = url
        self._on_accepted = on_accepted
        self._session: aiohttp.ClientSession | None = None

    def render(self, document: Document) -> tuple[str, ...]:
        return tuple(json.dumps({"text": t}) for t in (document.summary, *(["more"] if document.detail else [])))

    async def publish(self, part: Part) -> str:
        sent = {"key": part.key, "channel": part.channel, "body": part.body, "at": time.time()}
        try:
            async with self._open().post(f"{self._url}/post", json=sent) as answer:
                self._on_accepted(part)
                return self._message_id(answer.status, answer.headers.get("Retry-After"), await answer.read())
        except aiohttp.ClientError as error:
            raise Ambiguous(type(error).__name__) from error

    def _message_id(self, status: int, wait: str | None, body: bytes) -> str:
        if status == 429:
            msg = "slow down"
            raise RateLimited(msg, retry_after=float(wait or 1))
        if status in {401, 403, 404}:
            raise TargetClosed(str(status))
        if status >= 500:
            raise Ambiguous(str(status))
        try:
            answer = json.loads(body)
        except ValueError as error:
            msg = "not JSON"
            raise Ambiguous(msg) from error
        if not answer["ok"]:
            kind = TargetClosed if answer["error"] in _CLOSED else Refused
            raise kind(answer["error"])
        return str(answer["id"])

    async def find(self, key: str, channel: str, since: datetime, parent: str | None = None) -> str | None:
        try:
            async with self._open().get(f"{self._url}/find", params={"key": key, "channel": channel}) as answer:
                if answer.status != 200:
                    msg = "missing_scope"
                    raise Refused(msg)
                found: str | None = (await answer.json())["id"]
                return found
        except aiohttp.ClientError as error:
            raise Ambiguous(type(error).__name__) from error

    async def edit(self, part: Part) -> None:
        async with self._open().post(f"{self._url}/edit", json={"id": part.message_id, "body": part.body}) as answer:
            if answer.status != 200:
                raise Refused(str(answer.status))

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        return self._session
