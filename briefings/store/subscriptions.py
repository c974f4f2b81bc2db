"""Subscriptions: which channel gets which briefing when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypedDict, Unpack

from sqlalchemy import Engine, Row, Select, select, update

from briefings.model import Subscription
from briefings.store.channel_tables import deliveries, subscriptions
from briefings.store.engine import insert_into, reading, writing
from briefings.store.targets import resume

UNPLANNED = timedelta(minutes=2)  # a slot this recent may not be planned yet and stays its subscription's


class Wanted(TypedDict):
    """A subscription as a person asks for it; `time` is local, "08:00", Monday is day 0."""

    tenant: str
    channel: str
    topic: str
    time: str
    zone: str
    days: tuple[int, ...]


class SubscriptionStore:
    """Subscriptions; one that is removed stays as a row, since deliveries belong to it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, now: datetime, **wanted: Unpack[Wanted]) -> Subscription:
        """Store a subscription; the same channel, topic and time again changes its zone and days.

        Slots that passed before a change are not the new schedule's, so that a worker that starts later does not take
        them for missed. A channel that was paused is posted to again.
        """
        values: dict[str, Any] = {**wanted, "days": "".join(str(day) for day in sorted(set(wanted["days"])))}
        with writing(self._engine) as connection:
            before = connection.execute(_same(wanted)).first()
            values["created"] = _holds_from(before, values, now)
            row = insert_into(connection, subscriptions).values(is_active=True, **values)
            changed = {"is_active": True, **{name: values[name] for name in ("zone", "days", "created")}}
            row = row.on_conflict_do_update(index_elements=["tenant", "channel", "topic", "time"], set_=changed)
            connection.execute(row)
            resume(connection, wanted["channel"], wanted["tenant"])
            return subscription_from(connection.execute(_same(wanted)).one())

    def remove(self, tenant: str, channel: str, topic: str, time: str | None = None) -> int:
        """End a channel's subscriptions to a topic, or the one at a time; return how many."""
        ended = update(subscriptions).where(
            subscriptions.c.tenant == tenant,
            subscriptions.c.channel == channel,
            subscriptions.c.topic == topic,
            subscriptions.c.is_active,
        )
        if time is not None:
            ended = ended.where(subscriptions.c.time == time)
        with writing(self._engine) as connection:
            numbers = connection.execute(ended.values(is_active=False).returning(subscriptions.c.id)).scalars().all()
            planned = update(deliveries).where(deliveries.c.subscription.in_(numbers), deliveries.c.state == "pending")
            connection.execute(planned.values(state="skipped", note="the channel unsubscribed"))
        return len(numbers)

    def list(self, tenant: str, channel: str | None = None) -> tuple[Subscription, ...]:
        """Return a tenant's active subscriptions, or those of one of its channels."""
        query = _ACTIVE.where(subscriptions.c.tenant == tenant)
        if channel is not None:
            query = query.where(subscriptions.c.channel == channel)
        return self._all(query)

    def active(self) -> tuple[Subscription, ...]:
        """Return every active subscription."""
        return self._all(_ACTIVE)

    def get(self, number: int) -> Subscription | None:
        """Return a subscription, active or not."""
        found = self._all(select(subscriptions).where(subscriptions.c.id == number))
        return next(iter(found), None)

    def _all(self, query: Select[Any]) -> tuple[Subscription, ...]:
        with reading(self._engine) as connection:
            return tuple(subscription_from(row) for row in connection.execute(query))


_ACTIVE: Select[Any] = select(subscriptions).where(subscriptions.c.is_active).order_by(subscriptions.c.id)


def subscription_from(row: Row[Any]) -> Subscription:
    """Make the record of a row of `subscriptions`."""
    return Subscription(
        id=row.id,
        tenant=row.tenant,
        channel=row.channel,
        topic=row.topic,
        time=row.time,
        zone=row.zone,
        days=tuple(int(day) for day in row.days),
        created=row.created,
        is_active=row.is_active,
    )


def _holds_from(before: Row[Any] | None, values: dict[str, Any], now: datetime) -> datetime:
    if before is None or not before.is_active:
        return now
    is_same = (before.zone, before.days) == (values["zone"], values["days"])
    held: datetime = before.created
    return held if is_same else max(held, now - UNPLANNED)


def _same(wanted: Wanted) -> Select[Any]:
    return select(subscriptions).where(
        subscriptions.c.tenant == wanted["tenant"],
        subscriptions.c.channel == wanted["channel"],
        subscriptions.c.topic == wanted["topic"],
        subscriptions.c.time == wanted["time"],
    )
