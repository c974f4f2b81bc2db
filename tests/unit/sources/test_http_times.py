import pytest

from briefings.sources.http_times import max_age, retry_after

DATE = "Mon, 02 Mar 2026 06:00:00 GMT"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), ("1.5", 1.5), ("0", 0.0), ("-5", 0.0), ("999999999", 604_800.0), ("soon", None),
     ("", None), ("nan", None), ("inf", 604_800.0), ("Mon, 02 Mar 2026 06:10:00 GMT", 600.0),
     ("Mon, 02 Mar 2026 05:00:00 GMT", 0.0)],
)  # fmt: skip
def test_retry_after_when_given_as_number_or_date_then_is_seconds(value: str, seconds: float | None) -> None:
    assert retry_after({"Retry-After": value, "Date": DATE}) == seconds


def test_retry_after_when_date_has_nothing_to_measure_against_then_none() -> None:
    assert retry_after({"Retry-After": "Mon, 02 Mar 2026 06:10:00 GMT"}) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=300"}, 300.0),
        ({"Cache-Control": 'max-age="60"'}, 60.0),
        ({"Cache-Control": "no-cache, max-age=300"}, 0.0),
        ({"Expires": "Mon, 02 Mar 2026 07:00:00 GMT", "Date": DATE}, 3600.0),
        ({"Expires": "0", "Date": DATE}, None),
        ({}, None),
    ],
)
def test_max_age_when_headers_say_how_long_then_is_seconds(headers: dict[str, str], seconds: float | None) -> None:
    assert max_age(headers) == seconds
