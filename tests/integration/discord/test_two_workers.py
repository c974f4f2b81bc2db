"""Two worker processes on one PostgreSQL: one answers, both can post, and the other takes over when the first dies."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefings.store.store import Store
from tests.databases import Postgres
from tests.discord_people import CHANNEL, GUILD, MANAGE, OTHER, wait_until
from tests.discord_server import DiscordServer
from tests.integration.discord.conftest import now
from tests.integration.discord.processes import ended, fill, open_store, states, words, worker

PART = 5  # of the real length of the right to the gateway and of the times between tries
TAKEOVER_S = 120 / PART


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    made = postgres.create()
    yield made
    postgres.drop(made)


def plan_now(store: Store) -> None:
    """Subscribe another channel and let a slot of it be due, as a planner's tick would."""
    at = now()
    slot = f"{at:%H:%M}"
    subscription = store.subscriptions.add(
        at, tenant=GUILD, channel=f"discord:{OTHER}", topic="strait", time=slot, zone="UTC", days=(0, 1, 2, 3, 4, 5, 6)
    )
    store.deliveries.plan(subscription, local_date=f"{at:%Y-%m-%d}", slot=slot, due=at, note="", is_skipped=False)


async def test_workers_when_the_one_that_answers_is_killed_then_the_other_posts_at_once_and_answers_in_time(
    server: DiscordServer, tmp_path: Path, url: str
) -> None:
    at = now()
    fill(url, at, CHANNEL)
    store, given = open_store(url), {"env": {"DATABASE_URL": url}, "part": PART}
    async with worker(tmp_path, server, at, **given) as first, worker(tmp_path, server, at, **given) as second:
        await wait_until(lambda: server.gateway.current is not None, 40)
        await wait_until(lambda: states(url)[0].startswith("sent"), 40)
        holder = (store.marks.get("discord_gateway") or "").split("-")[-2]
        killed, left = (first, second) if holder == str(first.pid) else (second, first)
        await (await server.type_command("issues", rights=MANAGE)).answered(20)
        assert server.gateway.n_identified == 1
        killed.kill()
        died = time.monotonic()
        plan_now(store)
        await wait_until(lambda: server.messages[OTHER], 40)
        await wait_until(lambda: server.gateway.n_identified == 2, TAKEOVER_S)
        assert time.monotonic() - died < TAKEOVER_S
        asked = await server.type_command("issues", rights=MANAGE)
        assert "fishing border" in words(await asked.answered(20))
        await wait_until(lambda: all(s.startswith("sent") for s in states(url)), 10)
        assert await ended(left) == 0
    store.close()
    assert [len(server.messages[c]) for c in (CHANNEL, OTHER)] == [1, 1]
