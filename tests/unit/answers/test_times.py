from __future__ import annotations

from datetime import time
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.answers.times import EVERY_DAY, Wish, days_in_words, read_days, read_time, read_wish, read_zone
from briefings.errors import BadInput

ZONES = available_timezones()
TOPICS = frozenset({"harbour", "the harbour", "grey strait"})
WEEKDAYS = (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("harbour 08:00 Europe/Kyiv weekdays", Wish(topic="harbour", time="08:00", zone="Europe/Kyiv", days=WEEKDAYS)),
        ("harbour weekdays 7 Europe/London", Wish(topic="harbour", time="07:00", zone="Europe/London", days=WEEKDAYS)),
        ("harbour at 8am New York time on Mon, Thu",
         Wish(topic="harbour", time="08:00", zone="America/New_York", days=(0, 3))),
        ("grey strait 8.30 pm kyiv", Wish(topic="grey strait", time="20:30", zone="Europe/Kyiv")),
        ("harbour every day at 18h30 in Berlin", Wish(topic="harbour", time="18:30", zone="Europe/Berlin")),
        ("harbour noon", Wish(topic="harbour", time="12:00")),
        ("08:00 harbour utc sat-mon", Wish(topic="harbour", time="08:00", zone="UTC", days=(0, 5, 6))),
        ("harbour 12am", Wish(topic="harbour", time="00:00")),
        ("harbour 12 pm", Wish(topic="harbour", time="12:00")),
        ("harbour 0800 Mon-Fri kiev", Wish(topic="harbour", time="08:00", zone="Europe/Kyiv", days=WEEKDAYS)),
    ],
)  # fmt: skip
def test_read_wish_as_people_type_it(words: str, wish: Wish) -> None:
    assert read_wish(words, TOPICS, ZONES) == wish


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("harbour 25:00", "did you mean 01:00 or 23:00?"),
        ("harbour 8:75", "did you mean 08:59?"),
        ("harbour 13pm", "not a time of day"),
        ("harbour 08:00 Europe/Kiyv", "did you mean Europe/Kyiv"),
        ("harbour 08:00 Mars/Phobos", "not a time zone"),
        ("harbour 08:00 weekdas", "did you mean weekdays?"),
        ("harbor 08:00", "did you mean harbour?"),
        ("harbour", "say at what time"),
        ("", "say at what time"),
    ],
)
def test_read_wish_with_a_mistake_names_the_nearest_right(words: str, hint: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_wish(words, TOPICS, ZONES)
    assert hint in str(caught.value)


@given(st.times())
def test_read_time_in_any_common_form_gives_hours_and_minutes(at: time) -> None:
    wanted = at.strftime("%H:%M")
    for form in ("%H:%M", "%H.%M", "%Hh%M", "%H%M", "%I:%M%p", "%I.%M %p", "%H:%Mh"):
        assert read_time(at.strftime(form)) == wanted


@pytest.mark.parametrize("zone", sorted(ZONES)[::7])
def test_read_zone_takes_every_name_in_any_case(zone: str) -> None:
    if zone not in {"Europe/Kiev", "GMT", "Zulu"}:
        assert read_zone(zone.lower(), ZONES) in {zone, "UTC"}


def test_read_days_of_a_range_over_the_weekend_wraps() -> None:
    assert read_days("fri-mon") == (0, 4, 5, 6)
    assert read_days("Mondays and thurs") == (0, 3)
    assert read_days("") == EVERY_DAY


def test_days_in_words_names_the_usual_sets() -> None:
    assert [days_in_words(d) for d in (EVERY_DAY, WEEKDAYS, (5, 6), (0, 3))] == [
        "every day",
        "weekdays",
        "weekends",
        "Mon, Thu",
    ]


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_read_wish_of_anything_gives_a_wish_or_a_sentence(words: str) -> None:
    try:
        wish = read_wish(words, TOPICS, {"UTC", "Europe/Kyiv"})
    except BadInput as error:
        said = str(error)
    else:
        said = wish.time
    assert 0 < len(said) < 400
