"""JSON Feed (jsonfeed.org, versions 1 and 1.1) in the shape that feedparser gives RSS and Atom. Never fetches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from feedparser import FeedParserDict

from briefings.sources.decoding import charset_of, decode_anyhow
from briefings.sources.records import MAX_ENTRIES
from briefings.sources.times import read_time

_VERSION = "jsonfeed.org/version/"


def parse_json_feed(body: bytes, content_type: str = "") -> FeedParserDict | None:
    """Return a JSON Feed, None when the body is none."""
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        data = json.loads(decode_anyhow(body, charset_of(content_type)).lstrip("\ufeff"), strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or _VERSION not in _words(data.get("version")):
        return None
    items = data.get("items")
    rows = [row for row in items if isinstance(row, dict)] if isinstance(items, list) else []
    return FeedParserDict(
        version="json",
        feed={"title": _words(data.get("title")), "language": _words(data.get("language"))},
        entries=[dict(_entry(row)) for row in rows[:MAX_ENTRIES]] + rows[MAX_ENTRIES:],  # the surplus is only counted
    )


def _entry(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "title", _words(row.get("title"))
    yield "id", _words(row.get("id"))
    yield "link", _words(row.get("url")) or _words(row.get("external_url"))
    yield "language", _words(row.get("language"))
    yield "summary", _words(row.get("summary"))
    kinds = (("content_html", "text/html"), ("content_text", "text/plain"))
    yield "content", [{"value": _words(row[name]), "type": kind} for name, kind in kinds if name in row]
    at = read_time(_words(row.get("date_published")) or _words(row.get("date_modified")))
    yield "published_parsed", at.utctimetuple() if at else None


def _words(value: object) -> str:
    """Return text, and numbers as text: ids are often written so."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return str(value).encode("utf-8", "replace").decode("utf-8")  # JSON can spell half a character
