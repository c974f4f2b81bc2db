"""The gateway of the protocol server: hello, identify, ready, heartbeats, resume, invalid sessions, reconnects."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

Json = dict[str, Any]
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15


@dataclass
class Session:
    """What one identified client has been sent, for a resume."""

    id: str
    sent: list[Json] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None


@dataclass
class Gateway:
    """Speaks version 10 as discord.py needs it; refuses what Discord refuses."""

    token: str
    user: Json
    url: str = ""
    guilds: list[Json] = field(default_factory=list)
    sessions: dict[str, Session] = field(default_factory=dict)
    heartbeat_ms: int = 20_000
    n_identified: int = 0
    n_resumed: int = 0
    n_heartbeats: int = 0
    _numbers: Any = field(default_factory=lambda: count(1))

    @property
    def current(self) -> Session | None:
        """The session that is connected last."""
        live = [s for s in self.sessions.values() if s.socket is not None and not s.socket.closed]
        return live[-1] if live else None

    async def push(self, kind: str, data: Json, session: Session | None = None) -> None:
        """Send an event to every session, or to one; one that is away gets it when it resumes."""
        for each in [session] if session else list(self.sessions.values()):
            message = {"op": 0, "t": kind, "s": len(each.sent) + 1, "d": data}
            each.sent.append(message)
            if each.socket is not None and not each.socket.closed:
                await each.socket.send_json(message)

    async def drop(self, code: int = 4000) -> None:
        """Close every connection."""
        for session in self.sessions.values():
            if session.socket is not None:
                await session.socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Send the request to reconnect."""
        for session in self.sessions.values():
            if session.socket is not None and not session.socket.closed:
                await session.socket.send_json({"op": 7, "d": None})

    async def invalidate(self) -> None:
        """Say that the session can't go on."""
        gone = list(self.sessions.values())
        self.sessions.clear()
        for session in gone:
            if session.socket is not None and not session.socket.closed:
                await session.socket.send_json({"op": 9, "d": False})

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection."""
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": self.heartbeat_ms}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            await self._receive(socket, json.loads(message.data))
        return socket

    async def _receive(self, socket: web.WebSocketResponse, given: Json) -> None:
        match given["op"]:
            case 1:
                self.n_heartbeats += 1
                await socket.send_json({"op": 11})
            case 2:
                await self._identify(socket, given["d"])
            case 6:
                await self._resume(socket, given["d"])
            case 3 | 8:
                pass
            case _:
                await socket.close(code=4001)

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> None:
        if data["token"] != self.token:
            await socket.close(code=4004)
            return
        if data["intents"] & PRIVILEGED:
            await socket.close(code=4014)
            return
        self.n_identified += 1
        session = Session(id=f"session-{next(self._numbers)}", socket=socket)
        self.sessions = {session.id: session}
        waiting = [{"id": g["id"], "unavailable": True} for g in self.guilds]
        ready = {
            "v": 10, "user": self.user, "session_id": session.id, "resume_gateway_url": self.url, "guilds": waiting,
            "application": {"id": self.user["id"], "flags": 0},
        }  # fmt: skip
        await self.push("READY", ready, session)
        for guild in self.guilds:
            await self.push("GUILD_CREATE", guild, session)

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self.token:
            await socket.send_json({"op": 9, "d": False})
            return
        self.n_resumed += 1
        session.socket = socket
        for message in session.sent[data["seq"] :]:
            await socket.send_json(message)
        await self.push("RESUMED", {}, session)


def guild_data(guild: str, owner: str, channels: list[str]) -> Json:
    """Return a guild as the gateway describes it."""
    text = [{"id": c, "type": 0, "name": f"channel-{c}", "position": 0, "permission_overwrites": []} for c in channels]
    everyone = {
        "id": guild, "name": "@everyone", "color": 0, "hoist": False, "position": 0, "permissions": "0",
        "managed": False, "mentionable": False, "flags": 0,
    }  # fmt: skip
    return {
        "id": guild, "name": "Harbour watch", "owner_id": owner, "channels": text, "roles": [everyone], "emojis": [],
        "members": [], "threads": [], "presences": [], "features": [], "large": False, "unavailable": False,
        "member_count": 3, "stickers": [], "stage_instances": [], "voice_states": [], "guild_scheduled_events": [],
        "soundboard_sounds": [], "premium_tier": 0, "verification_level": 0, "default_message_notifications": 0,
        "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0, "preferred_locale": "en-GB",
        "system_channel_flags": 0, "premium_progress_bar_enabled": False,
    }  # fmt: skip
