"""How single settings are written: channels, addresses, lists, command names."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pydantic import SecretStr

from config.rows import is_http

SHIPPED_COMMANDS = ("quotes", "issues", "watch", "ask", "summary", "related", "timeline")
# Slack's own commands: one of them in a manifest voids the whole manifest.
_RESERVED = """active apps archive away call canvas collapse contact-support deliver-later dm dnd expand feed feedback
huddle invite invite_people join keys kick leave list me msg mute open part people pref prefs react remind remove rename
search shortcuts shrug star status summarize todo topic unarchive unstar who workflow"""
RESERVED_BY_SLACK = frozenset(_RESERVED.split())
_CHANNEL = re.compile(r"console|slack:(T[A-Z0-9]+/)?[CDG][A-Z0-9]+|discord:\d+")
_HOST_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})")


def split_words(value: object) -> object:
    """Split a list written with commas or blanks; anything else is left as it is."""
    return tuple(dict.fromkeys(re.split(r"[,\s]+", value.strip(", \t\n")))) if isinstance(value, str) else value


def check_channel(value: str) -> str:
    """Return a channel as it is written everywhere: `console`, `slack:C123`, `slack:T01/C123`, `discord:456`."""
    if not _CHANNEL.fullmatch(value):
        msg = f"'{value}' is not a channel; write console, slack:C0123456789 or discord:123456789012345678"
        raise ValueError(msg)
    return value


def check_http(value: str) -> str:
    """Return an http(s) address."""
    if not is_http(value):
        msg = "not an http(s) address; write it in full, like https://example.org/"
        raise ValueError(msg)
    return value


def check_secret_http(value: SecretStr) -> SecretStr:
    """Return an http(s) address that holds a secret."""
    check_http(value.get_secret_value())
    return value


def check_websocket(value: str) -> str:
    """Return a ws(s) address."""
    parts = urlsplit(value)
    if parts.scheme not in {"ws", "wss"} or not parts.hostname:
        msg = "not a ws(s) address; write it in full, like wss://gateway.discord.gg/"
        raise ValueError(msg)
    return value


def check_host_ports(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return places that the address guard lets through, each host:port."""
    for value in values:
        found = _HOST_PORT.fullmatch(value)
        if not found or not 0 < int(found[2]) < 65536:
            msg = f"'{value}' is not host:port; write it like feeds.internal:8080 or 127.0.0.1:8080"
            raise ValueError(msg)
    return values


def check_commands(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return command names that Slack accepts, without their slash; /briefing is always there."""
    names = tuple(value.removeprefix("/") for value in values)
    for name in names:
        if name in RESERVED_BY_SLACK:
            msg = f"/{name} is Slack's own command; leave it out, /briefing {name} works without it"
            raise ValueError(msg)
        if not re.fullmatch(r"[a-z][a-z0-9_-]{0,30}", name):
            msg = f"'{name}' can't be a command; use small letters, digits, - and _, like {' '.join(SHIPPED_COMMANDS)}"
            raise ValueError(msg)
    return tuple(name for name in names if name != "briefing")
