"""What was extracted: quotations, issue mentions and responses, as they were known at some time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NotRequired, Required, TypedDict, Unpack

from sqlalchemy import Column, ColumnElement, Connection, Engine, Function, Row, Select, Table, exists, func, select

from briefings.model import Stance, Statement, StoredIssueMention, StoredQuotation, StoredResponse
from briefings.store.engine import reading
from briefings.store.finding_rows import fold, issue_from, quotation_from, response_from
from briefings.store.rows import chunks, in_topic, live, load_articles
from briefings.store.tables import (
    hidden_items,
    issue_entries,
    issue_mentions,
    positions,
    quotations,
    response_mentions,
    revisions,
)


class Scope(TypedDict):
    """Which articles' findings to read.

    Only the newest revisions known by `as_of` count (None: the newest of all), published after `since` and up to
    `until`. Undated articles count only when they are asked for by `article` or `articles`. Newest first, at most
    `limit`.
    """

    as_of: Required[datetime | None]
    since: NotRequired[datetime | None]
    until: NotRequired[datetime | None]
    topic: NotRequired[str | None]
    article: NotRequired[int | None]
    articles: NotRequired[tuple[int, ...]]  # at most some hundred
    limit: NotRequired[int | None]


class QuotationScope(Scope):
    """`person` is an id of the catalogue; `speaker` is words that the name or the mention must have."""

    person: NotRequired[str | None]
    speaker: NotRequired[str | None]


class ResponseScope(Scope):
    """`actor` is an id of the catalogue; `numbers` are those of the mentions, some thousand at most."""

    actor: NotRequired[str | None]
    numbers: NotRequired[tuple[int, ...]]


class FindingStore:
    """Findings with their numbers; hidden ones are left out of every list."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def quotations(self, **scope: Unpack[QuotationScope]) -> tuple[StoredQuotation, ...]:
        """Return quotations, newest article first, then in the order of the text."""
        said_by = fold(scope.get("speaker") or "").split()
        wanted = [quotations.c.speaker_words.contains(word, autoescape=True) for word in said_by]
        dated = revisions.c.published
        if scope.get("person"):
            wanted.append(quotations.c.person == scope["person"])
            dated = quotations.c.published
        query = _within(quotations, "Q", scope, dated).where(*wanted)
        with reading(self._engine) as connection:
            return load_quotations(connection, connection.execute(query).all())

    def responses(self, **scope: Unpack[ResponseScope]) -> tuple[StoredResponse, ...]:
        """Return response mentions, newest article first, then in the order of the text."""
        query = _within(response_mentions, "R", scope, revisions.c.published)
        if scope.get("actor"):
            query = _within(response_mentions, "R", scope, response_mentions.c.published)
            query = query.where(response_mentions.c.actor_id == scope["actor"])
        if (numbers := scope.get("numbers")) is not None:
            query = query.where(response_mentions.c.id.in_(numbers))
        with reading(self._engine) as connection:
            return load_responses(connection, connection.execute(query).all())

    def statements(self, without: Iterable[Stance] = (), **scope: Unpack[ResponseScope]) -> tuple[Statement, ...]:
        """Return the words of response mentions, newest article first; their articles stay unread.

        Args:
            without: stances that are left out.
            scope: as for `responses`; only dated articles.
        """
        of = response_mentions
        query = _within(of, "R", scope, of.c.published).where(of.c.stance.not_in(tuple(without)))
        if scope.get("actor"):
            query = query.where(of.c.actor_id == scope["actor"])
        columns = (of.c.id, of.c.published, of.c.stance, of.c.mode, of.c.actor, of.c.speaker)
        with reading(self._engine) as connection:
            rows = connection.execute(query.with_only_columns(*columns, *_WORDS)).all()
            return tuple(map(_statement, rows))

    def issue_mentions(self, **scope: Unpack[Scope]) -> tuple[StoredIssueMention, ...]:
        """Return issue mentions, newest article first, then in the order of the text.

        `issue` is that of the topic in the scope; without a topic, any one that the mention belongs to.
        """
        query = _within(issue_mentions, "I", scope, revisions.c.published)
        with reading(self._engine) as connection:
            return load_issue_mentions(connection, connection.execute(query).all(), topic=scope.get("topic"))

    def quotation(self, number: int, *, as_of: datetime | None = None) -> StoredQuotation | None:
        """Return a quotation as the newest revision known by `as_of` that has it, hidden or not."""
        with reading(self._engine) as connection:
            rows = connection.execute(_newest(quotations, number, as_of)).all()
            return next(iter(load_quotations(connection, rows)), None)

    def response(self, number: int, *, as_of: datetime | None = None) -> StoredResponse | None:
        """Return a response mention as the newest revision known by `as_of` that has it, hidden or not."""
        with reading(self._engine) as connection:
            rows = connection.execute(_newest(response_mentions, number, as_of)).all()
            return next(iter(load_responses(connection, rows)), None)


