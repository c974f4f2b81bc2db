"""Eight days of follow-up: what readers see each day of silence, answers, outages, issues and corrections."""

from __future__ import annotations

import pytest

from tests.integration.scenario.scenario import DAYS, expected, play


@pytest.fixture(scope="module")
def days() -> tuple[str, ...]:
    return tuple(play())


@pytest.mark.parametrize("number", range(1, DAYS + 1))
def test_briefing_when_a_scripted_day_is_played_then_it_reads_as_expected(days: tuple[str, ...], number: int) -> None:
    assert days[number - 1] == expected(number).read_text(encoding="utf-8")
