"""The worker as a process, with Slack configured: a briefing is posted once, also when it is killed around the post."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from config.settings import load_settings
from tests.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer

ROOT = Path(__file__).parents[3]
FICTION = """Envoys of Norland and Estmark meet over Ukraine

Envoys of Norland and Estmark met in Kyiv on Tuesday to speak about Ukraine.

"We came here to listen," said Ada Holm, the chief envoy of Norland.

The question of the fishing border remains unresolved.
"""


class Process:
    """`briefing-bot` with a data directory and Slack's settings."""

    def __init__(self, folder: Path, slack: SlackServer) -> None:
        self.folder = folder
        self.env = {
            "PATH": os.environ["PATH"],  # noqa: TID251
            "DATA_DIR": str(folder),
            "CONFIG_DIR": str(folder / "config"),
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_BASE_URL": slack.url,
            "LEASE_SECONDS": "4",
            "LOG_FORMAT": "json",
            "POLL_MINUTES": "1440",
        }
        self.workers: list[asyncio.subprocess.Process] = []

    async def call(self, *words: str, **changes: str) -> tuple[int, str]:
        child = await self.start(*words, **changes)
        code = await asyncio.wait_for(child.wait(), 60)
        return code, self.log

    async def start(self, *words: str, **changes: str) -> asyncio.subprocess.Process:
        command = (sys.executable, "-m", "bot", *words)
        env, nothing = {**self.env, **changes}, asyncio.subprocess.DEVNULL
        with (self.folder / "log.txt").open("ab") as log:
            child = await asyncio.create_subprocess_exec(
                *command, cwd=ROOT, env=env, stdin=nothing, stdout=log, stderr=log
            )
        self.workers.append(child)
        return child

    @property
    def log(self) -> str:
        return (self.folder / "log.txt").read_text()

    def state(self) -> str:
        store = self.store()
        found = store.deliveries.list("T01")
        store.close()
        return "/".join(f"{d.state}:{','.join(p.state for p in d.parts)}" for d in found)

    def store(self) -> Store:
        settings = load_settings({"DATA_DIR": str(self.folder)})
        engine = open_engine(settings.database_url.get_secret_value())
        migrate(engine)
        return Store(engine)


@pytest.fixture
async def process(tmp_path: Path, slack: SlackServer) -> AsyncIterator[Process]:
    (tmp_path / "config").mkdir()
    found = Process(tmp_path, slack)
    yield found
    for worker in found.workers:
        with suppress(ProcessLookupError):
            worker.kill()
        await worker.wait()


async def subscribed(process: Process) -> None:
    """Store an article and let a briefing be due now."""
    now = datetime.now(UTC)  # noqa: TID251
    file = process.folder / "envoys.txt"
    file.write_text(FICTION, encoding="utf-8")
    given = ("--published", (now - timedelta(hours=2)).isoformat(), "--publisher", "Norland Post")
    code, said = await process.call("import", *given, str(file))
    assert (code, "1 new" in said) == (0, True), said
    store = process.store()
    store.subscriptions.add(
        now - timedelta(hours=1),
        tenant="T01",
        channel="slack:C1",
        topic="ukraine",
        time=f"{now - timedelta(minutes=1):%H:%M}",
        zone="UTC",
        days=(0, 1, 2, 3, 4, 5, 6),
    )
    store.close()


async def test_worker_when_killed_between_post_and_record_then_the_briefing_stands_once(
    process: Process, slack: SlackServer
) -> None:
    await subscribed(process)
    slack.faults["chat.postMessage"].append("hang")  # Slack takes the post, its answer never comes
    worker = await process.start("run")
    await slack.until(lambda: slack.messages, 30)
    worker.send_signal(signal.SIGKILL)
    await worker.wait()
    worker = await process.start("run")
    await slack.until(lambda: process.state().startswith("sent"), 40)
    assert process.state().startswith("sent:reconciled,sent")
    keys = [m["metadata"]["event_payload"]["key"] for m in slack.messages]
    assert len(keys) == len(set(keys)) >= 2
    assert [m.get("thread_ts") for m in slack.messages] == [None, *[slack.messages[0]["ts"]] * (len(keys) - 1)]
    assert "We came here to listen" in str(slack.messages[0]["blocks"])
    await slack.send(slack.command("/quotes holm"))
    await slack.until(lambda: slack.shown)
    assert "We came here to listen" in str(slack.shown[0]["blocks"])
    worker.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(worker.wait(), 20) == 0
    assert slack.broken == []
    assert BOT_TOKEN not in process.log
    assert APP_TOKEN not in process.log


async def test_run_when_a_token_is_wrong_then_it_ends_at_once_and_names_it(process: Process) -> None:
    code, said = await process.call("run", SLACK_BOT_TOKEN="xoxb-of-another-app")
    assert code == 1
    assert "SLACK_BOT_TOKEN" in said
    assert "xoxb-of-another-app" not in said
