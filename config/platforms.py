"""Which settings of Slack and Discord must come together; a half-configured platform is found at start."""

from __future__ import annotations

from typing import Literal

from pydantic import SecretStr


def check_slack(
    bot: SecretStr | None, app: SecretStr | None, signing: SecretStr | None, mode: Literal["socket", "http"]
) -> None:
    """Refuse Slack tokens of the wrong kind and a set that is not complete for its mode.

    Raises:
        ValueError: the message names the variable and where to find its value.
    """
    if bot is None and app is None and signing is None:
        return
    if bot is None:
        _missing("SLACK_BOT_TOKEN", "it begins with xoxb-: your app's page, OAuth & Permissions")
    if mode == "socket" and app is None:
        _missing("SLACK_APP_TOKEN", "it begins with xapp-: Basic Information, App-Level Tokens; or set SLACK_MODE=http")
    if mode == "http" and signing is None:
        _missing("SLACK_SIGNING_SECRET", "your app's page, Basic Information; or set SLACK_MODE=socket")
    _check_start("SLACK_BOT_TOKEN", bot, "xoxb-")
    _check_start("SLACK_APP_TOKEN", app, "xapp-")


def check_discord(token: SecretStr | None, application: str | None) -> None:
    """Refuse a Discord token without its application id and the reverse.

    Raises:
        ValueError: the message names the variable and where to find its value.
    """
    if token is None and application is not None:
        _missing("DISCORD_BOT_TOKEN", "developer portal, Bot; or unset DISCORD_APPLICATION_ID")
    if token is not None and application is None:
        _missing("DISCORD_APPLICATION_ID", "developer portal, General Information")


def _missing(name: str, where: str) -> None:
    msg = f"{name}: missing while others of its platform are set; add it ({where})"
    raise ValueError(msg)


def _check_start(name: str, token: SecretStr | None, start: str) -> None:
    if token is not None and not token.get_secret_value().startswith(start):
        msg = f"{name}: does not begin with {start}; copy the right token (two may be swapped)"
        raise ValueError(msg)
