"""What a reader of Slack sees of messages, read off their blocks: words and links."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_LINK = re.compile(r"<(https?://[^|>]+)\|([^>]*)>")


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    """Yield every text of blocks with its kind: mrkdwn, plain_text, or text of rich text."""
    if isinstance(value, dict):
        kind = value.get("type", "")
        if kind in {"mrkdwn", "plain_text", "text", "link"} and isinstance(value.get("text"), str):
            yield kind, value["text"]
        elif kind == "rich_text_section":
            for element in value["elements"]:
                yield from _texts(element)
            yield "text", "\n"
        else:
            for inner in value.values():
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _blocks(written: str) -> list[Any]:
    return [block for line in written.split("\n") for block in json.loads(line).get("blocks", [])]


def words_of(blocks: Any) -> str:
    """Return the words of blocks; marks around bold and italic words and of quotes are taken away."""
    seen = []
    for kind, text in _texts(blocks):
        if kind == "mrkdwn":
            plain = re.sub(r"^>", "", _LINK.sub(r"\2", text), flags=re.MULTILINE)
            seen.append(html.unescape(re.sub(r"[*_]", "", plain)) + "\n")
        else:
            seen.append(text + ("\n" if kind == "plain_text" else ""))
    return "".join(seen)


def slack_words(written: str) -> str:
    """Return what is seen of messages, one JSON body a line."""
    return words_of(_blocks(written))


def slack_urls(written: str) -> list[str]:
    """Return every address that messages link to."""
    found = [html.unescape(m[1]) for k, t in _texts(_blocks(written)) if k == "mrkdwn" for m in _LINK.finditer(t)]
    return found + re.findall(r'"type": "link", "url": "([^"]*)"', written)
