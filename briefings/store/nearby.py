"""What was published around an article: the candidates for its copies and its development."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, and_, or_, select

from briefings.model import Article, Development
from briefings.store.engine import reading
from briefings.store.rows import live, load_articles
from briefings.store.tables import development_articles, revisions


class NearbyStore:
    """Articles of a stretch of time, undated ones by when they became known; only their newest revisions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def articles(self, start: datetime, end: datetime) -> tuple[Article, ...]:
        """Return the articles of a time, oldest first."""
        query = select(revisions.c.id).where(live(None), _between(start, end))
        with reading(self._engine) as connection:
            loaded = load_articles(connection, connection.execute(query).scalars())
        return tuple(sorted(loaded.values(), key=_order))

    def developments(self, start: datetime, end: datetime) -> tuple[Development, ...]:
        """Return the developments of a time, each with its articles of that time alone, the last to move first."""
        query = (
            select(revisions.c.id, development_articles.c.development)
            .join_from(revisions, development_articles, development_articles.c.article == revisions.c.article)
            .where(live(None), _between(start, end))
        )
        members: dict[int, list[Article]] = defaultdict(list)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
            loaded = load_articles(connection, (row.id for row in rows))
        for row in rows:
            members[row.development].append(loaded[row.id])
        made = [_development(number, found) for number, found in members.items()]
        return tuple(sorted(made, key=lambda d: (d.last, d.id), reverse=True))


def _between(start: datetime, end: datetime) -> ColumnElement[bool]:
    undated = and_(revisions.c.published.is_(None), revisions.c.known >= start, revisions.c.known <= end)
    return or_(and_(revisions.c.published >= start, revisions.c.published <= end), undated)


def _development(number: int, found: list[Article]) -> Development:
    ordered = tuple(sorted(found, key=_order))
    return Development(id=number, headline=ordered[0].title, articles=ordered)


def _order(article: Article) -> tuple[datetime, int]:
    return article.published or article.known, article.id
