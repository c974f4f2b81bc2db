"""The day that a lead speaks of."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from briefings.stories.days import event_day

WEDNESDAY = datetime(2031, 3, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("They met on Tuesday.", date(2031, 3, 4)),
        ("They met on 4 March.", date(2031, 3, 4)),
        ("On March 4 they met.", date(2031, 3, 4)),
        ("They met on Wednesday.", date(2031, 3, 5)),
        ("They met yesterday.", date(2031, 3, 4)),
        ("Struck overnight.", date(2031, 3, 5)),
        ("They will meet next Friday.", None),
        ("The war began in March 2022.", None),
        ("They met.", None),
    ],
)
def test_event_day_when_named_then_counted_back(text: str, day: date | None) -> None:
    assert event_day(text, WEDNESDAY) == day
