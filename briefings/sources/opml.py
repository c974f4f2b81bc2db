"""Lists of feeds as other readers write them: OPML in and out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from briefings.errors import UnreadableFile
from briefings.sources.addresses import resolve
from briefings.sources.decoding import decode_anyhow
from briefings.sources.words import one_line

MAX_BYTES = 5 * 2**20
MAX_OUTLINES = 5_000
_OUTLINE = re.compile(r"<outline\b((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));", re.IGNORECASE)
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list."""

    title: str
    feed: str
    page: str = ""


def read_opml(data: bytes, name: str) -> list[Outline]:
    """Return the feeds of an OPML file, each address once.

    The outlines are picked out one by one and not parsed as XML: no entity is expanded and no nesting followed.

    Raises:
        UnreadableFile: it is too large, or holds no feed.
    """
    if len(data) > MAX_BYTES:
        msg = f"{name} has more than {MAX_BYTES // 2**20} MB; split it"
        raise UnreadableFile(msg)
    found: dict[str, Outline] = {}
    for match in _OUTLINE.finditer(decode_anyhow(data)):
        outline = _outline(match[1])
        if outline and len(found) < MAX_OUTLINES:
            found.setdefault(outline.feed, outline)
    if not found:
        msg = f'{name} holds no feeds; an OPML file has lines such as <outline type="rss" xmlUrl="https://...">'
        raise UnreadableFile(msg)
    return list(found.values())


def write_opml(outlines: Iterable[Outline], title: str) -> str:
    """Return feeds as an OPML 2.0 document."""
    rows = "\n".join(
        f"    <outline type={quoteattr('rss')} text={quoteattr(o.title)} title={quoteattr(o.title)}"
        f" xmlUrl={quoteattr(o.feed)}{f' htmlUrl={quoteattr(o.page)}' if o.page else ''}/>"
        for o in outlines
    )
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>{escape(title)}</title></head>'
    )
    return f"{head}\n  <body>\n{rows}\n  </body>\n</opml>\n"


def _outline(attributes: str) -> Outline | None:
    values = {m[1].lower(): _unescaped(m[2] if m[2] is not None else m[3]) for m in _ATTRIBUTE.finditer(attributes)}
    feed = resolve("", values.get("xmlurl", ""))
    if not feed:
        return None
    title = one_line(values.get("title") or values.get("text") or feed, 200)
    return Outline(title=title, feed=feed, page=resolve("", values.get("htmlurl", "")))


def _unescaped(value: str) -> str:
    return _ENTITY.sub(
        lambda m: _NAMED[m[3].lower()] if m[3] else _character(int(m[1] or m[2], 10 if m[1] else 16)), value
    )


def _character(point: int) -> str:
    return chr(point) if 0x20 <= point < 0x110000 and not 0xD800 <= point < 0xE000 else ""
