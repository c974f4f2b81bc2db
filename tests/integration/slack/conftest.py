from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from bot.commands import sentence
from bot.slack.client import web_client
from bot.slack.people import Identity
from bot.slack.platform import SlackPlatform
from bot.slack.serving import SlackListener
from bot.slack.work import Work
from briefings.answers.records import Query, Reply
from briefings.compose import compose, to_document
from briefings.document import Document, Heading, Item, Picture, Text
from tests.fakes_briefing import full_input
from tests.slack_server import APP_TOKEN, BOT_TOKEN, SECRET, SlackServer

PNG = b"\x89PNG of ours"
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@dataclass
class Desk:
    """Answers with the same invented briefing and keeps what it was asked."""

    asked: list[Query] = field(default_factory=list)
    as_of: list[datetime | None] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    fails: bool = False
    takes_s: float = 0

    def answer(self, query: Query, now: datetime, as_of: datetime | None = None) -> Reply:
        self.asked.append(query)
        self.as_of.append(as_of)
        time.sleep(self.takes_s)
        if self.fails:
            raise KeyError(query.command)
        if query.command in {"briefing", "quotes"}:
            return Reply(document=to_document(compose(full_input())))
        if query.command == "timeline":
            blocks = (Picture(PNG, "Harbour talks, 3 to 5 May"), Item("U-7", (Text("open"),)))
            return Reply(document=Document(title="Timeline", summary="s", blocks=blocks))
        return sentence(f"answered {query.command}")

    def home(self, tenant: str, now: datetime) -> Document:
        blocks = (Heading("Briefings of this workspace"), Item("slack:C1", (Text(f"harbour of {tenant}"),)))
        return Document(title="Briefings", summary="Briefings", blocks=blocks)

    def forget(self, tenant: str, before: datetime) -> int:
        self.forgotten.append(tenant)
        return 1

    def is_first(self, event: str, now: datetime) -> bool:
        is_new = event not in self.seen
        self.seen.add(event)
        return is_new


async def answered(slack: SlackServer, payload: dict[str, Any], n: int = 1) -> dict[str, Any]:
    """Let somebody do something and return the last thing that they are shown."""
    before = len(slack.shown)
    await slack.send(payload)
    await slack.until(lambda: len(slack.shown) >= before + n)
    return slack.shown[-1]


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    server = SlackServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def platform(slack: SlackServer) -> SlackPlatform:
    return SlackPlatform(client=web_client(BOT_TOKEN, slack.url))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def make_listener(slack: SlackServer, desk: Desk) -> Callable[..., SlackListener]:
    client = web_client(BOT_TOKEN, slack.url)

    def make_work(identity: Identity) -> Work:
        return Work(
            client=client,
            identity=identity,
            answer=desk.answer,
            home=desk.home,
            forget=desk.forget,
            clock=lambda: NOW,
            managers=frozenset({"UNAMED"}),
        )

    def make(**given: object) -> SlackListener:
        options: dict[str, object] = {
            "make_work": make_work,
            "client": client,
            "is_first": desk.is_first,
            "commands": ("quotes", "ask"),
            "app_token": SecretStr(APP_TOKEN),
            "signing_secret": SecretStr(SECRET),
            "ping_s": 0.2,
            "host": "127.0.0.1",
            **given,
        }
        return SlackListener(**options)  # type: ignore[arg-type]

    return make


async def _unused(*_: object) -> Reply:
    raise AssertionError


@pytest.fixture
async def app(slack: SlackServer, make_listener: Callable[..., SlackListener]) -> AsyncIterator[SlackListener]:
    """The Bolt app, connected over Socket Mode."""
    listener = make_listener()
    task = asyncio.create_task(listener.listen(_unused))
    await asyncio.wait_for(listener.ready.wait(), 10)
    yield listener
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert slack.broken == []
