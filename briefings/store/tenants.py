"""What a tenant owns, deleted when it removes the app."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, delete, select, update

from briefings.store.channel_tables import (
    corrections,
    deliveries,
    follows,
    parts,
    paused_targets,
    problem_reports,
    shown,
    subscriptions,
)
from briefings.store.direct_tables import direct_messages
from briefings.store.engine import writing
from briefings.store.tables import feeds, hidden_items


class TenantStore:
    """Tenants: workspaces and guilds. Articles belong to nobody and stay."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def forget(self, tenant: str, before: datetime) -> int:
        """Delete what a tenant owned at a time; its feeds are polled no more. Doing it again changes nothing.

        Args:
            tenant: whose.
            before: when it removed the app; what it did after that, having come back, stays.

        Returns:
            How many subscriptions, reports and follows that were.
        """
        own = select(subscriptions.c.id).where(subscriptions.c.tenant == tenant, subscriptions.c.created <= before)
        posted = select(deliveries.c.id).where(deliveries.c.subscription.in_(own))
        with writing(self._engine) as connection:
            for table in (corrections, shown, parts):
                connection.execute(delete(table).where(table.c.delivery.in_(posted)))
            connection.execute(delete(deliveries).where(deliveries.c.subscription.in_(own)))
            n_gone = connection.execute(
                delete(subscriptions).where(subscriptions.c.tenant == tenant, subscriptions.c.created <= before)
            ).rowcount
            for table, at in (
                (problem_reports, problem_reports.c.at),
                (follows, follows.c.created),
                (paused_targets, paused_targets.c.since),
                (direct_messages, direct_messages.c.created),
            ):
                gone = connection.execute(delete(table).where(table.c.tenant == tenant, at <= before))
                n_gone += gone.rowcount if table in {problem_reports, follows} else 0
            by_it = update(hidden_items).where(hidden_items.c.tenant == tenant, hidden_items.c.at <= before)
            connection.execute(by_it.values(tenant="", person="", reason=""))  # what was wrong stays hidden
            left = update(feeds).where(feeds.c.tenant == tenant)
            connection.execute(left.values(state="removed", tenant=""))
        return n_gone
