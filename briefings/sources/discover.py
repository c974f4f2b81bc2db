"""Which feeds a web page names. Runs in the limited child; never fetches."""

from __future__ import annotations

import lxml.html
from lxml import etree

from briefings.sources.addresses import resolve
from briefings.sources.decoding import charset_of, decode_anyhow
from briefings.sources.markup import to_line
from briefings.sources.records import FeedLink

MAX_LINKS = 20
_KINDS = (
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/xml", "application/xml",
    "application/feed+json",
)  # fmt: skip
_ENDINGS = (
    "/rss", "/feed", "/atom", "rss.xml", "atom.xml", "feed.xml", "feed.json", "index.rdf", ".rss", ".atom", "/rss.php",
)  # fmt: skip


def find_feeds(data: bytes, url: str, content_type: str = "") -> tuple[FeedLink, ...]:
    """Return the feeds that a page names: in its head first, then links that look like feeds."""
    markup = decode_anyhow(data, charset_of(content_type))
    try:
        tree = lxml.html.document_fromstring(markup.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return ()
    base = resolve(url, next((b.get("href", "") for b in tree.iterfind(".//base")), "")) or url
    found: dict[str, FeedLink] = {}
    for link in tree.iterfind(".//link[@rel][@type]"):
        if "alternate" in link.get("rel").lower().split() and link.get("type").lower().split(";")[0].strip() in _KINDS:
            _add(found, base, link.get("href", ""), link.get("title", ""))
    for anchor in tree.iterfind(".//a[@href]"):
        if anchor.get("href").lower().split("?")[0].rstrip("/").endswith(_ENDINGS):
            _add(found, base, anchor.get("href"), anchor.text or "")
    return tuple(found.values())[:MAX_LINKS]


def _add(found: dict[str, FeedLink], base: str, href: str, title: str) -> None:
    address = resolve(base, href)
    if address:
        found.setdefault(address, FeedLink(url=address, title=to_line(title)[:200]))
