"""Developments and the issue ledger: which article and which sentence belongs where, since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NotRequired, Required, TypedDict, Unpack

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, insert, select

from briefings.model import Article, Development, StoredIssueMention
from briefings.store.engine import insert_into, reading, writing
from briefings.store.findings import load_issue_mentions, not_hidden
from briefings.store.rows import chunks, in_topic, live, load_articles
from briefings.store.tables import (
    development_articles,
    developments,
    issue_entries,
    issue_mentions,
    issues,
    revisions,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueHistory:
    """An issue of a topic: what it is called and its sentences, oldest first."""

    id: int
    topic: str
    label: str
    mentions: tuple[StoredIssueMention, ...]


class Assignment(TypedDict):
    """The topic whose ledger a sentence enters, what a new issue would be called, and since when it is known."""

    topic: str
    label: str
    known: datetime


class DevelopmentScope(TypedDict):
    """Which developments: those of which an article, or a change of one, became known after `since` up to `until`.

    Undated articles are left out unless asked for.
    """

    as_of: Required[datetime | None]
    since: NotRequired[datetime | None]
    until: NotRequired[datetime | None]
    topic: NotRequired[str | None]
    with_undated: NotRequired[bool]


class LedgerScope(TypedDict):
    """Which of a topic's issues: those that a sentence joined after `since` up to `until`, or one."""

    as_of: Required[datetime | None]
    since: NotRequired[datetime | None]
    until: NotRequired[datetime | None]
    issue: NotRequired[int | None]


class StoryStore:
    """Developments and issues. Their numbers never change; what belongs to them is read as known at some time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def development_of(self, article: int) -> int | None:
        """Return the number of the development that an article belongs to."""
        with reading(self._engine) as connection:
            return _development_of(connection, article)

    def add_to_development(self, article: int, development: int | None, known: datetime) -> int:
        """Put an article into a development, None for a new one, and return its number.

        An article that belongs to one already stays there.
        """
        with writing(self._engine) as connection:
            placed = _development_of(connection, article)
            if placed is not None:
                return placed
            if development is None:
                new = insert(developments).values(first_known=known).returning(developments.c.id)
                development = connection.execute(new).scalar_one()
            row = insert_into(connection, development_articles).values(
                article=article, development=development, known=known
            )
            connection.execute(row.on_conflict_do_nothing())
            return _development_of(connection, article) or development

    def developments(self, **scope: Unpack[DevelopmentScope]) -> tuple[Development, ...]:
        """Return developments, the last to get an article first; each has all its articles known by `as_of`."""
        as_of = scope["as_of"]
        active = select(development_articles.c.development).join_from(
            development_articles, revisions, revisions.c.article == development_articles.c.article
        )
        active = active.where(live(as_of), _by(development_articles.c.known, as_of))
        if (since := scope.get("since")) is not None:
            active = active.where(revisions.c.known > since)
        if (until := scope.get("until")) is not None:
            active = active.where(revisions.c.known <= until)
        if (topic := scope.get("topic")) is not None:
            active = active.where(in_topic(topic))
        query = _articles_of(development_articles.c.development.in_(active), as_of)
        if not scope.get("with_undated", False):
            query = query.where(revisions.c.published.is_not(None))
        with reading(self._engine) as connection:
            return _developments(connection, connection.execute(query).all())

    def development(self, number: int, *, as_of: datetime | None = None) -> Development | None:
        """Return one development with its articles known by `as_of`."""
        with reading(self._engine) as connection:
            rows = connection.execute(_articles_of(development_articles.c.development == number, as_of)).all()
            return next(iter(_developments(connection, rows)), None)

    def assign_issue(self, mention: int, issue: int | None, **to: Unpack[Assignment]) -> int:
        """Put a sentence into an issue, None for a new one, and return its number; an assigned sentence stays."""
        with writing(self._engine) as connection:
            placed = _issue_of(connection, mention, to["topic"])
            if placed is not None:
                return placed
            if issue is None:
                row = insert(issues).values(topic=to["topic"], label=to["label"], first_known=to["known"])
                issue = connection.execute(row.returning(issues.c.id)).scalar_one()
            entry = insert_into(connection, issue_entries).values(
                mention=mention, topic=to["topic"], issue=issue, known=to["known"]
            )
            connection.execute(entry.on_conflict_do_nothing())
            return _issue_of(connection, mention, to["topic"]) or issue

    def issue_mentions_by_issue(self, topic: str, **scope: Unpack[LedgerScope]) -> tuple[IssueHistory, ...]:
        """Return a topic's issues with their whole history as known by `as_of` (None: by now), by number."""
        as_of = scope["as_of"]
        wanted = [issue_entries.c.topic == topic, _by(issue_entries.c.known, as_of)]
        if (issue := scope.get("issue")) is not None:
            wanted.append(issue_entries.c.issue == issue)
        since, until = scope.get("since"), scope.get("until")
        if since is not None or until is not None:
            bounds = [] if since is None else [issue_entries.c.known > since]
            bounds += [] if until is None else [issue_entries.c.known <= until]
            moved = select(issue_entries.c.issue).where(*wanted, *bounds)
            wanted.append(issue_entries.c.issue.in_(moved))
        query = (
            select(issue_mentions)
            .join_from(issue_entries, issue_mentions, issue_mentions.c.id == issue_entries.c.mention)
            .join(revisions, revisions.c.id == issue_mentions.c.revision_id)
            .where(*wanted, live(as_of), revisions.c.published.is_not(None), not_hidden("I", issue_mentions.c.id))
            .order_by(revisions.c.published, issue_mentions.c.id)
        )
        history: dict[int, list[StoredIssueMention]] = defaultdict(list)
        with reading(self._engine) as connection:
            for stored in load_issue_mentions(connection, connection.execute(query).all(), topic=topic):
                if stored.issue is not None:
                    history[stored.issue].append(stored)
            labels = _labels(connection, history)
        return tuple(
            IssueHistory(id=number, topic=topic, label=labels[number], mentions=tuple(history[number]))
            for number in sorted(history)
        )


