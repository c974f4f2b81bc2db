"""Listens to Slack: over a websocket that we open (Socket Mode), or over signed HTTP."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import structlog
from aiohttp import web
from pydantic import SecretStr
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.platform import Handle
from bot.slack.client import is_direct
from bot.slack.listener import IsFirst, bolt_app
from bot.slack.people import Identity, identify
from bot.slack.work import Work

PATH = "/slack/events"
MAX_BODY = 1 << 20
PING_S = 10.0
log = structlog.get_logger(__name__)


class AckFirst(AsyncSocketModeHandler):
    """Acknowledges each envelope as it comes; Bolt does so some turns of a busy loop later, and forgets it at times.

    No listener of ours acknowledges with more than that it heard.
    """

    async def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Acknowledge, then let the listeners work."""
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
        await run_async_bolt_app(self.app, req)


def _never() -> bool:
    return False


@dataclass(kw_only=True)
class SlackListener:
    """What people do on Slack, answered until cancelled.

    Args:
        make_work: of the identity that Slack tells at the start; client: that asks for it.
        is_first: takes the right to answer; commands: with a name of their own.
        mode: `socket` needs the app token, `http` the signing secret and a port.
    """

    make_work: Callable[[Identity], Work]
    client: AsyncWebClient
    is_first: IsFirst
    commands: tuple[str, ...] = ()
    mode: Literal["socket", "http"] = "socket"
    app_token: SecretStr | None = None
    signing_secret: SecretStr | None = None
    port: int = 3000
    host: str = "0.0.0.0"  # noqa: S104 - Slack comes from outside
    ping_s: float = PING_S
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    _is_up: Callable[[], bool] = _never

    @property
    def is_connected(self) -> bool:
        """Whether people are heard: the websocket is open, or in http mode the port is served."""
        return self._is_up()

    async def listen(self, handle: Handle) -> None:
        """Answer until cancelled; `handle` is not used, since buttons need more than text.

        Raises:
            DeliveryError: Slack does not tell who we are.
        """
        identity = await identify(self.client)
        secret = _value(self.signing_secret)
        app = bolt_app(self.make_work(identity), self.is_first, self.commands, secret)
        serve = self._serve_socket if self.mode == "socket" else self._serve_http
        await serve(app)

    async def _serve_socket(self, app: AsyncApp) -> None:
        quiet = logging.getLogger("slack_sdk.socket_mode")
        handler: Any = AckFirst(
            app, _value(self.app_token), logger=quiet, web_client=self.client, ping_interval=self.ping_s
        )
        if is_direct(self.client.base_url):
            handler.client.proxy = None
        try:
            await handler.connect_async()
            log.info("listening to Slack", mode="socket")
            self._is_up = lambda: _is_open(handler.client)
            self.ready.set()
            await asyncio.Event().wait()
        finally:
            self._is_up = _never
            await handler.close_async()

    async def _serve_http(self, app: AsyncApp) -> None:
        server = web.Application(client_max_size=MAX_BODY)
        verifier = SignatureVerifier(_value(self.signing_secret))

        async def receive(request: web.Request) -> web.StreamResponse:
            raw = await request.read()
            if not is_genuine(verifier, request, raw):
                return web.Response(status=401, text="not signed by Slack")
            headers: dict[str, Any] = dict(request.headers)
            given = AsyncBoltRequest(body=raw.decode(), query=request.query_string, headers=headers)
            return await to_aiohttp_response(await app.async_dispatch(given))

        server.router.add_post(PATH, receive)
        runner = web.AppRunner(server, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, self.host, self.port).start()
            log.info("listening to Slack", mode="http", port=self.port, path=PATH)
            self._is_up = lambda: True
            self.ready.set()
            await asyncio.Event().wait()
        finally:
            self._is_up = _never
            await runner.cleanup()


def _is_open(client: Any) -> bool:
    """Say whether a Socket Mode client has a websocket that is open; it opens another by itself."""
    session = client.current_session
    return session is not None and not session.closed


def _value(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def is_genuine(verifier: SignatureVerifier, request: web.BaseRequest, raw: bytes) -> bool:
    """Say whether Slack signed a request within five minutes; whatever the verifier chokes on is forged."""
    try:
        body = raw.decode()
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        return bool(timestamp and signature) and verifier.is_valid(body, timestamp, signature)
    except (ValueError, TypeError, OverflowError):
        return False
