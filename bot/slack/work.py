"""What is done for each thing that people do on Slack, after it was acknowledged."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeVar

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands import Answer, needs_manager, parse, respond, sentence
from bot.interactions import Form, Press, act, ask_form, ids_in, is_postable, read_press, report_form, repost, submit
from bot.slack.client import called
from bot.slack.people import Identity, Place, asker_at, look_up, manages, place_of
from bot.slack.pictures import upload
from bot.slack.render import POST, messages_of
from bot.slack.replies import Replies
from bot.slack.views import home_view, modal, read_modal
from briefings.answers.records import Asker, Reply
from briefings.document import Document, Paragraph, Text
from briefings.errors import BadInput, BriefingBotError, Refused

log = structlog.get_logger(__name__)
Body = Mapping[str, Any]
P = ParamSpec("P")
T = TypeVar("T")
AT_ONCE = 3  # answers worked out at a time
INVITE = "I am not in this channel yet: type /invite @ and my name here, or no briefing can be posted."
ELSEWHERE = "All of them work as /briefing followed by their name, e.g. /briefing schedule."
_FORMS = {"ask": ask_form(), "report": report_form("")}
_WRAPPED = re.compile(r"<(https?://[^|>]+)(?:\|[^>]*)?>")


@dataclass(frozen=True, kw_only=True)
class Work:
    """Answers commands, buttons and forms. Every call may take its time: Slack got its answer before.

    Args:
        client: of the workspace; identity: who we are there.
        answer: `answer(query, now, as_of=None)`, called in a thread.
        home: `home(tenant, now)`, the Home tab's document; forget: `forget(tenant, before)`.
        clock: the time in UTC.
        managers: ids of people who manage every channel.
    """

    client: AsyncWebClient
    identity: Identity
    answer: Answer
    home: Callable[[str, datetime], Document]
    forget: Callable[[str, datetime], int]
    clock: Callable[[], datetime]
    managers: frozenset[str] = frozenset()
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    @property
    def replies(self) -> Replies:
        """What brings answers to people."""
        return Replies(client=self.client)

    async def command(self, body: Body) -> None:
        """Answer a slash command; /ask and /report without a word open their form."""
        place = place_of(body)
        text = f"{body['command']} {html.unescape(str(body.get('text') or ''))}".strip()
        words = text.lower().removeprefix("/briefing ").removeprefix("/").split()
        if len(words) == 1 and words[0] in _FORMS:
            await self._open(_FORMS[words[0]], str(body.get("trigger_id", "")), place)
        else:
            await self.say(place, text)

    async def say(self, place: Place, text: str) -> None:
        """Answer a command as typed, to the asker alone."""
        now = self.clock()
        asker = await self._asker(place, text)
        reply = await self._thread(respond, text, asker, self.answer, now)
        await self._private(place, await self._noted(place, text, asker, reply), text, now)

    async def mention(self, event: Body) -> None:
        """Answer words addressed to us like /ask, in a thread below them."""
        ts = str(event.get("thread_ts") or event["ts"])
        place = Place(user=str(event["user"]), channel=str(event["channel"]), thread=ts)
        said = str(event.get("text") or "").replace(f"<@{self.identity.user}>", " ")
        words = html.unescape(_WRAPPED.sub(r"\1", said)).replace('"', "'").strip()
        text = f'/ask question:"{words}"' if words else "/help"
        asker = asker_at(place, self.identity)
        reply = await self._thread(respond, text, asker, self.answer, self.clock())
        await self._public(place, reply)

    async def button(self, body: Body) -> None:
        """Do what a button or a menu says."""
        place = place_of(body)
        pressed = body["actions"][0]
        value = str(pressed.get("value") or (pressed.get("selected_option") or {}).get("value") or "")
        if pressed.get("action_id") == POST:
            await self._post(place, value)
            return
        now, shown = self.clock(), json.dumps((body.get("message") or {}).get("blocks", []), ensure_ascii=False)
        press = read_press(value)
        done = await self._thread(act, press, asker_at(place, self.identity), self.answer, now, ids_in(shown))
        if isinstance(done, Form):
            await self._open(done, str(body.get("trigger_id", "")), place)
        else:
            await self._private(place, done, _command_of(press), now)

    async def form(self, body: Body) -> None:
        """Answer a form that was sent."""
        command, values, place = read_modal(body["view"])
        asker, now = asker_at(place, self.identity), self.clock()
        reply = await self._thread(submit, command, values, asker, self.answer, now)
        question = values.get("question", "").replace('"', "'")
        await self._private(place, reply, f'/ask question:"{question}"' if command == "ask" else "", now)

    async def shortcut(self, body: Body) -> None:
        """Open the form of a problem for the message it was chosen on."""
        message = body.get("message") or {}
        shown = json.dumps(message.get("blocks") or message.get("text", ""), ensure_ascii=False)
        await self._open(report_form("", ids_in(shown)), str(body.get("trigger_id", "")), place_of(body))

    async def opened_home(self, event: Body) -> None:
        """Show the Home tab."""
        document = await self._thread(self.home, self.identity.team, self.clock())
        view = home_view(document)
        await called(self.client.views_publish(user_id=str(event["user"]), view=view), "Home tab")

    async def removed(self, body: Body) -> None:
        """Delete what a workspace owned that removed the app or revoked its token."""
        event = body.get("event") or {}
        if event.get("type") == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
            return  # tokens of single people, which we do not use
        tenant = str(body.get("team_id") or self.identity.team)
        stamp = body.get("event_time")
        before = datetime.fromtimestamp(float(stamp), UTC) if stamp else self.clock()
        n_gone = await asyncio.to_thread(self.forget, tenant, before)
        log.warning("workspace removed the app", why=event.get("type"), n_deleted=n_gone)

    async def tell(self, place: Place, words: str) -> None:
        """Tell one person a sentence; what fails is logged."""
        if not place.user:
            return
        try:
            await self.replies.private(place, messages_of(sentence(words).document))
        except BriefingBotError as error:
            log.warning("answer not delivered", error=str(error))

    async def _thread(self, call: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Work something out in a thread, a few at a time: more would only slow each other and what acknowledges."""
        async with self._turns:
            return await asyncio.to_thread(call, *given, **named)

    async def _asker(self, place: Place, text: str) -> Asker:
        """Return the asker; only for what managers alone may do is Slack asked who they are."""
        try:
            is_asked = needs_manager(parse(text))
        except BadInput:
            is_asked = False
        is_manager = is_asked and await manages(self.client, place, self.identity, self.managers)
        return asker_at(place, self.identity, is_manager=is_manager)

    async def _noted(self, place: Place, text: str, asker: Asker, reply: Reply) -> Reply:
        """Add what holds on Slack alone: that we must be invited, that /briefing reaches every command."""
        try:
            command = parse(text).command
        except BadInput:
            return reply
        note = ELSEWHERE if command == "help" else ""
        if command == "subscribe" and asker.is_manager and not place.channel.startswith("D"):
            channel = await look_up(self.client, place.channel)
            note = "" if channel.get("is_member") else INVITE
        if not note:
            return reply
        blocks = (*reply.document.blocks, Paragraph((Text(note),)))
        return replace(reply, document=replace(reply.document, blocks=blocks))

    async def _private(self, place: Place, reply: Reply, text: str, now: datetime) -> None:
        post = f"{int(now.timestamp())} {text}" if text and is_postable(text) and place.channel else ""
        files = await upload(self.client, reply.document)
        try:
            await self.replies.private(place, messages_of(reply.document, post, files))
        except Refused:
            if not files:
                raise
            await self.replies.private(place, messages_of(reply.document, post))

    async def _post(self, place: Place, value: str) -> None:
        stamp, _, text = value.partition(" ")
        now = self.clock()
        as_of = datetime.fromtimestamp(int(stamp), UTC) if stamp.isdigit() else now
        asker = asker_at(place, self.identity)
        reply = await self._thread(repost, text, asker, self.answer, now, as_of)
        if reply.is_private:
            await self._private(place, reply, "", now)
        else:
            await self._public(place, reply)

    async def _public(self, place: Place, reply: Reply) -> None:
        files = await upload(self.client, reply.document)
        try:
            await self.replies.public(place, messages_of(reply.document, files=files))
        except Refused:
            if not files:
                raise
            await self.replies.public(place, messages_of(reply.document))

    async def _open(self, form: Form, trigger: str, place: Place) -> None:
        try:
            view = modal(form, place)
            await called(self.client.views_open(trigger_id=trigger, view=view), f"form {form.command}")
        except Refused as error:
            log.warning("form not opened", error=str(error))
            await self.tell(place, "That took too long for Slack to open a form. Please press again.")


def _command_of(press: Press) -> str:
    """Return the command that gives the same answer as a button, "" when none does."""
    return f"/why {press.item}" if press.kind == "evidence" else ""
