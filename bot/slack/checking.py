"""Checks tokens, scopes and channels against Slack itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client import DEAD_TOKEN, called, error_word
from bot.slack.manifest import SCOPES
from bot.slack.people import Identity, identify
from bot.slack.platform import channel_id
from briefings.errors import Ambiguous, DeliveryError, RateLimited, Refused, TargetClosed
from config.records import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was checked; `remedy` is "" when it holds."""

    what: str
    remedy: str = ""


async def require_tokens(client: AsyncWebClient, app_token: str = "") -> Identity | None:
    """Refuse tokens that Slack refuses; None when Slack could not be asked, which is no reason not to start.

    Args:
        client: with the bot token.
        app_token: for Socket Mode; "" is not checked.

    Raises:
        ConfigError: the message names the setting.
    """
    try:
        identity = await identify(client)
    except TargetClosed as error:
        msg = f"SLACK_BOT_TOKEN: {error}"
        raise ConfigError(msg) from error
    except (RateLimited, Ambiguous):
        return None
    if app_token and (word := await _app_token_refused(client, app_token)):
        msg = f"SLACK_APP_TOKEN: Slack refuses it ({word}); make one with the scope connections:write and set it"
        raise ConfigError(msg)
    return identity


async def check(client: AsyncWebClient, app_token: str, channels: Iterable[str]) -> tuple[Finding, ...]:
    """Check tokens, scopes and channels; what is missing has a remedy.

    Args:
        client: with the bot token.
        app_token: for Socket Mode; "" is not checked.
        channels: as they are written everywhere, `slack:C123`.
    """
    try:
        identity = await identify(client)
    except DeliveryError as error:
        return (Finding(what="SLACK_BOT_TOKEN", remedy=str(error)),)
    findings = [Finding(what=f"SLACK_BOT_TOKEN: workspace {identity.team}, app user {identity.user}")]
    if app_token:
        word = await _app_token_refused(client, app_token)
        remedy = f"Slack refuses it ({word}); Basic Information, App-Level Tokens, scope connections:write"
        findings.append(Finding(what="SLACK_APP_TOKEN", remedy=remedy if word else ""))
    findings += _scopes(identity)
    return (*findings, *[await _channel(client, c) for c in dict.fromkeys(channels)])


async def _app_token_refused(client: AsyncWebClient, app_token: str) -> str:
    """Return Slack's word against an app token, "" when it takes it or can't be asked."""
    try:
        await called(client.apps_connections_open(app_token=app_token), "apps.connections.open")
    except DeliveryError as error:
        cause = error.__cause__
        word = error_word(cause) if isinstance(cause, SlackApiError) else ""
        return word if word in DEAD_TOKEN or isinstance(error, Refused) else ""
    return ""


def _scopes(identity: Identity) -> Sequence[Finding]:
    if not identity.scopes:
        return (Finding(what="scopes", remedy="Slack does not say which it granted; reinstall the app"),)
    missing = [s for s in sorted(SCOPES) if s not in identity.scopes]
    if not missing:
        return (Finding(what=f"scopes: {', '.join(sorted(SCOPES))}"),)
    remedy = "missing; add it under OAuth & Permissions and reinstall the app"
    return [Finding(what=f"scope {s} ({SCOPES[s]})", remedy=remedy) for s in missing]


async def _channel(client: AsyncWebClient, channel: str) -> Finding:
    try:
        answer = await called(client.conversations_info(channel=channel_id(channel)), f"look up of {channel}")
    except DeliveryError as error:
        return Finding(what=channel, remedy=str(error))
    found: dict[str, Any] = answer.get("channel") or {}
    if found.get("is_archived"):
        return Finding(what=channel, remedy="it is archived; unarchive it or unsubscribe it")
    if not found.get("is_member") and not found.get("is_im"):
        return Finding(what=channel, remedy="the app is not in it; type /invite @ and the app's name there")
    return Finding(what=channel)
