"""Worker processes with Discord switched on, and the store that they work on."""

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
from tests.discord_people import BOT, GUILD, TOKEN
from tests.discord_server import DiscordServer
from tests.integration.discord.worker_child import catalogue
from tests.integration.use_cases.conftest import SentenceExtractor
from tests.integration.use_cases.two_articles import ARTICLE

ROOT = Path(__file__).parents[3]


def file_of(folder: Path) -> str:
    return f"sqlite:///{folder}/briefings.db"


def open_store(url: str) -> Store:
    engine = open_engine(url)
    migrate(engine)
    return Store(engine)


def room_of(store: Store) -> Newsroom:
    given = catalogue()
    return Newsroom(store=store, extractor=SentenceExtractor(), catalogue=given, stories=story_context(given))


def store_article(url: str, at: datetime) -> None:
    """Store an article of three hours ago."""
    store = open_store(url)
    ingest(room_of(store), replace(ARTICLE, published=at - timedelta(hours=3)), now=at, is_import=True)
    store.close()


def fill(url: str, at: datetime, channel: str) -> None:
    """Store an article of three hours ago and a subscription whose time was a minute ago."""
    store_article(url, at)
    store = open_store(url)
    slot = f"{at - timedelta(minutes=1):%H:%M}"
    store.subscriptions.add(
        at - timedelta(minutes=30), tenant=GUILD, channel=f"discord:{channel}", topic="strait", time=slot, zone="UTC",
        days=(0, 1, 2, 3, 4, 5, 6),
    )  # fmt: skip
    store.close()


def states(url: str) -> list[str]:
    store = Store(open_engine(url))
    found = [f"{d.state}:{','.join(p.state for p in d.parts)}" for d in store.deliveries.list(GUILD)]
    store.close()
    return found


@asynccontextmanager
async def worker(
    folder: Path, server: DiscordServer, start: datetime, **given: Any
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a worker; see worker_child for what else can be given."""
    env = {
        "DATA_DIR": str(folder), "DISCORD_BOT_TOKEN": TOKEN, "DISCORD_APPLICATION_ID": BOT,
        "DISCORD_API_BASE_URL": server.api_url, "DISCORD_GATEWAY_URL": server.gateway_url, "LOG_LEVEL": "DEBUG",
        **given.pop("env", {}),
    }  # fmt: skip
    written = json.dumps({"env": env, "now": start.isoformat(), **given})
    with (folder / "log.txt").open("ab") as log:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.integration.discord.worker_child", written, cwd=ROOT, stdout=log, stderr=log,
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
