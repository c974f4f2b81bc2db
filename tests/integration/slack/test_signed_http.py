"""Signed HTTP: what Slack signed is answered, anything else is 401 and never an error of ours."""

from __future__ import annotations

import asyncio
import json
import random
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.slack.serving import SlackListener
from tests.integration.slack.conftest import Desk
from tests.slack_server import SECRET, SlackServer


@dataclass
class Client:
    """Sends requests to the app as Slack, or as someone else, would."""

    url: str
    session: aiohttp.ClientSession

    async def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        async with self.session.post(self.url, data=body, headers=dict(headers)) as answer:
            return answer.status, await answer.text()


def signed(body: bytes, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    kind = "application/json" if body.startswith(b"{") else "application/x-www-form-urlencoded"
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": str(signature), "Content-Type": kind}


@pytest.fixture
async def client(slack: SlackServer, make_listener: Callable[..., SlackListener]) -> AsyncIterator[Client]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    listener = make_listener(mode="http", port=port)

    async def unused(*_: object) -> Any:
        raise AssertionError

    task = asyncio.create_task(listener.listen(unused))
    await asyncio.wait_for(listener.ready.wait(), 10)
    async with aiohttp.ClientSession() as session:
        yield Client(url=f"http://127.0.0.1:{port}/slack/events", session=session)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_request_when_signed_then_it_is_acknowledged_and_answered(
    slack: SlackServer, desk: Desk, client: Client
) -> None:
    body = urlencode(slack.command("/quotes Lavrov")).encode()
    assert await client.post(body, signed(body)) == (200, "")
    await slack.until(lambda: slack.shown)
    press = urlencode({"payload": json.dumps(slack.press("evidence:Q-1::"))}).encode()
    assert (await client.post(press, signed(press)))[0] == 200
    await slack.until(lambda: len(desk.asked) == 2)
    assert slack.broken == []


async def test_request_when_slack_verifies_the_address_then_the_challenge_comes_back(client: Client) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    assert await client.post(body, signed(body)) == (200, '{"challenge": "abc"}')


async def test_request_when_an_event_is_sent_again_then_it_is_done_once(
    slack: SlackServer, desk: Desk, client: Client
) -> None:
    slack.messages.append({"channel": "C1", "ts": "5.5", "text": "x"})
    event = slack.event("app_mention", user="U1", channel="C1", ts="5.5", text="<@U0BOT> who")
    body = json.dumps(event).encode()
    for number in range(4):
        again = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": "http_timeout"} if number else {}
        assert (await client.post(body, {**signed(body), **again}))[0] == 200
    await slack.until(lambda: len(slack.messages) == 2)
    assert len(desk.asked) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"X-Slack-Signature": "v0=00"},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=\xe9\xe8"},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "9" * 40},
        {"X-Slack-Request-Timestamp": "1.5"},
        {"X-Slack-Request-Timestamp": "\u0661\u0662"},
    ],
)
async def test_request_when_forged_then_it_is_unauthorized(
    slack: SlackServer, desk: Desk, client: Client, change: dict[str, str]
) -> None:
    body = urlencode(slack.command("/quotes")).encode()
    assert (await client.post(body, {**signed(body), **change}))[0] == 401
    assert desk.asked == []


async def test_request_when_stale_or_of_another_secret_or_body_then_it_is_unauthorized(
    slack: SlackServer, desk: Desk, client: Client
) -> None:
    body = urlencode(slack.command("/quotes")).encode()
    assert (await client.post(body, signed(body, time.time() - 600)))[0] == 401
    assert (await client.post(body, signed(body, time.time() + 600)))[0] == 401
    assert (await client.post(body, signed(body, secret="other")))[0] == 401
    assert (await client.post(body + b"x", signed(body)))[0] == 401
    assert (await client.post(b"\xff\xfe", {**signed(body), "Content-Type": "text/plain; charset=nonsense"}))[0] == 401
    assert (await client.post(body, {}))[0] == 401
    assert desk.asked == []


async def test_request_when_one_of_a_thousand_changes_is_made_then_none_is_taken(
    slack: SlackServer, desk: Desk, client: Client
) -> None:
    chance = random.Random(7)  # noqa: S311
    body = urlencode(slack.command("/quotes")).encode()
    headers = signed(body)
    right = headers["X-Slack-Signature"]
    for _ in range(1000):
        at = chance.randrange(len(right))
        char = chance.choice([c for c in "0123456789abcdefvxyz=" if c != right[at]])
        changed = {**headers, "X-Slack-Signature": right[:at] + char + right[at + 1 :]}
        assert (await client.post(body, changed))[0] == 401
    assert desk.asked == []
