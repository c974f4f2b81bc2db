"""A slot is planned once, a part is claimed by one worker at a time and in order, and every outcome is fenced."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from briefings.model import Evidence, Part, Span, Subscription, Window
from briefings.store.delivery_rows import ShownItem
from briefings.store.store import Store
from tests.stored import NOON, after

LEASE = timedelta(seconds=60)
BEFORE = after(-48)
WINDOW = Window(start=after(-24), end=NOON)


def later(seconds: float):
    return NOON + timedelta(seconds=seconds)


def subscribe(store: Store, channel: str = "slack:C1", now=BEFORE, **changes) -> Subscription:
    wanted = {
        "tenant": "T1",
        "channel": channel,
        "topic": "harbour",
        "time": "08:00",
        "zone": "Europe/Kyiv",
        "days": (0, 1, 2, 3, 4),
    }
    return store.subscriptions.add(now, **wanted | changes)


def plan(store: Store, subscription: Subscription, day: int = 4, *, is_skipped: bool = False) -> int | None:
    return store.deliveries.plan(
        subscription, local_date=f"2031-05-{day:02}", slot="08:00", due=NOON, note="", is_skipped=is_skipped
    )


def drafted(store: Store, *bodies: str, channel: str = "slack:C1", **contents) -> int:
    number = plan(store, subscribe(store, channel))
    assert number is not None
    claimed = store.deliveries.claim_delivery("d", NOON, LEASE)
    assert claimed is not None
    assert store.deliveries.write_parts(number, "d", bodies or ("one",), WINDOW, NOON, **contents)
    return number


def claim(store: Store, owner: str = "a", seconds: float = 0) -> Part | None:
    claimed = store.deliveries.claim_part(owner, later(seconds), LEASE)
    return None if claimed is None else claimed.part


def send(store: Store, seconds: float = 0) -> None:
    part = claim(store, "a", seconds)
    assert part is not None
    assert store.deliveries.mark_sending(part, "a", later(seconds))
    assert store.deliveries.mark_sent(part, "a", f"m{part.number}", later(seconds))


# ---- subscriptions


def test_subscription_when_added_then_it_is_listed_where_it_belongs(store: Store) -> None:
    added = subscribe(store)
    assert (added.days, added.created, added.is_active) == ((0, 1, 2, 3, 4), after(-48), True)
    assert store.subscriptions.active() == (added,)
    assert store.subscriptions.list("T1") == (added,)
    assert store.subscriptions.list("T1", "slack:C2") == ()
    assert store.subscriptions.list("T2") == ()
    assert store.subscriptions.get(added.id) == added


def test_subscription_when_added_again_then_it_is_changed_not_doubled(store: Store) -> None:
    first = subscribe(store)
    again = subscribe(store, zone="Asia/Tokyo", days=(6, 5))
    assert (again.id, again.zone, again.days, again.created) == (first.id, "Asia/Tokyo", (5, 6), first.created)
    assert store.subscriptions.active() == (again,)


def test_subscription_when_its_schedule_changes_then_slots_long_before_are_not_its_own(store: Store) -> None:
    first = subscribe(store)
    assert subscribe(store, now=NOON).created == first.created  # asked for again as it was
    assert subscribe(store, now=NOON, zone="Asia/Tokyo").created == NOON - timedelta(minutes=2)
    assert subscribe(store, now=later(60), zone="Asia/Tokyo", days=(6,)).created == later(-60)


def test_subscription_when_removed_then_it_is_no_longer_active_and_its_slots_are_skipped(store: Store) -> None:
    added = subscribe(store)
    subscribe(store, time="18:00")
    number = plan(store, added)
    assert store.subscriptions.remove("T2", "slack:C1", "harbour") == 0
    assert store.subscriptions.remove("T1", "slack:C1", "harbour", "08:00") == 1
    assert [s.time for s in store.subscriptions.active()] == ["18:00"]
    assert store.deliveries.claim_delivery("a", NOON, LEASE) is None
    assert [(d.id, d.state) for d in store.deliveries.list("T1")] == [(number, "skipped")]
    back = store.subscriptions.add(
        NOON, tenant="T1", channel="slack:C1", topic="harbour", time="08:00", zone="UTC", days=(0,)
    )
    assert (back.id, back.created, back.is_active) == (added.id, NOON, True)


# ---- planning and drafting


def test_plan_when_the_slot_is_planned_then_it_is_not_planned_again(store: Store) -> None:
    subscription = subscribe(store)
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: plan(store, subscription), range(16)))
    assert len([n for n in numbers if n is not None]) == 1
    assert len(store.deliveries.list("T1")) == 1
    assert plan(store, subscription, 5) is not None


def test_plan_when_skipped_then_it_is_recorded_and_never_drafted(store: Store) -> None:
    plan(store, subscribe(store), is_skipped=True)
    assert store.deliveries.list("T1")[0].state == "skipped"
    assert store.deliveries.due(NOON) == ()
    assert store.deliveries.claim_delivery("a", NOON, LEASE) is None


def test_claim_delivery_when_due_then_one_worker_has_it_for_its_lease(store: Store) -> None:
    subscription = subscribe(store)
    number = plan(store, subscription)
    assert store.deliveries.claim_delivery("a", later(-1), LEASE) is None
    claimed = store.deliveries.claim_delivery("a", NOON, LEASE)
    assert claimed is not None
    assert (claimed.delivery.id, claimed.subscription, claimed.until) == (number, subscription, NOON + LEASE)
    assert store.deliveries.claim_delivery("b", later(59), LEASE) is None
    assert [d.id for d in store.deliveries.due(later(59))] == [number]
    assert store.deliveries.claim_delivery("b", later(60), LEASE) is not None
    assert not store.deliveries.write_parts(claimed.delivery.id, "a", ("x",), WINDOW, later(61))
    assert not store.deliveries.skip(claimed.delivery.id, "a", "", later(61))
    assert store.deliveries.write_parts(claimed.delivery.id, "b", ("x",), WINDOW, later(61))
    assert not store.deliveries.write_parts(claimed.delivery.id, "b", ("x",), WINDOW, later(61))


def test_write_parts_when_the_lease_ran_out_then_nothing_is_stored(store: Store) -> None:
    number = plan(store, subscribe(store))
    store.deliveries.claim_delivery("a", NOON, LEASE)
    assert not store.deliveries.write_parts(number or 0, "a", ("x",), WINDOW, later(60))
    assert store.deliveries.list("T1")[0].parts == ()


def test_write_parts_when_stored_then_the_ledger_shows_them(store: Store) -> None:
    late = Window(start=after(-24), end=NOON, late="no worker was running")
    number = plan(store, subscribe(store))
    store.deliveries.claim_delivery("a", NOON, LEASE)
    store.deliveries.write_parts(number or 0, "a", ("one", "two"), late, NOON, briefing="b-1")
    delivery = store.deliveries.get(number or 0, "T1")
    assert delivery is not None
    assert (delivery.state, delivery.briefing, delivery.note) == ("sending", "b-1", "no worker was running")
    assert (delivery.window_start, delivery.window_end) == (after(-24), NOON)
    assert [(p.number, p.body, p.state, p.channel) for p in delivery.parts] == [
        (1, "one", "pending", "slack:C1"),
        (2, "two", "pending", "slack:C1"),
    ]
    assert store.deliveries.get(number or 0, "T2") is None
    assert store.deliveries.list("T2") == ()
    assert store.deliveries.list("T1", channel="slack:C2") == ()


def test_write_parts_when_there_is_no_message_then_it_is_a_mistake(store: Store) -> None:
    with pytest.raises(ValueError, match="no message"):
        store.deliveries.write_parts(1, "a", (), WINDOW, NOON)


def test_keys_when_parts_differ_then_they_differ_and_say_nothing(store: Store) -> None:
    drafted(store, "one", "two")
    keys = [p.key for p in store.deliveries.list("T1")[0].parts]
    assert len(set(keys)) == 2
    assert all(len(key) == 32 and key.isalnum() for key in keys)


def test_skip_when_held_then_it_is_recorded(store: Store) -> None:
    number = plan(store, subscribe(store))
    store.deliveries.claim_delivery("a", NOON, LEASE)
    assert store.deliveries.skip(number or 0, "a", "too late", NOON)
    assert (store.deliveries.list("T1")[0].state, store.deliveries.list("T1")[0].note) == ("skipped", "too late")


# ---- sending


def test_send_when_all_goes_well_then_parts_go_in_order_and_the_delivery_is_sent(store: Store) -> None:
    number = drafted(store, "one", "two")
    first = claim(store)
    assert first is not None
    assert (first.number, first.body) == (1, "one")
    assert claim(store, "b") is None
    assert store.deliveries.mark_sending(first, "a", NOON)
    assert store.deliveries.mark_sent(first, "a", "m1", later(1))
    assert store.deliveries.last_sent(1) is None
    send(store, 2)
    delivery = store.deliveries.get(number, "T1")
    assert delivery is not None
    assert delivery.state == "sent"
    assert [(p.state, p.message_id, p.attempts) for p in delivery.parts] == [("sent", "m1", 1), ("sent", "m2", 1)]
    assert delivery.parts[0].sent == later(1)
    assert store.deliveries.last_sent(delivery.subscription) == NOON
    assert claim(store, seconds=999) is None


def test_claim_part_when_threads_want_parts_then_each_is_given_once(store: Store) -> None:
    for n in range(24):
        drafted(store, channel=f"slack:C{n}")

    def take(worker: int) -> list[str]:
        taken = []
        while (part := claim(store, f"w{worker}")) is not None:
            taken.append(part.key)
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = [key for keys in pool.map(take, range(8)) for key in keys]
    assert len(taken) == 24
    assert len(set(taken)) == 24


def test_claim_part_when_channels_are_busy_then_others_are_taken(store: Store) -> None:
    drafted(store)
    drafted(store, channel="slack:C2")
    claimed = store.deliveries.claim_part("a", NOON, LEASE, frozenset({"slack:C1"}))
    assert claimed is not None
    assert (claimed.part.channel, claimed.due, claimed.attempted, claimed.n_looks) == ("slack:C2", NOON, None, 0)


def test_claim_part_when_the_worker_died_before_the_post_then_another_sends(store: Store) -> None:
    drafted(store)
    part = claim(store)
    assert part is not None
    assert claim(store, "b", 59) is None
    other = claim(store, "b", 60)
    assert other is not None
    assert other.state == "pending"
    assert not store.deliveries.mark_sending(part, "a", later(60))
    assert store.deliveries.mark_sending(other, "b", later(61))


def test_claim_part_when_the_worker_died_in_the_post_then_another_is_told_when_it_began(store: Store) -> None:
    drafted(store)
    part = claim(store)
    assert part is not None
    store.deliveries.mark_sending(part, "a", later(5), ended=later(40))
    claimed = store.deliveries.claim_part("b", later(60), LEASE)
    assert claimed is not None
    assert (claimed.part.state, claimed.attempted, claimed.ended) == ("sending", later(5), later(40))
    assert claimed.part.attempts == 1
    for fenced in (
        store.deliveries.mark_sent(part, "a", "m", later(61)),
        store.deliveries.mark_unknown(part, "a", later(61), None),
        store.deliveries.mark_refused(part, "a", "no", later(61)),
        store.deliveries.release(part, "a", later(61), later(61)),
    ):
        assert not fenced
    assert store.deliveries.mark_sent(claimed.part, "b", "m", later(62), is_reconciled=True)
    assert store.deliveries.list("T1")[0].parts[0].state == "reconciled"
    assert store.deliveries.list("T1")[0].state == "sent"


def test_mark_sending_when_the_own_lease_ran_out_then_it_is_refused(store: Store) -> None:
    drafted(store)
    part = claim(store)
    assert part is not None
    assert not store.deliveries.mark_sending(part, "a", later(60))


def test_mark_sent_when_the_lease_ran_out_but_nobody_took_over_then_it_is_kept(store: Store) -> None:
    drafted(store)
    part = claim(store)
    assert part is not None
    store.deliveries.mark_sending(part, "a", NOON)
    assert store.deliveries.mark_sent(part, "a", "m", later(90))
    assert not store.deliveries.mark_sent(part, "a", "m", later(91))


def test_mark_unknown_when_looks_follow_then_they_are_counted_until_no_more(store: Store) -> None:
    number = drafted(store, "one", "two")
    part = claim(store)
    assert part is not None
    store.deliveries.mark_sending(part, "a", NOON)
    assert store.deliveries.mark_unknown(part, "a", NOON, later(5), error="reset", ended=later(3))
    assert claim(store, seconds=4) is None
    for n_looks, seconds in enumerate((5, 35)):
        claimed = store.deliveries.claim_part("a", later(seconds), LEASE)
        assert claimed is not None
        assert (claimed.part.state, claimed.n_looks, claimed.attempted) == ("unknown", n_looks, NOON)
        assert claimed.ended == later(3)
        again = later(35) if n_looks == 0 else None
        assert store.deliveries.mark_unknown(claimed.part, "a", later(seconds), again)
    assert claim(store, seconds=9999) is None
    delivery = store.deliveries.get(number, "T1")
    assert delivery is not None
    assert (delivery.state, delivery.parts[0].state, delivery.parts[1].state) == ("unknown", "unknown", "pending")
    assert [d.id for d in store.deliveries.unsent(later(1))] == [number]
    assert store.deliveries.resend(number, "T2", NOON) == 0
    assert store.deliveries.resend(number, "T1", later(100)) == 1
    again = store.deliveries.claim_part("a", later(100), LEASE)
    assert again is not None
    assert (again.part.state, again.attempted, again.ended) == ("pending", None, None)
    assert store.deliveries.release(again.part, "a", later(100), later(100))
    send(store, 100)
    send(store, 100)
    assert store.deliveries.list("T1")[0].state == "sent"
    assert store.deliveries.unsent(later(1)) == ()


def test_mark_sending_when_sent_again_then_the_first_beginning_and_the_last_end_are_kept(store: Store) -> None:
    drafted(store)
    part = claim(store)
    assert part is not None
    assert store.deliveries.mark_sending(part, "a", later(1), ended=later(40))
    assert store.deliveries.mark_unknown(part, "a", later(2), later(35), ended=later(2))
    again = claim(store, "a", 35)
    assert again is not None
    assert store.deliveries.mark_sending(again, "a", later(36), ended=later(75))
    claimed = store.deliveries.claim_part("b", later(95), LEASE)
    assert claimed is not None
    assert (claimed.attempted, claimed.ended) == (later(1), later(75))


def test_mark_refused_when_refused_then_the_rest_is_dead_too(store: Store) -> None:
    number = drafted(store, "one", "two")
    part = claim(store)
    assert part is not None
    store.deliveries.mark_sending(part, "a", NOON)
    assert store.deliveries.mark_refused(part, "a", "channel_not_found", NOON)
    delivery = store.deliveries.get(number, "T1")
    assert delivery is not None
    assert (delivery.state, delivery.note) == ("dead", "channel_not_found")
    assert [p.state for p in delivery.parts] == ["dead", "dead"]
    assert claim(store, seconds=999) is None
    assert store.deliveries.resend(number, "T1", NOON) == 2


def test_release_when_asked_to_wait_then_the_part_comes_back_later(store: Store) -> None:
    drafted(store)
    part = claim(store)
    assert part is not None
    store.deliveries.mark_sending(part, "a", NOON)
    assert store.deliveries.release(part, "a", NOON, later(30))
    assert claim(store, "b", 29) is None
    back = claim(store, "b", 30)
    assert back is not None
    assert (back.state, back.attempts) == ("pending", 1)


def test_release_all_when_a_worker_stops_then_the_next_one_has_it_at_once(store: Store) -> None:
    drafted(store)
    plan(store, store.subscriptions.active()[0], 5)
    assert claim(store) is not None
    assert store.deliveries.claim_delivery("a", NOON, LEASE) is not None
    store.deliveries.release_all("a", NOON)
    assert claim(store, "b") is not None
    assert store.deliveries.claim_delivery("b", NOON, LEASE) is not None


def test_doubt_all_when_the_ledger_is_older_than_the_posts_then_messages_are_looked_for_and_the_rest_skipped(
    store: Store,
) -> None:
    begun = drafted(store, "one", "two")
    send(store)
    sent = drafted(store, channel="slack:C2")
    waiting = plan(store, store.subscriptions.active()[0], 5)
    assert store.deliveries.doubt_all(later(300), "set back") == (2, 1)
    states = {d.id: (d.state, [p.state for p in d.parts]) for d in store.deliveries.list("T1")}
    assert states == {begun: ("sending", ["sent", "unknown"]), sent: ("sending", ["unknown"]), waiting: ("skipped", [])}
    claimed = store.deliveries.claim_part("b", later(300), LEASE)
    assert claimed is not None
    assert (claimed.part.state, claimed.attempted, claimed.ended) == ("unknown", NOON, later(300))


# ---- what was shown


def item(name: str, part: int = 1) -> ShownItem:
    return ShownItem(item=name, evidence=Evidence(article=1, revision=1, span=Span(0, 4)), part=part)


def test_items_shown_when_sent_then_the_subscription_has_seen_them(store: Store) -> None:
    number = drafted(store, "one", "two", briefing="b-1", shown=(item("Q-1"), item("R-5", 2), item("Q-1", 2)))
    assert store.deliveries.items_shown(1, after(-99)) == frozenset()
    send(store)
    send(store)
    subscription = store.deliveries.list("T1")[0].subscription
    assert store.deliveries.items_shown(subscription, after(-99)) == {"Q-1", "R-5"}
    assert store.deliveries.items_shown(subscription, NOON) == frozenset()
    previous = store.deliveries.previous(subscription)
    assert previous is not None
    assert (previous.id, previous.briefing) == (number, "b-1")


def test_hide_when_a_draft_shows_the_item_then_it_is_drafted_again(store: Store) -> None:
    number = drafted(store, shown=(item("Q-1"),))
    hide = {"tenant": "T1", "person": "U1", "reason": "wrong speaker", "now": later(1)}
    assert store.reports.hide("Q-2", **hide) == 0
    assert store.reports.hide("q-1", **hide) == 1
    assert store.deliveries.list("T1")[0].parts == ()
    claimed = store.deliveries.claim_delivery("b", later(1), LEASE)
    assert claimed is not None
    assert claimed.delivery.id == number
    assert store.deliveries.write_parts(number, "b", ("anew",), WINDOW, later(2))
    send(store, 3)


def test_hide_when_a_message_was_begun_then_its_briefing_stays(store: Store) -> None:
    drafted(store, "one", "two", shown=(item("Q-1"),))
    assert claim(store) is not None
    hide = {"item": "Q-1", "tenant": "T1", "person": "U1", "reason": ""}
    assert store.reports.hide(**hide, now=later(1)) == 0
    assert len(store.deliveries.list("T1")[0].parts) == 2
