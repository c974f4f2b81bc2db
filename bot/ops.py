"""Tells the operators what they must know, in their channel and in the log."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.platform import Platforms, platform_of
from briefings.document import Document, Paragraph, Text
from briefings.errors import DeliveryError
from briefings.model import Part

QUIET = timedelta(hours=1)  # the same words are not posted again within

log = structlog.get_logger(__name__)


@dataclass(kw_only=True)
class OpsChannel:
    """Posts alerts to the ops channel. An alert that can't be posted stays in the log: it never raises."""

    platforms: Platforms
    channel: str
    clock: Callable[[], datetime]
    _told: dict[str, datetime] = field(default_factory=dict)

    async def __call__(self, words: str) -> None:
        """Tell the operators once an hour at most."""
        now = self.clock()
        log.warning("alert", words=words)
        self._told = {w: at for w, at in self._told.items() if now - at < QUIET}
        if words in self._told:
            return
        self._told[words] = now
        try:
            await self._post(words, now)
        except DeliveryError as error:
            log.error("alert not posted", channel=self.channel, error=str(error))

    async def _post(self, words: str, now: datetime) -> None:
        platform = platform_of(self.channel, self.platforms)
        said = f"Briefing Bot: {words}"
        document = Document(title="Operations", summary=said, blocks=(Paragraph((Text(said),)),))
        stem = hashlib.sha256(f"{now.isoformat()} {words}".encode()).hexdigest()[:20]
        for number, body in enumerate(platform.render(document), 1):
            key = f"{stem}-{number}"
            part = Part(delivery=0, number=number, key=key, channel=self.channel, body=body, state="sending")
            await platform.publish(part)
