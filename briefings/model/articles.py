"""Articles: spans, evidence, publishers, and an article as parsed and as stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

PublisherKind = Literal["wire", "media", "official"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points: `text[start:end]` is what is shown."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """Return the words of this span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where an item shown stands: an article's revision and a span of its text."""

    article: int
    revision: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """An outlet or office whose feed or files we read."""

    name: str
    kind: PublisherKind = "media"
    language: str = "en"
    carries: str | None = None  # id of the actor whose statements it publishes


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedArticle:
    """One article as read from a file or a feed; nothing about it has been stored.

    `published` is aware UTC or None (undated). `url` is canonical, or "" when the article has no address.
    `is_teaser` marks feed text that is only a summary of a page. `note` is what a person should be told of it.
    """

    title: str
    text: str
    publisher: str
    url: str = ""
    published: datetime | None = None
    language: str = "en"
    is_teaser: bool = False
    origin: str = ""  # file name or feed address, for messages
    guid: str = ""
    note: str = ""  # "no date found: ..."


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One stored revision of an article.

    `known` is when we could know of it: the fetch time for an article from a feed, `published` for an imported one,
    the time of its revision for a changed text. Undated articles have `published` None and enter no briefing.
    """

    id: int
    publisher: Publisher
    url: str
    title: str
    text: str
    published: datetime | None
    fetched: datetime
    known: datetime
    revision: int
    sha256: str
    language: str = "en"
    copy_of: int | None = None

    @property
    def first_known(self) -> datetime:
        """When it could be known at all: of a changed text its publication, since `known` is the time of the change."""
        return self.known if self.revision == 1 or self.published is None else min(self.known, self.published)
