"""Direct messages on Discord: to one person alone, once, whatever becomes of the worker."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.commands import sentence
from bot.discord.posting import Poster
from briefings.errors import Ambiguous, RateLimited, Refused
from briefings.use_cases.ingest import ingest
from tests.discord_people import CHANNEL, GUILD, MEMBER, OWNER, wait_until
from tests.discord_server import DiscordServer
from tests.integration.discord.conftest import now
from tests.integration.discord.processes import ended, file_of, open_store, room_of, store_article, words, worker
from tests.integration.use_cases.two_articles import SETTLED

BODY = '{"content": "U-7 has moved", "thread": "none"}'


async def test_tell_when_a_person_follows_something_then_it_is_written_to_them_once(
    server: DiscordServer, poster: Poster
) -> None:
    numbers = {await poster.tell(OWNER, BODY, "told U-7") for _ in range(2)}
    assert list(server.direct.values()) == [OWNER]
    assert [[m["id"] for m in server.messages[c]] for c in server.direct] == [list(numbers)]


@pytest.mark.parametrize("fault", ["drop", "reset", "late", "503"])
async def test_tell_when_the_answer_is_lost_then_the_same_again_shows_it_once(
    server: DiscordServer, poster: Poster, fault: str
) -> None:
    server.faults = [fault]
    await poster.tell(OWNER, BODY, "k")
    assert [len(server.messages[c]) for c in server.direct] == [1]


async def test_tell_when_no_answer_comes_twice_then_nobody_knows(server: DiscordServer, poster: Poster) -> None:
    server.faults = ["drop", "drop"]
    with pytest.raises(Ambiguous):
        await poster.tell(OWNER, BODY, "k")


async def test_tell_when_a_person_takes_no_messages_then_it_is_refused(server: DiscordServer, poster: Poster) -> None:
    server.closed_to_us = {MEMBER}
    with pytest.raises(Refused, match="Cannot send messages to this user"):
        await poster.tell(MEMBER, BODY, "k")
    assert await poster.tell(OWNER, BODY, "k")


async def test_tell_when_asked_to_wait_or_out_of_reach_then_it_was_not_sent(
    server: DiscordServer, poster: Poster
) -> None:
    server.faults = ["limit"]
    server.retry_after = 90
    with pytest.raises(RateLimited):
        await poster.tell(OWNER, BODY, "k")
    assert [len(server.messages[c]) for c in server.direct] == [0]
    assert "has moved" in poster.render(sentence("U-7 has moved").document)[0]


def follow(url: str, at: datetime, *people: str) -> None:
    """Let people follow an issue that has moved since."""
    store = open_store(url)
    for person in people:
        store.reports.follow(GUILD, person, "U-1", f"discord:{CHANNEL}", at - timedelta(minutes=5))
    ingest(room_of(store), replace(SETTLED, published=at - timedelta(minutes=2)), now=at, is_import=False)
    store.close()


def outcomes(url: str) -> list[str]:
    store = open_store(url)
    found = [f"{m.person} {state}" for m, state, _ in store.direct.list(GUILD)]
    store.close()
    return found


async def test_worker_when_killed_while_it_writes_to_somebody_then_they_hear_once_and_the_others_too(
    server: DiscordServer, tmp_path: Path
) -> None:
    at, url = now(), file_of(tmp_path)
    store_article(url, at - timedelta(hours=1))
    follow(url, at, OWNER, MEMBER)
    server.closed_to_us = {MEMBER}
    server.faults = ["stall"]
    async with worker(tmp_path, server, at, tell_s=1, env={"LEASE_SECONDS": "5"}) as child:
        await wait_until(lambda: [c for c, p in server.direct.items() if p == OWNER and server.messages[c]], 40)
        child.kill()
    async with worker(tmp_path, server, at + timedelta(minutes=2), tell_s=1) as child:
        await wait_until(lambda: outcomes(url) == [f"{OWNER} unknown", f"{MEMBER} refused"], 40)
        assert await ended(child) == 0
    (told,) = [m for c, p in server.direct.items() if p == OWNER for m in server.messages[c]]
    assert "U-1 has moved: resolved" in words(told)
    assert "The fishing border has been resolved" in words(told)
    assert "Stop following U-1" in words(told)
