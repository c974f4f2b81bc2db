from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.model import LedgerStatus, Stance
from briefings.sections.wording import STANCES, STATUSES, age, age_in_days, count, listing, place_of, short


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0, "0 minutes"), (1 / 60, "1 minute"), (0.99, "59 minutes"), (1, "1 hour"), (47.9, "47 hours"), (48, "2 days")],
)
def test_age_when_time_passes_then_minutes_become_hours_then_days(hours: float, words: str) -> None:
    assert age(timedelta(hours=hours)) == words


def test_age_in_days_when_midnight_lies_between_then_it_is_a_day_in_that_zone() -> None:
    start, now = datetime(2031, 3, 4, 21, 30, tzinfo=UTC), datetime(2031, 3, 4, 22, 30, tzinfo=UTC)
    assert age_in_days(start, now, "UTC") == "since today"
    assert age_in_days(start, now, "Europe/Helsinki") == "1 day"


def test_wording_when_a_stance_or_status_exists_then_it_has_plain_words() -> None:
    assert set(STANCES) == set(get_args(Stance))
    assert set(STATUSES) == set(get_args(LedgerStatus))


def test_listing_when_names_are_many_then_the_rest_is_counted() -> None:
    assert listing(["a"]) == "a"
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert listing(list("abcdef"), 4) == "a, b, c and 3 more"
    assert listing([]) == ""


def test_count_when_one_or_many_then_the_noun_agrees() -> None:
    assert (count(1, "article"), count(2, "agency copy", "agency copies"), count(1200, "article")) == (
        "1 article",
        "2 agency copies",
        "1,200 articles",
    )


def test_place_of_when_a_zone_is_given_then_its_city_stands() -> None:
    assert [place_of(z) for z in ("Europe/Kyiv", "America/New_York", "UTC", "Etc/GMT+3")] == [
        "Kyiv time",
        "New York time",
        "UTC",
        "GMT+3",
    ]


@given(st.text(), st.integers(10, 200))
def test_short_when_any_text_is_given_then_it_is_within_the_limit(text: str, limit: int) -> None:
    assert len(short(text, limit)) <= limit
