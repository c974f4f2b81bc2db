"""What Discord refuses in a message, a form or a command list, as its documentation has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def message_errors(body: Json) -> Iterator[str]:
    """Yield what is wrong with a message that is to be created or changed."""
    embeds, content = body.get("embeds") or [], body.get("content") or ""
    if len(content) > 2000:
        yield "content: 2000 or fewer"
    if len(embeds) > 10:
        yield "embeds: 10 or fewer"
    if not (content or embeds or body.get("attachments") or body.get("components")):
        yield "cannot send an empty message"
    if sum(_characters(e) for e in embeds) > 6000:
        yield "embeds: 6000 or fewer characters over all"
    for embed in embeds:
        yield from _embed_errors(embed)
    yield from _row_errors(body.get("components") or [])
    if body.get("allowed_mentions") != {"parse": []}:
        yield "allowed_mentions: this server wants none"
    if len(str(body.get("nonce") or "")) > 25:
        yield "nonce: 25 or fewer"
    if unknown := set(body) - {
        "content", "embeds", "components", "allowed_mentions", "nonce", "enforce_nonce", "flags", "attachments",
    }:  # fmt: skip
        yield f"unknown fields {sorted(unknown)}"


def _characters(embed: Json) -> int:
    texts = [embed.get("title", ""), embed.get("description", ""), (embed.get("footer") or {}).get("text", "")]
    return sum(map(len, texts))


def _embed_errors(embed: Json) -> Iterator[str]:
    if len(embed.get("title", "")) > 256:
        yield "title: 256 or fewer"
    if len(embed.get("description", "")) > 4096:
        yield "description: 4096 or fewer"
    if len((embed.get("footer") or {}).get("text", "")) > 2048:
        yield "footer: 2048 or fewer"
    if not (embed.get("title") or embed.get("description") or embed.get("image") or embed.get("footer")):
        yield "embed: empty"
    if not 0 <= embed.get("color", 0) <= 0xFFFFFF:
        yield "color: 24 bits"


def _row_errors(rows: list[Json]) -> Iterator[str]:
    if len(rows) > 5:
        yield "components: 5 rows or fewer"
    buttons = [b for row in rows for b in row["components"]]
    if any(row["type"] != 1 or not 1 <= len(row["components"]) <= 5 for row in rows):
        yield "row: 1 to 5 components"
    ids = [b["custom_id"] for b in buttons]
    if len(ids) != len(set(ids)):
        yield "custom_id: duplicated"
    if any(not 1 <= len(i) <= 100 for i in ids):
        yield "custom_id: 1 to 100"
    if any(not 1 <= len(b["label"]) <= 80 for b in buttons):
        yield "label: 1 to 80"


def modal_errors(modal: Json) -> Iterator[str]:
    """Yield what is wrong with a form."""
    if not 1 <= len(modal["title"]) <= 45:
        yield "title: 1 to 45"
    if not 1 <= len(modal["components"]) <= 5:
        yield "components: 1 to 5"
    for row in modal["components"]:
        inner = row["component"]
        if row["type"] != 18 or not 1 <= len(row["label"]) <= 45:
            yield "label: 1 to 45"
        if inner["type"] == 3 and not 1 <= len(inner["options"]) <= 25:
            yield "options: 1 to 25"
        if inner["type"] == 4 and not 1 <= inner["max_length"] <= 4000:
            yield "max_length: 1 to 4000"


def command_errors(commands: list[Json]) -> Iterator[str]:
    """Yield what is wrong with a list of commands."""
    if len(commands) > 100 or len({c["name"] for c in commands}) != len(commands):
        yield "100 commands of different names or fewer"
    for command in commands:
        options = command.get("options", [])
        for named in (command, *options):
            if not re.fullmatch(r"[-_a-z0-9]{1,32}", named["name"]):
                yield f"name of {named['name']}"
            if not 1 <= len(named["description"]) <= 100:
                yield f"description of {named['name']}"
        needed = [bool(o.get("required")) for o in options]
        if len(options) > 25 or needed != sorted(needed, reverse=True):
            yield f"options of {command['name']}: 25 or fewer, required ones first"
        if any(len(o.get("choices", [])) > 25 or (o.get("choices") and o.get("autocomplete")) for o in options):
            yield f"choices of {command['name']}"
