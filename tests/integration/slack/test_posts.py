"""Posts to Slack: what is sent, what its answers mean, and how a lost one is found again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.commands import sentence
from bot.delivery import Deliverer
from bot.slack.client import web_client
from bot.slack.platform import SlackPlatform
from briefings.compose import compose, to_document
from briefings.document import Document
from briefings.errors import Ambiguous, RateLimited, Refused, TargetClosed
from briefings.model import Part
from tests.fakes import FakeClock, FakeLedger, FakeTargets, subscription
from tests.fakes_briefing import full_input
from tests.slack_server import BOT_TOKEN, SlackServer
from tests.unit.bot.slack.test_render import crowded

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def parts(platform: SlackPlatform, channel: str = "slack:C1") -> list[Part]:
    bodies = platform.render(to_document(compose(full_input())))
    return [
        Part(delivery=1, number=n, key=f"key-{n}", channel=channel, body=body, state="sending")
        for n, body in enumerate(bodies, 1)
    ]


async def test_publish_when_a_briefing_is_posted_then_the_rest_stands_in_its_thread(
    slack: SlackServer, platform: SlackPlatform
) -> None:
    first, *rest = parts(platform)
    ts = await platform.publish(first)
    for part in rest:
        await platform.publish(replace(part, parent=ts))
    assert slack.broken == []
    assert rest
    assert [m.get("thread_ts") for m in slack.messages] == [None, *[ts] * len(rest)]
    assert slack.messages[0]["metadata"] == {"event_type": "briefing_part", "event_payload": {"key": "key-1"}}


async def test_publish_when_there_are_forty_developments_then_slack_takes_every_message(
    slack: SlackServer, platform: SlackPlatform
) -> None:
    bodies = platform.render(crowded(40))
    part = parts(platform)[0]
    ts = await platform.publish(replace(part, body=bodies[0]))
    for n, body in enumerate(bodies[1:]):
        await platform.publish(replace(part, key=f"below-{n}", body=body, parent=ts))
    assert slack.broken == []
    below = json.dumps([m["blocks"] for m in slack.messages[1:]])
    assert all(f"D-{n}" in below for n in range(1, 41))


async def test_find_when_a_post_carries_the_key_then_its_ts_is_returned(
    slack: SlackServer, platform: SlackPlatform
) -> None:
    first, second, *_ = parts(platform)
    ts = await platform.publish(first)
    below = await platform.publish(replace(second, parent=ts))
    for _ in range(40):  # more than one page
        await platform.publish(replace(first, key="other"))
    assert await platform.find("key-1", "slack:C1", LONG_AGO) == ts
    assert await platform.find("key-2", "slack:C1", LONG_AGO) is None
    assert await platform.find("key-2", "slack:T01/C1", LONG_AGO, ts) == below
    assert await platform.find("key-1", "slack:C1", datetime.now(UTC) + timedelta(hours=1)) is None  # noqa: TID251


@pytest.mark.parametrize("fault", ["lose", "drop"])
async def test_publish_when_the_answer_is_lost_then_it_is_ambiguous_and_sent_once(
    slack: SlackServer, platform: SlackPlatform, fault: str
) -> None:
    part = parts(platform)[0]
    for n in range(50):
        slack.faults["chat.postMessage"].append(fault)
        with pytest.raises(Ambiguous):
            await platform.publish(replace(part, key=f"key-{n}"))
    assert len(slack.calls) == 50
    found = [await platform.find(f"key-{n}", "slack:C1", LONG_AGO) for n in range(50)]
    assert len(set(found)) == (50 if fault == "lose" else 1)
    assert (None in found) == (fault == "drop")


async def test_delivery_when_fifty_answers_are_lost_then_each_message_is_there_once(
    slack: SlackServer, platform: SlackPlatform
) -> None:
    clock, alerts = FakeClock(), list[str]()
    ledger = FakeLedger(subscriptions=[subscription(channel="slack:C1")])

    async def alert(words: str) -> None:
        alerts.append(words)

    deliverer = Deliverer(
        ledger=ledger,
        targets=FakeTargets(),
        platforms={"slack": platform},
        draft=lambda s, window, now: Document(title="", summary="briefing", blocks=()),
        alert=alert,
        clock=clock,
        owner="w1",
    )
    for n in range(50):
        day = f"2026-{3 + n // 25:02}-{1 + n % 25:02}"
        ledger.plan(ledger.subscriptions[0], local_date=day, slot="08:00", due=clock(), note="", is_skipped=False)
    slack.faults["chat.postMessage"] += ["lose"] * 50
    while await deliverer.draft_one():
        pass
    while any(d.state != "sent" for d in ledger.deliveries.values()):
        clock.pass_(seconds=6)
        await deliverer.send_some()
        await deliverer.finish(5)
    keys = [m["metadata"]["event_payload"]["key"] for m in slack.messages]
    assert len(keys) == len(set(keys)) == 50
    assert {r.part.state for r in ledger.rows.values()} == {"reconciled"}
    assert alerts == []


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("429", RateLimited),
        ("ratelimited", RateLimited),
        ("500", Ambiguous),
        ("html", Ambiguous),
        ("text", Ambiguous),
        ("internal_error", Ambiguous),
        ("is_archived", TargetClosed),
        ("not_in_channel", TargetClosed),
        ("token_revoked", TargetClosed),
        ("invalid_auth", TargetClosed),
        ("missing_scope", TargetClosed),
        ("invalid_blocks", Refused),
        ("msg_too_long", Refused),
    ],
)
async def test_publish_when_slack_says_no_then_the_error_says_what_follows(
    slack: SlackServer, platform: SlackPlatform, fault: str, error: type[Exception]
) -> None:
    slack.faults["chat.postMessage"].append(fault)
    with pytest.raises(error) as caught:
        await platform.publish(parts(platform)[0])
    assert type(caught.value) is error
    assert slack.messages == []
    assert BOT_TOKEN not in str(caught.value)


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7), ("0.5", 1), ("0", 1), ("soon", 30), ("3600", 3600), ("nan", 30)]
)
async def test_publish_when_slack_asks_to_wait_then_its_time_is_kept(
    slack: SlackServer, platform: SlackPlatform, header: str, seconds: float
) -> None:
    slack.retry_after = header
    slack.faults["chat.postMessage"].append("429")
    with pytest.raises(RateLimited) as caught:
        await platform.publish(parts(platform)[0])
    assert caught.value.retry_after == seconds


async def test_publish_when_the_channel_is_gone_archived_or_closed_to_us_then_it_is_closed(
    slack: SlackServer, platform: SlackPlatform
) -> None:
    slack.channels["C1"].is_archived = True
    slack.channels["C2"].is_member = False
    for channel in ("slack:C1", "slack:C2", "slack:C3"):
        with pytest.raises(TargetClosed):
            await platform.publish(parts(platform, channel)[0])


async def test_publish_when_slack_can_not_be_reached_then_nothing_was_posted() -> None:
    offline = SlackPlatform(client=web_client(BOT_TOKEN, "http://127.0.0.1:9/api"))
    with pytest.raises(RateLimited):
        await offline.publish(parts(offline)[0])


async def test_find_when_the_channel_can_not_be_read_then_nothing_is_known(
    slack: SlackServer, platform: SlackPlatform
) -> None:
    slack.faults["conversations.history"] += ["missing_scope", "500", "html"]
    with pytest.raises(TargetClosed):
        await platform.find("key-1", "slack:C1", LONG_AGO)
    for _ in range(2):
        with pytest.raises(Ambiguous):
            await platform.find("key-1", "slack:C1", LONG_AGO)


async def test_edit_when_posted_then_the_message_says_the_new_words_and_keeps_its_key(
    slack: SlackServer, platform: SlackPlatform
) -> None:
    part = parts(platform)[0]
    ts = await platform.publish(part)
    await platform.edit(replace(part, message_id=ts, body=json.dumps({"text": "corrected"})))
    assert slack.messages[0]["text"] == "corrected"
    assert await platform.find("key-1", "slack:C1", LONG_AGO) == ts
    with pytest.raises(Refused):
        await platform.edit(replace(part, message_id="1.1"))
    with pytest.raises(Refused):
        await platform.edit(part)


async def test_tell_when_a_person_is_written_to_then_the_message_carries_its_key(
    slack: SlackServer, platform: SlackPlatform
) -> None:
    body = platform.render(sentence("U-7 has moved").document)[0]
    assert await platform.tell("U1", body, "told U-7") == slack.messages[0]["ts"]
    (message,) = slack.messages
    assert (message["channel"], message.get("thread_ts")) == ("U1", None)
    assert message["metadata"]["event_payload"] == {"key": "told U-7"}
    assert slack.broken == []


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("messages_tab_disabled", Refused),
        ("user_not_found", Refused),
        ("account_inactive", TargetClosed),
        ("429", RateLimited),
        ("lose", Ambiguous),
        ("drop", Ambiguous),
    ],
)
async def test_tell_when_a_person_can_not_be_written_to_then_the_error_says_what_follows(
    slack: SlackServer, platform: SlackPlatform, fault: str, error: type[Exception]
) -> None:
    slack.faults["chat.postMessage"].append(fault)
    with pytest.raises(error):
        await platform.tell("U1", json.dumps({"text": "U-7 has moved"}), "k")
    assert len(slack.messages) == (1 if fault == "lose" else 0)


async def test_client_when_a_proxy_is_set_then_this_machine_is_reached_directly(
    slack: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    platform = SlackPlatform(client=web_client(BOT_TOKEN, slack.url))
    assert await platform.publish(parts(platform)[0])
    assert web_client(BOT_TOKEN, "https://slack.com/api/").proxy == "http://127.0.0.1:9"
