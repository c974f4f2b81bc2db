"""What the limited child hands back: a feed or a page, read and checked for shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, TypeVar

from briefings.errors import ParseFailed
from briefings.model import ParsedArticle

MAX_ENTRIES = 500
MAX_ARTICLE_CHARS = 1_000_000  # an article, not a book: about 160,000 words

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed as read: its first entries, and what was left out of it.

    `ttl` is the number of seconds that the feed asks to be left alone, `notes` what a person should be told.
    """

    title: str
    entries: tuple[ParsedArticle, ...] = ()
    language: str = ""
    ttl: float | None = None
    n_undated: int = 0
    n_left_out: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """The article of a web page. `is_teaser` says that the page shows only the beginning of it."""

    title: str
    text: str
    published: datetime | None = None
    publisher: str = ""
    url: str = ""
    language: str = "en"
    is_teaser: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed that a page names."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHints:
    """What is known of a feed beside its bytes; each stands in where the feed itself is silent, `publisher` always."""

    content_type: str = ""  # as the server gave it: its charset is tried first
    publisher: str = ""
    language: str = ""


def to_row(record: ParsedFeed | ParsedPage) -> dict[str, Any]:
    """Return a record as plain values that JSON can carry."""
    return {name: _plain(value) for name, value in asdict(record).items()}


def feed_from(row: Mapping[str, Any]) -> ParsedFeed:
    """Read a feed from plain values.

    Raises:
        ParseFailed: the values are not those of a feed.
    """
    entries = row.get("entries")
    if not isinstance(entries, list) or len(entries) > MAX_ENTRIES:
        msg = "the parser's answer has no list of entries; try again"
        raise ParseFailed(msg)
    articles = tuple(_build(ParsedArticle, entry) for entry in entries)
    return _build(ParsedFeed, {**row, "entries": articles, "notes": tuple(str(n) for n in row.get("notes", ()))})


def page_from(row: Mapping[str, Any]) -> ParsedPage:
    """Read a page from plain values.

    Raises:
        ParseFailed: the values are not those of a page.
    """
    return _build(ParsedPage, row)


def links_from(row: Mapping[str, Any]) -> tuple[FeedLink, ...]:
    """Read the feeds that a page names from plain values.

    Raises:
        ParseFailed: the values are not those of feeds.
    """
    links = row.get("links")
    return tuple(_build(FeedLink, link) for link in links) if isinstance(links, list) else ()


def _build(kind: type[Record], row: Mapping[str, Any]) -> Record:
    """Make a record from a row whose values have the types that the record's own defaults and names ask for."""
    names = {f.name: str(f.type) for f in fields(kind)}  # type: ignore[arg-type]  # only dataclasses are passed
    try:
        values = {name: _typed(names[name], value) for name, value in row.items()}
        return kind(**values)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        msg = f"the parser's answer is not a {kind.__name__}; try again"
        raise ParseFailed(msg) from error


def _typed(wanted: str, value: object) -> object:
    """Return the value when it is of the wanted kind; times are read from ISO text."""
    if "None" in wanted and value is None:
        return None
    if wanted.startswith("datetime"):
        if isinstance(value, str):
            return datetime.fromisoformat(value)
    elif isinstance(value, _KINDS[re.split(r"[\[ ]", wanted, maxsplit=1)[0]]):
        return value
    msg = f"not a {wanted}"
    raise ValueError(msg)


_KINDS: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "bool": bool,
    "int": int,
    "float": (int, float),
    "tuple": tuple,
}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value
