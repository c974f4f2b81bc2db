"""The Bolt app: acknowledges first, does each thing once, then works."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.slack.people import Place, place_of
from bot.slack.render import POST, PRESS
from bot.slack.views import FORM, read_modal
from bot.slack.work import Body, Work
from briefings.errors import BriefingBotError

SHORTCUT = "report"  # callback_id of the message shortcut
FAILED = "Something failed here and was written down. Please try again."
log = structlog.get_logger(__name__)
IsFirst = Callable[[str, datetime], bool]


@dataclass(frozen=True, kw_only=True)
class Once:
    """Runs the work on each thing that Slack sends once, however often and to whichever worker it is sent."""

    work: Work
    is_first: IsFirst

    async def __call__(self, body: Body, call: Callable[[Any], Awaitable[None]], given: Any) -> None:
        """Call with what was given, unless that was done before; a person is told what went wrong.

        Nothing is raised: Bolt forgets that a listener acknowledged when it fails before Bolt looked, and Slack would
        time out.
        """
        try:
            await self._call(body, call, given)
        except BriefingBotError as error:
            log.warning("not answered", error=str(error))
            await self.work.tell(_teller(body), str(error))
        except Exception:  # the task guard of one request
            log.exception("request failed")
            await self.work.tell(_teller(body), FAILED)

    async def _call(self, body: Body, call: Callable[[Any], Awaitable[None]], given: Any) -> None:
        event = f"slack:{event_key(body)}"
        if await asyncio.to_thread(self.is_first, event, self.work.clock()):
            await call(given)
        else:
            log.info("repeated by Slack", event_id=event)


def event_key(body: Body) -> str:
    """Return what tells one thing that Slack sends from another; it stays the same when it is sent again."""
    view, message = body.get("view") or {}, body.get("event") or {}
    if body.get("type") == "view_submission":
        return f"view-{view.get('id', '')}-{view.get('hash', '')}"
    return str(body.get("event_id") or body.get("trigger_id") or message.get("event_ts") or "")


def bolt_app(work: Work, is_first: IsFirst, commands: tuple[str, ...], signing_secret: str = "") -> AsyncApp:
    """Return the app with its listeners; it holds the identity already, so no request waits for Slack.

    Args:
        work: what is done.
        is_first: `is_first(event, now)` takes the right to do it.
        commands: with a name of their own beside /briefing.
        signing_secret: for signed HTTP.
    """

    async def authorize(**_: Any) -> AuthorizeResult:
        me = work.identity
        return AuthorizeResult(
            enterprise_id=None, team_id=me.team, bot_user_id=me.user, bot_id=me.bot, bot_token=work.client.token
        )

    quiet = logging.getLogger("slack_bolt.app")
    quiet.setLevel(logging.ERROR)  # it warns of every request without a listener
    app = AsyncApp(
        name="briefing-bot",
        client=work.client,
        authorize=authorize,
        signing_secret=signing_secret,
        logger=quiet,
        attaching_function_token_enabled=False,
    )
    _listen_to_people(app, work, Once(work=work, is_first=is_first), commands)
    _listen_to_events(app, work, Once(work=work, is_first=is_first))

    @app.error
    async def failed(error: Exception, body: Body) -> None:
        log.error("request failed", exc_info=error)
        await work.tell(_teller(body), FAILED)

    return app


def _listen_to_people(app: AsyncApp, work: Work, once: Once, commands: tuple[str, ...]) -> None:
    @app.command(re.compile(f"^/({'|'.join(map(re.escape, ('briefing', *commands)))})$"))
    async def command(ack: AsyncAck, body: Body) -> None:
        await ack()
        await once(body, work.command, body)

    @app.action(re.compile(f"^({PRESS}-|{POST}$)"))
    async def button(ack: AsyncAck, body: Body) -> None:
        await ack()
        await once({**body, "event_id": _pressed(body)}, work.button, body)

    @app.view(FORM)
    async def form(ack: AsyncAck, body: Body) -> None:
        await ack()
        await once(body, work.form, body)

    @app.shortcut(SHORTCUT)
    async def shortcut(ack: AsyncAck, body: Body) -> None:
        await ack()
        await once(body, work.shortcut, body)


def _listen_to_events(app: AsyncApp, work: Work, once: Once) -> None:
    @app.event("app_mention")
    async def mention(ack: AsyncAck, body: Body, event: Body) -> None:
        await ack()
        if event.get("user") and not event.get("bot_id"):
            await once(body, work.mention, event)

    @app.event("app_home_opened")
    async def home(ack: AsyncAck, body: Body, event: Body) -> None:
        await ack()
        if event.get("tab", "home") == "home":
            await once(body, work.opened_home, event)

    @app.event("app_uninstalled")
    async def uninstalled(ack: AsyncAck, body: Body) -> None:
        await ack()
        await once(body, work.removed, body)

    @app.event("tokens_revoked")
    async def revoked(ack: AsyncAck, body: Body) -> None:
        await ack()
        await once(body, work.removed, body)


def _pressed(body: Body) -> str:
    """Return what tells one press of a button from another."""
    actions: list[Mapping[str, Any]] = body.get("actions") or [{}]
    return f"{body.get('trigger_id', '')}-{actions[0].get('action_ts', '')}"


def _teller(body: Body) -> Place:
    """Return whom to tell that something failed, nobody for events."""
    if body.get("type") == "view_submission":
        return read_modal(body["view"])[2]
    return Place(user="") if "event" in body else place_of(body)
