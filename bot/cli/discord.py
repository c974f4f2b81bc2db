"""Commands for whoever sets Discord up: the invitation link, and a check of token, commands and channels."""

from __future__ import annotations

import asyncio

import typer

from bot.app import App
from bot.cli.screen import out
from bot.discord.build import discord_api
from bot.discord.checking import Finding, check, invitation
from config.records import ConfigError
from config.settings import Settings, load_settings

commands = typer.Typer(help="Set Discord up: an invitation, a check.", no_args_is_help=True, rich_markup_mode=None)


@commands.command("invite")
def invite() -> None:
    """Print the link with which a server's owner invites the bot, with the least permissions that it needs."""
    settings = load_settings()
    out(invitation(_application(settings), settings.discord_guild_id or ""))


@commands.command("check")
def check_discord() -> None:
    """Ask Discord whether token, commands and channels are as they must be; says what is missing, then exits with 1."""
    with App() as app:
        application = _application(app.settings)
        channels = [s.channel for s in app.store.subscriptions.active()]
        given = [*channels, app.settings.ops_channel]
        numbers = [c.removeprefix("discord:") for c in given if c.startswith("discord:")]
        findings = asyncio.run(_found(app.settings, application, numbers))
    for finding in findings:
        out(f"missing  {finding.what}: {finding.remedy}" if finding.remedy else f"ok       {finding.what}")
    if any(f.remedy for f in findings):
        raise typer.Exit(1)


async def _found(settings: Settings, application: str, channels: list[str]) -> list[Finding]:
    api = discord_api(settings)
    try:
        return [f async for f in check(api, application, channels, settings.discord_guild_id or "")]
    finally:
        await api.close()


def _application(settings: Settings) -> str:
    """Return the application's id.

    Raises:
        ConfigError: Discord is off.
    """
    if settings.discord_application_id is None:
        msg = "DISCORD_APPLICATION_ID: not set; docs/discord.md says where to find it"
        raise ConfigError(msg)
    return settings.discord_application_id
