"""Full text search over every stored article; a question's words are never read as query syntax."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import (
    Connection,
    Engine,
    Float,
    Function,
    Select,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
)

from briefings.model import Article
from briefings.store.engine import reading
from briefings.store.rows import in_topic, live, load_articles
from briefings.store.tables import revisions

MAX_WORDS = 24  # of a question; more only cost time
_INDEXED = 200_000  # characters that PostgreSQL indexes: a tsvector ends at 1 MB
_COMMON = 2_000  # revisions that have a word, from where PostgreSQL no longer selects by it
_TITLE_WEIGHT = 4.0
_WORD = re.compile(r"\w+")
_STOP_WORDS = (
    "a about after all also am an and any are as at be because been before being between both but by can could did "
    "do does doing during each few for from further had has have having he her here hers him his how i if in into "
    "is it its itself just me more most my no nor not now of off on once only or other our out over own same said "
    "say says she should so some such than that the their them then there these they this those through to too "
    "under until up very was we were what when where which while who whom why will with would you your "
)
STOP_WORDS = frozenset(_STOP_WORDS.split())
_words = table("revision_words", column("revision_id"), column("words"), column("title"), column("text"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """An article that has some of the words; a higher score is a better match, within one answer."""

    article: Article
    score: float


class Bounds(TypedDict, total=False):
    """What an answer is limited to; `as_of` None searches the newest revisions."""

    as_of: datetime | None
    topic: str | None
    since: datetime | None
    limit: int


def index_words(connection: Connection, revision_id: int, title: str, body: str) -> None:
    """Add a revision to the index, in the transaction that stores it."""
    values = {"revision_id": revision_id, "title": title, "body": body}
    if connection.dialect.name == "sqlite":
        statement = "INSERT INTO revision_words(rowid, title, text) VALUES (:revision_id, :title, :body)"
    else:
        values["body"] = body[:_INDEXED]
        statement = (
            "INSERT INTO revision_words(revision_id, words) VALUES (:revision_id, "
            "setweight(to_tsvector('english', :title), 'A') || to_tsvector('english', :body))"
        )
    connection.execute(text(statement), values)


def search_words(question: str) -> tuple[str, ...]:
    """Return the words of a question that are searched for: each once, stop words only when there is nothing else."""
    every = tuple(dict.fromkeys(word.casefold() for word in _WORD.findall(question)))
    telling = tuple(word for word in every if word not in STOP_WORDS)
    return (telling or every)[:MAX_WORDS]


class SearchStore:
    """Full text search."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(self, question: str, **bounds: Unpack[Bounds]) -> tuple[SearchHit, ...]:
        """Return the articles, undated ones too, that have any of the words, best first.

        Words are matched by their stems; rare ones and those in a title count more.
        """
        sought = search_words(question)
        if not sought:
            return ()
        with reading(self._engine) as connection:
            query = (
                _sqlite_query(sought) if connection.dialect.name == "sqlite" else _postgres_query(connection, sought)
            )
            rows = connection.execute(_bounded(query, bounds)).all()
            loaded = load_articles(connection, (row.id for row in rows))
        return tuple(SearchHit(article=loaded[row.id], score=row.score) for row in rows)


def _bounded(query: Select[Any], bounds: Bounds) -> Select[Any]:
    query = query.where(live(bounds.get("as_of")))
    if (topic := bounds.get("topic")) is not None:
        query = query.where(in_topic(topic))
    if (since := bounds.get("since")) is not None:
        query = query.where(revisions.c.published > since)
    return query.order_by(literal_column("score").desc(), revisions.c.id.desc()).limit(bounds.get("limit", 20))


def _sqlite_query(sought: tuple[str, ...]) -> Select[Any]:
    quoted = " OR ".join(f'"{word}"' for word in sought)  # \w+ has no quotation mark to close with
    rank = func.bm25(literal_column("revision_words"), _TITLE_WEIGHT, 1.0, type_=Float)
    return (
        select(revisions.c.id, (-rank).label("score"))
        .join_from(_words, revisions, literal_column("revision_words.rowid") == revisions.c.id)
        .where(literal_column("revision_words").op("MATCH")(quoted))
    )


def _postgres_query(connection: Connection, sought: tuple[str, ...]) -> Select[Any]:
    """Rank by each word's rank times its rarity; words that are everywhere rank, but only rarer ones select."""
    queries = [func.plainto_tsquery(literal_column("'english'"), word) for word in sought]
    counts = _counts(connection, queries)
    total = max(*counts, _n_indexed(connection), 1)
    rank = sum(
        math.log(1 + total / (count + 0.5)) * func.ts_rank(_words.c.words, query, 1, type_=Float)
        for query, count in zip(queries, counts, strict=True)
    )
    rare = [query for query, count in zip(queries, counts, strict=True) if 0 < count < _COMMON]
    return (
        select(revisions.c.id, cast(rank, Float).label("score"))
        .join_from(_words, revisions, _words.c.revision_id == revisions.c.id)
        .where(or_(*(_words.c.words.op("@@")(query) for query in rare or queries)))
    )


def _counts(connection: Connection, queries: list[Function[Any]]) -> list[int]:
    """Return in how many revisions each word is, counted up to where it is common."""
    some = [select(literal(1)).select_from(_words).where(_words.c.words.op("@@")(q)).limit(_COMMON) for q in queries]
    counts = [select(func.count()).select_from(each.subquery()).scalar_subquery() for each in some]
    return [int(count) for count in connection.execute(select(*counts)).one()]


def _n_indexed(connection: Connection) -> int:
    estimate = text("SELECT reltuples FROM pg_class WHERE oid = 'revision_words'::regclass")
    return int(connection.execute(estimate).scalar_one())
