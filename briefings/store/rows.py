"""Turn rows of articles into records; say which revision was the current one at some time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, or_, select

from briefings.model import Article, Publisher, Span
from briefings.store.engine import is_writing
from briefings.store.remembered import remembered
from briefings.store.tables import article_topics, articles, publishers, revisions

T = TypeVar("T")
_CHUNK = 500  # values in one IN list

ARTICLES: Select[Any] = (
    select(
        articles.c.id.label("article_id"),
        articles.c.url,
        articles.c.copy_of,
        revisions.c.id.label("revision_id"),
        revisions.c.revision,
        revisions.c.title,
        revisions.c.text,
        revisions.c.sha256,
        revisions.c.published,
        revisions.c.fetched,
        revisions.c.known,
        revisions.c.language,
        publishers.c.name.label("publisher_name"),
        publishers.c.kind.label("publisher_kind"),
        publishers.c.language.label("publisher_language"),
        publishers.c.carries.label("publisher_carries"),
    )
    .join_from(revisions, articles, articles.c.id == revisions.c.article)
    .join(publishers, publishers.c.id == articles.c.publisher)
)


def article_from(row: Row[Any]) -> Article:
    """Make the record of a row of `ARTICLES`."""
    return Article(
        id=row.article_id,
        publisher=publisher_from(row),
        url=row.url,
        title=row.title,
        text=row.text,
        published=row.published,
        fetched=row.fetched,
        known=row.known,
        revision=row.revision,
        sha256=row.sha256,
        language=row.language,
        copy_of=row.copy_of,
    )


def publisher_from(row: Row[Any]) -> Publisher:
    """Make the record of a row with the columns `publisher_*`."""
    return Publisher(
        name=row.publisher_name,
        kind=row.publisher_kind,
        language=row.publisher_language,
        carries=row.publisher_carries,
    )


def span_from(start: int | None, end: int | None) -> Span | None:
    """Make a span, or None when the columns hold none."""
    return None if start is None or end is None else Span(start, end)


def live(as_of: datetime | None) -> ColumnElement[bool]:
    """Say that a revision was the newest one known at a time; None is the newest of all."""
    if as_of is None:
        return revisions.c.replaced.is_(None)
    return and_(revisions.c.known <= as_of, or_(revisions.c.replaced.is_(None), revisions.c.replaced > as_of))


def in_topic(topic: str) -> ColumnElement[bool]:
    """Say that a revision's article belongs to a topic."""
    return exists().where(article_topics.c.topic == topic, article_topics.c.article == revisions.c.article)


def load_articles(connection: Connection, revision_ids: Iterable[int]) -> dict[int, Article]:
    """Return the articles of these revisions, by the revision's row number."""
    wanted = set(revision_ids)
    memory = None if is_writing(connection) else remembered(connection)
    loaded = memory.get(wanted) if memory else {}
    fresh: dict[int, Article] = {}
    for chunk in chunks(sorted(wanted - loaded.keys())):
        rows = connection.execute(ARTICLES.where(revisions.c.id.in_(chunk)))
        fresh.update((row.revision_id, article_from(row)) for row in rows)
    if memory:
        memory.put(fresh)
    return loaded | fresh


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut a list into pieces that fit into one statement."""
    return (values[at : at + _CHUNK] for at in range(0, len(values), _CHUNK))
