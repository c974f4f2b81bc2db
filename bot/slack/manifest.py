"""The app's manifest: everything that Slack must know of the app, from the one list of commands. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.command_list import COMMANDS, Command
from bot.slack.listener import SHORTCUT
from bot.slack.serving import PATH
from briefings.errors import BadInput
from config.formats import RESERVED_BY_SLACK

Json = dict[str, Any]
# the least that works, each with what it is for
SCOPES: Mapping[str, str] = {
    "app_mentions:read": "answer when mentioned",
    "channels:history": "look for a post whose answer was lost, in public channels",
    "channels:read": "see who created a public channel and whether the app is in it",
    "chat:write": "post briefings and answers, write to whoever follows an item",
    "commands": "slash commands and the message shortcut",
    "files:write": "show a timeline as a picture",
    "groups:history": "look for a post whose answer was lost, in private channels",
    "groups:read": "see who created a private channel and whether the app is in it",
    "users:read": "see who is an admin or owner",
}
EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "tokens_revoked")
NAME = "Briefing Bot"
SHORT = "Short, checkable briefings on a running story: key quotes, open issues, who has answered."
LONG = (
    "Posts a short briefing each day: what changed, who said what, what is still open, who has answered and who has "
    "not. Every quotation stands word for word in a stored article, and a button shows where. Commands answer "
    "questions from the same articles, to whoever asks alone."
)
MAX_COMMAND, MAX_DESCRIPTION, MAX_HINT = 32, 2000, 1000


def manifest(commands: Sequence[str], *, address: str = "") -> Json:
    """Return the manifest.

    Args:
        commands: with a name of their own beside /briefing.
        address: public https address of the worker for signed HTTP; "" is Socket Mode.

    Raises:
        BadInput: a command that there is not or that Slack keeps for itself, or an address that is not https.
    """
    url = _events_url(address) if address else ""
    where = {"url": url} if url else {}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {"name": NAME, "description": SHORT, "long_description": LONG},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "shortcuts": [
                {
                    "name": "Report a problem",
                    "type": "message",
                    "callback_id": SHORTCUT,
                    "description": "Tell what is wrong with an item of this message",
                }
            ],
            "slash_commands": [{**_command(c), **where} for c in own_commands(commands)],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**({"request_url": url} if url else {}), "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **({"request_url": url} if url else {})},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def own_commands(names: Sequence[str]) -> tuple[Command, ...]:
    """Return /briefing and the commands of these names.

    Raises:
        BadInput: there is no such command, or Slack keeps its name for itself.
    """
    for name in names:
        if name not in COMMANDS:
            msg = f"SLACK_COMMANDS: there is no command /{name}; there are: {', '.join(COMMANDS)}"
            raise BadInput(msg)
        if name in RESERVED_BY_SLACK:
            msg = f"SLACK_COMMANDS: /{name} is Slack's own; leave it out, /briefing {name} works without it"
            raise BadInput(msg)
    return tuple(COMMANDS[name] for name in dict.fromkeys(("briefing", *names)))


def _command(command: Command) -> Json:
    hint = " ".join(f"<{o.name}>" if o.is_required else f"[{o.name}]" for o in command.options)
    if command.name == "briefing":
        hint = "[topic] or any command, e.g. help"
    return {
        "command": f"/{command.name}"[:MAX_COMMAND],
        "description": command.help[:MAX_DESCRIPTION],
        **({"usage_hint": hint[:MAX_HINT]} if hint else {}),
        "should_escape": False,
    }


def _events_url(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        msg = f"'{address[:80]}' is not a public https address; e.g. https://briefings.example.org"
        raise BadInput(msg)
    base = address.rstrip("/")
    return base if base.endswith(PATH) else base + PATH
