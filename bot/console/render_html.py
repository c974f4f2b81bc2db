"""Document -> one self-contained page: no script, no request, readable on a phone, in light and in dark."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC
from html import escape
from itertools import groupby
from typing import assert_never

from bot.console.layout import detail_title, is_quote, prepared
from bot.console.page_style import STYLE
from briefings.document import (
    Actions,
    Block,
    Document,
    Heading,
    Inline,
    Item,
    Line,
    Link,
    Moment,
    Paragraph,
    Picture,
    Text,
    Verbatim,
    shown,
)

CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_TAGS = {"plain": "", "strong": "strong", "emphasis": "em", "muted": "small"}


def _inline(inline: Inline, document: Document) -> str:
    words = escape(shown(inline, document))
    match inline:
        case Text(style=style):
            tag = _TAGS[style]
            return f"<{tag}>{words}</{tag}>" if tag else words
        case Verbatim(in_marks=in_marks, evidence=e):
            at = f"article {e.article}, revision {e.revision}, characters {e.span.start} to {e.span.end}"
            return f'<span class="{"said" if in_marks else "copied"}" title="{at}">{words}</span>'
        case Link(url=url):
            return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{words}</a>'
        case Moment(at=at):
            return f'<time datetime="{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}">{words}</time>'


def _line(line: Line, document: Document) -> str:
    return "".join(_inline(x, document) for x in line)


def _kind(item: Item) -> str:
    if item.section == "bottom_line":
        return "lead"
    return "quote" if is_quote(item) else "entry"


def _item(item: Item, document: Document) -> str:
    below = "".join(f"<p>{_line(b, document)}</p>" for b in item.below)
    main = f'<p class="main">{_line(item.line, document)}</p>'
    label = f'<span class="id">{escape(item.id)}</span>'
    return f'<li class="{_kind(item)} {item.tone}">{label}<div>{main}{below}</div></li>'


def _block(block: Block, document: Document) -> str:
    match block:
        case Heading(text=text):
            return f"<h2>{escape(text)}</h2>" if text else ""
        case Paragraph(line=line, is_context=is_context):
            opened = '<p class="context">' if is_context else "<p>"
            return f"{opened}{_line(line, document)}</p>"
        case Item():
            return _item(block, document)
        case Picture(png=png, alt=alt):
            return f'<p><img alt="{escape(alt)}" src="data:image/png;base64,{b64encode(png).decode()}"></p>'
        case Actions():
            return ""
        case _:
            assert_never(block)


def _blocks(blocks: tuple[Block, ...], document: Document) -> str:
    """Write blocks in order, a section in its own element; items that follow each other are one list."""
    written = []
    for name, members in groupby(blocks, key=lambda b: b.section):
        parts = []
        for is_item, group in groupby(members, key=lambda b: isinstance(b, Item)):
            inner = "".join(_block(b, document) for b in group)
            parts.append(f"<ul>{inner}</ul>" if is_item else inner)
        inner = "\n".join(p for p in parts if p)
        written.append(f'<div class="{escape(name) or "answer"}">{inner}</div>' if inner else "")
    return "\n".join(written)


def render_html(document: Document, *, with_detail: bool = True) -> str:
    """Return a document as a whole HTML page."""
    document = prepared(document, with_detail=with_detail)
    detail = _blocks(document.detail, document)
    more = (
        f'<section class="detail">\n<h1>{detail_title(document)}</h1>\n{detail}\n</section>' if document.detail else ""
    )
    return (
        "<!doctype html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(CSP)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(document.title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(document.title)}</h1>\n{_blocks(document.blocks, document)}\n{more}\n</main>\n"
        "</body>\n</html>\n"
    )
