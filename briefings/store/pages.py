"""Pages of articles that were shown: when they were last looked at, and which of them their publisher took down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, func, or_, select, update

from briefings.store.channel_tables import deliveries, shown
from briefings.store.engine import insert_into, reading, writing
from briefings.store.rows import live
from briefings.store.source_tables import page_looks
from briefings.store.tables import articles, publishers, revisions


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPage:
    """The page of an article that a briefing showed; `n_gone` looks in a row, the first at `first_gone`, missed it."""

    article: int
    url: str
    title: str
    publisher: str
    n_gone: int = 0
    first_gone: datetime | None = None


class PageStore:
    """Looks at pages, and retractions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def due(self, now: datetime, *, shown_since: datetime, every: timedelta, limit: int) -> tuple[ShownPage, ...]:
        """Return pages to look at: of articles from feeds that briefings sent since a time showed, longest ago first.

        Args:
            now: UTC.
            shown_since: how far back.
            every: the time between two looks; half of it when the last one missed the page.
            limit: at most so many.
        """
        again = or_(
            page_looks.c.looked.is_(None),
            page_looks.c.looked <= now - every,
            (page_looks.c.n_gone > 0) & (page_looks.c.looked <= now - every / 2),
        )
        recent = (
            select(shown.c.article)
            .join(deliveries, deliveries.c.id == shown.c.delivery)
            .where(deliveries.c.state == "sent", deliveries.c.window_end > shown_since)
        )
        query = (
            select(
                articles.c.id,
                articles.c.url,
                revisions.c.title,
                publishers.c.name,
                page_looks.c.n_gone,
                page_looks.c.first_gone,
            )
            .join_from(articles, revisions, revisions.c.article == articles.c.id)
            .join(publishers, publishers.c.id == articles.c.publisher)
            .outerjoin(page_looks, page_looks.c.article == articles.c.id)
            .where(articles.c.id.in_(recent), live(None), again)
            .where(articles.c.url.like("http%"), articles.c.origin.like("http%"))
            .order_by(func.coalesce(page_looks.c.looked, articles.c.first_known), articles.c.id)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return tuple(
            ShownPage(
                article=row.id,
                url=row.url,
                title=row.title,
                publisher=row.name,
                n_gone=row.n_gone or 0,
                first_gone=row.first_gone,
            )
            for row in rows
        )

    def looked(self, article: int, now: datetime, *, is_gone: bool | None) -> None:
        """Record a look; `is_gone` None when the answer told nothing: earlier looks still count."""
        with writing(self._engine) as connection:
            _look(connection, article, now)
            if is_gone is None:
                return
            row = update(page_looks).where(page_looks.c.article == article)
            if is_gone:
                first = func.coalesce(page_looks.c.first_gone, now, type_=page_looks.c.first_gone.type)
                connection.execute(row.values(n_gone=page_looks.c.n_gone + 1, first_gone=first))
            else:
                connection.execute(row.values(n_gone=0, first_gone=None))

    def retract(self, article: int, now: datetime) -> bool:
        """Mark an article as taken down: from now on none of its revisions is the newest.

        What was shown keeps its evidence, and `as_of` an earlier time all is as it was. A changed text that comes
        later is a revision like any other and brings the article back.

        Returns:
            False when it was marked already.
        """
        newest = update(revisions).where(revisions.c.article == article, revisions.c.replaced.is_(None))
        with writing(self._engine) as connection:
            if connection.execute(newest.values(replaced=now)).rowcount == 0:
                return False
            _look(connection, article, now)
            marked = update(page_looks).where(page_looks.c.article == article)
            connection.execute(marked.values(retracted=now))
        return True

    def retracted(self, article: int) -> datetime | None:
        """Return when an article was found to be taken down, None for one that stands."""
        query = select(page_looks.c.retracted).where(
            page_looks.c.article == article,
            ~select(revisions.c.id).where(revisions.c.article == article, live(None)).exists(),
        )
        with reading(self._engine) as connection:
            at: datetime | None = connection.execute(query).scalar()
        return at


def _look(connection: Connection, article: int, now: datetime) -> None:
    row = insert_into(connection, page_looks).values(article=article, looked=now, n_gone=0)
    connection.execute(row.on_conflict_do_update(index_elements=["article"], set_={"looked": now}))
