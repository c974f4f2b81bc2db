"""Tokens, scopes and channels are checked against Slack at the start and by `slack check`."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.root import cli
from bot.cli.slack import commands
from bot.slack.checking import check, require_tokens
from bot.slack.client import web_client
from briefings.store.engine import open_engine
from briefings.store.store import Store
from config.records import ConfigError
from tests.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer


async def test_start_when_tokens_are_right_then_we_know_who_we_are(slack: SlackServer) -> None:
    identity = await require_tokens(web_client(BOT_TOKEN, slack.url), APP_TOKEN)
    assert identity
    assert (identity.team, identity.user, identity.bot) == ("T01", "U0BOT", "B0BOT")


@pytest.mark.parametrize(
    ("bot", "app", "name"),
    [("xoxb-wrong-token", APP_TOKEN, "SLACK_BOT_TOKEN"), (BOT_TOKEN, "xapp-wrong-token", "SLACK_APP_TOKEN")],
)
async def test_start_when_a_token_is_wrong_then_it_is_an_error_that_names_it(
    slack: SlackServer, bot: str, app: str, name: str
) -> None:
    with pytest.raises(ConfigError, match=name) as caught:
        await require_tokens(web_client(bot, slack.url), app)
    assert "wrong" not in str(caught.value)


async def test_start_when_slack_can_not_be_asked_then_that_is_no_reason_not_to_start(slack: SlackServer) -> None:
    slack.faults["auth.test"] += ["500", "429"]
    client = web_client(BOT_TOKEN, slack.url)
    assert await require_tokens(client, APP_TOKEN) is None
    assert await require_tokens(client, APP_TOKEN) is None
    slack.faults["apps.connections.open"].append("500")
    assert await require_tokens(client, APP_TOKEN)


async def test_check_when_all_is_well_then_nothing_is_missing(slack: SlackServer) -> None:
    findings = await check(web_client(BOT_TOKEN, slack.url), APP_TOKEN, ("slack:C1", "slack:C1"))
    assert [f.remedy for f in findings] == [""] * 4


async def test_check_when_something_is_missing_then_each_thing_is_named(slack: SlackServer) -> None:
    slack.scopes = "chat:write,commands"
    slack.channels["C1"].is_archived = True
    slack.channels["C2"].is_member = False
    client = web_client(BOT_TOKEN, slack.url)
    findings = await check(client, "xapp-wrong-token", ("slack:C1", "slack:C2", "slack:C3"))
    missing = {f.what.split(" (")[0]: f.remedy for f in findings if f.remedy}
    assert set(missing) == {"SLACK_APP_TOKEN", "slack:C1", "slack:C2", "slack:C3"} | {
        f"scope {s}"
        for s in (
            "app_mentions:read",
            "channels:history",
            "channels:read",
            "files:write",
            "groups:history",
            "groups:read",
            "users:read",
        )
    }
    assert "/invite" in missing["slack:C2"]


async def test_check_when_the_bot_token_is_dead_then_it_says_so_alone(slack: SlackServer) -> None:
    slack.faults["auth.test"].append("token_revoked")
    findings = await check(web_client(BOT_TOKEN, slack.url), APP_TOKEN, ("slack:C1",))
    assert ["token_revoked" in f.remedy for f in findings] == [True]


async def test_check_command_when_run_then_it_says_what_is_missing_and_ends_with_one(
    slack: SlackServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_BASE_URL": slack.url}
    for name, value in {**given, "DATA_DIR": str(tmp_path), "OPS_CHANNEL": "slack:C9"}.items():
        monkeypatch.setenv(name, value)
    slack.scopes = slack.scopes.replace("channels:history,", "")
    done = await asyncio.to_thread(CliRunner().invoke, commands, ["check"])
    assert done.exit_code == 1
    assert "missing  scope channels:history" in done.output
    assert "missing  slack:C9" in done.output
    assert "ok       SLACK_APP_TOKEN" in done.output


async def test_subscribe_command_when_the_channel_is_slacks_then_it_belongs_to_the_workspace(
    slack: SlackServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_BASE_URL": slack.url}
    for name, value in {**given, "DATA_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    words = ["subscribe", "ukraine", "08:00", "Europe/Kyiv", "--channel"]
    for channel in ("slack:C1", "slack:T01/C1"):
        done = await asyncio.to_thread(CliRunner().invoke, cli, [*words, channel])
        assert done.exit_code == 0, done.output
    store = Store(open_engine(f"sqlite:///{tmp_path}/briefings.db"))
    assert [(s.tenant, s.channel) for s in store.subscriptions.active()] == [("T01", "slack:C1")]
    store.close()
