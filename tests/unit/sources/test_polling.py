from datetime import UTC, datetime, timedelta

import pytest

from briefings.sources.polling import Attempt, in_turns, next_try

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
USUAL = timedelta(minutes=15)


def delay(attempt: Attempt, failures: int = 0, chance: float = 0.0) -> float:
    return (next_try(attempt, failures, NOW, USUAL, chance).at - NOW).total_seconds()


def test_next_try_when_it_went_well_then_comes_back_as_usual() -> None:
    assert delay(Attempt(is_success=True, status=200)) == 900
    assert next_try(Attempt(is_success=True), 7, NOW, USUAL, 0.0).failures == 0


@pytest.mark.parametrize(
    ("attempt", "seconds"),
    [
        (Attempt(is_success=True, ttl=3600), 3600),
        (Attempt(is_success=True, max_age=1800, ttl=60), 1800),
        (Attempt(is_success=True, status=304, retry_after=7200), 7200),
        (Attempt(is_success=True, max_age=604_800), 86_400),
        (Attempt(is_success=True, max_age=0), 900),
    ],
)
def test_next_try_when_feed_or_server_asks_for_more_then_waits_the_longest_up_to_a_day(
    attempt: Attempt, seconds: float
) -> None:
    assert delay(attempt) == seconds


def test_next_try_when_failures_go_on_then_doubles_from_a_quarter_hour_to_a_day() -> None:
    waits = [delay(Attempt(is_success=False, status=503), n) / 60 for n in range(10)]
    assert waits == [15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440]


@pytest.mark.parametrize("asked", [3600.0, 86_400.0, 604_800.0])
def test_next_try_when_server_asks_to_wait_then_is_never_early(asked: float) -> None:
    for chance in (0.0, 0.5, 0.99):
        assert delay(Attempt(is_success=False, status=429, retry_after=asked), 3, chance) >= asked


def test_next_try_when_gone_then_stops() -> None:
    assert next_try(Attempt(is_success=False, status=410), 0, NOW, USUAL, 0.0).state == "gone"
    assert next_try(Attempt(is_success=False, status=404), 9, NOW, USUAL, 0.0).state == "live"


def test_next_try_when_chance_differs_then_spreads_by_a_tenth() -> None:
    assert delay(Attempt(is_success=True), chance=0.5) == pytest.approx(945)
    assert delay(Attempt(is_success=False), failures=40, chance=1.0) == pytest.approx(86_400 * 1.1)


def test_next_try_when_a_feed_is_dead_for_30_days_then_is_asked_at_most_45_times() -> None:
    now, failures, n_requests = NOW, 0, 0
    while now < NOW + timedelta(days=30):
        plan = next_try(Attempt(is_success=False), failures, now, USUAL, 0.0)
        now, failures, n_requests = plan.at, plan.failures, n_requests + 1
    assert n_requests <= 45


def test_in_turns_when_hosts_have_several_feeds_then_takes_one_of_each_first() -> None:
    urls = [
        "https://a.example/1",
        "https://www.a.example/2",
        "https://b.example/1",
        "https://a.example/3",
        "https://c.example/1",
    ]
    assert in_turns(urls) == [urls[0], urls[2], urls[4], urls[1], urls[3]]
