"""Full text search over every stored article; a question's words are never read as query syntax."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement, Connection, Engine, text

from briefings.model import Article
from briefings.store.engine import reading
from briefings.store.rows import in_topic, live, load_articles
from briefings.store.search_ranks import ranked
from briefings.store.tables import revisions

MAX_WORDS = 24  # of a question; more only cost time
_INDEXED = 200_000  # characters that PostgreSQL indexes: a tsvector ends at 1 MB
_WORD = re.compile(r"\w+")
_STOP_WORDS = (
    "a about after all also am an and any are as at be because been before being between both but by can could did "
    "do does doing during each few for from further had has have having he her here hers him his how i if in into "
    "is it its itself just me more most my no nor not now of off on once only or other our out over own same said "
    "say says she should so some such than that the their them then there these they this those through to too "
    "under until up very was we were what when where which while who whom why will with would you your "
)
STOP_WORDS = frozenset(_STOP_WORDS.split())


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
            rows = connection.execute(ranked(connection, sought, _inside(bounds), bounds.get("limit", 20))).all()
            loaded = load_articles(connection, (row.id for row in rows))
        return tuple(SearchHit(article=loaded[row.id], score=row.score) for row in rows)


def _inside(bounds: Bounds) -> list[ColumnElement[bool]]:
    inside = [live(bounds.get("as_of"))]
    if (topic := bounds.get("topic")) is not None:
        inside.append(in_topic(topic))
    if (since := bounds.get("since")) is not None:
        inside.append(revisions.c.published > since)
    return inside
