"""A clock change and an outage; `make faults` has seven windows, 1,000 subscriptions and thirty days."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from briefings.store.engine import open_engine
from briefings.store.store import Store
from briefings.use_cases.slots import due_on
from tests.faults.clock import CHANGES, SLOTS, ZONES, Days, window_around
from tests.faults.clock_oracle import due


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(sqlite_template, tmp_path / "b.db")
    opened = Store(open_engine(f"sqlite:///{tmp_path}/b.db"))
    yield opened
    opened.close()


@pytest.mark.parametrize("day", CHANGES[:1])
def test_a_day_with_a_clock_change_has_every_briefing_once_within_a_minute(store: Store, day: str) -> None:
    days = Days(store, window_around(day), length=timedelta(hours=12), step=timedelta(seconds=60))
    subscriptions = days.subscribe(2 * len(ZONES))
    days.move(subscriptions)
    days.run()
    assert days.mistakes(subscriptions) == []
    assert len(days.platform.posts) > len(ZONES)
    assert days.moves


def test_an_outage_is_caught_up_for_six_hours_and_recorded_beyond(store: Store) -> None:
    start = window_around(CHANGES[3])
    out = (start + timedelta(hours=3), start + timedelta(hours=12))
    days = Days(store, start, outages=(out,), step=timedelta(seconds=60))
    subscriptions = days.subscribe(len(ZONES))
    days.run()
    assert days.mistakes(subscriptions) == []
    assert "skipped" in {d.state for d, _ in store.deliveries.latest(limit=1000)}


@pytest.mark.parametrize("day", CHANGES)
def test_the_slots_of_every_zone_are_those_of_the_oracle_around_a_change(day: str) -> None:
    around = [date.fromisoformat(day) + timedelta(days=n) for n in (-1, 0, 1)]
    wrong = [(z, d, s) for z in ZONES for d in around for s in SLOTS if due_on(d, s, z) != due(d, s, z)]
    assert wrong == []
