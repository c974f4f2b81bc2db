"""Articles as rows: the lines of a .jsonl file, the objects of a .json file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

from briefings.errors import BadArticle, BadInput
from briefings.sources.decoding import decode
from briefings.sources.times import read_time

MAX_LINE = 8 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One article as a row gives it: `text` or `html`; `date_note` says what is wrong with its date."""

    where: str  # "rows.jsonl line 3"
    title: str
    text: str
    html: str
    publisher: str
    url: str
    language: str
    published: datetime | None
    date_note: str = ""


def read_lines(file: BinaryIO, name: str) -> Iterator[Row | BadInput]:
    """Yield the articles of a file with one JSON object a line; a bad line comes as an error with its number."""
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        where = f"{name} line {number}"
        if len(line) > MAX_LINE:
            _skip_line(file)
            yield BadArticle(f"{where} is longer than {MAX_LINE // 2**20} MB and was left out; split the article")
        elif line.strip():
            yield _line(line, where)


def read_array(data: bytes, name: str) -> Iterator[Row | BadInput]:
    """Yield the articles of a JSON file: one object or a list of them."""
    try:
        rows = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        yield BadArticle(f"{name} is not JSON ({_reason(error)}); mend it or write one object a line as .jsonl")
        return
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], start=1):
        yield _checked(row, f"{name} item {number}")


def _skip_line(file: BinaryIO) -> None:
    while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
        pass


def _line(line: bytes, where: str) -> Row | BadInput:
    try:
        row = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        return BadArticle(f"{where} is not JSON ({_reason(error)}); mend that line")
    return _checked(row, where)


def _checked(row: object, where: str) -> Row | BadInput:
    if not isinstance(row, dict):
        return BadArticle(f'{where} is not an object; write {{"title": ..., "text": ..., "published": ...}}')
    for name in ("title", "text", "html", "publisher", "url", "language"):
        if not isinstance(row.get(name) or "", str):
            return BadArticle(f"{where}: '{name}' must be text")
    text, html = row.get("text") or "", row.get("html") or ""
    if not text.strip() and not html.strip():
        return BadArticle(f"{where} has neither 'text' nor 'html'; add one of them")
    published, note = _date(row)
    return Row(
        where=where,
        title=row.get("title") or "",
        text=text,
        html=html,
        publisher=row.get("publisher") or "",
        url=row.get("url") or "",
        language=row.get("language") or "",
        published=published,
        date_note=note,
    )


def _date(row: Mapping[str, Any]) -> tuple[datetime | None, str]:
    value = row.get("published")
    if value in (None, ""):
        return None, ""
    found = None
    if isinstance(value, str):
        found = read_time(value)
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 4e9:
        found = datetime.fromtimestamp(value, tz=UTC)
    return found, "" if found else "its date can't be read; write it as 2026-01-06T20:00Z"


def _reason(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "damaged characters or too deep"
