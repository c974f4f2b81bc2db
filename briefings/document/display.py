"""What a reader sees: the one place where words and addresses from outside are made safe to show."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import assert_never
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from briefings.document.records import (
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
    lines_of,
)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_URL_LIMIT = 2000  # characters; longer ones are refused by browsers and platforms alike
# Joiners spell Persian and Indic words and hold an emoji together; after a Latin letter, an accent or a space they
# only hide something.
_JOINED = (
    r"\u0600-\u167f\u1681-\u1aaf\u1b00-\u1dbf\u1e00-\u1fff"
    r"\u2010-\u2027\u2030-\u205e\u2060-\u20cf\u2100-\u2fff\u3001-\U0010ffff"
)
_STRAY_JOINER = re.compile(rf"(?<![{_JOINED}])[\u200c\u200d]+")
_FILLERS = "\u034f\u115f\u1160\u2800\u3164\uffa0"  # letters and symbols that show nothing
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,24}(?![\w@])")
_MARKS = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_MARK_RUN = re.compile(rf"({_MARKS}{{4}}){_MARKS}+")  # no spelling needs a fifth mark on one letter


@lru_cache(maxsize=4096)
def _is_hidden(char: str) -> bool:
    """Tell controls, bidi marks, zero-width and tag characters, lone surrogates, private and blank letters."""
    if char.isspace() or char in "\u200c\u200d":
        return False
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} or char in _FILLERS


def clean(text: str) -> str:
    """Return what may be shown of a text: hidden characters gone, every run of white space one space."""
    if not (text.isascii() and text.isprintable()):
        text = _STRAY_JOINER.sub("", "".join(c for c in text if not _is_hidden(c)))
        text = _MARK_RUN.sub(r"\1", text)
    return re.sub(r"\s+", " ", text)


def safe_url(url: str) -> str:
    """Return an http(s) address that may be linked, or "" for any other.

    Refused: other schemes, user names (they disguise the host), hidden characters, backslashes and spaces.
    """
    if len(url) > _URL_LIMIT or any(c.isspace() or c in '\\"<>`' or not c.isprintable() for c in url):
        return ""
    try:
        parts = urlsplit(url)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    return url if is_web and has_port else ""


def host_of(url: str) -> str:
    """Return the host of an address as the network spells it (IDNA), without `www.`; "" when there is none."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _is_same_site(claimed: str, host: str) -> bool:
    claimed = claimed.lower().removeprefix("www.")
    return claimed == host or host.endswith("." + claimed) or claimed.endswith("." + host)


def safe_link(link: Link) -> Line:
    """Return the link; its words alone if it may not be followed; its words and the true host if they disagree."""
    label, url = clean(link.text), safe_url(link.url)
    host = host_of(url) if url else ""
    if not host:
        return (Text(label),) if label else ()
    if not label.strip():
        return (Link(host, url),)
    if any(not _is_same_site(c, host) for c in _HOST.findall(label[:300])):
        return (Text(f"{label} "), Link(f"({host})", url))
    return (Link(label, url),)


def _safe_inline(inline: Inline) -> Line:
    match inline:
        case Text(text=text, style=style):
            return (Text(clean(text), style),)
        case Link():
            return safe_link(inline)
        case _:
            return (inline,)


def _safe_line(line: Line) -> Line:
    return tuple(safe for inline in line for safe in _safe_inline(inline))


def _safe_block(block: Block) -> Block:
    match block:
        case Heading(text=text):
            return replace(block, text=clean(text))
        case Paragraph(line=line):
            return replace(block, line=_safe_line(line))
        case Item(id=item_id, line=line, below=below):
            return replace(block, id=clean(item_id), line=_safe_line(line), below=tuple(map(_safe_line, below)))
        case Picture(alt=alt):
            return replace(block, alt=clean(alt))
        case Actions(actions=actions):
            return replace(block, actions=tuple(replace(a, label=clean(a.label)) for a in actions))
        case _:
            assert_never(block)


def safe(document: Document) -> Document:
    """Return a document whose names, labels and links may be shown; every renderer starts with it.

    The words of articles stay as they are stored; `shown` cleans them when they are written out.
    """
    return replace(
        document,
        title=clean(document.title),
        summary=clean(document.summary),
        blocks=tuple(map(_safe_block, document.blocks)),
        detail=tuple(map(_safe_block, document.detail)),
    )


def moment_text(moment: Moment, document: Document) -> str:
    """Return a time in the document's zone: "08:00", "6 Jan", "Tue 6 Jan, 18:00"; another year is named."""
    local = moment.at.astimezone(ZoneInfo(document.zone))
    clock = f"{local:%H:%M}"
    if moment.form == "time":
        return clock
    this_year = document.as_of.astimezone(local.tzinfo).year if document.as_of else None
    day = f"{local.day} {MONTHS[local.month - 1]}" + ("" if local.year == this_year else f" {local.year}")
    return day if moment.form == "date" else f"{DAYS[local.weekday()]} {day}, {clock}"


def shown(inline: Inline, document: Document) -> str:
    """Return the plain words of an inline as a reader sees them; quotation marks only where `in_marks` says so."""
    match inline:
        case Text(text=text) | Link(text=text):
            return clean(text)
        case Verbatim(text=text, in_marks=in_marks):
            return f"“{clean(text).strip()}”" if in_marks else clean(text).strip()
        case Moment():
            return moment_text(inline, document)
        case _:
            assert_never(inline)


def size_of(block: Block, document: Document) -> int:
    """Return the characters that a reader sees of a block, its item id included."""
    if isinstance(block, Heading):
        return len(block.text) + 1
    lines = lines_of(block)
    n_id = len(block.id) + 1 if isinstance(block, Item) else 0
    return n_id + sum(len(shown(x, document)) for line in lines for x in line) + len(lines)
