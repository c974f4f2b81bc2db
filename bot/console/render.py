"""The console's formats by name: the one line that a new format adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.console.render_html import render_html
from bot.console.render_json import render_json
from bot.console.render_markdown import render_markdown
from bot.console.render_terminal import render_terminal, render_text
from briefings.document import Document

FORMATS: Mapping[str, Callable[[Document], str]] = {
    "text": render_text,
    "markdown": render_markdown,
    "json": render_json,
    "html": render_html,
}
__all__ = ["FORMATS", "render_html", "render_json", "render_markdown", "render_terminal", "render_text"]
