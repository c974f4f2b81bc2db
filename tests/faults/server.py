"""A chat platform on loopback, in a thread of its own: keeps what it shows, dedupes or not, and fails on demand."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from aiohttp import web

Kind = Literal["dedupes", "asked", "blind"]
WINDOW_S = 6.0  # how long a deduping platform remembers a key
HANG_S = 8.0


@dataclass
class Message:
    """One message that people see."""

    id: str
    channel: str
    key: str
    body: str
    at: float
    delay: float = 0.0  # from the sending, by the sender's word, to the showing


@dataclass
class FakeServer:
    """`dedupes` returns the earlier message for a key for a while; `asked` makes another; `blind` can't be read either.

    `faults` are used up in order, one a post to the channel: an HTTP status, `fin`, `rst`, `hang`, `late`, `html`,
    `drop` (neither accepted nor answered), `429:<Retry-After>`, or the name of an error of the platform.
    """

    kind: Kind = "asked"
    shown: list[Message] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    waits: dict[str, float] = field(default_factory=dict)  # channel -> not before
    n_early: int = 0
    n_posts: int = 0
    _ready: threading.Event = field(default_factory=threading.Event)
    _stop: asyncio.Event | None = None
    _loop: asyncio.AbstractEventLoop | None = None
    _thread: threading.Thread | None = None
    url: str = ""

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(20)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._loop
        assert self._stop
        assert self._thread
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def posts(self, channel: str) -> list[str]:
        """Return the keys shown in a channel, in order."""
        return [m.key for m in self.shown if m.channel == channel]

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application()
        app.add_routes([web.post("/post", self._post), web.get("/find", self._find), web.post("/edit", self._edit)])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._ready.set()
        await self._stop.wait()
        await runner.cleanup()

    async def _post(self, request: web.Request) -> web.StreamResponse:
        given = await request.json()
        channel = given["channel"]
        self.n_posts += 1
        self.n_early += time.monotonic() < self.waits.get(channel, 0)
        fault = self.faults[channel].pop(0) if self.faults[channel] else ""
        refusal = self._refusal(channel, fault)
        if refusal is not None:
            return refusal
        if fault == "drop":
            return self._cut(request)
        message = self._show(given)
        return await self._answer(request, fault, message)

    def _refusal(self, channel: str, fault: str) -> web.Response | None:
        """Answer without showing anything."""
        if fault.startswith("429"):
            asked = fault.partition(":")[2]
            headers = {"Retry-After": asked} if asked else {}
            self.waits[channel] = time.monotonic() + float(asked or 0)
            return web.Response(status=429, headers=headers)
        if fault in {"401", "403", "404"}:
            return web.Response(status=int(fault))
        if fault.startswith("no:"):
            return web.json_response({"ok": False, "error": fault[3:]})
        return None

    async def _answer(self, request: web.Request, fault: str, message: Message) -> web.StreamResponse:
        """Answer badly what was shown."""
        if fault.isdigit():
            return web.Response(status=int(fault))
        if fault in {"fin", "rst"}:
            return self._cut(request, is_reset=fault == "rst")
        if fault == "hang":
            await asyncio.sleep(HANG_S)
        if fault == "late":
            await asyncio.sleep(1.6)
        if fault == "html":
            return web.Response(text="<html>gateway</html>", content_type="text/html")
        return web.json_response({"ok": True, "id": message.id})

    def _cut(self, request: web.Request, *, is_reset: bool = False) -> web.Response:
        assert request.transport
        if is_reset:
            raw = request.transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.close()
        return web.Response()

    def _show(self, given: dict[str, Any]) -> Message:
        now = time.monotonic()
        if self.kind == "dedupes":
            same = (m for m in self.shown if m.key == given["key"] and now - m.at < WINDOW_S)
            if (earlier := next(same, None)) is not None:
                return earlier
        made = Message(
            str(len(self.shown) + 1), given["channel"], given["key"], given["body"], now, time.time() - given["at"]
        )
        self.shown.append(made)
        return made

    async def _find(self, request: web.Request) -> web.Response:
        if self.kind == "blind":
            return web.Response(status=403)
        key = request.query["key"]
        found = next((m for m in self.shown if m.key == key and m.channel == request.query["channel"]), None)
        return web.json_response({"id": found.id if found else None})

    async def _edit(self, request: web.Request) -> web.Response:
        given = await request.json()
        for message in self.shown:
            if message.id == given["id"]:
                message.body = given["body"]
                return web.json_response({"ok": True})
        return web.Response(status=404)
