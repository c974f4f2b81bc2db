"""The planner against an oracle of its own: it scans UTC minutes and reads the local clock off each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.planner import Planner, due_deliveries, due_on, next_times, occurrences
from tests.fakes import FakeLedger, subscription

HOUR = timedelta(hours=1)
# zone, a day of a clock change
CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),  # half an hour
    ("Africa/Cairo", date(2026, 4, 24)),  # midnight does not exist
    ("America/Santiago", date(2026, 9, 6)),  # nor here
    ("America/Nuuk", date(2026, 3, 28)),
    ("Asia/Kathmandu", date(2026, 3, 29)),  # no change at all
]
SLOTS = [f"{h:02d}:{m:02d}" for h in range(24) for m in (0, 30)]


def oracle(day: date, slot: str, zone: str) -> datetime:
    """The first minute at which the local clock shows the slot; for a skipped time, the gap's length after it."""
    tz = ZoneInfo(zone)
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=16)
    readings = []
    for minute in range(0, 48 * 60, 30):
        moment = start + timedelta(minutes=minute)
        local = moment.astimezone(tz).replace(tzinfo=None)
        readings.append((moment, local))
    wanted = datetime.fromisoformat(f"{day}T{slot}")
    for moment, local in readings:
        if local == wanted:
            return moment
    before, shown = [(m, x) for m, x in readings if x < wanted][-1]
    return before + (wanted - shown)  # the clock went over it: count on as if it had not


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_due_on_over_a_clock_change_agrees_with_the_oracle(zone: str, day: date) -> None:
    for shift in (-1, 0, 1):
        near = day + timedelta(days=shift)
        for slot in SLOTS:
            assert due_on(near, slot, zone) == oracle(near, slot, zone), (near, slot)


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_occurrences_over_a_clock_change_come_once_a_local_date(zone: str, day: date) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=5)
    for slot in SLOTS[::5]:
        found = list(occurrences(subscription(zone=zone, time=slot), start, start + timedelta(days=10)))
        dates = [o.local_date for o in found]
        assert dates == [dates[0] + timedelta(days=n) for n in range(len(dates))]
        assert 9 <= len(dates) <= 11
        assert [o.due for o in found] == sorted(o.due for o in found)
        assert all(o.slot == slot for o in found)


def test_occurrences_hold_the_end_and_not_the_start() -> None:
    s = subscription(zone="UTC", time="08:00")
    first, second = (datetime(2026, 3, d, 8, tzinfo=UTC) for d in (2, 3))
    assert [o.due for o in occurrences(s, first, second)] == [second]


def test_occurrences_on_weekdays_leave_out_saturday_and_sunday() -> None:
    s = subscription(zone="UTC", days=(0, 1, 2, 3, 4))
    monday = datetime(2026, 3, 2, tzinfo=UTC)
    dates = [o.local_date.weekday() for o in occurrences(s, monday, monday + timedelta(days=14))]
    assert dates == [0, 1, 2, 3, 4] * 2


def test_days_are_those_of_the_local_date_not_of_utc() -> None:
    s = subscription(zone="Pacific/Auckland", time="08:00", days=(0,))  # Monday there is Sunday in UTC
    due = next_times(s, datetime(2026, 3, 1, tzinfo=UTC), 1)[0]
    assert due.local_date == date(2026, 3, 2)
    assert due.due == datetime(2026, 3, 1, 19, tzinfo=UTC)


def test_next_times_of_one_day_a_week_gives_three_weeks() -> None:
    s = subscription(zone="UTC", days=(6,))
    found = next_times(s, datetime(2026, 3, 2, tzinfo=UTC))
    assert [o.local_date for o in found] == [date(2026, 3, d) for d in (8, 15, 22)]


def test_due_after_three_days_down_sends_the_newest_and_skips_the_others() -> None:
    s = subscription(zone="UTC", time="08:00")
    now = datetime(2026, 3, 5, 10, tzinfo=UTC)
    due = due_deliveries([s], now - timedelta(days=3), now)
    assert [(d.occurrence.local_date.day, d.is_skipped) for d in due] == [(3, True), (4, True), (5, False)]
    assert due[-1].note == "no worker was running at 08:00"
    assert due[0].note == "a newer slot was due as well"


