"""Old articles deleted with all that hangs on them, but for those that are still shown or still tell a story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, Text, cast, delete, exists, func, literal, select, text

from briefings.store.channel_tables import follows, shown
from briefings.store.engine import writing
from briefings.store.source_tables import page_looks
from briefings.store.tables import (
    article_topics,
    articles,
    development_articles,
    developments,
    fetches,
    findings,
    issue_entries,
    issue_mentions,
    issues,
    positions,
    quotations,
    response_mentions,
    revisions,
)

BATCH = 200  # articles deleted in one transaction, so that no writer waits long


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutoffs:
    """Articles whose newest revision became known before `articles` go.

    But not those of a development with an article since `developments`, nor of an issue with a sentence since `issues`.
    """

    articles: datetime
    developments: datetime
    issues: datetime


class RetentionStore:
    """Deletes what is old."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def prune(self, cutoffs: Cutoffs) -> int:
        """Delete old articles; return how many.

        Kept are those that a posted briefing showed, those of an issue or development that is still told or that
        somebody follows, and those of which a kept article is a copy.
        """
        count = 0
        while True:
            with writing(self._engine) as connection:
                numbers = list(connection.execute(_old(cutoffs).limit(BATCH)).scalars())
                if not numbers:
                    return count
                _delete(connection, numbers)
                count += len(numbers)

    def prune_fetches(self, before: datetime) -> int:
        """Delete old attempts to read feeds, but the last of each feed; return how many."""
        last = select(func.max(fetches.c.id)).group_by(fetches.c.feed)
        with writing(self._engine) as connection:
            return connection.execute(delete(fetches).where(fetches.c.at < before, fetches.c.id.not_in(last))).rowcount


def _old(cutoffs: Cutoffs) -> Select[Any]:
    copies = articles.alias("copies")
    number = articles.c.id
    return (
        select(number)
        .where(articles.c.first_known < cutoffs.articles)
        .where(~exists().where(revisions.c.article == number, revisions.c.known >= cutoffs.articles))
        .where(~exists().where(shown.c.article == number))
        .where(~exists().where(copies.c.copy_of == number))
        .where(~_in_told_development(number, cutoffs.developments))
        .where(~_in_told_issue(number, cutoffs.issues))
        .order_by(number)
    )


def _in_told_development(number: Any, since: datetime) -> Any:
    """Say that an article belongs to a development that still moves or that somebody follows."""
    own, other = development_articles.alias("own"), development_articles.alias("other")
    moves = exists().where(
        other.c.development == own.c.development,
        revisions.c.article == other.c.article,
        revisions.c.known >= since,
    )
    return exists().where(own.c.article == number, moves | _is_followed("D-", own.c.development))


def _in_told_issue(number: Any, since: datetime) -> Any:
    """Say that a sentence of an article belongs to an issue that is still talked of or that somebody follows."""
    own, other = issue_entries.alias("own_entry"), issue_entries.alias("other_entry")
    moves = exists().where(other.c.issue == own.c.issue, other.c.known >= since)
    return exists().where(
        findings.c.article == number, own.c.mention == findings.c.id, moves | _is_followed("U-", own.c.issue)
    )


def _is_followed(letter: str, number: Any) -> Any:
    return exists().where(follows.c.item == literal(letter) + cast(number, Text))


def _delete(connection: Connection, numbers: list[int]) -> None:
    """Delete articles and what hangs on them, from the leaves to the root."""
    revision_ids = list(connection.execute(select(revisions.c.id).where(revisions.c.article.in_(numbers))).scalars())
    finding_ids = select(findings.c.id).where(findings.c.article.in_(numbers))
    touched_issues = set(
        connection.execute(select(issue_entries.c.issue).where(issue_entries.c.mention.in_(finding_ids))).scalars()
    )
    touched = set(
        connection.execute(
            select(development_articles.c.development).where(development_articles.c.article.in_(numbers))
        ).scalars()
    )
    for table in (positions, quotations, issue_mentions, response_mentions):
        connection.execute(delete(table).where(table.c.revision_id.in_(revision_ids)))
    connection.execute(delete(issue_entries).where(issue_entries.c.mention.in_(finding_ids)))
    connection.execute(delete(findings).where(findings.c.article.in_(numbers)))
    _unindex(connection, revision_ids)
    for table in (page_looks, article_topics, development_articles, revisions):
        connection.execute(delete(table).where(table.c.article.in_(numbers)))
    connection.execute(delete(articles).where(articles.c.id.in_(numbers)))
    _delete_empty(connection, touched_issues, touched)


def _delete_empty(connection: Connection, issue_ids: set[int], development_ids: set[int]) -> None:
    connection.execute(
        delete(issues).where(issues.c.id.in_(issue_ids), ~exists().where(issue_entries.c.issue == issues.c.id))
    )
    connection.execute(
        delete(developments).where(
            developments.c.id.in_(development_ids),
            ~exists().where(development_articles.c.development == developments.c.id),
        )
    )


def _unindex(connection: Connection, revision_ids: list[int]) -> None:
    """Take revisions out of the index of words, before their texts go: SQLite's index needs them for it."""
    if connection.dialect.name == "sqlite":
        statement = (
            "INSERT INTO revision_words(revision_words, rowid, title, text) "
            "SELECT 'delete', id, title, text FROM revisions WHERE id = :number"
        )
    else:
        statement = "DELETE FROM revision_words WHERE revision_id = :number"
    connection.execute(text(statement), [{"number": number} for number in revision_ids])
