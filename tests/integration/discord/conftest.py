"""A Discord of ours on loopback, and the platform pointed at it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.commands import sentence
from bot.discord.adapter import DiscordPlatform
from bot.discord.answering import Answering
from bot.discord.api import Api, point_to
from bot.discord.client import Heard
from bot.discord.posting import Poster
from bot.discord.replying import Replier
from briefings.answers.records import Asker, Query, Reply
from briefings.compose import compose, to_document
from briefings.document import Document, Paragraph, Picture, Text
from briefings.errors import BadInput
from briefings.use_cases.completion import Offer
from tests.databases import postgres
from tests.discord_people import TOKEN, wait_until
from tests.discord_server import DiscordServer
from tests.fakes_briefing import full_input

__all__ = ["poster", "postgres", "server", "world"]


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # the server's ids come from the real clock


@dataclass
class FakeMarks:
    """Values and rights in memory, shared by workers."""

    values: dict[str, str] = field(default_factory=dict)
    rights: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    events: set[str] = field(default_factory=set)

    def get(self, name: str) -> str | None:
        return self.values.get(name)

    def set(self, name: str, value: str, now: datetime) -> None:
        self.values[name] = value

    def hold(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        held, end = self.rights.get(name, (owner, now))
        if held != owner and end > now:
            return False
        self.rights[name] = (owner, until)
        return True

    def let_go(self, name: str, owner: str) -> None:
        if self.rights.get(name, ("", None))[0] == owner:
            del self.rights[name]

    def is_first(self, event: str, now: datetime) -> bool:
        is_new = event not in self.events
        self.events.add(event)
        return is_new


@dataclass
class FakeAnswers:
    """Answers with what was asked; `/briefing` with a whole one, `/timeline` with a picture."""

    asked: list[Query] = field(default_factory=list)
    before: Callable[[], None] = lambda: None
    is_broken: bool = False

    def __call__(self, query: Query, now: datetime, as_of: datetime | None = None) -> Reply:
        self.asked.append(query)
        self.before()
        if query.command == "briefing":
            return Reply(document=to_document(compose(full_input())))
        if query.command == "why":
            msg = "nothing known by then has that id"
            raise BadInput(msg)
        if query.command == "schedule" and self.is_broken:
            raise KeyError(query.command)
        if query.command == "timeline":
            return Reply(document=Document(title="Timeline", summary="", blocks=(Picture(b"\x89PNG", "what when"),)))
        if query.command in {"follow", "report"}:
            return sentence(f"thank you for {query.get('item')}")
        words = " ".join(f"{k}={v}" for k, v in query.options.items())
        blocks = (Paragraph((Text(f"/{query.command} {words} @everyone"),)),)
        return Reply(document=Document(title=f"/{query.command}", summary="", blocks=blocks))


def offered(completion: str, typed: str, now: datetime) -> list[Offer]:
    return [Offer(value=f"{completion} {typed} {n}", label=f"{n}") for n in range(40)]


@dataclass
class World:
    """What workers share."""

    server: DiscordServer
    marks: FakeMarks = field(default_factory=FakeMarks)
    answers: FakeAnswers = field(default_factory=FakeAnswers)
    forgotten: list[str] = field(default_factory=list)

    def forget(self, tenant: str, before: datetime) -> int:
        self.forgotten.append(tenant)
        return 1

    def platform(self, owner: str = "w1") -> DiscordPlatform:
        api = Api(token=TOKEN)
        answering = Answering(
            answer=self.answers,
            complete=offered,
            clock=now,
            is_first=self.marks.is_first,
            poster=Poster(api=api),
            replier=Replier(api=api),
        )
        heard = Heard(answering=answering, marks=self.marks, forget=self.forget, clock=now)
        return DiscordPlatform(api=api, heard=heard, owner=owner, token=TOKEN, try_s=0.05, renew_s=0.05)

    @asynccontextmanager
    async def listening(self, owner: str = "w1", *, is_ready: bool = True) -> AsyncIterator[DiscordPlatform]:
        """Run a worker's listener."""
        platform = self.platform(owner)

        async def handle(text: str, asker: Asker) -> Reply:
            return sentence(text)

        task = asyncio.create_task(platform.listen(handle))
        try:
            if is_ready:
                n_before = self.server.gateway.n_identified
                await wait_until(lambda: task.done() or self.server.gateway.n_identified > n_before)
            yield platform
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await platform.close()


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as running:
        point_to(running.api_url, running.gateway_url)
        yield running
        assert running.errors == []


@pytest.fixture
async def poster(server: DiscordServer) -> AsyncIterator[Poster]:
    api = Api(token=TOKEN)
    yield Poster(api=api)
    await api.close()


@pytest.fixture
def world(server: DiscordServer) -> World:
    return World(server=server)
