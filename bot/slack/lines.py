"""Lines of a document as Slack's mrkdwn, or as rich text where the words would be read as markup. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefings.document import Document, Line, Link, Text, TextStyle, Verbatim, shown

Json = dict[str, Any]
# mrkdwn has no escape for these: a text that holds one is shown as rich text, which is taken as it is
_ACTIVE = re.compile(r"[*_~`|]|:[\w+'-]+:|^\s*>")
_MARKS = {"strong": "*", "emphasis": "_"}
_STYLES = {"strong": "bold", "emphasis": "italic"}
_OPENS, _CLOSES = re.compile(r"[\s(\[“\"'·,–—-]$"), re.compile(r"[\s)\]”\"'·,.:;!?–—-]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one style, with the address that they lead to."""

    text: str
    style: TextStyle = "plain"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line; a quoted one has a bar beside it."""

    pieces: tuple[Piece, ...]
    is_quoted: bool = False


def escape(text: str) -> str:
    """Return a text whose `& < >` Slack shows as they are, so that it mentions nobody and links nowhere."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def units(text: str) -> int:
    """Return the length of a text as Slack counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le", "replace")) // 2


def clipped(text: str, limit: int) -> str:
    """Return a label or title that fits, its end cut off if need be. Never for words of an article."""
    if units(text) <= limit:
        return text
    kept = text[: limit - 1]
    while units(kept) >= limit:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def row_of(line: Line, document: Document, *, is_quoted: bool = False) -> Row:
    """Return a line; a sentence copied from an article without quotation marks is in italics, or has the bar."""
    return Row(tuple(_pieces(line, document, "plain" if is_quoted else "emphasis")), is_quoted)


def _pieces(line: Line, document: Document, copied: TextStyle) -> Iterable[Piece]:
    for inline in line:
        words = shown(inline, document)
        if not words:
            continue
        match inline:
            case Text(style=style):
                yield Piece(words, style)
            case Verbatim(in_marks=in_marks):
                yield Piece(words, "plain" if in_marks else copied)
            case Link(url=url):
                yield Piece(words, "plain", url)
            case _:
                yield Piece(words)


def mrkdwn(rows: Iterable[Row]) -> str | None:
    """Return lines as mrkdwn, None when Slack would take some of the words for markup."""
    written = []
    for row in rows:
        line = _mrkdwn_line(row.pieces)
        if line is None:
            return None
        written.append(f">{line}" if row.is_quoted else line)
    return "\n".join(written)


def _mrkdwn_line(pieces: Sequence[Piece]) -> str | None:
    if any(_ACTIVE.search(p.text) for p in pieces):
        return None
    line = ""
    for n, piece in enumerate(pieces):
        words = escape(piece.text)
        mark, core = _MARKS.get(piece.style, ""), words.strip()
        if piece.url:
            words = f"<{escape(piece.url).replace('|', '%7C')}|{words}>"
        elif mark and core:
            start, end = words[: words.index(core)], words[words.index(core) + len(core) :]
            after = end + (pieces[n + 1].text if n + 1 < len(pieces) else "")
            if (line + start and not _OPENS.search(line + start)) or (after and not _CLOSES.match(after)):
                return None  # a mark inside a word would be shown as it is
            words = f"{start}{mark}{core}{mark}{end}"
        line += words
    return line


def rich_text(rows: Iterable[Row]) -> Json:
    """Return lines as one rich text block; its words are never read as markup."""
    parts: list[Json] = []
    for row in rows:
        kind = "rich_text_quote" if row.is_quoted else "rich_text_section"
        elements = [_element(p) for p in row.pieces if p.text]
        if not elements:
            continue
        if parts and parts[-1]["type"] == kind:
            parts[-1]["elements"] += [{"type": "text", "text": "\n"}, *elements]
        else:
            parts.append({"type": kind, "elements": elements})
    return {"type": "rich_text", "elements": parts}


def _element(piece: Piece) -> Json:
    if piece.url:
        return {"type": "link", "url": piece.url, "text": piece.text}
    style = {"style": {_STYLES[piece.style]: True}} if piece.style in _STYLES else {}
    return {"type": "text", "text": piece.text, **style}


def broken(row: Row, limit: int) -> tuple[Row, ...]:
    """Return a line in lines that fit: between its pieces, and inside one only when it is longer than the limit."""
    rows: list[list[Piece]] = [[]]
    for piece in row.pieces:
        for part in _parts(piece, limit):
            if rows[-1] and sum(units(p.text) + units(p.url) for p in (*rows[-1], part)) > limit:
                rows.append([])
            rows[-1].append(part)
    return tuple(replace(row, pieces=tuple(r)) for r in rows if r)


def _parts(piece: Piece, limit: int) -> Iterable[Piece]:
    rest = piece.text
    while units(rest) > limit:
        size = limit // 2
        at = rest.rfind(" ", size // 2, size)
        cut = at + 1 if at > 0 else size
        yield replace(piece, text=rest[:cut])
        rest = rest[cut:]
    yield replace(piece, text=rest)
