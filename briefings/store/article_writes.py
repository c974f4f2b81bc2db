"""Save one article: new, a revision of a stored one, or the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NotRequired, TypedDict

from sqlalchemy import Connection, Row, insert, or_, select, update

from briefings.model import Article, Findings, ParsedArticle, Publisher
from briefings.store.columns import storable
from briefings.store.engine import insert_into
from briefings.store.finding_rows import FindingIds, RevisionText, save_findings
from briefings.store.rows import ARTICLES, article_from
from briefings.store.search import index_words
from briefings.store.tables import article_topics, articles, publishers, revisions

SavedKind = Literal["new", "revision", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of an article that was saved, and the numbers of its findings in the order they were given."""

    kind: SavedKind
    article: Article
    findings: FindingIds = field(default_factory=FindingIds)


class Arrival(TypedDict):
    """When and where an article came in.

    `known` is when we could know of it: the fetch time from a feed, `published` for an import.
    """

    fetched: datetime
    known: datetime
    topics: tuple[str, ...]
    copy_of: NotRequired[int | None]


def fingerprint(title: str, text: str) -> str:
    """Return the SHA-256 of a title and a text as they are stored."""
    return digest(storable(title), storable(text))


def save_article(
    connection: Connection, parsed: ParsedArticle, publisher: Publisher, findings: Findings, arrival: Arrival
) -> Saved:
    """Store an article whose title and text are storable; see `ArticleStore.save`."""
    number = locate(connection, parsed)
    if number is None:
        number = _insert_article(connection, parsed, publisher, arrival)
        if number is not None:
            return _add_revision(connection, parsed, findings, arrival, _Place(number))
        number = _located(connection, parsed)  # another worker was faster
    return _revise(connection, parsed, findings, arrival, number)


def digest(*words: str) -> str:
    """Return the SHA-256 of some words, told apart."""
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def _identity(parsed: ParsedArticle) -> str:
    """Return what tells an article apart: its address, else its id in a feed, else title and time, else its words."""
    if parsed.url:
        return digest("url", parsed.url)
    if parsed.guid:
        return digest("guid", parsed.publisher, parsed.guid)
    if parsed.title and parsed.published is not None:
        return digest("title", parsed.publisher, parsed.title, str(parsed.published.timestamp()))
    return digest("text", parsed.publisher, fingerprint(parsed.title, parsed.text))


def locate(connection: Connection, parsed: ParsedArticle) -> int | None:
    """Return the number of the stored article that this one is."""
    by_identity = select(articles.c.id).where(articles.c.identity == _identity(parsed))
    number = connection.execute(by_identity).scalar()
    if number is not None or parsed.url or parsed.guid:
        return number
    by_words = (
        select(revisions.c.article)
        .join(articles, articles.c.id == revisions.c.article)
        .join(publishers, publishers.c.id == articles.c.publisher)
        .where(revisions.c.sha256 == fingerprint(parsed.title, parsed.text), publishers.c.name == parsed.publisher)
        .order_by(revisions.c.article)
        .limit(1)
    )
    return connection.execute(by_words).scalar()


def _located(connection: Connection, parsed: ParsedArticle) -> int:
    number = locate(connection, parsed)
    if number is None:
        msg = "an article could neither be inserted nor found"
        raise AssertionError(msg)
    return number


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a revision goes: an article and, unless it is new, its newest revision so far."""

    article: int
    before: Row[Any] | None = None


def _insert_article(
    connection: Connection, parsed: ParsedArticle, publisher: Publisher, arrival: Arrival
) -> int | None:
    row = insert_into(connection, articles).values(
        publisher=ensure_publisher(connection, publisher),
        identity=_identity(parsed),
        url=parsed.url,
        guid=parsed.guid,
        origin=parsed.origin,
        first_known=arrival["known"],
        copy_of=arrival.get("copy_of"),
    )
    return connection.execute(row.on_conflict_do_nothing().returning(articles.c.id)).scalar()


def ensure_publisher(connection: Connection, publisher: Publisher) -> int:
    """Return the number of a publisher, stored when it was not."""
    number = select(publishers.c.id).where(publishers.c.name == publisher.name)
    found: int | None = connection.execute(number).scalar()
    if found is not None:
        return found
    row = insert_into(connection, publishers).values(
        name=publisher.name, kind=publisher.kind, language=publisher.language, carries=publisher.carries
    )
    connection.execute(row.on_conflict_do_nothing())
    stored: int = connection.execute(number).scalar_one()
    return stored


def _revise(connection: Connection, parsed: ParsedArticle, findings: Findings, arrival: Arrival, number: int) -> Saved:
    # held until we are done: two workers do not add the same revision
    connection.execute(select(articles.c.id).where(articles.c.id == number).with_for_update())
    newest = select(revisions).where(revisions.c.article == number).order_by(revisions.c.revision.desc()).limit(1)
    before = connection.execute(newest).one()
    tag(connection, number, arrival["topics"])
    if _is_same(before, parsed):
        return Saved(kind="same", article=current(connection, number))
    return _add_revision(connection, parsed, findings, arrival, _Place(number, before))


def _is_same(before: Row[Any], parsed: ParsedArticle) -> bool:
    if parsed.is_teaser and not before.is_teaser:
        return True
    gains_date = before.published is None and parsed.published is not None
    return before.sha256 == fingerprint(parsed.title, parsed.text) and not gains_date


def _add_revision(
    connection: Connection, parsed: ParsedArticle, findings: Findings, arrival: Arrival, to: _Place
) -> Saved:
    known = _known(arrival, to.before)
    published = parsed.published or (to.before.published if to.before else None)
    row = insert(revisions).values(
        article=to.article,
        revision=to.before.revision + 1 if to.before else 1,
        title=parsed.title,
        text=parsed.text,
        sha256=fingerprint(parsed.title, parsed.text),
        published=published,
        fetched=arrival["fetched"],
        known=known,
        language=parsed.language,
        is_teaser=parsed.is_teaser,
    )
    revision_id = connection.execute(row.returning(revisions.c.id)).scalar_one()
    if to.before is None:
        tag(connection, to.article, arrival["topics"])
    else:
        is_longer = or_(revisions.c.replaced.is_(None), revisions.c.replaced > known)  # a retraction ended it before
        connection.execute(update(revisions).where(revisions.c.id == to.before.id, is_longer).values(replaced=known))
    index_words(connection, revision_id, parsed.title, parsed.text)
    text = RevisionText(
        article=to.article,
        revision_id=revision_id,
        text=parsed.text,
        published=published,
        before=None if to.before is None else (to.before.id, to.before.text),
    )
    return Saved(
        kind="revision" if to.before else "new",
        findings=save_findings(connection, text, findings),
        article=current(connection, to.article),
    )


def _known(arrival: Arrival, before: Row[Any] | None) -> datetime:
    if before is None or arrival["known"] > before.known:
        return arrival["known"]
    latest: datetime = max(arrival["fetched"], before.known)
    return latest


def tag(connection: Connection, number: int, topics: tuple[str, ...]) -> None:
    """Add an article to topics."""
    if topics:
        rows = [{"article": number, "topic": topic} for topic in dict.fromkeys(topics)]
        connection.execute(insert_into(connection, article_topics).on_conflict_do_nothing(), rows)


def current(connection: Connection, number: int) -> Article:
    """Return the newest revision of an article, also of one that was retracted."""
    newest = ARTICLES.where(revisions.c.article == number).order_by(revisions.c.revision.desc()).limit(1)
    return article_from(connection.execute(newest).one())
