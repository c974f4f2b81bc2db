"""A whole worker process with Discord: a briefing of stored articles is posted once, a kill in the middle or not."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from briefings.stories.context import story_context
from briefings.use_cases.ingest import ingest
from briefings.use_cases.newsroom import Newsroom
from tests.discord_people import BOT, CHANNEL, GUILD, LOCKED, MANAGE, OWNER, TOKEN, wait_until
from tests.discord_server import DiscordServer
from tests.integration.discord.conftest import now
from tests.integration.discord.worker_child import catalogue
from tests.integration.use_cases.conftest import SentenceExtractor
from tests.integration.use_cases.two_articles import ARTICLE

ROOT = Path(__file__).parents[3]


def fill(folder: Path, at: datetime, channel: str) -> None:
    """Store an article of three hours ago and a subscription whose time was a minute ago."""
    engine = open_engine(f"sqlite:///{folder}/briefings.db")
    migrate(engine)
    store, given = Store(engine), catalogue()
    room = Newsroom(store=store, extractor=SentenceExtractor(), catalogue=given, stories=story_context(given))
    ingest(room, replace(ARTICLE, published=at - timedelta(hours=3)), now=at, is_import=True)
    slot = f"{at - timedelta(minutes=1):%H:%M}"
    store.subscriptions.add(
        at - timedelta(minutes=30), tenant=GUILD, channel=f"discord:{channel}", topic="strait", time=slot, zone="UTC",
        days=(0, 1, 2, 3, 4, 5, 6),
    )  # fmt: skip
    store.close()


def states(folder: Path) -> list[str]:
    store = Store(open_engine(f"sqlite:///{folder}/briefings.db"))
    found = [f"{d.state}:{','.join(p.state for p in d.parts)}" for d in store.deliveries.list(GUILD)]
    store.close()
    return found


@asynccontextmanager
async def worker(
    folder: Path, server: DiscordServer, start: datetime, *, speed: int = 1
) -> AsyncIterator[asyncio.subprocess.Process]:
    env = {
        "DATA_DIR": str(folder), "DISCORD_BOT_TOKEN": TOKEN, "DISCORD_APPLICATION_ID": BOT,
        "DISCORD_API_BASE_URL": server.api_url, "DISCORD_GATEWAY_URL": server.gateway_url, "LOG_LEVEL": "DEBUG",
    }  # fmt: skip
    given = json.dumps({"env": env, "now": start.isoformat(), "speed": speed})
    with (folder / "log.txt").open("ab") as log:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.integration.discord.worker_child", given, cwd=ROOT, stdout=log, stderr=log,
            stdin=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield child
        finally:
            if child.returncode is None:
                child.kill()
            await child.wait()


async def ended(child: asyncio.subprocess.Process) -> int:
    child.send_signal(signal.SIGTERM)
    return await asyncio.wait_for(child.wait(), 20)


def words(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False)


async def test_worker_when_killed_after_the_post_was_accepted_then_the_briefing_is_there_once(
    server: DiscordServer, tmp_path: Path
) -> None:
    at = now()
    fill(tmp_path, at, CHANNEL)
    server.faults = ["stall"]
    async with worker(tmp_path, server, at) as child:
        await wait_until(lambda: server.messages[CHANNEL], 30)
        child.kill()
    server.window_s = 0  # the nonce is forgotten before it is back
    async with worker(tmp_path, server, at + timedelta(minutes=3), speed=60) as child:
        await wait_until(lambda: states(tmp_path)[0].startswith("sent"), 30)
        await wait_until(lambda: server.gateway.current is not None, 20)
        asked = await server.type_command("issues", rights=MANAGE)
        assert "fishing border" in words(await asked.answered(20))
        assert await ended(child) == 0
    assert states(tmp_path)[0].startswith("sent:reconciled")
    posted = server.messages[CHANNEL]
    assert len(posted) == 1
    assert "We want no quarrel over the strait with our neighbours" in words(posted[0])
    assert len(server.commands) == 1
    log = (tmp_path / "log.txt").read_text()
    assert TOKEN not in log
    assert "Unclosed" not in log


async def test_worker_when_the_channel_is_closed_to_it_then_it_is_paused_and_the_owner_told_once(
    server: DiscordServer, tmp_path: Path
) -> None:
    at = now()
    fill(tmp_path, at, LOCKED)
    async with worker(tmp_path, server, at) as child:
        await wait_until(lambda: server.direct, 30)
        await wait_until(lambda: server.messages[next(iter(server.direct))], 10)
        await wait_until(lambda: states(tmp_path)[0].startswith("dead"), 10)
        assert await ended(child) == 0
    number, person = next(iter(server.direct.items()))
    assert person == OWNER
    assert [f"<#{LOCKED}>" in m["content"] for m in server.messages[number]] == [True]
    store = Store(open_engine(f"sqlite:///{tmp_path}/briefings.db"))
    assert "Missing Access" in store.targets.reason(GUILD, f"discord:{LOCKED}")
    store.close()
