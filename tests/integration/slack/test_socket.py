"""The connection to Slack: acknowledged at once, up again after a break; and workspaces that leave."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from bot.slack.serving import SlackListener
from tests.integration.slack.conftest import Desk, answered
from tests.slack_server import SlackServer

pytestmark = pytest.mark.usefixtures("app")


async def test_socket_when_it_is_cut_or_refreshed_then_the_app_comes_back(
    slack: SlackServer, app: SlackListener
) -> None:
    await slack.refresh()
    await answered(slack, slack.command("/ask one"))
    await slack.cut()
    await answered(slack, slack.command("/ask two"))
    assert slack.n_connections >= 3
    assert app.is_connected


async def test_socket_when_slack_is_away_then_it_counts_as_not_connected(
    slack: SlackServer, app: SlackListener
) -> None:
    assert app.is_connected
    slack.faults["apps.connections.open"] += ["500"] * 20
    with suppress(TimeoutError):
        await asyncio.wait_for(slack.cut(), 0.5)
    await slack.until(lambda: not app.is_connected)
    slack.faults["apps.connections.open"].clear()
    await slack.until(lambda: app.is_connected, 15)


async def test_envelope_when_nothing_of_ours_hears_it_then_it_is_acknowledged_all_the_same(slack: SlackServer) -> None:
    await slack.send(slack.command("/another-app"))
    await slack.send(slack.event("channel_rename", channel={"id": "C1"}))


@pytest.mark.parametrize("order", [("app_uninstalled", "tokens_revoked"), ("tokens_revoked", "app_uninstalled")])
async def test_removal_when_told_in_any_order_and_again_then_the_tenant_is_forgotten(
    slack: SlackServer, desk: Desk, order: tuple[str, str]
) -> None:
    for kind in (*order, *order):
        await slack.send(slack.event(kind, tokens={"bot": ["U0BOT"]}))
    same = slack.event("app_uninstalled")
    await slack.send(same)
    await slack.send(same)
    await slack.until(lambda: len(desk.forgotten) == 5)
    assert set(desk.forgotten) == {"T01"}


async def test_removal_when_only_a_persons_token_is_revoked_then_nothing_is_deleted(
    slack: SlackServer, desk: Desk
) -> None:
    await slack.send(slack.event("tokens_revoked", tokens={"oauth": ["U1"]}))
    await answered(slack, slack.command("/ask x"))
    assert desk.forgotten == []


async def test_acknowledgement_when_answers_are_slow_then_slack_hears_at_once(slack: SlackServer, desk: Desk) -> None:
    desk.takes_s = 1.5
    began = len(slack.acks)
    for n in range(10):
        await slack.send(slack.command(f"/ask {n}"))
    assert max(slack.acks[began:]) < 0.5
    await slack.until(lambda: len(slack.shown) == 10)
