"""How a reader sees the Discord messages of a document: the words without markup, and the addresses linked."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.discord.render import render_discord
from briefings.document import Document


def discord_text(document: Document) -> str:
    """Return all bodies as one text, one a line."""
    return "\n".join(render_discord(document))


def _texts(written: str) -> list[str]:
    found = []
    for body in map(json.loads, written.split("\n")):
        found.append(body.get("content", ""))
        found += [e.get(k, "") for e in body.get("embeds", []) for k in ("title", "description")]
    return found


def _labels(written: str) -> list[str]:
    rows = [row for body in map(json.loads, written.split("\n")) for row in body.get("components", [])]
    return [b["label"] for row in rows for b in row["components"]]  # plain text: nothing in a label acts


def discord_words(written: str) -> str:
    """Return what a client shows: link targets, time codes and quotation bars gone, escapes resolved."""
    shown = []
    for text in _texts(written):
        plain = re.sub(r"(?<!\\)\]\(<[^>]*>\)", "", re.sub(r"(?m)^> ", "", text))
        plain = re.sub(r"(?<!\\)<t:\d+:[tdDfFR]>", "", plain)
        shown.append(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain))
    return "\n".join([*shown, *_labels(written)])


def discord_urls(written: str) -> list[str]:
    """Return the addresses that can be followed, bare ones too."""
    pattern = re.compile(r"(?<!\\)\]\(<([^>]*)>\)|(?<!<)(https?://\S+)")
    return [found[1] or found[2] for text in _texts(written) for found in pattern.finditer(text)]


def bodies(document: Document) -> list[dict[str, Any]]:
    """Return the bodies as values."""
    return [json.loads(b) for b in render_discord(document)]