def test_due_beyond_the_catch_up_window_is_skipped() -> None:
    s = subscription(zone="UTC", time="08:00")
    last_moment = datetime(2026, 3, 5, 14, tzinfo=UTC)
    assert not due_deliveries([s], last_moment - 7 * HOUR, last_moment)[0].is_skipped
    assert due_deliveries([s], last_moment - 7 * HOUR, last_moment + timedelta(seconds=1))[0].is_skipped


def test_due_with_a_long_catch_up_window_still_sends_the_newest_alone() -> None:
    now = datetime(2026, 3, 5, 10, tzinfo=UTC)
    due = due_deliveries([subscription(zone="UTC")], now - timedelta(days=2), now, timedelta(hours=72))
    assert [d.is_skipped for d in due] == [True, False]


def test_due_in_time_has_no_note() -> None:
    s = subscription(zone="UTC", time="08:00")
    now = datetime(2026, 3, 5, 8, 0, 29, tzinfo=UTC)
    assert [d.note for d in due_deliveries([s], now - HOUR, now)] == [""]


def test_due_before_the_subscription_was_made_is_not_its_own() -> None:
    now = datetime(2026, 3, 5, 9, tzinfo=UTC)
    s = subscription(zone="UTC", time="08:00", created=now - HOUR / 2)
    assert due_deliveries([s], now - timedelta(days=7), now) == ()


def test_due_of_an_ended_subscription_is_nothing() -> None:
    now = datetime(2026, 3, 5, 9, tzinfo=UTC)
    assert due_deliveries([subscription(zone="UTC", is_active=False)], now - timedelta(days=7), now) == ()


def test_tick_again_plans_nothing_new() -> None:
    ledger, now = FakeLedger(), datetime(2026, 3, 5, 6, 0, 10, tzinfo=UTC)
    planner = Planner(ledger, lambda: [subscription()])
    assert planner.tick(now) == 7  # six mornings missed, one due now
    assert [d.state for d in ledger.deliveries.values()] == ["skipped"] * 6 + ["pending"]
    assert planner.tick(now + timedelta(seconds=30)) == 0
    assert Planner(ledger, lambda: [subscription()]).tick(now + timedelta(seconds=31)) == 0  # a second worker


def test_a_tick_after_forty_days_of_suspension_notes_a_week_and_sends_the_newest() -> None:
    ledger, now = FakeLedger(), datetime(2026, 3, 5, 6, 0, 10, tzinfo=UTC)
    planner = Planner(ledger, lambda: [subscription()])
    planner.tick(now)
    assert planner.tick(now + timedelta(days=40)) == 7
    states = [d.state for d in ledger.deliveries.values()][7:]
    assert states == ["skipped"] * 6 + ["pending"]


def test_a_tick_after_the_clock_was_put_back_plans_nothing_again() -> None:
    ledger, now = FakeLedger(), datetime(2026, 3, 5, 6, 0, 10, tzinfo=UTC)
    planner = Planner(ledger, lambda: [subscription()])
    planner.tick(now)
    assert [planner.tick(now + timedelta(minutes=m)) for m in (-60, -30, 0, 30)] == [0, 0, 0, 0]


def test_ticks_over_a_day_plan_each_slot_within_half_a_minute() -> None:
    ledger = FakeLedger()
    zones = ("Europe/Kyiv", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")
    made = datetime(2026, 3, 28, 0, 0, tzinfo=UTC)
    all_ = [subscription(id=n, zone=z, time=SLOTS[n * 5], created=made) for n, z in enumerate(zones)]
    planner = Planner(ledger, lambda: all_)
    for tick in range(2 * 60 * 24):
        now = made + timedelta(seconds=30 * tick + 7)
        before = len(ledger.deliveries)
        planner.tick(now)
        new = list(ledger.deliveries.values())[before:]
        assert all(timedelta(0) <= now - d.due <= timedelta(seconds=30) and d.state == "pending" for d in new)
    assert len(ledger.deliveries) == len(zones)
