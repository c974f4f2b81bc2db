"""Lines of a document -> Discord's Markdown; every character with a meaning in it is escaped."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.markup import WRAPS, escaped, wrapped
from briefings.document import Document, Inline, Item, Line, Link, Moment, Paragraph, Text, Verbatim, shown

URL_LIMIT = 600  # characters; a longer address would crowd out the words, which are then shown without it
RELATIVE_WITHIN = timedelta(days=14)  # an older date is shown as a date

_SPECIAL = re.compile(r"([\\`*_~|<>\[\]@]|:(?=//|[\w~+-]+:))")


def size(text: str) -> int:
    """Return the length of a text as Discord's limits are held here: in UTF-16 units, the strictest way to count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escape(text: str) -> str:
    """Return a text that Discord shows as it is: no markup, no mention, no emoji code, no bare link."""
    return escaped(text, _SPECIAL)


def timestamp(moment: Moment, as_of: datetime | None) -> str:
    """Return a time that each reader's own client shows in its own zone and language."""
    match moment.form:
        case "time":
            form = "t"
        case "datetime":
            form = "f"
        case _:
            is_recent = as_of is not None and timedelta() <= as_of - moment.at <= RELATIVE_WITHIN
            form = "R" if is_recent else "D"
    return f"<t:{int(moment.at.timestamp())}:{form}>"


def inline(given: Inline, document: Document) -> str:
    """Return one inline."""
    match given:
        case Text(style=style):
            return wrapped(escape(shown(given, document)), WRAPS[style])
        case Link(url=url) if len(url) <= URL_LIMIT:
            return f"[{escape(shown(given, document))}](<{url}>)"
        case Moment():
            return timestamp(given, document.as_of)
        case _:
            return escape(shown(given, document))


def line(given: Line, document: Document) -> str:
    """Return a line of inlines."""
    return "".join(inline(x, document) for x in given)


def _is_words_of_article(given: Line) -> bool:
    return any(isinstance(x, Verbatim) for x in given)


def _below(given: Line, document: Document) -> str:
    """Return a line below an item: words of an article as a block quotation, small print small."""
    written = line(given, document)
    if _is_words_of_article(given):
        return f"> {written}"
    is_muted = bool(given) and all(isinstance(x, Text) and x.style == "muted" for x in given)
    return f"-# {written}" if is_muted else written


def item(given: Item, document: Document) -> list[str]:
    """Return the lines of an item: its id and main line, or for a quotation the words first, then who said them."""
    name = f"`{given.id.replace('`', '')}` " if given.id else ""
    if len(given.line) == 1 and isinstance(given.line[0], Verbatim) and given.below:
        said_by, *rest = given.below
        first = [f"> {line(given.line, document)}", f"{name}{line(said_by, document)}"]
    else:
        rest = list(given.below)
        first = [f"{name}{line(given.line, document)}"]
    return [*first, *(_below(b, document) for b in rest)]


def paragraph(given: Paragraph, document: Document) -> list[str]:
    """Return the line of a paragraph."""
    written = line(given.line, document)
    if not written.strip():
        return []
    return [f"-# {written}" if given.is_context else written]
