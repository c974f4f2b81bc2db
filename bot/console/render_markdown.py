"""Document -> Markdown (CommonMark); every character with a meaning in it is escaped."""

from __future__ import annotations

import re

from bot.console.layout import detail_title, prepared
from bot.markup import WRAPS, escaped, wrapped
from briefings.document import (
    Block,
    Document,
    Heading,
    Inline,
    Item,
    Line,
    Link,
    Paragraph,
    Picture,
    Text,
    Verbatim,
    shown,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&@$]|:(?=//)|(?<=www)\.)", re.IGNORECASE)


def escape(text: str) -> str:
    """Return a text that Markdown shows as it is: no markup, no HTML, no mention, no bare link."""
    return escaped(text, _SPECIAL)


def _inline(inline: Inline, document: Document) -> str:
    words = escape(shown(inline, document))
    match inline:
        case Text(style=style):
            return wrapped(words, WRAPS[style])
        case Verbatim(in_marks=in_marks):
            return words if in_marks else wrapped(words, "*")
        case Link(url=url):
            return f"[{words}](<{url}>)"
        case _:
            return words


def _line(line: Line, document: Document) -> str:
    return "".join(_inline(x, document) for x in line)


def _item(item: Item, document: Document) -> str:
    head = f"- **{escape(item.id)}** {_line(item.line, document)}"
    return "\n".join([head, *(f"  <br>{_line(b, document)}" for b in item.below)])


def _block(block: Block, document: Document) -> str:
    match block:
        case Heading(text=text):
            return f"## {escape(text)}"
        case Paragraph(line=line):
            return _line(line, document)
        case Item():
            return _item(block, document)
        case Picture(alt=alt):
            return f"*{escape(alt)}*"
        case _:
            return ""


def render_markdown(document: Document, *, with_detail: bool = True) -> str:
    """Return a document as Markdown."""
    document = prepared(document, with_detail=with_detail)
    parts = [f"# {escape(document.title)}", *(_block(b, document) for b in document.blocks)]
    if document.detail:
        parts += ["---", f"# {escape(detail_title(document))}", *(_block(b, document) for b in document.detail)]
    return "\n\n".join(p for p in parts if p) + "\n"
