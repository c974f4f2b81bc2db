"""The time that a question speaks of."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from briefings.answers.asked_times import AskedTime, asked_time

NOW = datetime(2031, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "time", "rest"),
    [
        ("Who met on 6 March 2031", AskedTime(2031, 3, 6), "Who met"),
        ("Who met on March 6th", AskedTime(0, 3, 6), "Who met"),
        ("Who met on 2031-03-06", AskedTime(2031, 3, 6), "Who met"),
        ("Who resigned in March 2030", AskedTime(2030, 3), "Who resigned"),
        ("Who resigned in 2029", AskedTime(2029), "Who resigned"),
        ("Who resigned yesterday", AskedTime(seen=(date(2031, 3, 9), date(2031, 3, 10))), "Who resigned"),
        ("Who may march to the sea", None, "Who may march to the sea"),
        ("Who met on 31 February", None, "Who met on 31 February"),
        ("How many of the 1,150 came", None, "How many of the 1,150 came"),
    ],
)
def test_a_time_is_read_and_taken_out_of_the_question(text: str, time: AskedTime | None, rest: str) -> None:
    assert asked_time(text, NOW) == (time, asked_time(text, NOW)[1])
    assert asked_time(text, NOW)[1].strip() == rest


@pytest.mark.parametrize(
    ("time", "published", "text", "fits"),
    [
        (AskedTime(2031, 3, 6), datetime(2031, 3, 7, tzinfo=UTC), "They met.", True),
        (AskedTime(2031, 3, 6), datetime(2031, 3, 20, tzinfo=UTC), "They met.", False),
        (AskedTime(2031, 3, 6), datetime(2031, 3, 20, tzinfo=UTC), "They met on March 6.", True),
        (AskedTime(2029), datetime(2031, 3, 20, tzinfo=UTC), "They met in 2029.", True),
        (AskedTime(2029), datetime(2031, 3, 20, tzinfo=UTC), "They met.", False),
        (AskedTime(0, 3), datetime(2031, 4, 2, tzinfo=UTC), "They met.", True),
        (AskedTime(seen=(date(2031, 3, 9), date(2031, 3, 10))), datetime(2031, 3, 2, tzinfo=UTC), "They met.", False),
        (AskedTime(2031), None, "They met.", False),
    ],
)
def test_a_time_fits_what_appeared_then_or_names_it(
    time: AskedTime, published: datetime | None, text: str, *, fits: bool
) -> None:
    assert time.fits(published, text) is fits
