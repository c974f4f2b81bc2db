"""What acts in a message that should only be read: mentions, links that mislead, markup, hidden characters.

Written against what the platforms document, apart from the renderers, so that both can't share one mistake.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from markdown_it import MarkdownIt

from tests.discord_limits import message_errors
from tests.slack_rules import Broken, check_message

_TAGS = frozenset(["html", "head", "meta", "title", "style", "body", "main", "section", "h1", "h2", "div", "p"])
_TAGS |= {"ul", "li", "span", "strong", "em", "small", "a", "time", "img"}
_ATTRIBUTES = frozenset(["lang", "charset", "http-equiv", "content", "name", "class", "title", "href", "rel", "alt"])
_ATTRIBUTES |= {"datetime", "src"}
_RICH = frozenset(["rich_text", "rich_text_section", "rich_text_quote", "text", "link"])
_SLACK_LINK = re.compile(r"<(https?://[^<>|\s]+)\|[^<>]*>")
_OWN_ESCAPES = re.compile(r"\x1b\]8;[^\x1b\x07]*\x1b\\|\x1b\[[0-9;]*m")
_MENTION = re.compile(
    r"@(?:everyone|here)\b|<(?:@[!&]?\d|@\w|#\w|!\w|a?:\w+:\d|/[\w -]+:\d|id:\w|t:-?\d)", re.IGNORECASE
)
_DISCORD_LINK = re.compile(r"\[[^\]]*\]\(<?(?P<named>[^)>]*)>?\)|(?P<bare>\bhttps?://\S+|\bdiscord(?:app)?\.\w+/\S+)")
_MOMENT = re.compile(r"<t:\d{10}:[tTdDfFR]>")
_JOINERS = "\u200c\u200d"  # inside words of scripts that need them, and between the parts of an emoji


def hidden(text: str) -> Iterator[str]:
    """Yield characters that a reader does not see or that change the order of others."""
    for char in text:
        kind = unicodedata.category(char)
        if kind in {"Cc", "Cs", "Co"} and char != "\n":
            yield f"U+{ord(char):04X} is a {kind}"
        if kind in {"Cf", "Zl", "Zp"} and char not in _JOINERS:
            yield f"U+{ord(char):04X} is a {kind}"


def bad_urls(urls: Iterator[str], allowed: frozenset[str]) -> Iterator[str]:
    """Yield addresses that lead elsewhere than to those that were given, or are not http(s)."""
    for url in urls:
        if urlsplit(url).scheme not in {"http", "https"} or url not in allowed:
            yield f"leads to {url[:80]!r}"


def in_slack(written: str, allowed: frozenset[str]) -> Iterator[str]:
    """Yield what acts in messages for Slack, one JSON body a line."""
    for body in map(json.loads, written.split("\n")):
        try:
            check_message(body)
        except Broken as error:
            yield str(error)
        yield from _slack_text(body["text"], frozenset())
        yield from _slack_value(body.get("blocks", []), allowed)


def _slack_value(value: Any, allowed: frozenset[str]) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _slack_value(inner, allowed)
    if not isinstance(value, dict):
        return
    kind = value.get("type", "")
    if kind == "mrkdwn":
        yield from () if value.get("verbatim") is True else ["Slack looks for mentions in mrkdwn"]
        yield from _slack_text(value["text"], allowed)
    elif kind == "plain_text":
        yield from () if value.get("emoji") is False else ["plain text makes emoji"]
        yield from hidden(value["text"])
    elif kind == "link":
        yield from bad_urls(iter([value["url"]]), allowed)
    elif kind.startswith("rich_text") and kind not in _RICH:
        yield f"a {kind} in rich text"
    for inner in value.get("elements", []) if kind.startswith("rich_text") else []:
        yield from () if inner["type"] in _RICH else [f"a {inner['type']} in rich text"]
    for inner in value.values():
        yield from _slack_value(inner, allowed)


def _slack_text(text: str, allowed: frozenset[str]) -> Iterator[str]:
    yield from hidden(text)
    yield from bad_urls((m[1] for m in _SLACK_LINK.finditer(text)), frozenset(u.replace("&", "&amp;") for u in allowed))
    rest = _SLACK_LINK.sub("", text)
    yield from () if "<" not in rest else [f"an open angle in {rest[:80]!r}"]


def in_discord(written: str, allowed: frozenset[str]) -> Iterator[str]:
    """Yield what acts in messages for Discord, one JSON body a line; it knows backslashes and one-line code."""
    for body in map(json.loads, written.split("\n")):
        yield from message_errors(
            {k: v for k, v in body.items() if k != "thread"} | {"allowed_mentions": {"parse": []}}
        )
        yield from hidden(body.get("thread", ""))
        yield from (f"the thread is named {body['thread']!r}" for _ in [1] if len(body.get("thread", "")) > 100)
        for text in _discord_texts(body):
            yield from hidden(text)
            plain = _MOMENT.sub("", re.sub(r"(?m)^`[^`\n]+`", "", text))  # ours: the id of an item
            plain = re.sub(r"\\[!-/:-@\[-`{-~]", "\ufffc", plain)
            yield from (f"mentions {m[0]!r}" for m in _MENTION.finditer(plain))
            links = [m["named"] or m["bare"] or "" for m in _DISCORD_LINK.finditer(plain)]
            yield from bad_urls(iter(links), allowed)
            yield from (
                f"{mark!r} is markup" for mark in ("`", "||", "~~", "__") if mark in _DISCORD_LINK.sub("", plain)
            )
            yield from (f"{m[0]!r} begins a heading" for m in re.finditer(r"(?m)^#{1,3} ", plain))


def _discord_texts(body: Mapping[str, Any]) -> Iterator[str]:
    yield body.get("content", "")
    for embed in body.get("embeds", []):
        yield from (embed.get("title", ""), embed.get("description", ""))
        yield from () if set(embed) <= {"title", "description", "color", "image"} else [f"@everyone {set(embed)}"]


def in_html(written: str, allowed: frozenset[str]) -> Iterator[str]:
    """Yield what a browser would do with a page beyond showing it."""
    yield from hidden(written)
    page = lxml.html.document_fromstring(written)
    for element in page.iter():
        if not isinstance(element.tag, str):
            yield "a comment"
            continue
        yield from () if element.tag in _TAGS else [f"<{element.tag}>"]
        yield from (f"{name}=" for name in element.attrib if name not in _ATTRIBUTES)
        if element.tag == "a":
            yield from bad_urls(iter([element.get("href", "")]), allowed)
        if element.tag == "img" and not element.get("src", "").startswith("data:image/png;base64,"):
            yield "a picture from elsewhere"
    if "default-src 'none'" not in html.unescape(written):
        yield "no policy"


def in_markdown(written: str, allowed: frozenset[str]) -> Iterator[str]:
    """Yield what a reader of Markdown would act on: HTML, links, pictures, code; and what GitHub makes of words."""
    yield from hidden(written)
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    allowed |= {reader.normalizeLink(url) for url in allowed}
    for token in (t for block in reader.parse(written) for t in (block, *(block.children or ()))):
        if token.type == "link_open":
            yield from bad_urls(iter([str(token.attrs["href"])]), allowed)
        if token.type in {"image", "fence", "code_block", "code_inline", "table_open", "s_open", "ordered_list_open"}:
            yield f"a {token.type}"
        if token.type in {"html_inline", "html_block"} and token.content != "<br>":
            yield f"HTML {token.content[:60]!r}"
    raw = re.sub(r"\\[!-/:-@\[-`{-~]", "\ufffc", re.sub(r"\]\(<[^>]*>\)", "", written))
    yield from (f"{m[0]!r} is a link or a mention" for m in re.finditer(r"https?://|www\.\w|@\w", raw, re.IGNORECASE))


def in_terminal(written: str, allowed: frozenset[str]) -> Iterator[str]:
    """Yield what would move the cursor, colour or name the window, or lead elsewhere."""
    opened = re.findall(r"\x1b\]8;[^;]*;([^\x1b]*)\x1b\\", written)
    yield from bad_urls((u for u in opened if u), allowed)
    yield from hidden(_OWN_ESCAPES.sub("", written))


def in_text(written: str, _allowed: frozenset[str]) -> Iterator[str]:
    """Yield what plain text must not hold."""
    yield from hidden(written)


def in_json(written: str, allowed: frozenset[str]) -> Iterator[str]:
    """Yield what would act when the JSON itself is shown, and addresses in it that lead elsewhere."""
    yield from hidden(written)
    yield from bad_urls(iter(re.findall(r'"url": "([^"]*)"', written)), allowed)


LIVE: Mapping[str, Callable[[str, frozenset[str]], Iterator[str]]] = {
    "terminal": in_terminal,
    "text": in_text,
    "markdown": in_markdown,
    "html": in_html,
    "json": in_json,
    "slack": in_slack,
    "discord": in_discord,
}