def _cut(start: Column[int], end: Column[int]) -> Function[Any]:
    """Cut a span out of the text; NULL where there is none."""
    return func.substr(revisions.c.text, start + 1, end - start)


_R = response_mentions.c
_WORDS = (
    _cut(_R.start, _R.end).label("sentence"),
    _cut(_R.development_start, _R.development_end).label("named"),
)


def _statement(row: Any) -> Statement:
    return Statement(
        id=row.id,
        at=row.published,
        stance=row.stance,
        mode=row.mode,
        sentence=row.sentence,
        named=row.named,
        actor=row.actor,
        speaker=row.speaker,
    )


def load_quotations(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[StoredQuotation, ...]:
    """Make records of rows of `quotations`, with their articles."""
    loaded = load_articles(connection, (row.revision_id for row in rows))
    return tuple(
        StoredQuotation(id=row.id, article=loaded[row.revision_id], quotation=quotation_from(row)) for row in rows
    )


def load_responses(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[StoredResponse, ...]:
    """Make records of rows of `response_mentions`, with their articles."""
    loaded = load_articles(connection, (row.revision_id for row in rows))
    return tuple(StoredResponse(id=row.id, article=loaded[row.revision_id], mention=response_from(row)) for row in rows)


def load_issue_mentions(
    connection: Connection, rows: Sequence[Row[Any]], *, topic: str | None = None
) -> tuple[StoredIssueMention, ...]:
    """Make records of rows of `issue_mentions`, with their articles, positions and issues."""
    loaded = load_articles(connection, (row.revision_id for row in rows))
    stated = _positions(connection, {row.revision_id for row in rows})
    belongs = _issues(connection, {row.id for row in rows}, topic)
    return tuple(
        StoredIssueMention(
            id=row.id,
            article=loaded[row.revision_id],
            mention=issue_from(row, stated[row.id, row.revision_id]),
            issue=belongs.get(row.id),
        )
        for row in rows
    )


def not_hidden(kind: str, number: ColumnElement[int]) -> ColumnElement[bool]:
    """Say that an item is not hidden."""
    return ~exists().where(hidden_items.c.kind == kind, hidden_items.c.number == number)


def _within(of: Table, kind: str, scope: Scope, dated: Column[datetime]) -> Select[Any]:
    """Select findings of a scope; `dated` is the column to find them by, so that an index leads to the newest."""
    query = select(of).join_from(of, revisions, of.c.revision_id == revisions.c.id)
    query = query.where(live(scope["as_of"]), not_hidden(kind, of.c.id))
    if (article := scope.get("article")) is not None:
        query = query.where(revisions.c.article == article)
    elif (several := scope.get("articles")) is not None:
        query = query.where(revisions.c.article.in_(several))
    else:
        query = query.where(dated.is_not(None))
    if (since := scope.get("since")) is not None:
        query = query.where(dated > since)
    if (until := scope.get("until")) is not None:
        query = query.where(dated <= until)
    if (topic := scope.get("topic")) is not None:
        query = query.where(in_topic(topic))
    place = of.c.content_start if "content_start" in of.c else of.c.start
    return query.order_by(dated.desc(), revisions.c.id.desc(), place).limit(scope.get("limit"))


def _newest(of: Table, number: int, as_of: datetime | None) -> Select[Any]:
    query = select(of).join_from(of, revisions, of.c.revision_id == revisions.c.id).where(of.c.id == number)
    if as_of is not None:
        query = query.where(revisions.c.known <= as_of)
    return query.order_by(revisions.c.revision.desc()).limit(1)


def _positions(connection: Connection, revision_ids: Iterable[int]) -> dict[tuple[int, int], list[Row[Any]]]:
    stated: dict[tuple[int, int], list[Row[Any]]] = defaultdict(list)
    for chunk in chunks(sorted(revision_ids)):
        query = select(positions).where(positions.c.revision_id.in_(chunk)).order_by(positions.c.number)
        for row in connection.execute(query):
            stated[row.mention, row.revision_id].append(row)
    return stated


def _issues(connection: Connection, mentions: Iterable[int], topic: str | None) -> dict[int, int]:
    belongs: dict[int, int] = {}
    for chunk in chunks(sorted(mentions)):
        query = select(issue_entries.c.mention, issue_entries.c.issue).where(issue_entries.c.mention.in_(chunk))
        if topic is not None:
            query = query.where(issue_entries.c.topic == topic)
        belongs.update((row.mention, row.issue) for row in connection.execute(query))
    return belongs