def _by(known: ColumnElement[datetime], as_of: datetime | None) -> ColumnElement[bool]:
    return known.is_not(None) if as_of is None else known <= as_of


def _articles_of(which: ColumnElement[bool], as_of: datetime | None) -> Select[Any]:
    return (
        select(revisions.c.id, development_articles.c.development)
        .join_from(revisions, development_articles, development_articles.c.article == revisions.c.article)
        .where(which, live(as_of), _by(development_articles.c.known, as_of))
    )


def _developments(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Development, ...]:
    loaded = load_articles(connection, (row.id for row in rows))
    members: dict[int, list[Article]] = defaultdict(list)
    for row in rows:
        members[row.development].append(loaded[row.id])
    made = []
    for number, found in members.items():
        found.sort(key=lambda article: (article.published or article.known, article.id))
        made.append(Development(id=number, headline=found[0].title, articles=tuple(found)))
    return tuple(sorted(made, key=lambda development: (development.last, development.id), reverse=True))


def _development_of(connection: Connection, article: int) -> int | None:
    query = select(development_articles.c.development).where(development_articles.c.article == article)
    number: int | None = connection.execute(query).scalar()
    return number


def _issue_of(connection: Connection, mention: int, topic: str) -> int | None:
    query = select(issue_entries.c.issue).where(issue_entries.c.mention == mention, issue_entries.c.topic == topic)
    number: int | None = connection.execute(query).scalar()
    return number


def _labels(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    labels: dict[int, str] = {}
    for chunk in chunks(sorted(numbers)):
        rows = connection.execute(select(issues.c.id, issues.c.label).where(issues.c.id.in_(chunk)))
        labels.update((row.id, row.label) for row in rows)
    return labels
