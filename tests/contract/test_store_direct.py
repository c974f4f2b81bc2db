"""Messages to single people are queued once, claimed by one worker and never begun twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from briefings.store.direct import DIED, Addressed
from briefings.store.store import Store
from tests.stored import NOON, after

LEASE = timedelta(minutes=1)
TO = Addressed(key="follow 1", tenant="T1", person="U1", channel="slack:C1", item="U-7", is_follow=True)


def states(store: Store) -> list[str]:
    return [state for _, state, _ in store.direct.list("T1")]


def test_queue_when_two_workers_find_it_due_then_it_is_queued_once_and_the_follower_counts_as_told(
    store: Store,
) -> None:
    store.reports.follow("T1", "U1", "U-7", "slack:C1", NOON)
    with ThreadPoolExecutor(4) as pool:
        queued = list(pool.map(lambda _: store.direct.queue(TO, ("a", "b"), after(1)), range(8)))
    assert queued.count(True) == 1
    assert [m.body for m, _, _ in store.direct.list("T1")] == ["a", "b"]
    assert [f.told for f in store.reports.follows()] == [after(1)]


def test_queue_when_it_is_about_a_report_then_a_follow_of_that_item_is_as_before(store: Store) -> None:
    store.reports.follow("T1", "U1", "U-7", "slack:C1", NOON)
    to = Addressed(key="report 1", tenant="T1", person="U1", channel="slack:C1", item="U-7")
    assert store.direct.queue(to, ("a",), NOON)
    assert [f.told for f in store.reports.follows()] == [None]


def test_claim_when_many_workers_look_then_each_message_is_one_workers_in_order(store: Store) -> None:
    store.direct.queue(TO, tuple("abcd"), NOON)
    with ThreadPoolExecutor(4) as pool:
        claimed = list(pool.map(lambda n: store.direct.claim(f"w{n}", NOON, LEASE), range(8)))
    found = [m for m in claimed if m]
    assert sorted(m.body for m in found) == list("abcd")
    assert len({m.key for m in found}) == 4
    assert states(store) == ["sending"] * 4


def test_message_when_something_comes_of_it_then_only_whoever_claimed_it_can_say_so(store: Store) -> None:
    store.direct.queue(TO, tuple("abc"), NOON)
    first, second, third = (store.direct.claim("w1", NOON, LEASE) for _ in range(3))
    assert first
    assert second
    assert third
    assert not store.direct.mark_sent(first, "w2", "1.1")
    assert store.direct.mark_sent(first, "w1", "1.1")
    assert not store.direct.mark_sent(first, "w1", "1.1")
    assert store.direct.mark_unsent(second, "w1", "takes no messages", is_known=True)
    assert store.direct.mark_unsent(third, "w1", "no answer", is_known=False)
    assert [(s, e) for _, s, e in store.direct.list("T1")] == [
        ("sent", ""), ("refused", "takes no messages"), ("unknown", "no answer")
    ]  # fmt: skip
    assert store.direct.claim("w1", after(9), LEASE) is None


def test_message_when_it_is_to_wait_then_it_is_claimed_again_only_from_then_on(store: Store) -> None:
    store.direct.queue(TO, ("a",), NOON)
    message = store.direct.claim("w1", NOON, LEASE)
    assert message
    assert store.direct.postpone(message, "w1", after(1), "slow down")
    assert store.direct.claim("w2", NOON, LEASE) is None
    assert store.direct.claim("w2", after(1), LEASE) == message


def test_message_when_its_worker_died_while_sending_then_it_is_in_doubt_and_never_sent_again(store: Store) -> None:
    store.direct.queue(TO, ("a", "b"), NOON)
    assert store.direct.claim("w1", NOON, LEASE)
    assert store.direct.give_up(NOON + LEASE / 2) == 0
    assert store.direct.give_up(NOON + LEASE) == 1
    assert [(s, e) for _, s, e in store.direct.list("T1")] == [("unknown", DIED), ("pending", "")]
    again = store.direct.claim("w2", after(1), LEASE)
    assert again
    assert again.body == "b"


def test_forget_when_old_or_the_tenant_has_left_then_messages_are_gone(store: Store) -> None:
    store.direct.queue(TO, ("a",), NOON)
    assert store.direct.forget(NOON) == 0
    assert store.direct.forget(after(1)) == 1
    store.direct.queue(TO, ("a",), NOON)
    store.tenants.forget("T1", after(1))
    assert store.direct.list("T1") == ()
