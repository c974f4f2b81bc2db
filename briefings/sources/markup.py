"""HTML to plain paragraphs. Runs in the limited child; never fetches, never keeps a tag."""

from __future__ import annotations

import html
import re

from lxml import etree

from briefings.sources.words import one_line, paragraphs

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "menu", "nav", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
DROPPED = frozenset({
    "audio", "button", "canvas", "figcaption", "form", "head", "iframe", "input", "map", "math", "noscript", "object",
    "script", "select", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
_CELLS = frozenset({"td", "th", "cell"})
_BREAKS = frozenset({"br", "lb"})
_BLANKS = re.compile(r"\s+")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_ESCAPED_TWICE = re.compile(r"^\s*&lt;(?:p|div|br|a|img|h\d)\b[^<]*&gt;", re.IGNORECASE)


class Paragraphs:
    """Collects text between tags; block tags end a paragraph, quotation tags become quotation marks."""

    def __init__(self, blocks: frozenset[str] = BLOCKS, dropped: frozenset[str] = DROPPED) -> None:
        self._blocks = blocks
        self._dropped = dropped
        self._pieces: list[str] = []
        self._inside: str | None = None  # the dropped tag that we are in
        self._depth = 0

    def start(self, tag: str, attributes: object = None) -> None:
        """Take an opening tag."""
        if self._inside is not None:
            self._depth += tag == self._inside
        elif tag in self._dropped:
            self._inside, self._depth = tag, 1
        else:
            self._pieces.append(self._mark(tag, "“"))

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        if self._inside is None:
            self._pieces.append(self._mark(tag, "”"))
        elif tag == self._inside:
            self._depth -= 1
            self._inside = None if self._depth == 0 else self._inside

    def data(self, text: str) -> None:
        """Take characters."""
        if self._inside is None:
            self._pieces.append(_BLANKS.sub(" ", text))

    def comment(self, text: str) -> None:
        """Take a comment: nothing of it is kept."""

    def close(self) -> str:
        """Return the paragraphs, an empty line between each two."""
        return paragraphs("".join(self._pieces))

    def _mark(self, tag: str, quotation_mark: str) -> str:
        if tag in self._blocks:
            return "\n\n"
        if tag in _BREAKS:
            return "\n" if quotation_mark == "“" else ""
        if tag in _CELLS:
            return " "
        return quotation_mark if tag == "q" else ""


def to_text(markup: str) -> str:
    """Return the paragraphs of an HTML fragment or document."""
    if _ESCAPED_TWICE.search(markup):
        markup = html.unescape(markup)
    if not _TAG.search(markup):
        return paragraphs(html.unescape(markup))
    parser = etree.HTMLParser(target=Paragraphs(), remove_comments=True, remove_pis=True)
    try:
        parser.feed(f"<body>{markup}")
        return str(parser.close())
    except etree.LxmlError:
        return paragraphs(html.unescape(_TAG.sub(" ", markup)))


def to_line(markup: str) -> str:
    """Return a title or name on one line; `<b>` and twice-escaped `&amp;amp;` are undone."""
    return one_line(html.unescape(to_text(markup)))
