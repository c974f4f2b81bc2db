"""Messages to single people: each is queued once, claimed by one worker and sent at most once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Engine, Row, delete, select, update

from briefings.store.channel_tables import follows
from briefings.store.columns import FREE
from briefings.store.direct_tables import direct_messages as table
from briefings.store.engine import insert_into, reading, writing

MessageState = Literal["pending", "sending", "sent", "unknown", "refused"]
DIED = "the worker ended while it was sending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """Whom something is told: `key` tells it from everything else, `channel` is where the person asked."""

    key: str
    tenant: str
    person: str
    channel: str
    item: str
    is_follow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectMessage:
    """One message to one person, as it is to be sent."""

    id: int
    key: str
    tenant: str
    person: str
    channel: str
    item: str
    body: str


class DirectStore:
    """Messages to single people. A send that was begun is never begun again, whatever became of it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def queue(self, to: Addressed, bodies: Sequence[str], now: datetime) -> bool:
        """Queue the messages that tell somebody something; False when they were queued before, by whichever worker.

        Whoever follows an item counts as told from then on.
        """
        shared = {"tenant": to.tenant, "person": to.person, "channel": to.channel, "item": to.item, "key": to.key}
        first = {"state": "pending", "last_error": "", "created": now, "next_try": now}
        rows = [{**shared, **first, "number": n, "body": body} for n, body in enumerate(bodies, 1)]
        followed = (follows.c.tenant == to.tenant, follows.c.person == to.person, follows.c.item == to.item)
        with writing(self._engine) as connection:
            added = insert_into(connection, table).values(rows).on_conflict_do_nothing().returning(table.c.id)
            is_new = bool(connection.execute(added).all())
            if is_new and to.is_follow:
                connection.execute(update(follows).where(*followed).values(told=now))
        return is_new

    def claim(self, owner: str, now: datetime, lease: timedelta) -> DirectMessage | None:
        """Take the next message that is due, to be sent at once."""
        query = select(table).where(table.c.state == "pending", table.c.next_try <= now).order_by(table.c.id).limit(1)
        with writing(self._engine) as connection:
            row = connection.execute(query.with_for_update(skip_locked=True)).first()
            if row is None:
                return None
            held = {"state": "sending", "lease_owner": owner, "lease_until": now + lease}
            connection.execute(update(table).where(table.c.id == row.id).values(**held))
        return _message(row)

    def mark_sent(self, message: DirectMessage, owner: str, message_id: str) -> bool:
        """Record that it was sent."""
        return self._write(message, owner, state="sent", message_id=message_id, last_error="")

    def mark_unsent(self, message: DirectMessage, owner: str, error: str, *, is_known: bool) -> bool:
        """Record that it was refused or, where that is not known, that it may have been sent. It is not sent again."""
        return self._write(message, owner, state="refused" if is_known else "unknown", last_error=error)

    def postpone(self, message: DirectMessage, owner: str, again: datetime, error: str) -> bool:
        """Give back a message that surely was not sent, to be claimed from `again` on."""
        return self._write(message, owner, state="pending", next_try=again, last_error=error)

    def give_up(self, now: datetime) -> int:
        """Record that messages may have been sent whose worker died meanwhile; return how many."""
        left = update(table).where(table.c.state == "sending", table.c.lease_until <= now)
        with writing(self._engine) as connection:
            return connection.execute(left.values(state="unknown", last_error=DIED, **FREE)).rowcount

    def forget(self, before: datetime) -> int:
        """Drop the messages that were queued before a time; return how many."""
        with writing(self._engine) as connection:
            return connection.execute(delete(table).where(table.c.created < before)).rowcount

    def list(self, tenant: str) -> tuple[tuple[DirectMessage, MessageState, str], ...]:
        """Return a tenant's messages with their states and what went wrong, oldest first."""
        query = select(table).where(table.c.tenant == tenant).order_by(table.c.id)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return tuple((_message(row), row.state, row.last_error) for row in rows)

    def _write(self, message: DirectMessage, owner: str, **values: Any) -> bool:
        held = (table.c.id == message.id, table.c.state == "sending", table.c.lease_owner == owner)
        with writing(self._engine) as connection:
            return connection.execute(update(table).where(*held).values(**values, **FREE)).rowcount == 1


def _message(row: Row[Any]) -> DirectMessage:
    return DirectMessage(
        id=row.id,
        key=f"direct {row.key} {row.number}",
        tenant=row.tenant,
        person=row.person,
        channel=row.channel,
        item=row.item,
        body=row.body,
    )
