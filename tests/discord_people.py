"""What people do on the Discord of ours: type commands, press buttons, fill in forms, remove the bot."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from tests.discord_gateway import Gateway

Json = dict[str, Any]
TOKEN = "bot-token-of-a-test"
BOT, GUILD, OWNER, MEMBER = "900000000000000001", "700000000000000001", "800000000000000001", "800000000000000002"
CHANNEL, LOCKED, OTHER = "600000000000000001", "600000000000000002", "600000000000000003"
EPOCH_MS = 1_420_070_400_000
READ, MANAGE = str(1 << 10 | 1 << 11), str(1 << 4 | 1 << 10 | 1 << 11)


@dataclass
class Asked:
    """An interaction that was sent, and what the bot made of it."""

    id: str
    token: str
    at: float
    first: Json | None = None  # the initial response
    first_after: float = 0.0  # seconds
    edits: list[Json] = field(default_factory=list)
    more: list[Json] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    async def answered(self, within: float = 5) -> Json:
        """Wait for the edit of the deferred response."""
        await wait_until(lambda: bool(self.edits), within)
        return self.edits[-1]


async def wait_until(is_so: Any, within: float = 10) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < deadline, "it did not come to be in time"
        await asyncio.sleep(0.01)


class People:
    """The half of the server that acts for people."""

    gateway: Gateway
    asked: dict[str, Asked]
    _last_id: int

    async def type_command(self, name: str, *, rights: str = READ, **options: Any) -> Asked:
        """Let a member type a command."""
        given = [{"name": k, "type": 4 if isinstance(v, int) else 3, "value": v} for k, v in options.items()]
        return await self._interact(2, {"id": "5", "name": name, "type": 1, "options": given}, rights=rights)

    async def type_option(self, name: str, option: str, value: str) -> list[str]:
        """Let a member type the beginning of an option and return what is offered."""
        given = [{"name": option, "type": 3, "value": value, "focused": True}]
        asked = await self._interact(4, {"id": "5", "name": name, "type": 1, "options": given})
        await wait_until(lambda: asked.first is not None, 3)
        assert asked.first is not None
        return [c["value"] for c in asked.first["data"]["choices"]]

    async def press(self, message: Json, label: str, *, rights: str = READ) -> Asked:
        """Let a member press the button of a message."""
        buttons = [b for row in message["components"] for b in row["components"]]
        found = next(b["custom_id"] for b in buttons if b["label"] == label)
        return await self._interact(3, {"custom_id": found, "component_type": 2}, message=message, rights=rights)

    async def fill_in(self, form: Asked, **values: str) -> Asked:
        """Let a member send the form that a button opened."""
        assert form.first is not None
        sent = []
        for row in form.first["data"]["components"]:
            inner, value = row["component"], values.get(row["component"]["custom_id"], "")
            filled = {"values": [value] if value else []} if inner["type"] == 3 else {"value": value}
            sent.append({"type": 18, "component": {"type": inner["type"], "custom_id": inner["custom_id"], **filled}})
        return await self._interact(5, {"custom_id": form.first["data"]["custom_id"], "components": sent})

    async def repeat(self, asked: Asked) -> None:
        """Deliver an interaction once more."""
        data = next(m["d"] for s in self.gateway.sessions.values() for m in s.sent if m["d"].get("id") == asked.id)
        await self.gateway.push("INTERACTION_CREATE", data)

    async def _interact(self, kind: int, data: Json, message: Json | None = None, rights: str = READ) -> Asked:
        number = str(self._next_id())
        asked = self.asked[number] = Asked(id=number, token=f"token-{number}", at=time.monotonic())
        person = {"id": MEMBER, "username": "reader", "discriminator": "0", "avatar": None}
        member = {"user": person, "roles": [], "joined_at": "2031-01-01T00:00:00+00:00", "deaf": False, "mute": False}
        event = {
            "id": number, "application_id": BOT, "type": kind, "data": data, "token": asked.token, "version": 1,
            "guild_id": GUILD, "channel_id": CHANNEL, "channel": {"id": CHANNEL, "type": 0, "name": "news"},
            "member": {**member, "permissions": rights, "flags": 0}, "app_permissions": "2147483647",
            "locale": "en-GB", "entitlements": [], "authorizing_integration_owners": {}, "context": 0,
            "attachment_size_limit": 10_000_000,
        }  # fmt: skip
        await self.gateway.push("INTERACTION_CREATE", event | ({"message": message} if message else {}))
        return asked

    async def remove_bot(self, *, is_outage: bool = False) -> None:
        """Let a guild go, or become unavailable."""
        await self.gateway.push("GUILD_DELETE", {"id": GUILD} | ({"unavailable": True} if is_outage else {}))

    def shown(self, body: Json) -> Json:
        """Return an answer as a message that its buttons can be pressed on."""
        base = {"author": self.gateway.user, "channel_id": CHANNEL, "type": 0, "attachments": [], "mentions": []}
        more = {"timestamp": "2031-05-04T12:00:00+00:00", "edited_timestamp": None, "tts": False, "pinned": False}
        last = {"mention_everyone": False, "mention_roles": [], "components": body.get("components", []), "flags": 64}
        return {**base, **more, **last, **self._as_message(body)}

    def _as_message(self, body: Json) -> Json:
        return {"id": str(self._next_id()), "content": body.get("content", ""), "embeds": body.get("embeds", [])}

    def _next_id(self) -> int:
        wanted = (int(time.time() * 1000) - EPOCH_MS) << 22
        self._last_id = max(wanted, self._last_id + 1)
        return self._last_id
