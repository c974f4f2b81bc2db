"""Puts Slack's parts together for the app, which hands over the settings and what else they need."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.commands import Answer
from bot.slack.checking import require_tokens
from bot.slack.client import web_client
from bot.slack.listener import IsFirst
from bot.slack.manifest import own_commands
from bot.slack.people import Identity
from bot.slack.platform import SlackPlatform
from bot.slack.serving import SlackListener
from bot.slack.work import Work
from briefings.document import Document
from briefings.errors import BadInput
from config.records import ConfigError
from config.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """What Slack's parts use of the rest: `answer(query, now, as_of=None)`, `home(tenant, now)` and so on."""

    answer: Answer
    home: Callable[[str, datetime], Document]
    forget: Callable[[str, datetime], int]
    clock: Callable[[], datetime]
    is_first: IsFirst


def slack_client(settings: Settings) -> AsyncWebClient:
    """Return the client of the workspace."""
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    return web_client(token, settings.slack_api_base_url)


def app_token(settings: Settings) -> str:
    """Return the token of Socket Mode, "" in http mode."""
    is_needed = settings.slack_mode == "socket" and settings.slack_app_token is not None
    return settings.slack_app_token.get_secret_value() if is_needed and settings.slack_app_token else ""


def check_at_start(settings: Settings) -> Identity | None:
    """Refuse to start with what can't work; None when Slack can't be reached now.

    Raises:
        ConfigError: a token that Slack refuses, or a command that there is not; the message names the setting.
    """
    try:
        own_commands(settings.slack_commands)
    except BadInput as error:
        raise ConfigError(str(error)) from error
    return asyncio.run(require_tokens(slack_client(settings), app_token(settings)))


def slack_platform(settings: Settings) -> SlackPlatform:
    """Return what posts."""
    return SlackPlatform(client=slack_client(settings))


def slack_listener(settings: Settings, uses: Uses) -> SlackListener:
    """Return what answers."""
    client = slack_client(settings)

    def make_work(identity: Identity) -> Work:
        return Work(
            client=client,
            identity=identity,
            answer=uses.answer,
            home=uses.home,
            forget=uses.forget,
            clock=uses.clock,
            managers=frozenset(settings.managers),
        )

    return SlackListener(
        make_work=make_work,
        client=client,
        is_first=uses.is_first,
        commands=settings.slack_commands,
        mode=settings.slack_mode,
        app_token=settings.slack_app_token,
        signing_secret=settings.slack_signing_secret,
        port=settings.port,
    )
