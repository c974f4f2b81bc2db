"""Corrections: posts that show what was hidden, revised or retracted since, their new bodies and notices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, and_, exists, func, insert, or_, select, update

from briefings.model import Delivery, Evidence, Part, Span, Subscription
from briefings.store.channel_tables import corrections, deliveries, parts, shown, subscriptions
from briefings.store.columns import FREE
from briefings.store.delivery_rows import delivery_from, part_values, parts_of
from briefings.store.engine import insert_into, reading, writing
from briefings.store.parts import DONE, take, threaded
from briefings.store.rows import chunks, live
from briefings.store.source_tables import page_looks
from briefings.store.subscriptions import subscription_from
from briefings.store.tables import articles, hidden_items, revisions

_UNSETTLED = ("sending", "unknown")
HIDDEN, REVISED = "withdrawn", "its article was changed and no longer says this"
RETRACTED = "its publisher has taken the article down"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleItem:
    """An item that a post shows and that no longer stands; `evidence` is where it stood, in an article as it was."""

    item: str
    reason: str
    evidence: Evidence
    url: str = ""
    title: str = ""

    @property
    def is_retracted(self) -> bool:
        """Whether the whole article is gone."""
        return self.reason == RETRACTED


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleDelivery:
    """A delivery whose posts are to be corrected; `earlier` were corrected before and must not come back."""

    delivery: Delivery
    subscription: Subscription
    items: tuple[StaleItem, ...]
    earlier: tuple[StaleItem, ...] = ()


class CorrectionStore:
    """What is to be corrected, once for each delivery and item, and the edits that are under way."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def stale(self, since: datetime) -> tuple[StaleDelivery, ...]:
        """Return the deliveries since a time that show what was hidden, revised or retracted and are not corrected yet.

        One with a message under way or in doubt is returned once that is settled.
        """
        with reading(self._engine) as connection:
            found: dict[int, dict[str, StaleItem]] = defaultdict(dict)
            stale = (*_hidden(connection, since), *_retracted(connection, since), *_revised(connection, since))
            for row, reason in stale:
                found[row.delivery].setdefault(row.item, _item(row, reason))
            return tuple(_stale(connection, number, tuple(items.values())) for number, items in sorted(found.items()))

    def write(
        self, stale: StaleDelivery, bodies: Sequence[str], notice: str, now: datetime, *, unchanged: bool = False
    ) -> bool:
        """Record a correction with the new bodies, and a notice to follow the posts; all in one transaction.

        Args:
            stale: as returned; whoever records its items first makes the correction.
            bodies: of the messages in order; a posted one that differs is edited, a waiting one replaced, and what is
                more than was posted follows as further messages.
            notice: the body of the message that says what was corrected.
            now: UTC.
            unchanged: nothing that is shown changes; the items are only noted as looked at.
        """
        delivery = stale.delivery
        with writing(self._engine) as connection:
            if not _note_items(connection, stale, now):
                return False
            if unchanged:
                return True
            for part, body in zip(delivery.parts, bodies, strict=False):
                same = update(parts).where(parts.c.delivery == delivery.id, parts.c.number == part.number)
                connection.execute(
                    same.where(parts.c.state.in_(DONE), parts.c.body != body).values(correction=body, next_try=now)
                )
                is_free = or_(parts.c.lease_until.is_(None), parts.c.lease_until <= now)
                connection.execute(same.where(parts.c.state == "pending", is_free).values(body=body))
            for body in (*bodies[len(delivery.parts) :], notice):
                _add_notice(connection, delivery.id, body, now)
        return True

    def claim(self, owner: str, now: datetime, lease: timedelta) -> Part | None:
        """Take the next posted message to edit; its body is the new one."""
        first = parts.alias("first")
        parent = select(first.c.message_id).where(first.c.delivery == parts.c.delivery, first.c.number == 1)
        query = (
            select(parts, parent.scalar_subquery().label("parent"))
            .where(
                parts.c.correction.is_not(None),
                parts.c.next_try <= now,
                or_(parts.c.lease_until.is_(None), parts.c.lease_until <= now),
            )
            .order_by(parts.c.next_try, parts.c.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=parts)
        )
        row = take(self._engine, query, owner, now + lease)
        if row is None:
            return None
        return replace(threaded(row), body=row.correction)

    def finish(self, part: Part, owner: str, error: str = "") -> bool:
        """Record that a message was edited, or with an error that it can't be."""
        values: dict[str, Any] = {"correction": None, "next_try": None, "last_error": error, **FREE}
        return self._end(part, owner, values if error else values | {"body": part.body})

    def postpone(self, part: Part, owner: str, again: datetime, error: str) -> bool:
        """Give an edit back, to be tried again later."""
        return self._end(part, owner, {"next_try": again, "last_error": error, **FREE})

    def of_delivery(self, number: int) -> dict[str, str]:
        """Return what was corrected in a delivery and why, by item."""
        query = select(corrections.c.item, corrections.c.reason).where(corrections.c.delivery == number)
        with reading(self._engine) as connection:
            return {row.item: row.reason for row in connection.execute(query.order_by(corrections.c.item))}

    def _end(self, part: Part, owner: str, values: Mapping[str, Any]) -> bool:
        ended = update(parts).where(
            parts.c.delivery == part.delivery, parts.c.number == part.number, parts.c.lease_owner == owner
        )
        with writing(self._engine) as connection:
            return connection.execute(ended.values(**values)).rowcount == 1


