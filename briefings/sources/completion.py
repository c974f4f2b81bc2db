"""A teaser completed from the page that it leads to. Pure: nothing is fetched here."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from briefings.model import ParsedArticle
from briefings.sources.records import ParsedPage
from briefings.sources.times import dated

SAME_ARTICLE = 0.5  # share of the words of headline and teaser that must stand on the page
_WORD = re.compile(r"\w{4,}")


def completed(entry: ParsedArticle, page: ParsedPage, now: datetime) -> ParsedArticle:
    """Return a feed's entry with the text of its page; the entry itself where the page is no better or not its own.

    A link that expired leads to a front page, a topic page or an advertisement: such a page shares few words with
    headline and teaser. What the entry says of date and address stands before what the page says.
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


def _is_of(entry: ParsedArticle, page: ParsedPage) -> bool:
    wanted = set(_WORD.findall(f"{entry.title} {entry.text}".lower()))
    there = set(_WORD.findall(f"{page.title} {page.text}".lower()))
    return not wanted or len(wanted & there) >= SAME_ARTICLE * len(wanted)
