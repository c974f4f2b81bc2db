"""Commands for whoever sets Slack up: the app's manifest, and a check of tokens, scopes and channels."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from bot.app import App
from bot.cli.screen import out
from bot.slack.build import app_token, slack_client
from bot.slack.checking import check
from bot.slack.manifest import manifest
from config.records import ConfigError
from config.settings import load_settings

commands = typer.Typer(help="Set Slack up: its manifest, a check.", no_args_is_help=True, rich_markup_mode=None)


@commands.command("manifest")
def print_manifest(
    address: Annotated[
        str, typer.Option(help="public https address of the worker, for SLACK_MODE=http; nothing is Socket Mode")
    ] = "",
) -> None:
    """Print the app's manifest as JSON, to be pasted at api.slack.com/apps, Create New App, From a manifest."""
    settings = load_settings()
    if settings.slack_mode == "http" and not address:
        msg = "SLACK_MODE: http needs the worker's public address: briefing-bot slack manifest --address https://..."
        raise ConfigError(msg)
    out(json.dumps(manifest(settings.slack_commands, address=address), indent=2, ensure_ascii=False))


@commands.command("check")
def check_slack() -> None:
    """Ask Slack whether tokens, scopes and channels are as they must be; says what is missing, then exits with 1."""
    with App() as app:
        settings = app.settings
        if not settings.has_slack:
            msg = "SLACK_BOT_TOKEN: not set; docs/slack.md says where to find it"
            raise ConfigError(msg)
        channels = [s.channel for s in app.store.subscriptions.active() if s.channel.startswith("slack:")]
        ops = [settings.ops_channel] if settings.ops_channel.startswith("slack:") else []
        findings = asyncio.run(check(slack_client(settings), app_token(settings), (*channels, *ops)))
    for finding in findings:
        out(f"missing  {finding.what}: {finding.remedy}" if finding.remedy else f"ok       {finding.what}")
    if any(f.remedy for f in findings):
        raise typer.Exit(1)
