"""Messages of deliveries: claimed in order by one worker at a time, every outcome fenced by the claim's owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, exists, func, or_, select, update

from briefings.model import ClaimedPart, DeliveryState, Part
from briefings.store.channel_tables import deliveries, parts
from briefings.store.columns import FREE
from briefings.store.engine import writing

DONE = ("sent", "reconciled")
OPEN = ("pending", "sending", "unknown")


class PartStore:
    """The messages of deliveries.

    A message is begun by `mark_sending` and ended by one of the others. They say False when the owner's lease has
    gone to another, and then change nothing.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim_part(
        self, owner: str, now: datetime, lease: timedelta, busy: frozenset[str] = frozenset()
    ) -> ClaimedPart | None:
        """Take the next part to send, or to look for where a post began; parts of a delivery go in order.

        Args:
            owner: who claims.
            now: UTC.
            lease: how long it is the owner's.
            busy: channels whose parts are left where they are.
        """
        query = _claimable(now, busy).limit(1).with_for_update(of=parts, skip_locked=True)
        row = take(self._engine, query, owner, now + lease)
        if row is None:
            return None
        return ClaimedPart(
            part=threaded(row),
            until=now + lease,
            due=max(row.due, row.asked),
            attempted=row.started,
            ended=row.ended,
            n_looks=row.checks,
            tenant=row.tenant,
        )

    def mark_sending(self, part: Part, owner: str, now: datetime, *, ended: datetime | None = None) -> bool:
        """Record that a post begins and when it is over at the latest, unless the lease has run out."""
        began = func.coalesce(parts.c.started, now, type_=parts.c.started.type)
        values = {"state": "sending", "attempts": parts.c.attempts + 1, "checks": 0, "started": began, "ended": ended}
        with writing(self._engine) as connection:
            return _write(connection, part, owner, values, parts.c.state.in_(OPEN), parts.c.lease_until > now)

    def mark_sent(self, part: Part, owner: str, message_id: str, now: datetime, *, is_reconciled: bool = False) -> bool:
        """Record the message; the last part makes its delivery sent."""
        state: DeliveryState = "reconciled" if is_reconciled else "sent"
        values = {"state": state, "message_id": message_id, "sent": now, "last_error": "", **FREE}
        return self._end(part, owner, values)

    def mark_unknown(
        self,
        part: Part,
        owner: str,
        now: datetime,
        next_try: datetime | None,
        *,
        error: str = "",
        ended: datetime | None = None,
    ) -> bool:
        """Record that it may have been posted; it is looked for again at `next_try`, by itself never when None.

        `ended` is when the post was given up; None after a look.
        """
        looked = func.coalesce(parts.c.checks, 0) + 1
        values = {"state": "unknown", "next_try": next_try, "last_error": error, **FREE}
        values |= {"ended": ended} if ended else {}
        with writing(self._engine) as connection:
            was_unknown = _write(connection, part, owner, {**values, "checks": looked}, parts.c.state == "unknown")
            kept = was_unknown or _write(connection, part, owner, values, parts.c.state.in_(OPEN))
            settle(connection, part.delivery)
        return kept

    def mark_refused(self, part: Part, owner: str, reason: str, now: datetime) -> bool:
        """Record that the platform refused: the part, those after it and their delivery are dead; a notice is alone."""
        with writing(self._engine) as connection:
            dead = {"state": "dead", "last_error": reason, "next_try": None, **FREE}
            if not _write(connection, part, owner, dead, parts.c.state.in_(OPEN)):
                return False
            if part.is_notice:
                return True
            after = update(parts).where(parts.c.delivery == part.delivery, parts.c.number > part.number)
            connection.execute(
                after.where(parts.c.state == "pending").values(**dead | {"last_error": f"part {part.number}: {reason}"})
            )
            settle(connection, part.delivery)
            connection.execute(update(deliveries).where(deliveries.c.id == part.delivery).values(note=reason))
        return True

    def release(self, part: Part, owner: str, now: datetime, next_try: datetime) -> bool:
        """Give back a part that was not posted, to be claimed from `next_try` on."""
        return self._end(part, owner, {"state": "pending", "next_try": next_try, **FREE})

    def doubt_all(self, now: datetime, note: str) -> tuple[int, int]:
        """Trust nothing that is under way, since it may be done: look for each message, skip what is not drafted.

        For a ledger that is older than what was posted; no worker may run. Returns how many messages are looked for and
        how many deliveries are skipped.
        """
        drafted = select(deliveries.c.window_end).where(deliveries.c.id == parts.c.delivery).scalar_subquery()
        is_open = parts.c.state.in_(OPEN) & parts.c.next_try.is_not(None)
        looked_for = update(parts).where(is_open, ~parts.c.is_notice)
        doubt = {"state": "unknown", "started": func.coalesce(parts.c.started, drafted), "ended": now, "checks": 0}
        skipped = update(deliveries).where(deliveries.c.state == "pending")
        with writing(self._engine) as connection:
            n_parts = connection.execute(looked_for.values(**doubt, next_try=now, last_error=note, **FREE)).rowcount
            n_skipped = connection.execute(skipped.values(state="skipped", note=note, **FREE)).rowcount
        return n_parts, n_skipped

    def release_all(self, owner: str, now: datetime) -> None:
        """Give back whatever an owner holds; a post that it began is looked for by the next owner."""
        with writing(self._engine) as connection:
            for table in (parts, deliveries):
                connection.execute(update(table).where(table.c.lease_owner == owner).values(**FREE))

    def _end(self, part: Part, owner: str, values: dict[str, Any]) -> bool:
        with writing(self._engine) as connection:
            kept = _write(connection, part, owner, values, parts.c.state.in_(OPEN))
            settle(connection, part.delivery)
        return kept


