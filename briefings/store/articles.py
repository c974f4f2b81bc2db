"""Articles and their revisions, as they were known at some time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Unpack

from sqlalchemy import Engine, Select, func, select, update

from briefings.model import Article, Findings, ParsedArticle, Publisher
from briefings.store.article_writes import (
    Arrival,
    Saved,
    current,
    digest,
    ensure_publisher,
    fingerprint,
    locate,
    save_article,
    tag,
)
from briefings.store.columns import storable
from briefings.store.engine import reading, writing
from briefings.store.rows import ARTICLES, article_from, chunks, in_topic, live
from briefings.store.tables import article_topics, articles, revisions

__all__ = ["Arrival", "ArticleStore", "Saved", "fingerprint"]


class ArticleStore:
    """Articles: saved once, revised when their text changes, read as they were known at some time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, parsed: ParsedArticle) -> Article | None:
        """Return the newest revision of what is stored of this article; compare `sha256` with `fingerprint`."""
        with reading(self._engine) as connection:
            number = locate(connection, _clean(parsed))
            return None if number is None else current(connection, number)

    def save(
        self, parsed: ParsedArticle, publisher: Publisher, findings: Findings, **arrival: Unpack[Arrival]
    ) -> Saved:
        """Store an article with its findings, a revision of one, or nothing when it is the same; all or none of it.

        A teaser never replaces a full text. A revision is known from `arrival["known"]` when that is later than what
        it replaces, else from `arrival["fetched"]`. Kind, language and `carries` of a publisher stay as first stored;
        the catalogue changes them (`FeedStore.sync`).
        """
        with writing(self._engine) as connection:
            return save_article(connection, _clean(parsed), publisher, findings, arrival)

    def origin(self, number: int) -> str:
        """Return the feed's address or the file's name that an article came from."""
        query = select(articles.c.origin).where(articles.c.id == number)
        with reading(self._engine) as connection:
            return connection.execute(query).scalar() or ""

    def hand_over(self, number: int, publisher: Publisher, origin: str) -> None:
        """Make an article that of the publisher whose address it has; what it says changes with the next `save`."""
        with writing(self._engine) as connection:
            owner = ensure_publisher(connection, publisher)
            taken = update(articles).where(articles.c.id == number)
            connection.execute(taken.values(publisher=owner, origin=origin))

    def get(self, number: int, *, revision: int | None = None, as_of: datetime | None = None) -> Article | None:
        """Return a revision of an article: the one asked for, else the newest known by `as_of`, else the newest."""
        which = live(as_of) if revision is None else revisions.c.revision == revision
        return self._one(ARTICLES.where(revisions.c.article == number, which))

    def by_url(self, url: str, *, as_of: datetime | None = None) -> Article | None:
        """Return the article at a canonical address."""
        return self._one(ARTICLES.where(articles.c.identity == digest("url", url), live(as_of)))

    def texts(self, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
        """Return the text of each (article, revision) that is stored."""
        wanted = set(pairs)
        found: dict[tuple[int, int], str] = {}
        columns = select(revisions.c.article, revisions.c.revision, revisions.c.text)
        with reading(self._engine) as connection:
            for chunk in chunks(sorted({article for article, _ in wanted})):
                rows = connection.execute(columns.where(revisions.c.article.in_(chunk)))
                found.update(((row.article, row.revision), row.text) for row in rows)
        return {pair: text for pair, text in found.items() if pair in wanted}

    def known_between(
        self, start: datetime, end: datetime, *, as_of: datetime, topic: str | None = None
    ) -> tuple[Article, ...]:
        """Return the articles published after `start` and up to `end` that were known by `as_of`, oldest first."""
        window = ARTICLES.where(revisions.c.published > start, revisions.c.published <= end, live(as_of))
        return self._all(_of_topic(window, topic).order_by(revisions.c.published, articles.c.id))

    def late_between(
        self, start: datetime, end: datetime, *, as_of: datetime, topic: str | None = None
    ) -> tuple[Article, ...]:
        """Return the articles published by `start` that became known after it and up to `end`, oldest first."""
        late = ARTICLES.where(
            articles.c.first_known > start,
            articles.c.first_known <= end,
            revisions.c.published <= start,
            live(as_of),
        )
        return self._all(_of_topic(late, topic).order_by(revisions.c.published, articles.c.id))

    def newest(self, limit: int, *, as_of: datetime | None = None, topic: str | None = None) -> tuple[Article, ...]:
        """Return dated articles, newest first."""
        dated = _of_topic(ARTICLES.where(revisions.c.published.is_not(None), live(as_of)), topic)
        return self._all(dated.order_by(revisions.c.published.desc(), articles.c.id.desc()).limit(limit))

    def undated(self, limit: int = 100) -> tuple[Article, ...]:
        """Return articles without a date, newest arrival first."""
        without = ARTICLES.where(revisions.c.published.is_(None), live(None))
        return self._all(without.order_by(articles.c.id.desc()).limit(limit))

    def count(self) -> int:
        """Return how many articles there are."""
        with reading(self._engine) as connection:
            return connection.execute(select(func.count()).select_from(articles)).scalar_one()

    def topics(self, number: int) -> tuple[str, ...]:
        """Return the topics that an article belongs to, by name."""
        query = select(article_topics.c.topic).where(article_topics.c.article == number)
        with reading(self._engine) as connection:
            return tuple(connection.execute(query.order_by(article_topics.c.topic)).scalars())

    def tag(self, number: int, topics: tuple[str, ...]) -> None:
        """Add an article to topics; it stays in those it was in."""
        with writing(self._engine) as connection:
            tag(connection, number, topics)

    def _one(self, query: Select[Any]) -> Article | None:
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        return None if row is None else article_from(row)

    def _all(self, query: Select[Any]) -> tuple[Article, ...]:
        with reading(self._engine) as connection:
            return tuple(article_from(row) for row in connection.execute(query))


def _of_topic(query: Select[Any], topic: str | None) -> Select[Any]:
    return query if topic is None else query.where(in_topic(topic))


def _clean(parsed: ParsedArticle) -> ParsedArticle:
    return replace(parsed, title=storable(parsed.title), text=storable(parsed.text))
