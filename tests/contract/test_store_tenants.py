"""A tenant that removes the app leaves nothing of its own behind; articles and other tenants stay."""

from __future__ import annotations

from sqlalchemy import select

from briefings.model import Publisher, Window
from briefings.store.channel_tables import (
    corrections,
    deliveries,
    follows,
    parts,
    paused_targets,
    problem_reports,
    shown,
)
from briefings.store.channel_tables import subscriptions as subscription_rows
from briefings.store.engine import reading
from briefings.store.store import Store
from briefings.store.tables import feeds, hidden_items
from tests.contract.test_store_targets import LEASE, WANTED, drafted, posted, send
from tests.stored import NOON, after, save

OWNED = (subscription_rows, deliveries, parts, shown, corrections, paused_targets, problem_reports, follows)


def settled(store: Store, tenant: str) -> None:
    """Give a tenant one of everything."""
    store.targets.pause(tenant, "slack:C7", "archived", NOON)
    filed = {"tenant": tenant, "channel": "slack:C1", "person": "U1", "kind": "other", "item": "Q-1"}
    store.reports.add(NOON, **filed, note="wrong", shown="")
    store.reports.follow(tenant, "U1", "U-7", "slack:C1", NOON)
    store.feeds.add(f"https://{tenant.lower()}.example/rss", Publisher(name="Bay Wire"), tenant, NOON)
    store.reports.hide(f"Q-{1 if tenant == 'T1' else 2}", tenant=tenant, person="U1", reason="no", now=NOON)


def n_owned(store: Store, tenant: str) -> int:
    with reading(store.engine) as connection:
        return sum(len(connection.execute(select(t).where(t.c.tenant == tenant)).all()) for t in OWNED)


def test_forget_when_told_then_everything_of_the_tenant_alone_is_gone(store: Store) -> None:
    posted(store)
    other = store.subscriptions.add(NOON, **{**WANTED, "tenant": "T2"})
    for tenant in ("T1", "T2"):
        settled(store, tenant)
    n_other, n_articles = n_owned(store, "T2"), store.articles.count()
    assert n_owned(store, "T1") > 5
    assert store.tenants.forget("T1", after(1)) == 3
    assert n_owned(store, "T1") == 0
    assert n_owned(store, "T2") == n_other
    assert store.subscriptions.active() == (other,)
    assert store.articles.count() == n_articles
    assert [f.url for f in store.feeds.list()] == ["https://t2.example/rss"]
    with reading(store.engine) as connection:
        assert connection.execute(select(feeds).where(feeds.c.tenant == "T1")).all() == []
        hidden = connection.execute(select(hidden_items).where(hidden_items.c.tenant != "T2")).all()
    assert [(h.tenant, h.person, h.reason) for h in hidden] == [("", "", "")]  # hidden it stays


def test_forget_when_repeated_then_it_changes_nothing(store: Store) -> None:
    posted(store)
    assert store.tenants.forget("T1", after(1)) == 1
    assert store.tenants.forget("T1", after(1)) == 0


def test_forget_when_it_came_back_meanwhile_then_what_is_new_stays(store: Store) -> None:
    store.tenants.forget("T1", NOON)
    again = store.subscriptions.add(after(2), **WANTED)
    store.deliveries.plan(again, local_date="2031-05-05", slot="08:00", due=after(3), note="", is_skipped=False)
    assert store.tenants.forget("T1", after(1)) == 0
    assert store.subscriptions.active() == (again,)
    assert len(store.deliveries.list("T1")) == 1


def test_forget_when_a_post_is_under_way_then_its_outcome_is_told_to_nobody(store: Store) -> None:
    subscription = store.subscriptions.add(after(-48), **WANTED)
    number = store.deliveries.plan(
        subscription, local_date="2031-05-04", slot="08:00", due=NOON, note="", is_skipped=False
    )
    assert number
    assert store.deliveries.claim_delivery("d", NOON, LEASE)
    assert store.deliveries.write_parts(number, "d", ("one",), Window(start=after(-24), end=NOON), NOON)
    claimed = store.deliveries.claim_part("a", NOON, LEASE)
    assert claimed
    assert store.deliveries.mark_sending(claimed.part, "a", NOON)
    store.tenants.forget("T1", NOON)
    assert not store.deliveries.mark_sent(claimed.part, "a", "m1", NOON)


def test_claim_when_a_later_part_is_taken_then_it_knows_the_first_message(store: Store) -> None:
    save(store)
    drafted(store)
    first = store.deliveries.claim_part("b", NOON, LEASE)
    assert first
    assert first.part.parent is None
    store.deliveries.release(first.part, "b", NOON, NOON)
    send(store)
    second = store.deliveries.claim_part("b", NOON, LEASE)
    assert second
    assert (second.part.number, second.part.parent) == (2, "m1")
