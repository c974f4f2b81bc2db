"""Roles by date: who somebody was on a day, and for whom."""

from __future__ import annotations

from datetime import date

import pytest

from config.records import Catalogue, PersonSpec, Role

MINISTER = Role(title="Norlandic Sea Minister", start=date(2018, 1, 1), end=date(2022, 1, 1), rank="ministry")
ENVOY = Role(title="Sudmark envoy", start=date(2022, 1, 1), actor="sudmark")
HOLM = PersonSpec(id="ada-holm", name="Ada Holm", actor="norland", roles=(MINISTER, ENVOY))


@pytest.mark.parametrize(
    ("day", "role"),
    [
        (date(2017, 12, 31), None),
        (date(2018, 1, 1), MINISTER),
        (date(2021, 12, 31), MINISTER),
        (date(2022, 1, 1), ENVOY),
        (date(2050, 1, 1), ENVOY),
    ],
)
def test_role_on_when_asked_for_a_day_then_the_end_is_not_included(day: date, role: Role | None) -> None:
    assert HOLM.role_on(day) == role


def test_role_on_when_two_are_held_then_the_newer_is_meant() -> None:
    both = PersonSpec(id="a", name="Ada Holm", actor="norland", roles=(Role(title="Member of the Ting"), ENVOY))
    assert both.role_on(date(2023, 1, 1)) == ENVOY
    assert both.role_on(date(2010, 1, 1)) == Role(title="Member of the Ting")


def test_actor_on_when_the_role_is_for_another_then_that_is_the_actor() -> None:
    assert HOLM.actor_on(date(2020, 1, 1)) == "norland"
    assert HOLM.actor_on(date(2023, 1, 1)) == "sudmark"
    assert HOLM.actor_on(date(2010, 1, 1)) == "norland"


def test_people_when_there_is_no_actor_then_there_are_none() -> None:
    assert Catalogue(topics={}, actors={}, publishers={}, lexicons={}).people() == ()
