"""A whole worker process with Discord: a briefing of stored articles is posted once, a kill in the middle or not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.discord_people import CHANNEL, GUILD, LOCKED, MANAGE, OWNER, TOKEN, wait_until
from tests.discord_server import DiscordServer
from tests.integration.discord.conftest import now
from tests.integration.discord.processes import ended, file_of, fill, open_store, states, words, worker


async def test_worker_when_killed_after_the_post_was_accepted_then_the_briefing_is_there_once(
    server: DiscordServer, tmp_path: Path
) -> None:
    at = now()
    fill(file_of(tmp_path), at, CHANNEL)
    server.faults = ["stall"]
    async with worker(tmp_path, server, at) as child:
        await wait_until(lambda: server.messages[CHANNEL], 30)
        child.kill()
    server.window_s = 0  # the nonce is forgotten before it is back
    async with worker(tmp_path, server, at + timedelta(minutes=3), speed=60) as child:
        await wait_until(lambda: states(file_of(tmp_path))[0].startswith("sent"), 30)
        await wait_until(lambda: server.gateway.current is not None, 20)
        asked = await server.type_command("issues", rights=MANAGE)
        assert "fishing border" in words(await asked.answered(20))
        assert await ended(child) == 0
    assert states(file_of(tmp_path))[0].startswith("sent:reconciled")
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
    fill(file_of(tmp_path), at, LOCKED)
    async with worker(tmp_path, server, at) as child:
        await wait_until(lambda: server.direct, 30)
        await wait_until(lambda: server.messages[next(iter(server.direct))], 10)
        await wait_until(lambda: states(file_of(tmp_path))[0].startswith("dead"), 10)
        assert await ended(child) == 0
    number, person = next(iter(server.direct.items()))
    assert person == OWNER
    assert [f"<#{LOCKED}>" in m["content"] for m in server.messages[number]] == [True]
    store = open_store(file_of(tmp_path))
    assert "Missing Access" in store.targets.reason(GUILD, f"discord:{LOCKED}")
    store.close()
