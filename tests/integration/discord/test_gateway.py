"""The gateway through the real client: reconnects lose and double nothing, and another worker takes over."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.discord.adapter import GATEWAY
from bot.discord.client import GatewayClient
from tests.discord_people import CHANNEL, wait_until
from tests.integration.discord.conftest import World, now
from tests.integration.discord.test_posting import part

ROUNDS = 50


async def break_connection(world: World, n: int) -> None:
    """End the connection in one of the ways in which Discord does."""
    gateway = world.server.gateway
    match n % 4:
        case 0:
            await gateway.drop(4000)
        case 1:
            await gateway.ask_to_reconnect()
        case 2:
            await gateway.invalidate()
        case _:
            await gateway.drop(1001)


async def test_gateway_when_it_breaks_fifty_times_during_posts_then_nothing_is_lost_or_doubled(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(client: GatewayClient, shard: int | None, *, initial: bool = False) -> None:
        """Wait for nothing: the client's five seconds before it identifies again would make this test a minute long."""

    monkeypatch.setattr(GatewayClient, "before_identify_hook", at_once)
    gateway = world.server.gateway
    async with world.listening() as platform:
        for n in range(ROUNDS):
            before = gateway.n_identified + gateway.n_resumed
            post = asyncio.create_task(platform.publish(part(key=f"k{n}")))
            await break_connection(world, n)
            if n % 4 == 0:  # typed while nobody is connected: the resume brings it
                await world.server.type_command("issues")
            await post
            await wait_until(lambda before=before: gateway.n_identified + gateway.n_resumed > before)  # type: ignore[misc]
        await wait_until(lambda: all(a.edits for a in world.server.asked.values()))
        last = await world.server.type_command("quotes")
        await last.answered()
    assert len(world.server.messages[CHANNEL]) == ROUNDS
    assert len(world.answers.asked) == len(world.server.asked)
    assert [len(a.edits) for a in world.server.asked.values()] == [1] * len(world.server.asked)
    assert (gateway.n_identified, gateway.n_resumed) == (1 + 12, 38)


async def test_gateway_when_two_workers_run_then_one_holds_it_and_the_other_takes_over(world: World) -> None:
    async with world.listening("w2", is_ready=False) as second:
        async with world.listening("w1", is_ready=False) as first:
            await wait_until(lambda: world.server.gateway.current is not None)
            holder = world.marks.rights[GATEWAY][0]
            await wait_until(lambda: first.is_connected and second.is_connected)
            assert world.server.gateway.n_identified == 1
        if holder == "w1":
            await wait_until(lambda: world.server.gateway.n_identified == 2)
        asked = await world.server.type_command("issues")
        await asked.answered()
        assert await second.publish(part())
    assert GATEWAY not in world.marks.rights


async def test_gateway_when_its_holder_died_then_it_is_taken_over_once_the_right_has_run_out(world: World) -> None:
    world.marks.rights[GATEWAY] = ("dead", now() + timedelta(seconds=0.5))
    async with world.listening("w2"):
        assert world.marks.rights[GATEWAY][0] == "w2"
        assert now() > world.marks.rights[GATEWAY][1] - timedelta(seconds=60)


async def test_gateway_when_the_right_is_lost_then_it_is_left_to_the_other(world: World) -> None:
    async with world.listening("w1") as platform:
        world.marks.rights[GATEWAY] = ("w2", now() + timedelta(seconds=60))
        await wait_until(lambda: platform._client is None)
        await wait_until(lambda: world.server.gateway.current is None)
    assert world.marks.rights[GATEWAY][0] == "w2"


async def test_gateway_when_heartbeats_are_asked_for_then_they_come(world: World) -> None:
    world.server.gateway.heartbeat_ms = 200
    async with world.listening():
        await wait_until(lambda: world.server.gateway.n_heartbeats >= 3)


async def test_gateway_when_it_is_not_there_yet_then_it_counts_as_not_connected(world: World) -> None:
    platform = world.platform()
    assert not platform.is_connected
    async with world.listening() as holder:
        await wait_until(lambda: holder.is_connected)
    assert not holder.is_connected


async def test_gateway_when_the_token_is_refused_then_the_listener_ends_with_a_reason(world: World) -> None:
    world.server.gateway.token = "another"
    platform = world.platform()
    with pytest.raises(Exception, match="4004"):
        await asyncio.wait_for(platform.listen(None), 10)  # type: ignore[arg-type]
    assert not platform.is_connected
    await platform.close()
