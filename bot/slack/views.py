"""Forms as modals and the Home tab, as Slack draws them. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.interactions import Field, Form, Press
from bot.slack.lines import Json, clipped
from bot.slack.people import Place
from bot.slack.render import MAX_BUTTON, PRESS, view_blocks
from briefings.document import Document

FORM = "form"  # callback_id of every modal of ours
MAX_TITLE = 24
MAX_BLOCKS = 100
MAX_METADATA = 3000
MAX_CHOICES = 100
MAX_INPUT = 3000
_HOME = (
    (Press(kind="ask"), "Ask"),
    (Press(kind="full"), "Briefing now"),
    (Press(kind="report"), "Report a problem"),
)
_CHANNEL = re.compile(r"\bslack:(?:T[A-Z0-9]+/)?([CG][A-Z0-9]+)\b")


def modal(form: Form, place: Place) -> Json:
    """Return the modal of a form; it carries where its answer goes."""
    metadata = json.dumps({"command": form.command, **asdict(place)})
    if len(metadata) > MAX_METADATA:  # an overlong response_url: the answer comes another way
        metadata = json.dumps({"command": form.command, "user": place.user, "channel": place.channel})
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": metadata,
        "title": _plain(form.title, MAX_TITLE),
        "submit": _plain("Send", MAX_TITLE),
        "close": _plain("Cancel", MAX_TITLE),
        "blocks": [_input(field) for field in form.fields],
    }


def read_modal(view: Mapping[str, Any]) -> tuple[str, dict[str, str], Place]:
    """Return command, values and place of a modal that was sent.

    Raises:
        ValueError: it is none of ours.
    """
    carried = json.loads(view.get("private_metadata") or "{}")
    values = {
        name: _value(state)
        for block in (view.get("state") or {}).get("values", {}).values()
        for name, state in block.items()
    }
    place = Place(**{k: str(carried.get(k, "")) for k in ("user", "channel", "response_url", "thread")})
    return str(carried.get("command", "")), values, place


def home_view(document: Document) -> Json:
    """Return the Home tab; channels in it can be clicked."""
    blocks = [_with_channels(b) for b in view_blocks(document, MAX_BLOCKS - 1)]
    buttons = [
        {
            "type": "button",
            "action_id": f"{PRESS}-home-{press.kind}",
            "text": _plain(label, MAX_BUTTON),
            "value": press.written,
        }
        for press, label in _HOME
    ]
    return {"type": "home", "blocks": [*blocks, {"type": "actions", "elements": buttons}]}


def _with_channels(block: Json) -> Json:
    """Show channels by name; the Home tab holds words of ours alone."""
    text = block.get("text", {})
    if text.get("type") != "mrkdwn":
        return block
    return {**block, "text": {**text, "text": _CHANNEL.sub(r"<#\1>", text["text"])}}


def _input(field: Field) -> Json:
    return {
        "type": "input",
        "block_id": f"{FORM}-{field.name}",
        "label": _plain(field.label, MAX_BUTTON),
        "optional": not field.is_required,
        "element": _choice(field) if field.choices else _text(field),
    }


def _text(field: Field) -> Json:
    element: Json = {
        "type": "plain_text_input",
        "action_id": field.name,
        "multiline": field.is_long,
        "max_length": min(field.max_length, MAX_INPUT),
    }
    return {**element, "initial_value": field.value} if field.value else element


def _choice(field: Field) -> Json:
    options = [{"text": _plain(c, MAX_BUTTON), "value": c[:MAX_BUTTON]} for c in field.choices[:MAX_CHOICES]]
    element: Json = {"type": "static_select", "action_id": field.name, "options": options}
    chosen = next((o for o in options if o["value"] == field.value), None)
    return {**element, "initial_option": chosen} if chosen else element


def _value(state: Mapping[str, Any]) -> str:
    chosen = state.get("selected_option")
    return str(chosen["value"] if chosen else state.get("value") or "")


def _plain(text: str, limit: int) -> Json:
    return {"type": "plain_text", "text": clipped(text, limit), "emoji": False}
