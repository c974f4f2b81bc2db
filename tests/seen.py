"""What a reader sees of what each renderer wrote: the words without markup, and the addresses that can be followed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser

from bot.console.render import render_html, render_json, render_markdown, render_terminal, render_text
from bot.slack.render import render_slack
from briefings.document import Document, clean
from tests.discord_reading import discord_text, discord_urls, discord_words
from tests.slack_words import slack_urls, slack_words


class Page(HTMLParser):
    """Gather what a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.urls: list[str] = []
        self.words: list[str] = []
        self._is_style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.urls += [value or "" for name, value in attrs if name == "href"]
        self._is_style = tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._is_style:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._is_style = False


def _page_words(page: str) -> str:
    return "".join(Page(page).words)


def _markdown_words(text: str) -> str:
    without_links = re.sub(r"\]\(<[^>]*>\)", "", text)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", without_links)


def _json_words(text: str) -> str:
    def gather(value: object) -> list[str]:
        if isinstance(value, dict):
            return [x for name, v in value.items() if name != "links" for x in gather(v)]  # these stand in the lines
        if isinstance(value, list):
            return [x for v in value for x in gather(v)]
        return [value] if isinstance(value, str) else []

    return "\n".join(clean(x) for x in gather(json.loads(text)))


def _terminal_words(text: str) -> str:
    return re.sub(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m", "", text)


def _json_urls(text: str) -> list[str]:
    return re.findall(r'"url": "([^"]*)"', text)


@dataclass(frozen=True)
class Renderer:
    """A renderer, how to read the words off what it wrote and how to find its links."""

    render: Callable[[Document], str]
    words: Callable[[str], str]
    urls: Callable[[str], list[str]]


def _terminal_urls(text: str) -> list[str]:
    return re.findall(r"\x1b\]8;[^;]*;([^\x1b]+)\x1b\\", text)


RENDERERS = {
    "terminal": Renderer(render_terminal, _terminal_words, _terminal_urls),
    "text": Renderer(render_text, lambda s: s, lambda s: re.findall(r"^\[\d+\] (\S+)$", s, re.M)),
    "markdown": Renderer(render_markdown, _markdown_words, lambda s: re.findall(r"\]\(<([^>]*)>\)", s)),
    "html": Renderer(render_html, _page_words, lambda s: Page(s).urls),
    "json": Renderer(render_json, _json_words, _json_urls),
    "slack": Renderer(lambda d: "\n".join(render_slack(d)), slack_words, slack_urls),
    "discord": Renderer(discord_text, discord_words, discord_urls),
}


def squeezed(text: str) -> str:
    """Take away white space, which a layout may change, and what a wrapped line may hold."""
    return re.sub(r"\s+", "", text)
