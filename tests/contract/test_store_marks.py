"""A right is one worker's at a time, a value is the last one set, an event is somebody's first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from briefings.store.store import Store
from tests.stored import NOON, after

LEASE = timedelta(seconds=60)


def test_hold_when_one_has_the_right_then_another_gets_it_only_after_its_end(store: Store) -> None:
    marks = store.marks
    assert marks.hold("gateway", "a", NOON, NOON + LEASE)
    assert not marks.hold("gateway", "b", after(0), NOON + LEASE)
    assert marks.hold("gateway", "a", NOON + LEASE / 2, NOON + LEASE * 1.5)
    assert not marks.hold("gateway", "b", NOON + LEASE, NOON + 2 * LEASE)
    assert marks.hold("gateway", "b", NOON + LEASE * 1.5, NOON + 3 * LEASE)
    assert not marks.hold("gateway", "a", NOON + LEASE * 1.5, NOON + 3 * LEASE)


def test_hold_when_many_want_the_right_at_once_then_one_gets_it(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda n: store.marks.hold("gateway", f"w{n}", NOON, NOON + LEASE), range(16)))
    assert sum(got) == 1


def test_let_go_when_the_right_is_another_s_then_it_stays(store: Store) -> None:
    assert store.marks.hold("gateway", "a", NOON, NOON + LEASE)
    store.marks.let_go("gateway", "b")
    assert not store.marks.hold("gateway", "b", NOON, NOON + LEASE)
    store.marks.let_go("gateway", "a")
    assert store.marks.hold("gateway", "b", NOON, NOON + LEASE)


def test_marks_when_set_twice_then_the_last_value_stands_and_an_event_is_new_once(store: Store) -> None:
    assert store.marks.get("commands") is None
    store.marks.set("commands", "one", NOON)
    store.marks.set("commands", "two", after(1))
    assert store.marks.get("commands") == "two"
    assert store.marks.is_first("discord:1", NOON)
    assert not store.marks.is_first("discord:1", after(1))
    assert store.marks.forget_events(after(1)) == 1
