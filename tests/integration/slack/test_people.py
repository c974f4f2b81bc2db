"""Commands, buttons, forms, the Home tab and mentions, through the real Bolt app over Socket Mode."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.command_list import COMMANDS
from tests.integration.slack.conftest import NOW, PNG, Desk, answered
from tests.slack_server import SlackServer

pytestmark = pytest.mark.usefixtures("app")


def words(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False)


async def test_command_when_typed_then_it_is_acknowledged_and_answered_to_the_asker_alone(
    slack: SlackServer, desk: Desk
) -> None:
    shown = await answered(slack, slack.command("/quotes Lavrov days:3"))
    assert shown["response_type"] == "ephemeral"
    assert (desk.asked[0].command, desk.asked[0].options) == ("quotes", {"speaker": "Lavrov", "days": "3"})
    asker = desk.asked[0].asker
    assert (asker.tenant, asker.channel, asker.user, asker.is_manager) == ("T01", "slack:C1", "U1", False)
    assert "Post to channel" in words(slack.shown[0])
    assert slack.messages == []


@pytest.mark.parametrize("name", [c for c in COMMANDS if c not in {"help"}])
async def test_command_when_each_is_reached_through_briefing_then_no_limit_is_broken(
    slack: SlackServer, desk: Desk, name: str
) -> None:
    example = COMMANDS[name].example.removeprefix("/")
    await answered(slack, slack.command(f"/briefing {example}" if name != "briefing" else "/briefing", user="UADMIN"))
    assert desk.asked[-1].command == name


async def test_command_when_help_is_asked_then_briefing_is_said_to_reach_them_all(slack: SlackServer) -> None:
    shown = await answered(slack, slack.command("/briefing help"))
    assert "/briefing followed by" in words(shown)


async def test_command_when_its_words_are_escaped_by_slack_then_they_are_read_as_typed(
    slack: SlackServer, desk: Desk
) -> None:
    await answered(slack, slack.command("/ask is a < b & c > d"))
    assert desk.asked[0].get("question") == "is a < b & c > d"


@pytest.mark.parametrize(
    ("user", "channel", "is_manager"),
    [("UADMIN", "C1", True), ("UNAMED", "C1", True), ("U0MAKER", "C1", True), ("U1", "C1", False), ("U1", "C9", False)],
)
async def test_command_when_only_managers_may_then_slack_is_asked_who_it_is(
    slack: SlackServer, desk: Desk, user: str, channel: str, is_manager: bool
) -> None:
    slack.users["U0MAKER"] = {}
    shown = await answered(slack, slack.command("/briefing subscribe harbour 08:00", user=user, channel=channel))
    assert bool(desk.asked) == is_manager
    assert ("for managers" in words(shown)) != is_manager


async def test_command_when_an_admin_of_another_workspace_asks_then_it_is_no_manager(
    slack: SlackServer, desk: Desk
) -> None:
    slack.users["U9"] = {"is_admin": True, "team_id": "T99"}
    await answered(slack, slack.command("/briefing subscribe harbour 08:00", user="U9"))
    assert desk.asked == []


async def test_command_when_slack_does_not_say_who_it_is_then_nothing_is_done_and_it_says_so(
    slack: SlackServer, desk: Desk
) -> None:
    slack.faults["users.info"].append("500")
    shown = await answered(slack, slack.command("/briefing subscribe harbour 08:00", user="UADMIN"))
    assert desk.asked == []
    assert "Slack answered" in words(shown)


async def test_subscribe_when_we_are_not_in_the_channel_then_it_says_so(slack: SlackServer) -> None:
    slack.channels["C2"].is_member = False
    shown = await answered(slack, slack.command("/briefing subscribe harbour 08:00", user="UADMIN", channel="C2"))
    assert "/invite" in words(shown)


async def test_command_when_it_comes_twice_then_it_is_answered_once(slack: SlackServer, desk: Desk) -> None:
    payload = slack.command("/quotes")
    await answered(slack, payload, 2)
    await slack.send(payload)
    await slack.send(slack.command("/ask x"))
    await slack.until(lambda: len(desk.asked) == 2)
    assert [q.command for q in desk.asked] == ["quotes", "ask"]


async def test_command_when_the_answer_is_lost_then_it_is_not_sent_again(slack: SlackServer) -> None:
    slack.faults["response_url"].append("lose")
    await slack.send(slack.command("/ask who"))
    await slack.until(lambda: len([c for c in slack.calls if c[0] == "response_url"]) == 2)
    assert "no clear answer" in words(slack.shown[-1])
    assert len([s for s in slack.shown if "answered ask" in words(s).lower()]) == 1


async def test_command_when_a_bug_strikes_then_the_asker_is_told(slack: SlackServer, desk: Desk) -> None:
    desk.fails = True
    shown = await answered(slack, slack.command("/quotes"))
    assert "Something failed" in words(shown)
    assert "KeyError" not in words(shown)


async def test_form_when_ask_is_typed_alone_then_it_opens_and_its_question_is_answered(
    slack: SlackServer, desk: Desk
) -> None:
    await slack.send(slack.command("/ask"))
    await slack.until(lambda: slack.views)
    shown = await answered(slack, slack.sent(slack.views[0], question='who said "no" to: this'))
    assert desk.asked[0].get("question") == "who said 'no' to: this"
    assert shown["channel"] == "C1"


async def test_form_when_a_problem_is_reported_then_the_item_is_chosen_among_those_shown(
    slack: SlackServer, desk: Desk
) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Q-12* and *U-7*"}}]
    await slack.send(slack.press("report:::", message={"blocks": blocks}))
    await slack.until(lambda: slack.views)
    assert "Q-12" in words(slack.views[0])
    assert "U-7" in words(slack.views[0])
    await answered(slack, slack.sent(slack.views[0], item="U-7", kind="Outdated", problem="it moved"))
    assert desk.asked[0].options == {"problem": "Outdated: it moved", "item": "U-7"}


async def test_shortcut_when_used_on_a_message_then_the_form_opens(slack: SlackServer) -> None:
    payload = {
        **slack.press(""),
        "type": "message_action",
        "callback_id": "report",
        "message": {"text": "*D-3* moved", "ts": "1.1"},
    }
    await slack.send(payload)
    await slack.until(lambda: slack.views)
    assert "D-3" in words(slack.views[0])


async def test_form_when_its_trigger_is_too_old_then_the_person_is_asked_to_press_again(slack: SlackServer) -> None:
    slack.trigger_s = 0
    shown = await answered(slack, slack.press("ask:::"))
    assert "press again" in words(shown)
    assert slack.views == []


@pytest.mark.parametrize(
    ("value", "command", "options"),
    [
        ("evidence:Q-12::", "why", {"item": "Q-12"}),
        ("follow:U-7::", "follow", {"item": "U-7"}),
        ("full::1772431200:harbour", "briefing", {"topic": "harbour"}),
        ("sources::1772431200:harbour", "briefing", {"topic": "harbour"}),
    ],
)
async def test_button_when_pressed_then_it_does_what_it_says(
    slack: SlackServer, desk: Desk, value: str, command: str, options: dict[str, str]
) -> None:
    await answered(slack, slack.press(value))
    assert (desk.asked[0].command, desk.asked[0].options) == (command, options)
    assert desk.as_of[0] == (datetime(2026, 3, 2, 6, 0, tzinfo=UTC) if "harbour" in value else None)


async def test_button_when_it_is_a_menu_then_the_chosen_entry_counts(slack: SlackServer, desk: Desk) -> None:
    payload = slack.press("")
    payload["actions"] = [{"action_id": "press-3", "selected_option": {"value": "evidence:D-31::"}, "action_ts": "2"}]
    await answered(slack, payload)
    assert desk.asked[0].options == {"item": "D-31"}


@pytest.mark.parametrize("value", ["", "boom", "full:x:y:z", "evidence:Q-1 OR 1::"])
async def test_button_when_it_is_none_of_ours_then_it_says_so(slack: SlackServer, desk: Desk, value: str) -> None:
    shown = await answered(slack, slack.press(value))
    assert "another version" in words(shown)
    assert desk.asked == []


async def test_post_when_pressed_then_the_same_answer_stands_in_the_channel_with_its_thread(
    slack: SlackServer, desk: Desk
) -> None:
    stamp = int(NOW.timestamp())
    await slack.send(slack.press(f"{stamp} /quotes Lavrov", action="post"))
    await slack.until(lambda: len(slack.messages) >= 2)
    assert desk.as_of == [NOW]
    assert slack.messages[1]["thread_ts"] == slack.messages[0]["ts"]
    assert "Post to channel" not in words(slack.messages[0])


@pytest.mark.parametrize("text", ["/subscribe harbour 08:00", "/report bad", "/reports", "/sources add https://a.b/c"])
async def test_post_when_the_command_does_something_then_it_is_refused(
    slack: SlackServer, desk: Desk, text: str
) -> None:
    shown = await answered(slack, slack.press(f"1 {text}", action="post", user="UADMIN"))
    assert "posted to a channel" in words(shown)
    assert (desk.asked, slack.messages) == ([], [])


async def test_post_when_we_are_not_in_the_channel_then_the_response_url_shows_it_there(slack: SlackServer) -> None:
    slack.channels["C1"].is_member = False
    shown = await answered(slack, slack.press("1 /ask who", action="post"))
    assert shown["response_type"] == "in_channel"


async def test_picture_when_an_answer_has_one_then_it_is_uploaded_and_shown(slack: SlackServer) -> None:
    shown = await answered(slack, slack.command("/briefing timeline"))
    image = next(b for b in shown["blocks"] if b["type"] == "image")
    assert slack.files == {image["slack_file"]["id"]: PNG}
    assert image["alt_text"] == "Harbour talks, 3 to 5 May"
    await slack.send(slack.press("1 /timeline", action="post"))
    await slack.until(lambda: slack.messages)
    assert any(b["type"] == "image" for b in slack.messages[0]["blocks"])


@pytest.mark.parametrize(
    ("method", "fault"), [("files.getUploadURLExternal", "missing_scope"), ("response_url", "invalid_blocks")]
)
async def test_picture_when_slack_does_not_take_it_then_its_words_are_shown(
    slack: SlackServer, method: str, fault: str
) -> None:
    slack.faults[method].append(fault)
    shown = await answered(slack, slack.command("/briefing timeline"))
    assert "Harbour talks, 3 to 5 May" in words(shown)
    assert '"image"' not in words(shown)


async def test_home_when_opened_then_it_shows_the_workspace(slack: SlackServer) -> None:
    await slack.send(slack.event("app_home_opened", user="U1", tab="home"))
    await slack.until(lambda: slack.views)
    assert "<#C1>" in words(slack.views[0])
    assert "harbour of T01" in words(slack.views[0])


async def test_mention_when_addressed_then_it_is_answered_like_ask_in_the_thread(
    slack: SlackServer, desk: Desk
) -> None:
    slack.messages.append({"channel": "C1", "ts": "5.5", "text": "<@U0BOT> who met whom?"})
    event = slack.event("app_mention", user="U1", channel="C1", ts="5.5", text="<@U0BOT> who met whom?")
    await slack.send(event)
    await slack.send(event, retry_attempt=1, retry_reason="timeout")
    await slack.send(slack.event("app_mention", user="U1", channel="C1", ts="5.5", text="x", bot_id="B7"))
    await slack.until(lambda: len(slack.messages) == 2)
    assert slack.messages[1]["thread_ts"] == "5.5"
    assert [q.get("question") for q in desk.asked] == ["who met whom?"]
