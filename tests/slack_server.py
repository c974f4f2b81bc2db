"""A strict stand-in for Slack on loopback: Web API, Socket Mode and response_urls. Refuses what Slack refuses."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.slack_acts import BOT_USER, TEAM, People
from tests.slack_rules import Broken, check_message, check_view, need
from tests.slack_workspace import Workspace

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-test-token-0001", "xapp-test-token-0001", "signing-secret-0001"
BOT = "B0BOT"
ALL_SCOPES = (
    "app_mentions:read,channels:history,channels:read,chat:write,commands,files:write,groups:history,groups:read,"
    "users:read"
)
DEADLINE_S = 3.0
EXPECTED = {"channel_not_found", "not_in_channel", "is_archived", "ratelimited", "user_not_found", "expired_trigger_id"}


@dataclass
class SlackServer(People, Workspace):
    """Runs in the test's loop.

    `faults[method]` are used up in order, one a call: lose (accept and drop the connection), drop, hang (accept, never
    answer), 429, 500, html, slow, or a word of Slack's such as is_archived.
    """

    scopes: str = ALL_SCOPES
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    is_limited: bool = False  # one message a second a channel
    trigger_s: float = DEADLINE_S
    ping_is_answered: bool = True
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)  # ephemeral and response_url messages
    views: list[dict[str, Any]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # rules that the app broke
    acks: list[float] = field(default_factory=list)  # seconds
    files: dict[str, bytes] = field(default_factory=dict)
    n_connections: int = 0
    retry_after: str = "1"
    _sockets: list[web.WebSocketResponse] = field(default_factory=list)
    _waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _connected: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_get("/ws", self._socket)
        app.router.add_post("/response/{id}", self._respond)
        app.router.add_post("/upload/{id}", self._take_file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        for socket in self._sockets:
            await socket.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    async def send(self, payload: Mapping[str, Any], kind: str = "", **more: Any) -> Any:
        """Send one envelope over the newest socket and wait for its acknowledgement, 3 s at most."""
        await asyncio.wait_for(self._connected.wait(), 10)
        kinds = {"event_callback": "events_api"}
        kind = kind or ("slash_commands" if "command" in payload else kinds.get(payload["type"], "interactive"))
        envelope = f"envelope-{next(self.ids)}"
        self._waiting[envelope] = asyncio.get_running_loop().create_future()
        began = time.monotonic()
        data = {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": True, **more}
        await self._sockets[-1].send_json(data)
        try:
            answer = await asyncio.wait_for(self._waiting[envelope], DEADLINE_S)
        except TimeoutError:
            self.broken.append(f"{kind} not acknowledged in {DEADLINE_S:g} s")
            raise
        self.acks.append(time.monotonic() - began)
        return answer

    async def refresh(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        self._connected.clear()
        await self._sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})
        await asyncio.wait_for(self._connected.wait(), 10)

    async def cut(self) -> None:
        """Close the websocket without a word; returns when the app is back."""
        self._connected.clear()
        await self._sockets[-1].close()
        await asyncio.wait_for(self._connected.wait(), 10)

    async def until(self, holds: Callable[[], object], seconds: float = 8) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            need(time.monotonic() < deadline, "waited in vain")
            await asyncio.sleep(0.01)

    # ---- Socket Mode and response_urls ---------------------------------------------------------------------

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        self.n_connections += 1
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})
        self._connected.set()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                data = json.loads(message.data)
                waiting = self._waiting.pop(data["envelope_id"], None)
                if waiting and not waiting.done():
                    waiting.set_result(data.get("payload"))
        return socket

    async def _respond(self, request: web.Request) -> web.Response:
        number = request.match_info["id"]
        body = await request.json()
        self.calls.append(("response_url", body))
        if self.faults["response_url"]:
            fault = self.faults["response_url"].pop(0)
            if fault == "lose":
                self.shown.append(body)
            if fault in {"lose", "drop"}:
                return self._dropped(request)
            return web.json_response({"ok": False, "error": fault}, status=500 if fault == "500" else 404)
        where, n_used = self.urls[number]
        if n_used >= 5:
            self.broken.append("response_url used more than 5 times")
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        self.urls[number] = (where, n_used + 1)
        try:
            check_message(body)
            need(body.get("response_type") in {"ephemeral", "in_channel"}, "response_type")
        except Broken as error:
            self.broken.append(str(error))
            return web.json_response({"ok": False, "error": error.word}, status=400)
        self.shown.append({**body, **where})
        return web.Response(text="ok")

    # ---- Web API -------------------------------------------------------------------------------------------

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body = await _read(request)
        self.calls.append((method, body))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token != (APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN):
            return web.json_response({"ok": False, "error": "invalid_auth"})
        fault = self.faults[method].pop(0) if self.faults[method] else ""
        if fault and fault not in {"lose", "hang", "slow"}:
            return self._refused(request, fault)
        return await self._answered(request, method, body, fault)

    def _refused(self, request: web.Request, fault: str) -> web.Response:
        """Answer what was not even looked at."""
        match fault:
            case "429":
                data = {"ok": False, "error": "ratelimited"}
                return web.json_response(data, status=429, headers={"Retry-After": self.retry_after})
            case "500":
                return web.Response(status=500, text="down")
            case "html" | "text":
                return web.Response(text="<html>", content_type=f"text/{'plain' if fault == 'text' else 'html'}")
            case "drop":
                return self._dropped(request)
            case _:
                return web.json_response({"ok": False, "error": fault})

    async def _answered(self, request: web.Request, method: str, body: dict[str, Any], fault: str) -> web.Response:
        try:
            data = getattr(self, "_" + re.sub(r"[^a-zA-Z]", "_", method), self._unknown)(body)
        except Broken as error:
            if error.word not in EXPECTED:
                self.broken.append(f"{method}: {error}")
            limited = {"status": 429, "headers": {"Retry-After": "1"}} if error.word == "ratelimited" else {}
            return web.json_response({"ok": False, "error": error.word}, **limited)
        if fault == "lose":
            return self._dropped(request)
        if fault:
            await asyncio.sleep(60 if fault == "hang" else 0.5)
        return web.json_response({"ok": True, **data}, headers={"x-oauth-scopes": self.scopes})

    def _dropped(self, request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    def _unknown(self, body: dict[str, Any]) -> dict[str, Any]:
        raise Broken("unknown_method", "no such method")

    def _auth_test(self, body: dict[str, Any]) -> dict[str, Any]:
        return {"team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT, "url": "https://test.slack.example/"}

    def _apps_connections_open(self, body: dict[str, Any]) -> dict[str, Any]:
        return {"url": f"ws://127.0.0.1:{self.port}/ws"}

    def _chat_postMessage(self, body: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        name = body["channel"]
        if name not in self.users:
            channel = self._channel(name)
            need(channel.is_member, name, "not_in_channel")
            need(not channel.is_archived, name, "is_archived")
        check_message(body)
        need(body.get("unfurl_links") is False and body.get("unfurl_media") is False, "unfurling is on")
        now = time.monotonic()
        need(not self.is_limited or now - self._last.get(name, 0) >= 1, name, "ratelimited")
        self._last[name] = now
        thread = body.get("thread_ts")
        roots = {m["ts"] for m in self.messages if m["channel"] == name and not m.get("thread_ts")}
        need(not thread or thread in roots, f"thread {thread}", "thread_not_found")
        ts = f"{time.time():.3f}{next(self.ids) % 1000:03d}"
        self.messages.append({**body, "ts": ts, "user": BOT_USER})
        return {"ts": ts, "channel": name}

    def _chat_postEphemeral(self, body: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        need(self._channel(body["channel"]).is_member, body["channel"], "not_in_channel")
        check_message(body)
        self.shown.append(body)
        return {"message_ts": "1.1"}

    def _chat_update(self, body: dict[str, Any]) -> dict[str, Any]:
        self._channel(body["channel"])
        check_message(body, is_update=True)
        found = next((m for m in self.messages if m["ts"] == body["ts"]), None)
        need(found is not None, body["ts"], "message_not_found")
        assert found is not None
        found.update({k: body[k] for k in ("text", "blocks", "metadata") if k in body})
        return {"ts": body["ts"]}

    async def _take_file(self, request: web.Request) -> web.Response:
        self.files[request.match_info["id"]] = await request.read()
        return web.Response(text="OK")

    def _files_getUploadURLExternal(self, body: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        number = f"F{next(self.ids)}"
        return {"upload_url": f"http://127.0.0.1:{self.port}/upload/{number}", "file_id": number}

    def _files_completeUploadExternal(self, body: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        files = json.loads(body["files"])
        need(all(self.files.get(f["id"]) for f in files), "nothing was uploaded", "file_not_found")
        return {"files": files}

    def _views_open(self, body: dict[str, Any]) -> dict[str, Any]:
        view = json.loads(body["view"]) if isinstance(body["view"], str) else body["view"]
        begun = self.triggers.pop(body["trigger_id"], 0.0)
        need(time.monotonic() - begun <= self.trigger_s, "the trigger is used or too old", "expired_trigger_id")
        check_view(view, "modal")
        self.views.append(view)
        return {"view": view}

    def _views_publish(self, body: dict[str, Any]) -> dict[str, Any]:
        view = json.loads(body["view"]) if isinstance(body["view"], str) else body["view"]
        check_view(view, "home")
        self.views.append(view)
        return {"view": view}


async def _read(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return {**request.query, **await request.json()}
    return {**request.query, **await request.post()}
