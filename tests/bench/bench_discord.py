"""How soon a command on Discord gets its first response and its answer, over a large archive and under load.

Run by hand: `python -m tests.bench.bench_discord [SIZE] [COMMANDS_A_SECOND]`.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime

from bot.discord.api import point_to
from bot.process import prepare_loop
from briefings.answers.records import Query, Reply
from briefings.extract.worker import Extractor
from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from briefings.stories.context import story_context
from briefings.use_cases.answer import Answers
from briefings.use_cases.completion import Completer
from briefings.use_cases.newsroom import Newsroom
from tests.bench.bench_commands import catalogue
from tests.bench.bench_store import databases, fill, words
from tests.discord_people import Asked, wait_until
from tests.discord_server import DiscordServer
from tests.integration.discord.conftest import World
from tests.stored import NOON

SECONDS = 30


def show(name: str, seconds: list[float]) -> None:
    """Print median, 99th percentile and the longest."""
    ordered = sorted(seconds)
    p50, p99 = ordered[len(ordered) // 2], ordered[int(0.99 * len(ordered))]
    print(f"{name:16} p50 {p50 * 1e3:6.0f} ms   p99 {p99 * 1e3:6.0f} ms   max {ordered[-1] * 1e3:6.0f} ms")  # noqa: T201


async def type_some(server: DiscordServer, rate: int) -> tuple[list[Asked], list[float]]:
    """Let members type commands, and options now and then."""
    asked, offers = [], []
    loop = asyncio.get_running_loop()
    for n in range(SECONDS * rate):
        match n % 5:
            case 0:
                asked.append(await server.type_command("quotes", speaker="Toval"))
            case 1:
                asked.append(await server.type_command("ask", question=f"who said {words(4)}?"))
            case 2:
                asked.append(await server.type_command("issues"))
            case 3:
                asked.append(await server.type_command("related", article=f"A-{n + 1}"))
            case _:
                begin = loop.time()
                await server.type_option("quotes", "speaker", "To")
                offers.append(loop.time() - begin)
        await asyncio.sleep(1 / rate)
    return asked, offers


async def measure(room: Newsroom, rate: int) -> None:
    """Print how long first responses, answers and completions took."""
    collecting = prepare_loop()  # as the worker does
    answers, completer = Answers(room=room), Completer(room)

    def answer(query: Query, now: datetime, as_of: datetime | None = None) -> Reply:
        return answers(query, NOON, as_of=as_of)

    async with DiscordServer() as server:
        point_to(server.api_url, server.gateway_url)
        world = World(server=server)
        async with world.listening() as platform:
            answering = platform.heard.answering
            answering.answer, answering.complete = answer, lambda kind, typed, now: completer(kind, typed, NOON)
            for warm in ("ask", "related", "quotes", "issues"):
                given = {"ask": {"question": "who?"}, "related": {"article": "A-1"}}.get(warm, {})
                await (await server.type_command(warm, **given)).answered(60)
            asked, offers = await type_some(server, rate)
            await wait_until(lambda: all(a.edits for a in asked), 120)
    collecting.cancel()
    show("first response", [a.first_after for a in asked])
    show("completion", offers)


def main() -> None:
    """Fill an archive and type."""
    given = [int(word) for word in sys.argv[1:]]
    size, rate = (*given, *(100_000, 10)[len(given) :])
    with databases(postgres=False) as create:
        store, ours = Store(open_engine(create())), catalogue()
        migrate(store.engine)
        fill(store, size)
        extractor = Extractor("en_core_web_sm", ours)  # is never asked
        room = Newsroom(store=store, extractor=extractor, catalogue=ours, stories=story_context(ours))
        asyncio.run(measure(room, rate))
        store.close()
        extractor.close()


if __name__ == "__main__":
    main()
