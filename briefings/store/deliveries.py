"""The delivery ledger: a row for each slot, planned once, claimed by one worker, drafted in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NotRequired, TypedDict, Unpack

from sqlalchemy import Select, and_, insert, or_, select, update

from briefings.model import ClaimedDelivery, Delivery, Subscription, Window
from briefings.store.channel_tables import deliveries, parts, shown, subscriptions
from briefings.store.columns import FREE
from briefings.store.delivery_rows import ShownItem, delivery_from, part_values, parts_of, write_shown
from briefings.store.engine import insert_into, reading, writing
from briefings.store.parts import PartStore, settle
from briefings.store.subscriptions import subscription_from


class Contents(TypedDict):
    """What a briefing is beside its words: the id in its footer and the items that it shows."""

    briefing: NotRequired[str]
    shown: NotRequired[Sequence[ShownItem]]


class DeliveryStore(PartStore):
    """Deliveries and their parts."""

    def plan(
        self, subscription: Subscription, *, local_date: str, slot: str, due: datetime, note: str, is_skipped: bool
    ) -> int | None:
        """Insert a delivery and return its number, None when the slot has one already."""
        with writing(self._engine) as connection:
            row = insert_into(connection, deliveries).values(
                subscription=subscription.id,
                tenant=subscription.tenant,
                local_date=local_date,
                slot=slot,
                due=due,
                state="skipped" if is_skipped else "pending",
                note=note,
                briefing="",
                next_try=due,
                attempts=0,
            )
            number: int | None = connection.execute(row.on_conflict_do_nothing().returning(deliveries.c.id)).scalar()
        return number

    def due(self, now: datetime) -> tuple[Delivery, ...]:
        """Return the deliveries that wait to be drafted, held by a worker or not, the longest due first."""
        query = select(deliveries).where(deliveries.c.state == "pending", deliveries.c.next_try <= now)
        return self._load(query.order_by(deliveries.c.due, deliveries.c.id))

    def claim_delivery(self, owner: str, now: datetime, lease: timedelta) -> ClaimedDelivery | None:
        """Take the oldest due delivery without parts that nobody holds."""
        query = (
            select(deliveries)
            .where(
                deliveries.c.state == "pending",
                deliveries.c.next_try <= now,
                or_(deliveries.c.lease_until.is_(None), deliveries.c.lease_until <= now),
            )
            .order_by(deliveries.c.next_try, deliveries.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with writing(self._engine) as connection:
            row = connection.execute(query).first()
            if row is None:
                return None
            taken = update(deliveries).where(deliveries.c.id == row.id)
            connection.execute(
                taken.values(lease_owner=owner, lease_until=now + lease, attempts=deliveries.c.attempts + 1)
            )
            subscriber = connection.execute(select(subscriptions).where(subscriptions.c.id == row.subscription)).one()
        return ClaimedDelivery(
            delivery=delivery_from(row, ()), subscription=subscription_from(subscriber), until=now + lease
        )

    def write_parts(
        self,
        delivery: int,
        owner: str,
        bodies: tuple[str, ...],
        window: Window,
        now: datetime,
        **contents: Unpack[Contents],
    ) -> bool:
        """Store all messages of a claimed delivery, and what they show, in one transaction.

        Args:
            delivery: its number.
            owner: who claimed it.
            bodies: at least one, as the platform takes them; they are sent as they are, also on a retry.
            window: what the briefing covers.
            now: UTC; from then on they may be sent.
            contents: the briefing's id and the items shown.

        Returns:
            False when the lease has gone to another or run out: nothing was stored.
        """
        if not bodies:
            msg = f"delivery {delivery} has no message to store"
            raise ValueError(msg)
        with writing(self._engine) as connection:
            row = connection.execute(
                select(deliveries, subscriptions.c.channel, subscriptions.c.topic, subscriptions.c.created)
                .join_from(deliveries, subscriptions, subscriptions.c.id == deliveries.c.subscription)
                .where(deliveries.c.id == delivery, *_held(owner, now))
                .with_for_update(of=deliveries)
            ).first()
            if row is None:
                return False
            connection.execute(insert(parts), [part_values(row, n, body, now) for n, body in enumerate(bodies, 1)])
            write_shown(connection, row, contents.get("shown", ()))
            drafted = update(deliveries).where(deliveries.c.id == delivery)
            connection.execute(
                drafted.values(
                    state="sending",
                    window_start=window.start,
                    window_end=window.end,
                    note=window.late or row.note,
                    briefing=contents.get("briefing", ""),
                    **FREE,
                )
            )
        return True

    def skip(self, delivery: int, owner: str, note: str, now: datetime) -> bool:
        """Record that a claimed delivery will not be sent; False when the lease has gone to another."""
        skipped = update(deliveries).where(deliveries.c.id == delivery, *_held(owner, now))
        values = {"state": "skipped", "note": note, **FREE}
        with writing(self._engine) as connection:
            return connection.execute(skipped.values(**values)).rowcount == 1

    def last_sent(self, subscription: int) -> datetime | None:
        """Return the window end of the last delivery sent."""
        previous = self.previous(subscription)
        return None if previous is None else previous.window_end

    def previous(self, subscription: int) -> Delivery | None:
        """Return the last delivery of a subscription that was sent."""
        query = select(deliveries).where(deliveries.c.subscription == subscription, deliveries.c.state == "sent")
        return next(
            iter(self._load(query.order_by(deliveries.c.window_end.desc(), deliveries.c.id.desc()).limit(1))), None
        )

    def list(self, tenant: str, *, channel: str | None = None, limit: int = 20) -> tuple[Delivery, ...]:
        """Return the deliveries of a tenant or of one of its channels, newest first."""
        query = select(deliveries).where(deliveries.c.tenant == tenant)
        if channel is not None:
            of_channel = select(subscriptions.c.id).where(
                subscriptions.c.tenant == tenant, subscriptions.c.channel == channel
            )
            query = query.where(deliveries.c.subscription.in_(of_channel))
        return self._load(query.order_by(deliveries.c.due.desc(), deliveries.c.id.desc()).limit(limit))

    def latest(self, channel: str | None = None, limit: int = 20) -> tuple[tuple[Delivery, str], ...]:
        """Return the deliveries of every tenant or of one channel with their channel, newest first; for operators."""
        query = select(deliveries.c.id, subscriptions.c.channel).join_from(
            deliveries, subscriptions, subscriptions.c.id == deliveries.c.subscription
        )
        if channel is not None:
            query = query.where(subscriptions.c.channel == channel)
        newest = query.order_by(deliveries.c.due.desc(), deliveries.c.id.desc()).limit(limit)
        with reading(self._engine) as connection:
            channels = {row.id: row.channel for row in connection.execute(newest)}
        listed = self._load(
            select(deliveries)
            .where(deliveries.c.id.in_(channels))
            .order_by(deliveries.c.due.desc(), deliveries.c.id.desc())
        )
        return tuple((delivery, channels[delivery.id]) for delivery in listed)

    def tenant_of(self, number: int) -> str | None:
        """Return whose a delivery is, None when there is none; for operators."""
        with reading(self._engine) as connection:
            return connection.execute(select(deliveries.c.tenant).where(deliveries.c.id == number)).scalar()

    def get(self, number: int, tenant: str) -> Delivery | None:
        """Return one delivery of a tenant."""
        query = select(deliveries).where(deliveries.c.id == number, deliveries.c.tenant == tenant)
        return next(iter(self._load(query)), None)

    def unsent(self, due_before: datetime) -> tuple[Delivery, ...]:
        """Return the deliveries due before a time that are neither sent, skipped nor dead, the longest due first."""
        query = select(deliveries).where(
            deliveries.c.state.in_(("pending", "sending", "unknown")), deliveries.c.due < due_before
        )
        return self._load(query.order_by(deliveries.c.due, deliveries.c.id))

    def slots(self, due_after: datetime) -> dict[tuple[int, str, str], tuple[int, str]]:
        """Return number and state of each delivery due after a time, by subscription, local date and slot."""
        c = deliveries.c
        query = select(c.id, c.subscription, c.local_date, c.slot, c.state).where(c.due > due_after)
        with reading(self._engine) as connection:
            rows = connection.execute(query)
            return {(row.subscription, row.local_date, row.slot): (row.id, row.state) for row in rows}

    def resend(self, number: int, tenant: str, now: datetime) -> int:
        """Let the parts of a delivery that are dead or in doubt be sent again; return how many."""
        doubtful = or_(parts.c.state == "dead", and_(parts.c.state == "unknown", parts.c.next_try.is_(None)))
        again = update(parts).where(parts.c.delivery == number, parts.c.tenant == tenant, doubtful)
        with writing(self._engine) as connection:
            count = connection.execute(
                again.values(
                    state="pending",
                    next_try=now,
                    checks=0,
                    started=None,
                    ended=None,
                    **FREE,
                )
            ).rowcount
            if count:
                settle(connection, number)
                asked = update(deliveries).where(deliveries.c.id == number)
                connection.execute(asked.values(next_try=now))  # from here on it is late
        return count

    def items_shown(self, subscription: int, since: datetime, before: datetime | None = None) -> frozenset[str]:
        """Return the items that briefings sent to a subscription showed, those whose window ended after `since`.

        Args:
            subscription: its number.
            since: UTC.
            before: only those whose window ended before this time, for a briefing that is drafted once more.
        """
        query = (
            select(shown.c.item)
            .join(deliveries, deliveries.c.id == shown.c.delivery)
            .where(
                deliveries.c.subscription == subscription,
                deliveries.c.state == "sent",
                deliveries.c.window_end > since,
            )
        )
        if before is not None:
            query = query.where(deliveries.c.window_end < before)
        with reading(self._engine) as connection:
            return frozenset(connection.execute(query.distinct()).scalars())

    def _load(self, query: Select[Any]) -> tuple[Delivery, ...]:
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
            messages = parts_of(connection, [row.id for row in rows])
        return tuple(delivery_from(row, messages[row.id]) for row in rows)


def _held(owner: str, now: datetime) -> tuple[Any, ...]:
    return deliveries.c.state == "pending", deliveries.c.lease_owner == owner, deliveries.c.lease_until > now
