"""Rank the revisions that have some of the words sought, on either database.

Words that are nearly everywhere tell little and cost much: they count in the ranking, but as long as there are rarer
ones only those say which revisions are ranked.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Function,
    Integer,
    Select,
    Text,
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

from briefings.store.tables import revisions

COMMON = 10_000  # revisions; together the words that select have no more, unless a single one has
NEWEST = 3_000  # of these PostgreSQL ranks the newest when every word is common
_TITLE_WEIGHT = 4.0

_fts = table("revision_words", column("rowid", Integer))
_vectors = table("revision_words", column("revision_id", Integer), column("words"))


def ranked(
    connection: Connection, sought: Sequence[str], inside: Sequence[ColumnElement[bool]], limit: int
) -> Select[Any]:
    """Return a query for `id` (of a revision) and `score`, best first.

    Args:
        connection: on which it will be run.
        sought: words, letters and digits only.
        inside: conditions on `revisions`.
        limit: of rows.
    """
    if connection.dialect.name == "sqlite":
        return _by_bm25(connection, sought, inside, limit)
    return _by_rarity(connection, sought, inside, limit)


def selecting(counts: Sequence[int]) -> list[int]:
    """Return the places of the words that select: the rarest ones while they have few revisions together."""
    rarest_first = sorted((count, place) for place, count in enumerate(counts) if count)
    chosen: list[int] = []
    total = 0
    for count, place in rarest_first:
        total += count
        if chosen and total > COMMON:
            break
        chosen.append(place)
    return chosen


# ---- SQLite: FTS5


def _by_bm25(
    connection: Connection, sought: Sequence[str], inside: Sequence[ColumnElement[bool]], limit: int
) -> Select[Any]:
    phrases = [f'"{word}"' for word in sought]  # a word has no quotation mark to end the phrase with
    some = [select(literal(1)).select_from(_fts).where(_matches(phrase)).limit(COMMON) for phrase in phrases]
    chosen = selecting(_counts(connection, some))
    any_word = " OR ".join(phrases)
    wanted = any_word
    if 0 < len(chosen) < len(phrases):
        wanted = f"({' OR '.join(phrases[place] for place in chosen)}) AND ({any_word})"
    rank = func.bm25(literal_column("revision_words"), _TITLE_WEIGHT, 1.0, type_=Float)
    return (
        select(revisions.c.id, (-rank).label("score"))
        .join_from(_fts, revisions, _fts.c.rowid == revisions.c.id)
        .where(_matches(wanted), *inside)
        .order_by(rank, revisions.c.id.desc())
        .limit(limit)
    )


def _matches(wanted: str) -> ColumnElement[bool]:
    return literal_column("revision_words").op("MATCH", is_comparison=True)(literal(wanted, Text))


# ---- PostgreSQL: tsvector


def _by_rarity(
    connection: Connection, sought: Sequence[str], inside: Sequence[ColumnElement[bool]], limit: int
) -> Select[Any]:
    """Rank by the sum of each word's rank times its rarity, as BM25 does; PostgreSQL itself knows no rarity."""
    connection.execute(text("SET LOCAL enable_seqscan = off"))  # reading every vector is what it takes for cheap
    queries = [func.plainto_tsquery(literal_column("'english'"), word) for word in sought]
    some = [select(literal(1)).select_from(_vectors).where(_has(query)).limit(COMMON) for query in queries]
    counts = _counts(connection, some)
    total = max(*counts, _n_indexed(connection), 1)
    weights = [math.log(1 + total / (count if count < COMMON else total)) if count else 0.0 for count in counts]
    weighted = list(zip(queries, weights, strict=True))
    chosen = selecting(counts)
    best = _candidates([weighted[place] for place in chosen] or weighted, counts, inside, limit)
    score = cast(_rank(weighted), Float)
    return (
        select(_vectors.c.revision_id.label("id"), score.label("score"))
        .where(_vectors.c.revision_id.in_(best))
        .order_by(score.desc(), _vectors.c.revision_id.desc())
        .limit(limit)
    )


def _candidates(
    weighted: Sequence[tuple[Function[Any], float]],
    counts: Sequence[int],
    inside: Sequence[ColumnElement[bool]],
    limit: int,
) -> Select[Any]:
    """Select the revisions worth ranking by every word."""
    query = select(revisions.c.id).join_from(_vectors, revisions, _vectors.c.revision_id == revisions.c.id)
    query = query.where(or_(*(_has(word) for word, _ in weighted)), *inside)
    if min((count for count in counts if count), default=0) >= COMMON:
        return query.order_by(revisions.c.id.desc()).limit(NEWEST)
    return query.order_by(_rank(weighted).desc(), revisions.c.id.desc()).limit(5 * limit + 50)


def _rank(weighted: Sequence[tuple[Function[Any], float]]) -> ColumnElement[float]:
    by_length = 1  # ts_rank's way to let long texts count less
    ranks = [weight * func.ts_rank(_vectors.c.words, query, by_length, type_=Float) for query, weight in weighted]
    total: ColumnElement[float] = ranks[0]
    for rank in ranks[1:]:
        total += rank
    return total


def _has(query: Function[Any]) -> ColumnElement[bool]:
    return _vectors.c.words.op("@@", is_comparison=True)(query)


def _n_indexed(connection: Connection) -> int:
    estimate = text("SELECT reltuples FROM pg_class WHERE oid = 'revision_words'::regclass")
    return int(connection.execute(estimate).scalar_one())


def _counts(connection: Connection, queries: Sequence[Select[Any]]) -> list[int]:
    """Return how many rows each query has."""
    counts = [select(func.count()).select_from(query.subquery()).scalar_subquery() for query in queries]
    return [int(count) for count in connection.execute(select(*counts)).one()]
