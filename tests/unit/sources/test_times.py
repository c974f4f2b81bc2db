from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.sources.times import dated, read_time

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-06T20:00Z", datetime(2026, 1, 6, 20, 0, tzinfo=UTC)),
        ("2026-01-06T20:00:00+02:00", datetime(2026, 1, 6, 18, 0, tzinfo=UTC)),
        ("2026-01-06 20:00", datetime(2026, 1, 6, 20, 0, tzinfo=UTC)),
        ("2026-01-06", datetime(2026, 1, 6, tzinfo=UTC)),
        ("Tue, 06 Jan 2026 18:00:00 -0500", datetime(2026, 1, 6, 23, 0, tzinfo=UTC)),
        ("6 January 2026", datetime(2026, 1, 6, tzinfo=UTC)),
        ("January 6th, 2026 at 18:30 GMT", datetime(2026, 1, 6, 18, 30, tzinfo=UTC)),
        ("Tuesday, 6 Jan 2026", datetime(2026, 1, 6, tzinfo=UTC)),
        ("06.01.2026 18:30", datetime(2026, 1, 6, 18, 30, tzinfo=UTC)),
    ],
)
def test_read_time_when_date_is_written_in_a_known_way_then_is_utc(text: str, expected: datetime) -> None:
    assert read_time(text) == expected


@pytest.mark.parametrize(
    "text", ["", "yesterday", "Navigation", "13 Smarch 2026", "2026-13-01", "0001-01-01T00:00+14:00", "By 2"]
)
def test_read_time_when_text_is_no_date_then_none(text: str) -> None:
    assert read_time(text) is None


@given(st.text(max_size=60))
def test_read_time_when_text_is_anything_then_none_or_utc(text: str) -> None:
    found = read_time(text)
    assert found is None or found.utcoffset() == timedelta(0)


def test_dated_when_date_is_within_an_hour_ahead_then_is_kept() -> None:
    assert dated(NOW + timedelta(minutes=59), NOW) == (NOW + timedelta(minutes=59), "")


@pytest.mark.parametrize("found", [None, NOW + timedelta(hours=2), datetime(1970, 1, 1, tzinfo=UTC)])
def test_dated_when_date_is_missing_or_impossible_then_undated_with_the_reason(found: datetime | None) -> None:
    kept, note = dated(found, NOW)
    assert kept is None
    assert "enters no briefing" in note
