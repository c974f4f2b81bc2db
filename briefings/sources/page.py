"""Web pages to articles. Runs in the limited child; never fetches."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

import lxml.html
import trafilatura
from lxml import etree

from briefings.errors import ParseFailed
from briefings.sources.addresses import canonical, host_of, resolve
from briefings.sources.decoding import binary_kind, charset_of, decode_anyhow
from briefings.sources.language import tell
from briefings.sources.markup import Paragraphs, to_line, to_text
from briefings.sources.records import MAX_ARTICLE_CHARS, ParsedPage
from briefings.sources.times import read_time
from briefings.sources.walls import is_wall, without_stub
from briefings.sources.words import one_line

_QUOTE_TAG = re.compile(r"<(/?)q(?:\s[^<>]*)?>", re.IGNORECASE)
_PAGE_TAG = re.compile(r"<(?:html|body|head|title|!doctype\s+html)\b", re.IGNORECASE)
_PAGE_KINDS = re.compile(r"html|xml", re.IGNORECASE)
_HEAD = 4_096
_BLOCKS = frozenset({"head", "item", "list", "p", "quote", "row", "table", "code"})  # of the tree trafilatura returns
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "date.issued", "dc.date.issued",
    "dc.date", "dcterms.date", "dcterms.created", "parsely-pub-date", "sailthru.date", "publishdate", "pubdate",
    "publish-date", "article.published", "date",
)  # fmt: skip
_ARTICLE_KINDS = re.compile(r"Article|Report|BlogPosting|PressRelease|LiveBlog")
_MAX_JSON = 200_000
_MAX_HEADINGS = 5
_FEWEST_WORDS = 5  # less is a menu that was taken for an article


def read_page(data: bytes, url: str, content_type: str = "") -> ParsedPage:
    """Read the article of a page.

    Raises:
        ParseFailed: empty, no article, or a consent page or bot check in its place.
    """
    _refuse_other_kinds(data, url, content_type)
    markup = _QUOTE_TAG.sub(lambda m: "”" if m[1] else "“", decode_anyhow(data, charset_of(content_type)))
    if not markup.strip():
        msg = f"{url} is empty"
        raise ParseFailed(msg)
    if not _PAGE_TAG.search(markup):
        return _fragment(markup, url)
    tree = _tree(markup, url)
    facts = _Facts(tree, url)
    _keep_quotations(tree)
    found = trafilatura.bare_extraction(tree, url=url or None, fast=True, with_metadata=True, include_comments=False)
    body = getattr(found, "body", None)
    text = _paragraphs(body) if body is not None else ""
    title = facts.title or to_line(str(getattr(found, "title", None) or ""))
    return _checked(facts, title, text.removeprefix(f"{title}\n\n"), url)


def _refuse_other_kinds(data: bytes, url: str, content_type: str) -> None:
    kind = binary_kind(data[:_HEAD])
    if not kind and content_type and not _PAGE_KINDS.search(content_type):
        kind = content_type.partition(";")[0][:60]
    if kind:
        msg = f"{url} is {kind}, not a web page"
        raise ParseFailed(msg)


def _fragment(markup: str, url: str) -> ParsedPage:
    """Take a piece of HTML without a page around it as it is."""
    text = to_text(markup)
    if not text:
        msg = f"{url} holds no text"
        raise ParseFailed(msg)
    return ParsedPage(title="", text=text, url=canonical(url), language=tell(text))


def _checked(facts: _Facts, title: str, text: str, url: str) -> ParsedPage:
    if is_wall(title, text):
        msg = f"{url} shows a consent page, a bot check or an error, not the article; open it in a browser and save it"
        raise ParseFailed(msg)
    text, is_stub = without_stub(text, is_free=facts.is_free)
    if len(text.split()) < _FEWEST_WORDS:
        msg = f"{url} holds no article; check the address, or save its text as .txt"
        raise ParseFailed(msg)
    if len(text) > MAX_ARTICLE_CHARS:
        msg = f"{url} holds {len(text):,} characters; an article may have {MAX_ARTICLE_CHARS:,}"
        raise ParseFailed(msg)
    return ParsedPage(
        title=title or one_line(text, 120),
        text=text,
        published=facts.published,
        publisher=facts.publisher,
        url=facts.address,
        language=tell(f"{title}. {text}", facts.language),
        is_teaser=is_stub,
    )


def _tree(markup: str, url: str) -> lxml.html.HtmlElement:
    try:
        return lxml.html.document_fromstring(markup.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError) as error:
        msg = f"{url} is not HTML that can be read"
        raise ParseFailed(msg) from error


def _keep_quotations(tree: lxml.html.HtmlElement) -> None:
    """Make pull quotes what extraction keeps: not in a figure, and the speaker on a line of their own."""
    for figure in tree.findall(".//figure"):
        if figure.find(".//blockquote") is not None:
            figure.tag = "div"
    for citation in [*tree.findall(".//blockquote//cite"), *tree.findall(".//blockquote//footer")]:
        citation.tag = "p"


def _paragraphs(body: etree._Element) -> str:
    """Return the text of an extracted tree, one paragraph a block."""
    target = Paragraphs(blocks=_BLOCKS, dropped=frozenset())
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = str(element.tag)
        if event == "start":
            target.start(tag)
            target.data(element.text or "")
        else:
            target.end(tag)
            target.data((element.tail or "") if element is not body else "")
    return target.close()


class _Facts:
    """What a page says of itself in its head: title, date, publisher, address."""

    def __init__(self, tree: lxml.html.HtmlElement, url: str) -> None:
        self._metas = _metas(tree)
        self._linked = next(_linked_data(tree), {})
        self._tree = tree
        self.publisher = self._publisher(url)
        self.title = self._title()
        self.published = self._published()
        self.address = self._address(url)
        self.language = str(tree.get("lang") or self._metas.get("og:locale") or "")
        self.is_free = str(self._linked.get("isAccessibleForFree", "true")).lower() != "false"

    def _title(self) -> str:
        headline = self._linked.get("headline") if isinstance(self._linked.get("headline"), str) else ""
        titles = (
            headline,
            self._metas.get("og:title"),
            self._metas.get("twitter:title"),
            self._tree.findtext(".//title"),
        )
        title = next((to_line(t) for t in titles if t and t.strip()), "")
        site = re.escape(self.publisher)
        plain = re.sub(rf"\s+[|–—-]\s+{site}$", "", title) if site else title
        return next((heading for heading in self._headings() if plain.startswith(f"{heading} ")), plain)

    def _headings(self) -> Iterator[str]:
        """Yield the main headings: one of them begins a title to which the site's name was added."""
        for element in islice(self._tree.iterfind(".//h1"), _MAX_HEADINGS):
            heading = one_line(str(element.text_content()))
            if len(heading.split()) > 1:
                yield heading

    def _publisher(self, url: str) -> str:
        owner = self._linked.get("publisher")
        name = owner.get("name") if isinstance(owner, dict) else None
        return one_line(str(self._metas.get("og:site_name") or name or host_of(self._address(url))), 100)

    def _published(self) -> datetime | None:
        stamps = [self._linked.get("datePublished"), *(self._metas.get(name) for name in _DATE_NAMES)]
        stamps += [element.get("datetime") for element in self._tree.iterfind(".//time")][:1]
        return next((found for stamp in stamps if stamp and (found := read_time(str(stamp)))), None)

    def _address(self, url: str) -> str:
        """Return the page's own canonical address when it is on the same host; a page can't speak for another site."""
        own = canonical(url)
        for link in self._tree.iterfind(".//link[@rel='canonical']"):
            named = canonical(resolve(url, link.get("href", "")))
            if named and (not own or host_of(named) == host_of(own)):
                return named
        return own


def _metas(tree: lxml.html.HtmlElement) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iterfind(".//meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        found.setdefault(name.strip().lower(), meta.get("content") or "")
    return found


def _linked_data(tree: lxml.html.HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Yield the JSON-LD objects of a page that describe an article."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads((script.text or "")[:_MAX_JSON], strict=False)
        except (ValueError, RecursionError):
            continue
        for row in _objects(data):
            if _ARTICLE_KINDS.search(str(row.get("@type", ""))):
                yield row


def _objects(data: object) -> Iterator[Mapping[str, Any]]:
    rows = data if isinstance(data, list) else [data]
    for row in rows:
        if isinstance(row, dict):
            graph = row.get("@graph")
            yield row
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()