def part_from(row: Row[Any]) -> Part:
    """Make the record of a row of `parts`."""
    return Part(
        delivery=row.delivery,
        number=row.number,
        key=row.key,
        channel=row.channel,
        body=row.body,
        state=row.state,
        attempts=row.attempts,
        message_id=row.message_id,
        sent=row.sent,
        last_error=row.last_error,
        started=row.started,
        n_looks=row.checks,
        is_notice=row.is_notice,
    )


def threaded(row: Row[Any]) -> Part:
    """Make the record of a row that also has its `parent`, which the first message of a delivery is without."""
    return replace(part_from(row), parent=row.parent if row.number > 1 else None)


def take(engine: Engine, query: Select[Any], owner: str, until: datetime) -> Row[Any] | None:
    """Lease the message that a locking query finds to an owner, and return its row as found."""
    with writing(engine) as connection:
        row = connection.execute(query).first()
        if row is not None:
            taken = update(parts).where(parts.c.id == row.id)
            connection.execute(taken.values(lease_owner=owner, lease_until=until))
    return row


def settle(connection: Connection, delivery: int) -> None:
    """Make a drafted delivery's state that of its parts: dead, in doubt, sent, or still being sent.

    A notice of a correction comes after the briefing and changes nothing of it.
    """
    query = select(parts.c.state, parts.c.next_try).where(parts.c.delivery == delivery, ~parts.c.is_notice)
    rows = connection.execute(query).all()
    state: DeliveryState = "sending"
    if any(row.state == "dead" for row in rows):
        state = "dead"
    elif any(row.state == "unknown" and row.next_try is None for row in rows):
        state = "unknown"
    elif all(row.state in DONE for row in rows):
        state = "sent"
    changed = update(deliveries).where(deliveries.c.id == delivery, deliveries.c.state != state)
    connection.execute(changed.values(state=state))


def _claimable(now: datetime, busy: frozenset[str]) -> Select[Any]:
    earlier = parts.alias("earlier")
    waits = exists().where(
        earlier.c.delivery == parts.c.delivery, earlier.c.number < parts.c.number, earlier.c.state.not_in(DONE)
    )
    first = parts.alias("first")
    parent = select(first.c.message_id).where(first.c.delivery == parts.c.delivery, first.c.number == 1)
    query = (
        select(
            parts,
            deliveries.c.due,
            deliveries.c.next_try.label("asked"),
            parent.scalar_subquery().label("parent"),
        )
        .join_from(parts, deliveries, deliveries.c.id == parts.c.delivery)
        .where(
            parts.c.state.in_(OPEN),
            parts.c.next_try <= now,
            or_(parts.c.lease_until.is_(None), parts.c.lease_until <= now),
            ~waits,
        )
    )
    if busy:
        query = query.where(parts.c.channel.not_in(busy))
    return query.order_by(parts.c.next_try, parts.c.id)


def _write(
    connection: Connection, part: Part, owner: str, values: dict[str, Any], *conditions: ColumnElement[bool]
) -> bool:
    """Change a part if the owner still holds it."""
    fenced = update(parts).where(
        parts.c.delivery == part.delivery, parts.c.number == part.number, parts.c.lease_owner == owner, *conditions
    )
    return connection.execute(fenced.values(**values)).rowcount == 1
