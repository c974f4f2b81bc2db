"""A teaser completed from the page that it leads to. Pure: nothing is fetched here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from briefings.model import ParsedArticle
from briefings.sources.records import ParsedPage
from briefings.sources.times import dated

SAME_ARTICLE = 0.5  # share of the words of headline and teaser that must stand on the page
_SECTION = re.compile(r"[a-z]+(?:[-_][a-z]+){0,2}|(?:19|20)\d\d|\d\d?")  # "world", "middle-east", "2026", "03"; no slug
_WORD = re.compile(r"\w{4,}")


def completed(entry: ParsedArticle, page: ParsedPage, now: datetime) -> ParsedArticle:
    """Return a feed's entry with the text of its page; the entry itself where the page is no better or not its own.

    A link that expired leads to a front page, a topic page or an advertisement: such a page shares few words with
    headline and teaser, or has another address or title. What the entry says of date and address stands before what
    the page says.
    """
    if len(page.text) <= len(entry.text) or not _is_of(entry, page):
        return entry
    published, _ = dated(page.published, now)
    return replace(
        entry,
        text=page.text,
        is_teaser=page.is_teaser,
        published=entry.published or published,
        language=page.language,
    )


def leads_away(asked: str, came: str) -> bool:
    """Tell whether an address led to the front page or a section above it, as many sites answer for "not found"."""
    wanted, found = _steps(asked), _steps(came)
    is_above = len(found) < len(wanted) and wanted[: len(found)] == found
    return is_above and (not found or bool(_SECTION.fullmatch(found[-1])))


def without_repeated(done: Mapping[str, ParsedArticle]) -> dict[str, ParsedArticle]:
    """Leave out entries whose pages have one and the same text: that is the site's, not an article's."""
    n_alike = Counter(entry.text for entry in done.values())
    return {name: entry for name, entry in done.items() if n_alike[entry.text] == 1}


def _is_of(entry: ParsedArticle, page: ParsedPage) -> bool:
    """Tell whether a page is that of an entry.

    A front page shows the entry's words too: it is known by the address that it gives as its own, or by being undated
    and titled otherwise.
    """
    if page.url and leads_away(entry.url, page.url):
        return False
    if page.published is None and not _words(entry.title) & _words(page.title):
        return not _words(entry.title) or not page.title
    wanted, there = _words(f"{entry.title} {entry.text}"), _words(f"{page.title} {page.text}")
    return not wanted or len(wanted & there) >= SAME_ARTICLE * len(wanted)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _steps(url: str) -> list[str]:
    """Return the steps of an address's path; a query alone names the article, as ?p=12 does."""
    parts = urlsplit(url)
    return [step for step in parts.path.lower().split("/") if step] or ([parts.query] if parts.query else [])
