"""A tenant that removed the bot leaves nothing behind; a right is one worker's at a time."""

from __future__ import annotations

from datetime import timedelta

from briefings.model import Evidence, Publisher, Span, Window
from briefings.store.delivery_rows import ShownItem
from briefings.store.store import Store
from tests.stored import NOON, after, save

LEASE = timedelta(seconds=60)


def fill(store: Store, tenant: str) -> None:
    """Let a tenant own a row of every kind."""
    channel = f"discord:{len(tenant)}"
    subscription = store.subscriptions.add(
        after(-48), tenant=tenant, channel=channel, topic="harbour", time="08:00", zone="Europe/Kyiv", days=(0,)
    )
    number = store.deliveries.plan(
        subscription, local_date="2031-05-04", slot="08:00", due=NOON, note="", is_skipped=False
    )
    assert number is not None
    assert store.deliveries.claim_delivery(tenant, NOON, LEASE)
    shown = (ShownItem(item="Q-1", evidence=Evidence(article=1, revision=1, span=Span(0, 2))),)
    window = Window(start=after(-24), end=NOON)
    assert store.deliveries.write_parts(number, tenant, ("body",), window, NOON, shown=shown)
    store.targets.pause(tenant, f"{channel}9", "gone", NOON)
    store.reports.add(NOON, tenant=tenant, channel=channel, person="U1", kind="other", item="", note="n", shown="")
    store.reports.follow(tenant, "U1", "U-7", channel, NOON)
    store.feeds.add(f"https://{tenant}.example/rss", Publisher(name=tenant), tenant, NOON)


def owned(store: Store, tenant: str) -> tuple[int, ...]:
    return (
        len(store.subscriptions.list(tenant)),
        len(store.deliveries.list(tenant)),
        len(store.targets.list(tenant)),
        len(store.reports.list(tenant)),
        len([f for f in store.feeds.list(tenant) if f.tenant == tenant]),
    )


def test_forget_when_a_tenant_removed_the_bot_then_its_rows_are_gone_and_those_of_others_stay(store: Store) -> None:
    save(store)
    fill(store, "one")
    fill(store, "other")
    assert store.tenants.forget("one") == 7
    assert owned(store, "one") == (0, 0, 0, 0, 0)
    assert owned(store, "other") == (1, 1, 1, 1, 1)
    assert store.deliveries.claim_part("w", after(1), LEASE).part.channel == "discord:5"
    assert store.tenants.forget("one") == 0
    assert store.tenants.forget("") == 0


def test_forget_when_its_manager_hid_an_item_then_it_stays_hidden_without_the_name(store: Store) -> None:
    save(store)
    store.reports.hide("Q-1", tenant="one", person="U1", reason="wrong", now=NOON)
    store.tenants.forget("one")
    assert store.reports.hidden() == {"Q-1"}


def test_forget_when_the_tenant_comes_back_then_it_can_subscribe_again(store: Store) -> None:
    save(store)
    fill(store, "one")
    store.tenants.forget("one")
    fill(store, "one")
    assert owned(store, "one") == (1, 1, 1, 1, 1)


def test_hold_when_one_has_the_right_then_another_gets_it_only_after_its_end(store: Store) -> None:
    marks = store.marks
    assert marks.hold("gateway", "a", NOON, NOON + LEASE)
    assert not marks.hold("gateway", "b", after(0), NOON + LEASE)
    assert marks.hold("gateway", "a", NOON + LEASE / 2, NOON + LEASE * 1.5)
    assert not marks.hold("gateway", "b", NOON + LEASE, NOON + 2 * LEASE)
    assert marks.hold("gateway", "b", NOON + LEASE * 1.5, NOON + 3 * LEASE)
    assert not marks.hold("gateway", "a", NOON + LEASE * 1.5, NOON + 3 * LEASE)


def test_let_go_when_the_right_is_another_s_then_it_stays(store: Store) -> None:
    assert store.marks.hold("gateway", "a", NOON, NOON + LEASE)
    store.marks.let_go("gateway", "b")
    assert not store.marks.hold("gateway", "b", NOON, NOON + LEASE)
    store.marks.let_go("gateway", "a")
    assert store.marks.hold("gateway", "b", NOON, NOON + LEASE)
