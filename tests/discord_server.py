"""A small strict Discord on loopback: REST and gateway. It refuses what Discord refuses and fails when told to."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.discord_gateway import Gateway, guild_data
from tests.discord_limits import command_errors, message_errors, modal_errors
from tests.discord_people import BOT, CHANNEL, GUILD, LOCKED, OTHER, OWNER, TOKEN, Asked, People

Json = dict[str, Any]


def refusal(status: int, code: int, message: str, **more: Any) -> web.Response:
    return web.json_response({"code": code, "message": message, **more}, status=status, headers={"Via": "1.1 test"})


@dataclass
class DiscordServer(People):
    """`async with DiscordServer() as server:`; `faults` are used up in order, one a post.

    `drop`: accepts and drops the connection; `reset`: drops it before; `limit`: 429 as the proxy says it, without Via;
    `wait`: 429 with Via; a number: that status before anything is accepted; `late`: accepts, then answers a 504;
    `stall`: accepts and does not answer.
    """

    window_s: float = 120.0  # in which a nonce gives back the earlier message
    retry_after: float = 0.3
    deadline_s: float = 3.0  # for the initial response
    faults: list[str] = field(default_factory=list)
    port: int = 0
    rights: str = str((1 << 53) - 1 - 8)  # of everyone in the guild; `denied` takes some away in each channel
    denied: str = "0"
    closed_to_us: set[str] = field(default_factory=set)  # people who take no direct messages

    def __post_init__(self) -> None:
        user = {"id": BOT, "username": "briefing-bot", "discriminator": "0", "avatar": None, "bot": True}
        self.gateway = Gateway(token=TOKEN, user=user)
        self.gateway.guilds.append(guild_data(GUILD, OWNER, [CHANNEL, LOCKED, OTHER]))
        self.messages: dict[str, list[Json]] = {CHANNEL: [], OTHER: []}
        self.threads: dict[str, str] = {}  # id -> the channel
        self.direct: dict[str, str] = {}  # id of a channel -> person
        self.commands: list[list[Json]] = []
        self.asked: dict[str, Asked] = {}
        self.nonces: dict[tuple[str, str], tuple[float, Json]] = {}
        self.requests: list[str] = []
        self.errors: list[str] = []  # what a bot must not do
        self.closed_until = 0.0  # after a 429, no post may come before
        self._last_id = 0

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._guarded])
        app.add_routes([
            web.get("/gateway/", self.gateway.serve),
            web.get("/api/users/@me", self._me),
            web.get("/api/oauth2/applications/@me", self._application),
            web.get("/api/guilds/{guild}", self._guild),
            web.get("/api/guilds/{guild}/members/{person}", self._member),
            web.get("/api/applications/{app}/commands", self._registered),
            web.post("/api/users/@me/channels", self._open_direct),
            web.put("/api/applications/{app}/commands", self._register),
            web.put("/api/applications/{app}/guilds/{guild}/commands", self._register),
            web.get("/api/channels/{channel}", self._channel),
            web.get("/api/channels/{channel}/messages", self._history),
            web.post("/api/channels/{channel}/messages", self._create),
            web.patch("/api/channels/{channel}/messages/{message}", self._change),
            web.post("/api/channels/{channel}/messages/{message}/threads", self._begin_thread),
            web.post("/api/interactions/{id}/{token}/callback", self._respond),
            web.patch("/api/webhooks/{app}/{token}/messages/@original", self._edit_response),
            web.post("/api/webhooks/{app}/{token}", self._follow_up),
        ])  # fmt: skip
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.gateway.url = self.gateway_url
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.drop(1001)
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway/"

    def count(self, start: str) -> int:
        """Return how many requests began so: "POST /api/channels"."""
        return sum(r.startswith(start) for r in self.requests)

    # ---- requests --------------------------------------------------------------------------------------

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.requests.append(f"{request.method} {request.path}")
        is_open = request.path.startswith(("/api/interactions", "/api/webhooks", "/gateway"))
        if not is_open and request.headers.get("Authorization") != f"Bot {TOKEN}":
            response = refusal(401, 0, "401: Unauthorized")
            response.headers["Content-Type"] = "application/json"
            return response
        response: web.StreamResponse = await handler(request)
        if response.content_type == "application/json":
            response.headers["Content-Type"] = "application/json"  # as Discord writes it, and discord.py reads it
        if request.path.startswith("/api/channels") and response.status < 400:
            response.headers.update({
                "X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "49", "X-RateLimit-Reset-After": "1",
                "X-RateLimit-Reset": str(time.time() + 1), "X-RateLimit-Bucket": "b", "Via": "1.1 test",
            })  # fmt: skip
        return response

    async def _me(self, request: web.Request) -> web.Response:
        return web.json_response(self.gateway.user)

    async def _application(self, request: web.Request) -> web.Response:
        return web.json_response({
            "id": BOT, "name": "Briefing Bot", "icon": None, "description": "", "bot_public": True, "flags": 0,
            "bot_require_code_grant": False, "verify_key": "0", "owner": self.gateway.user, "team": None, "summary": "",
        })  # fmt: skip

    async def _guild(self, request: web.Request) -> web.Response:
        if request.match_info["guild"] != GUILD:
            return refusal(404, 10004, "Unknown Guild")
        everyone = {"id": GUILD, "name": "@everyone", "permissions": self.rights}
        return web.json_response({"id": GUILD, "name": "Harbour watch", "owner_id": OWNER, "roles": [everyone]})

    async def _member(self, request: web.Request) -> web.Response:
        return web.json_response({"user": {"id": request.match_info["person"]}, "roles": []})

    async def _registered(self, request: web.Request) -> web.Response:
        return web.json_response(self.commands[-1] if self.commands else [])

    async def _open_direct(self, request: web.Request) -> web.Response:
        person = (await request.json())["recipient_id"]
        number = next((c for c, p in self.direct.items() if p == person), "") or str(self._next_id())
        self.direct[number] = person
        self.messages.setdefault(number, [])
        return web.json_response({"id": number, "type": 1})

    async def _register(self, request: web.Request) -> web.Response:
        given = await request.json()
        if errors := list(command_errors(given)):
            self.errors += errors
            return refusal(400, 50035, "Invalid Form Body")
        self.commands.append(given)
        made = [{**c, "id": str(n), "application_id": BOT, "version": "1"} for n, c in enumerate(given, 1)]
        return web.json_response(made)

    async def _channel(self, request: web.Request) -> web.Response:
        place = request.match_info["channel"]
        if missing := self._no_way(place):
            return missing
        closed = [{"id": GUILD, "type": 0, "allow": "0", "deny": self.denied}]
        found = {"id": place, "type": 0, "guild_id": GUILD, "name": "news", "permission_overwrites": closed}
        return web.json_response(found)

    def _no_way(self, place: str) -> web.Response | None:
        if place == LOCKED:
            return refusal(403, 50001, "Missing Access")
        if self.direct.get(place) in self.closed_to_us:
            return refusal(403, 50007, "Cannot send messages to this user")
        return None if place in self.messages else refusal(404, 10003, "Unknown Channel")

    async def _history(self, request: web.Request) -> web.Response:
        place = request.match_info["channel"]
        if missing := self._no_way(place):
            return missing
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 50))
        found = [m for m in self.messages[place] if int(m["id"]) > after][:limit]
        return web.json_response([{k: v for k, v in m.items() if k != "nonce"} for m in reversed(found)])

    async def _create(self, request: web.Request) -> web.StreamResponse:
        place, body = request.match_info["channel"], await request.json()
        if time.monotonic() < self.closed_until:
            self.errors.append("a post came before the time that a 429 named")
        fault = self.faults.pop(0) if self.faults else ""
        if refused := self._fault_before(fault, request):
            return refused
        if missing := self._no_way(place):
            return missing
        if errors := list(message_errors(body)):
            self.errors += errors
            return refusal(400, 50035, "; ".join(errors))
        message = self._stored(place, body)
        if fault == "drop" and request.transport is not None:
            request.transport.abort()
        if fault == "stall":
            await asyncio.sleep(30)
        return refusal(504, 0, "late") if fault == "late" else web.json_response(message)

    def _fault_before(self, fault: str, request: web.Request) -> web.Response | None:
        if fault == "reset" and request.transport is not None:
            request.transport.abort()
            return refusal(500, 0, "reset")
        if fault in {"limit", "wait"}:
            self.closed_until = time.monotonic() + self.retry_after
            headers = {"Retry-After": str(self.retry_after)} | ({"Via": "1.1 test"} if fault == "wait" else {})
            said = {"message": "You are being rate limited.", "retry_after": self.retry_after, "global": False}
            return web.json_response(said, status=429, headers=headers)
        return refusal(int(fault), 0, "failed") if fault.isdigit() else None

    def _stored(self, place: str, body: Json) -> Json:
        nonce, now = body.get("nonce"), time.monotonic()
        if nonce and body.get("enforce_nonce"):
            at, earlier = self.nonces.get((place, nonce), (0.0, {}))
            if earlier and now - at < self.window_s:
                return earlier
        message = {
            "id": str(self._next_id()), "channel_id": place, "content": body.get("content", ""), "type": 0,
            "author": self.gateway.user, "embeds": body.get("embeds", []), "components": body.get("components", []),
            "timestamp": "2031-05-04T12:00:00+00:00", "edited_timestamp": None, "tts": False, "nonce": nonce,
            "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "pinned": False,
        }  # fmt: skip
        self.messages[place].append(message)
        if nonce:
            self.nonces[place, nonce] = (now, message)
        return message

    async def _change(self, request: web.Request) -> web.Response:
        place = request.match_info["channel"]
        found = [m for m in self.messages.get(place, []) if m["id"] == request.match_info["message"]]
        body = await request.json()
        if not found:
            return refusal(404, 10008, "Unknown Message")
        if errors := list(message_errors(body)):
            self.errors += errors
            return refusal(400, 50035, "; ".join(errors))
        found[0].update({k: body[k] for k in ("content", "embeds", "components") if k in body})
        return web.json_response(found[0])

    async def _begin_thread(self, request: web.Request) -> web.Response:
        place, parent = request.match_info["channel"], request.match_info["message"]
        if place in self.threads:
            return refusal(400, 50024, "Cannot execute action on this channel type")
        if parent in self.threads:
            return refusal(400, 160004, "A thread has already been created for this message")
        if parent not in {m["id"] for m in self.messages.get(place, [])}:
            return refusal(404, 10008, "Unknown Message")
        name = (await request.json())["name"]
        if not 1 <= len(name) <= 100:
            return refusal(400, 50035, "name: 1 to 100")
        self.threads[parent] = place
        self.messages[parent] = []
        return web.json_response({"id": parent, "type": 11, "name": name, "parent_id": place})

    async def _respond(self, request: web.Request) -> web.Response:
        asked, body = self.asked[request.match_info["id"]], await request.json()
        if time.monotonic() - asked.at > self.deadline_s:
            return refusal(404, 10062, "Unknown interaction")
        if asked.first is not None:
            return refusal(400, 40060, "Interaction has already been acknowledged.")
        if body["type"] == 9 and (errors := list(modal_errors(body["data"]))):
            self.errors += errors
            return refusal(400, 50035, "; ".join(errors))
        if body["type"] == 8 and len(body["data"]["choices"]) > 25:
            return refusal(400, 50035, "choices: 25 or fewer")
        asked.first, asked.first_after = body, time.monotonic() - asked.at
        if request.query.get("with_response"):
            return web.json_response({"interaction": {"id": asked.id, "type": 2, "response_message_loading": True}})
        return web.Response(status=204)

    async def _edit_response(self, request: web.Request) -> web.Response:
        asked = next(a for a in self.asked.values() if a.token == request.match_info["token"])
        if asked.first is None or asked.first["type"] != 5:
            return refusal(404, 10015, "Unknown Webhook")
        body = await self._read(request, asked)
        if errors := list(message_errors(body)):
            self.errors += errors
            return refusal(400, 50035, "; ".join(errors))
        asked.edits.append(body)
        return web.json_response(self._as_message(body))

    async def _follow_up(self, request: web.Request) -> web.Response:
        asked = next(a for a in self.asked.values() if a.token == request.match_info["token"])
        body = await request.json()
        if errors := list(message_errors(body)):
            self.errors += errors
            return refusal(400, 50035, "; ".join(errors))
        asked.more.append(body)
        return web.json_response(self._as_message(body))

    async def _read(self, request: web.Request, asked: Asked) -> Json:
        if request.content_type != "multipart/form-data":
            found: Json = await request.json()
            return found
        given = await request.post()
        asked.files += [f.filename for f in given.values() if isinstance(f, web.FileField)]
        part = given["payload_json"]
        return dict(json.loads(part.decode() if isinstance(part, bytes | bytearray) else str(part)))