def _posted(since: datetime) -> tuple[Any, ...]:
    """Say that a shown item stands in a delivery that has posts, none of them under way, and is not corrected."""
    own = parts.alias("own")
    of_delivery = and_(own.c.delivery == shown.c.delivery, ~own.c.is_notice)
    under_way = or_(and_(own.c.state.in_(_UNSETTLED), own.c.next_try.is_not(None)), own.c.lease_owner.is_not(None))
    return (
        deliveries.c.window_end > since,
        exists().where(of_delivery, own.c.state.in_(DONE)),
        ~exists().where(of_delivery, under_way),
        ~exists().where(corrections.c.delivery == shown.c.delivery, corrections.c.item == shown.c.item),
    )


def _hidden(connection: Connection, since: datetime) -> list[tuple[Row[Any], str]]:
    rows = connection.execute(select(hidden_items.c.kind, hidden_items.c.number).where(hidden_items.c.at > since))
    items = sorted(f"{row.kind}-{row.number}" for row in rows)
    query = _showing(shown).where(*_posted(since))
    return [(row, HIDDEN) for some in chunks(items) for row in connection.execute(query.where(shown.c.item.in_(some)))]


def _revised(connection: Connection, since: datetime) -> Iterable[tuple[Row[Any], str]]:
    old, new = revisions.alias("old"), revisions.alias("new")
    query = (
        _showing(shown, old.c.text.label("was"), new.c.text.label("now"))
        .join(old, and_(old.c.article == shown.c.article, old.c.revision == shown.c.revision))
        .join(new, and_(new.c.article == shown.c.article, new.c.revision > old.c.revision, new.c.replaced.is_(None)))
        .where(*_posted(since))
    )
    rows = connection.execute(query)
    return [(row, REVISED) for row in rows if row.was[row.start : row.end] not in row.now]


def _retracted(connection: Connection, since: datetime) -> Iterable[tuple[Row[Any], str]]:
    """Return what rests on articles that their publishers took down; one that came back changed is a revision."""
    query = (
        _showing(shown)
        .join(page_looks, page_looks.c.article == shown.c.article)
        .where(page_looks.c.retracted.is_not(None), *_posted(since))
        .where(~exists().where(revisions.c.article == shown.c.article, live(None)))
    )
    return [(row, RETRACTED) for row in connection.execute(query)]


def _showing(*columns: Any) -> Select[Any]:
    """Select what was shown, with address and title of its article as they were."""
    as_shown = revisions.alias("as_shown")
    same = and_(as_shown.c.article == shown.c.article, as_shown.c.revision == shown.c.revision)
    return (
        select(*columns, articles.c.url, as_shown.c.title)
        .select_from(shown)
        .join(deliveries, deliveries.c.id == shown.c.delivery)
        .outerjoin(articles, articles.c.id == shown.c.article)
        .outerjoin(as_shown, same)
    )


def _item(row: Row[Any], reason: str) -> StaleItem:
    evidence = Evidence(article=row.article, revision=row.revision, span=Span(row.start, row.end))
    return StaleItem(item=row.item, reason=reason, evidence=evidence, url=row.url or "", title=row.title or "")


def _stale(connection: Connection, number: int, items: tuple[StaleItem, ...]) -> StaleDelivery:
    row = connection.execute(select(deliveries).where(deliveries.c.id == number)).one()
    subscriber = connection.execute(select(subscriptions).where(subscriptions.c.id == row.subscription)).one()
    messages = [p for p in parts_of(connection, [number])[number] if not p.is_notice]
    before = and_(corrections.c.delivery == shown.c.delivery, corrections.c.item == shown.c.item)
    query = _showing(shown, corrections.c.reason).join(corrections, before)
    earlier = connection.execute(query.where(shown.c.delivery == number).order_by(shown.c.item))
    return StaleDelivery(
        delivery=delivery_from(row, messages),
        subscription=subscription_from(subscriber),
        items=items,
        earlier=tuple(_item(r, r.reason) for r in earlier),
    )


def _note_items(connection: Connection, stale: StaleDelivery, now: datetime) -> bool:
    rows = [
        {"delivery": stale.delivery.id, "item": i.item, "tenant": stale.delivery.tenant, "reason": i.reason, "at": now}
        for i in stale.items
    ]
    added = insert_into(connection, corrections).values(rows).on_conflict_do_nothing()
    return connection.execute(added.returning(corrections.c.item)).first() is not None


def _add_notice(connection: Connection, number: int, body: str, now: datetime) -> None:
    """Put a message behind the others; it is sent like them, once."""
    query = (
        select(deliveries, subscriptions.c.channel, subscriptions.c.topic, subscriptions.c.created)
        .join_from(deliveries, subscriptions, subscriptions.c.id == deliveries.c.subscription)
        .where(deliveries.c.id == number)
        .with_for_update(of=deliveries)
    )
    row = connection.execute(query).one()
    last = connection.execute(select(func.max(parts.c.number)).where(parts.c.delivery == number)).scalar_one()
    connection.execute(insert(parts).values(**part_values(row, last + 1, body, now), is_notice=True))
