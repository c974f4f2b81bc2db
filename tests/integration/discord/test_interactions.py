"""Commands, completion, buttons and forms through the real client, before and after a restart."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from bot.command_list import COMMANDS
from tests.discord_people import CHANNEL, MANAGE, MEMBER, Asked, wait_until
from tests.integration.discord.conftest import World

EXAMPLES: dict[str, dict[str, Any]] = {
    "summary": {"article": "A-14"},
    "ask": {"question": 'who said "never"'},
    "related": {"article": "A-14"},
    "subscribe": {"topic": "harbour", "time": "08:00"},
    "report": {"problem": "wrong speaker", "item": "Q-12"},
    "follow": {"item": "U-7"},
    "quotes": {"speaker": "Rask", "days": 3},
    "why": {"item": "Q-12"},
}


def text_of(body: dict[str, Any]) -> str:
    return "\n".join(e.get("title", "") + "\n" + e.get("description", "") for e in body.get("embeds", []))


def labels(body: dict[str, Any]) -> list[str]:
    return [b["label"] for row in body.get("components", []) for b in row["components"]]


async def test_listen_when_started_twice_then_the_commands_are_registered_once(world: World) -> None:
    for _ in range(2):
        async with world.listening():
            pass
    assert [{c["name"] for c in given} for given in world.server.commands] == [set(COMMANDS)]
    managed = {c["name"] for c in world.server.commands[0] if c["default_member_permissions"]}
    assert managed == {c.name for c in COMMANDS.values() if c.who == "managers"}


async def test_command_when_each_is_typed_then_each_is_answered_to_the_asker_alone_in_time(world: World) -> None:
    every = []
    for _ in range(2):  # before and after a restart
        async with world.listening():
            asked = [await world.server.type_command(n, rights=MANAGE, **EXAMPLES.get(n, {})) for n in COMMANDS]
            every += asked
            for command in asked:
                await command.answered()
    assert [a.first["data"]["flags"] for a in every if a.first] == [64] * 2 * len(COMMANDS)
    assert max(a.first_after for a in every) < 0.5
    told = {q.command: dict(q.options) for q in world.answers.asked}
    assert set(told) == set(COMMANDS) - {"help"}
    assert told["quotes"] == {"speaker": "Rask", "days": "3"}
    assert told["ask"] == {"question": "who said 'never'"}


async def test_command_when_an_answer_fails_then_the_asker_is_told_and_nobody_waits(world: World) -> None:
    world.answers.is_broken = True
    async with world.listening():
        known = await world.server.type_command("why", item="Q-12")
        unknown = await world.server.type_command("schedule")
        assert "Nothing known by then" in text_of(await known.answered())
        assert "Something went wrong" in text_of(await unknown.answered())


async def test_command_when_a_member_who_is_no_manager_subscribes_then_it_is_refused_whatever_the_guild_shows(
    world: World,
) -> None:
    async with world.listening():
        asked = await world.server.type_command("subscribe", topic="harbour")
        assert "for managers" in text_of(await asked.answered())
        asked = await world.server.type_command("subscribe", rights=MANAGE, topic="harbour")
        await asked.answered()
    assert [(q.command, q.asker.is_manager) for q in world.answers.asked] == [("subscribe", True)]


async def test_command_when_the_answer_takes_long_then_the_first_response_does_not(world: World) -> None:
    world.answers.before = lambda: time.sleep(0.6)
    async with world.listening():
        asked = await world.server.type_command("issues")
        await wait_until(lambda: asked.first is not None)
        assert asked.first_after < 0.4
        assert asked.edits == []
        await asked.answered()


async def test_command_when_it_is_delivered_twice_then_it_is_answered_once(world: World) -> None:
    async with world.listening():
        asked = await world.server.type_command("issues")
        await asked.answered()
        await world.server.repeat(asked)
        await world.server.type_command("quotes")
        await wait_until(lambda: len(world.answers.asked) == 2)
    assert [q.command for q in world.answers.asked] == ["issues", "quotes"]
    assert len(asked.edits) == 1


async def test_command_when_another_worker_took_it_then_this_one_leaves_it(world: World) -> None:
    async with world.listening() as platform:
        platform.heard.answering.is_first = lambda event, now: False
        asked = await world.server.type_command("issues")
        await wait_until(lambda: asked.first is not None)
        platform.heard.answering.is_first = world.marks.is_first
        await (await world.server.type_command("quotes")).answered()
    assert asked.edits == []
    assert [q.command for q in world.answers.asked] == ["quotes"]


async def test_command_when_a_person_is_named_a_manager_then_they_are_obeyed(world: World) -> None:
    async with world.listening() as platform:
        platform.heard.answering.managers = frozenset({MEMBER})
        await (await world.server.type_command("subscribe", topic="harbour")).answered()
    assert [q.command for q in world.answers.asked] == ["subscribe"]


async def test_option_when_typed_then_25_completions_are_offered(world: World) -> None:
    async with world.listening():
        found = await world.server.type_option("quotes", "speaker", "Ras")
        zones = await world.server.type_option("subscribe", "zone", "Ky")
    assert (len(found), found[0]) == (25, "speakers Ras 0")
    assert zones[0] == "zones Ky 0"


async def test_picture_when_an_answer_has_one_then_it_goes_along(world: World) -> None:
    async with world.listening():
        asked = await world.server.type_command("timeline")
        body = await asked.answered()
    assert asked.files == ["picture-1.png"]
    assert body["embeds"][-1]["image"]["url"] == "attachment://picture-1.png"
    assert body["attachments"] == [{"id": 0, "description": "what when"}]
    assert "what when" not in str(body["embeds"])


async def test_post_when_pressed_then_the_channel_gets_the_answer_once_and_no_one_is_pinged(world: World) -> None:
    async with world.listening():
        asked = await world.server.type_command("quotes", speaker="Rask")
        answer = world.server.shown(await asked.answered())
        pressed = await world.server.press(answer, "Post to channel")
        assert "Posted" in text_of(await pressed.answered())
        silent = await world.server.press(answer, "Post to channel", rights="1024")
        assert "may not write" in text_of(await silent.answered())
    posted = world.server.messages[CHANNEL]
    assert len(posted) == 1
    assert posted[0]["embeds"][0]["title"] == "/quotes"
    assert f"<@{MEMBER}>" in posted[0]["content"]


async def test_post_when_the_answer_is_not_for_all_then_there_is_no_button(world: World) -> None:
    async with world.listening():
        for name in ("subscribe", "reports", "follow"):
            asked = await world.server.type_command(name, rights=MANAGE, **EXAMPLES.get(name, {}))
            assert "Post to channel" not in labels(await asked.answered())


async def press_all(world: World, message: dict[str, Any]) -> dict[str, Asked]:
    """Press each button of a briefing and fill in the forms."""
    found = {label: await world.server.press(message, label) for label in labels(message)}
    for label in ("Ask", "Report a problem"):
        await wait_until(lambda label=label: found[label].first is not None)  # type: ignore[misc]
    found["asked"] = await world.server.fill_in(found["Ask"], question="who signed?")
    found["reported"] = await world.server.fill_in(
        found["Report a problem"], item="Q-16", kind="Wrong speaker", problem="it was his deputy"
    )
    for label in set(found) - {"Ask", "Report a problem"}:
        await found[label].answered()
    return found


async def test_buttons_when_pressed_before_and_after_a_restart_then_each_does_the_same(world: World) -> None:
    outcomes = []
    for is_restarted in (False, True):
        world.answers.asked.clear()
        async with world.listening():
            asked = await world.server.type_command("briefing")
            message = world.server.shown(await asked.answered())
            found = {} if is_restarted else await press_all(world, message)
        if is_restarted:
            async with world.listening():  # another process, which never saw the message
                found = await press_all(world, message)
        assert {a.first["type"] for a in found.values() if a.first} == {5, 9}
        assert len(found["Full briefing"].more) + len(found["Full briefing"].edits) >= 1
        assert "All developments" in text_of(found["Full briefing"].edits[-1])
        assert "Sources of" in text_of(found["Sources"].edits[-1])
        outcomes.append(sorted((q.command, *q.options.values()) for q in world.answers.asked))
    assert outcomes[0] == outcomes[1]
    assert ("ask", "who signed?") in outcomes[0]
    assert ("follow", "U-12") in outcomes[0]
    assert any(x[0] == "report" and "Q-16" in x and "deputy" in "".join(x) for x in outcomes[0])


async def test_form_when_it_was_opened_before_a_restart_then_it_is_answered_after_it(world: World) -> None:
    async with world.listening():
        message = world.server.shown(await (await world.server.type_command("briefing")).answered())
        form = await world.server.press(message, "Ask")
        await wait_until(lambda: form.first is not None)
    async with world.listening():
        await (await world.server.fill_in(form, question="who signed?")).answered()
    assert world.answers.asked[-1].get("question") == "who signed?"


async def test_button_when_it_is_of_another_version_then_it_says_so(world: World) -> None:
    async with world.listening():
        message = world.server.shown({"components": [{"type": 1, "components": [
            {"type": 2, "style": 2, "label": "Old", "custom_id": "what:is:this"}
        ]}]})  # fmt: skip
        pressed = await world.server.press(message, "Old")
        assert "another version" in text_of(await pressed.answered())


async def test_guild_when_it_removes_the_bot_then_it_is_forgotten_but_not_in_an_outage(world: World) -> None:
    async with world.listening():
        await world.server.remove_bot(is_outage=True)
        await asyncio.sleep(0.1)
        assert world.forgotten == []
        await world.server.remove_bot()
        await wait_until(lambda: world.forgotten != [])
    assert world.forgotten == ["700000000000000001"]


@pytest.mark.parametrize("n", [100])
async def test_command_when_many_come_at_once_then_each_has_its_first_response_in_time(world: World, n: int) -> None:
    world.answers.before = lambda: time.sleep(0.01)
    async with world.listening():
        every = [await world.server.type_command("issues") for _ in range(n)]
        for asked in every:
            await asked.answered(20)
    after = sorted(a.first_after for a in every)
    assert after[-1] < 3
