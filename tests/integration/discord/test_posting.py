"""Posts through the real client: once, found again, in threads, and each failure told apart."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.discord.api import Api, point_to
from bot.discord.marking import carries
from bot.discord.posting import Poster
from briefings.compose import compose, to_document
from briefings.document import Item
from briefings.errors import Ambiguous, RateLimited, Refused, TargetClosed
from briefings.model import Part
from tests.contract.test_discord_limits import long_briefing
from tests.discord_people import CHANNEL, LOCKED
from tests.discord_server import DiscordServer
from tests.fakes_briefing import full_input

BODY = json.dumps({"content": "Bottom line", "embeds": [{"title": "Grey Strait"}]})
SINCE = datetime.now(UTC) - timedelta(seconds=5)  # noqa: TID251  # ids of the server come from the real clock


def part(number: int = 1, *, key: str = "k1", channel: str = CHANNEL, parent: str | None = None, **more: str) -> Part:
    given = {"body": BODY, "state": "sending"} | more
    return Part(delivery=1, number=number, key=key, channel=f"discord:{channel}", parent=parent, **given)  # type: ignore[arg-type]


async def test_publish_when_the_same_part_is_sent_twice_then_there_is_one_message(
    server: DiscordServer, poster: Poster
) -> None:
    first, second = await poster.publish(part()), await poster.publish(part())
    other = await poster.publish(part(key="k2"))
    assert first == second != other
    assert [m["id"] for m in server.messages[CHANNEL]] == [first, other]


@pytest.mark.parametrize("fault", ["500", "502", "504", "late"])
async def test_publish_when_the_answer_is_a_5xx_then_the_client_s_own_retry_posts_once(
    server: DiscordServer, poster: Poster, fault: str
) -> None:
    server.faults = [fault]
    message = await poster.publish(part())
    assert [m["id"] for m in server.messages[CHANNEL]] == [message]
    assert server.count("POST /api/channels") == 2


@pytest.mark.parametrize(("fault", "n_posted"), [("drop", 1), ("503", 0), ("reset", 0)])
async def test_publish_when_it_is_unclear_what_came_of_it_then_find_tells(
    server: DiscordServer, poster: Poster, fault: str, n_posted: int
) -> None:
    server.faults = [fault]
    with pytest.raises(Ambiguous):
        await poster.publish(part())
    server.window_s = 0  # the nonce is forgotten
    found = await poster.find("k1", f"discord:{CHANNEL}", SINCE)
    assert [m["id"] for m in server.messages[CHANNEL]] == [found] * n_posted
    assert (found is not None) == bool(n_posted)


async def test_publish_when_asked_to_wait_without_a_proxy_s_mark_then_nothing_was_posted_and_the_time_is_told(
    server: DiscordServer, poster: Poster
) -> None:
    server.faults, server.retry_after = ["limit"], 2.5
    with pytest.raises(RateLimited) as told:
        await poster.publish(part())
    assert told.value.retry_after == 2.5
    assert server.messages[CHANNEL] == []


async def test_publish_when_asked_to_wait_a_little_then_the_client_waits(server: DiscordServer, poster: Poster) -> None:
    server.faults = ["wait"]
    await poster.publish(part())
    assert len(server.messages[CHANNEL]) == 1


async def test_publish_when_asked_to_wait_long_then_the_time_is_told(server: DiscordServer, poster: Poster) -> None:
    server.faults, server.retry_after = ["wait"], 3600
    with pytest.raises(RateLimited) as told:
        await poster.publish(part())
    assert told.value.retry_after == 3600


@pytest.mark.parametrize(("channel", "said"), [(LOCKED, "50001"), ("123", "10003")])
async def test_publish_when_the_channel_is_closed_to_us_then_it_says_so_and_whoever_can_mend_it_is_told(
    server: DiscordServer, poster: Poster, channel: str, said: str
) -> None:
    told: list[tuple[str, str]] = []

    async def tell(channel: str, why: str) -> None:
        told.append((channel, why))

    poster.tell_closed = tell
    with pytest.raises(TargetClosed, match=said) as error:
        await poster.publish(part(channel=channel))
    assert "Send Messages" in str(error.value)
    assert told == [(channel, str(error.value))]


async def test_publish_when_the_message_is_refused_then_the_channel_is_not(
    server: DiscordServer, poster: Poster
) -> None:
    with pytest.raises(Refused) as error:
        await poster.publish(part(body=json.dumps({"content": "x" * 2001})))
    assert not isinstance(error.value, TargetClosed)
    server.errors.clear()


async def test_publish_when_the_token_is_wrong_then_the_channel_is_closed(server: DiscordServer) -> None:
    api = Api(token="another")
    with pytest.raises(TargetClosed, match="DISCORD_BOT_TOKEN"):
        await Poster(api=api).publish(part())


async def test_publish_when_the_server_is_away_then_nothing_was_posted_and_it_is_tried_later() -> None:
    async with DiscordServer() as gone:
        point_to(gone.api_url, gone.gateway_url)
    with pytest.raises(RateLimited):
        await Poster(api=Api(token="t")).publish(part())


async def test_publish_when_parts_follow_then_they_stand_in_one_thread_on_the_first(
    server: DiscordServer, poster: Poster
) -> None:
    bodies = poster.render(to_document(compose(full_input())))
    first = await poster.publish(part(body=bodies[0]))
    assert len(bodies) > 1
    for number, body in enumerate(bodies[1:], 2):
        await poster.publish(part(number, key=f"k{number}", parent=first, body=body))
    await poster.publish(part(9, key="k9", parent=first))  # a thread that is there is used again
    assert list(server.threads) == [first]
    assert len(server.messages[first]) == len(bodies)
    assert [m["id"] for m in server.messages[CHANNEL]] == [first]
    assert await poster.find("k2", f"discord:{CHANNEL}", SINCE, first) == server.messages[first][0]["id"]
    assert await poster.find("k77", f"discord:{CHANNEL}", SINCE, first) is None


async def test_publish_when_there_are_forty_developments_then_discord_takes_every_message(
    server: DiscordServer, poster: Poster
) -> None:
    document = long_briefing(40)
    first, *more = poster.render(document)
    parent = await poster.publish(part(body=first))
    for n, body in enumerate(more, 2):
        await poster.publish(part(n, key=f"k{n}", parent=parent, body=body))
    posted = json.dumps([server.messages[CHANNEL], server.messages[parent]])
    ids = [b.id for b in (*document.blocks, *document.detail) if isinstance(b, Item)]
    assert len(ids) > 40
    assert all(f"`{i}`" in posted for i in ids)


async def test_find_when_the_thread_was_never_begun_then_there_is_no_message(
    server: DiscordServer, poster: Poster
) -> None:
    first = await poster.publish(part())
    assert await poster.find("k2", f"discord:{CHANNEL}", SINCE, first) is None


async def test_find_when_hundreds_wrote_meanwhile_then_the_message_is_found(
    server: DiscordServer, poster: Poster
) -> None:
    for n in range(250):
        server._stored(CHANNEL, {"content": f"chat {n}"})
    message = await poster.publish(part())
    for n in range(120):
        server._stored(CHANNEL, {"content": f"more {n}"})
    assert await poster.find("k1", f"discord:{CHANNEL}", SINCE) == message


async def test_find_when_another_bot_copies_the_mark_then_it_is_not_ours(server: DiscordServer, poster: Poster) -> None:
    await poster.publish(part())
    server.messages[CHANNEL][0]["author"] = {"id": "1", "username": "x"}
    assert await poster.find("k1", f"discord:{CHANNEL}", SINCE) is None


async def test_find_when_the_channel_can_t_be_read_then_nothing_is_known(poster: Poster) -> None:
    with pytest.raises(TargetClosed):
        await poster.find("k1", f"discord:{LOCKED}", SINCE)


async def test_edit_when_a_briefing_is_corrected_then_the_message_changes_and_is_still_found(
    server: DiscordServer, poster: Poster
) -> None:
    message = await poster.publish(part())
    new = json.dumps({"embeds": [{"title": "Corrected"}]})
    await poster.edit(part(body=new, message_id=message))
    shown = server.messages[CHANNEL][0]
    assert (shown["content"], shown["embeds"][0]["title"]) == ("", "Corrected")
    assert carries(shown, "k1")
    with pytest.raises(Refused):
        await poster.edit(part(body=new, message_id="77"))


async def test_publish_when_a_hundred_connections_drop_then_each_part_is_there_once(
    server: DiscordServer, poster: Poster
) -> None:
    for n in range(100):
        server.faults = [("drop", "reset", "503", "")[n % 4]]
        try:
            await poster.publish(part(key=f"p{n}"))
        except Ambiguous:
            if await poster.find(f"p{n}", f"discord:{CHANNEL}", SINCE) is None:
                await poster.publish(part(key=f"p{n}"))
    found = [m["embeds"][-1]["footer"]["text"] for m in server.messages[CHANNEL]]
    assert len(found) == len(set(found)) == 100
