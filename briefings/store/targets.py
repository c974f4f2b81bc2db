"""Channels that nothing is posted to, because a platform said that it can't be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, select, update

from briefings.store.channel_tables import deliveries, parts, paused_targets, subscriptions
from briefings.store.columns import FREE
from briefings.store.engine import insert_into, reading, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class PausedTarget:
    """A channel that is paused, why and since when."""

    tenant: str
    channel: str
    reason: str
    since: datetime


class TargetStore:
    """Paused channels. Slots that fall due meanwhile are recorded as skipped."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def pause(self, tenant: str, channel: str, reason: str, now: datetime) -> bool:
        """Stop posting to a channel; its messages that wait are dead, its slots that wait are skipped.

        Returns:
            False when it was paused already.
        """
        row = {"tenant": tenant, "channel": channel, "reason": reason, "since": now}
        with writing(self._engine) as connection:
            added = insert_into(connection, paused_targets).values(row).on_conflict_do_nothing()
            is_new = connection.execute(added.returning(paused_targets.c.since)).scalar() is not None
            _end_waiting(connection, tenant, channel, f"the channel is paused: {reason}")
        return is_new

    def resume(self, channel: str, tenant: str | None = None) -> int:
        """Post to a channel again; return how many targets that are. What was skipped meanwhile is not sent."""
        with writing(self._engine) as connection:
            return resume(connection, channel, tenant)

    def reason(self, tenant: str, channel: str) -> str:
        """Return why a channel is paused, "" when it is not."""
        query = select(paused_targets.c.reason).where(
            paused_targets.c.tenant == tenant, paused_targets.c.channel == channel
        )
        with reading(self._engine) as connection:
            return connection.execute(query).scalar() or ""

    def list(self, tenant: str | None = None) -> tuple[PausedTarget, ...]:
        """Return every paused channel, or those of a tenant, the longest paused first."""
        query = select(paused_targets).order_by(paused_targets.c.since, paused_targets.c.channel)
        if tenant is not None:
            query = query.where(paused_targets.c.tenant == tenant)
        with reading(self._engine) as connection:
            return tuple(
                PausedTarget(tenant=row.tenant, channel=row.channel, reason=row.reason, since=row.since)
                for row in connection.execute(query)
            )


def resume(connection: Connection, channel: str, tenant: str | None) -> int:
    """Forget that a channel is paused; `tenant` None is any."""
    gone = delete(paused_targets).where(paused_targets.c.channel == channel)
    if tenant is not None:
        gone = gone.where(paused_targets.c.tenant == tenant)
    return connection.execute(gone).rowcount


def _end_waiting(connection: Connection, tenant: str, channel: str, note: str) -> None:
    waiting = update(parts).where(parts.c.tenant == tenant, parts.c.channel == channel, parts.c.state == "pending")
    dead = connection.execute(
        waiting.values(state="dead", last_error=note, next_try=None, **FREE).returning(parts.c.delivery)
    )
    ended = set(dead.scalars())
    connection.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(ended), deliveries.c.state.in_(("sending", "unknown")))
        .values(state="dead", note=note)
    )
    of_channel = select(subscriptions.c.id).where(subscriptions.c.tenant == tenant, subscriptions.c.channel == channel)
    planned = update(deliveries).where(deliveries.c.subscription.in_(of_channel), deliveries.c.state == "pending")
    connection.execute(planned.values(state="skipped", note=note, **FREE))
