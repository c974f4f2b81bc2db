"""What is offered while an option is typed comes from the catalogue and the store, best first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.command_list import COMMANDS
from briefings.use_cases.completion import OFFERED, Completer, Offer, fitting
from briefings.use_cases.newsroom import Newsroom

from .two_articles import NOW, filled


@pytest.fixture
def completer(room: Newsroom) -> Completer:
    filled(room)
    return Completer(room)


def values(completer: Completer, completion: str, typed: str = "") -> list[str]:
    return [o.value for o in completer(completion, typed, NOW + timedelta(minutes=1))]


def test_complete_when_each_kind_is_asked_for_then_what_is_known_is_offered(completer: Completer) -> None:
    assert values(completer, "topics") == ["strait"]
    assert values(completer, "actors") == ["Estmark"]
    assert values(completer, "speakers", "holm") == ["Ada Holm"]
    assert values(completer, "issues", "fishing") == ["U-1"]
    assert "D-1" in values(completer, "developments")
    assert values(completer, "articles", "spyglass") == []
    assert values(completer, "articles", "studies") == ["A-2"]
    assert set(values(completer, "items")) >= {"U-1", "D-1"}
    assert values(completer, "commands") == values(completer, "no such") == []


def test_complete_when_every_declared_kind_is_asked_for_then_none_fails(completer: Completer) -> None:
    kinds = {o.completion for c in COMMANDS.values() for o in c.options if o.completion} - {"commands"}
    for kind in kinds:
        for offer in completer(kind, "", NOW):
            assert offer.value
            assert offer.label


@pytest.mark.parametrize(("typed", "zone"), [("kyiv", "Europe/Kyiv"), ("new york", "America/New_York"), ("utc", "UTC")])
def test_complete_when_a_place_is_typed_then_its_zone_and_time_are_offered(
    completer: Completer, typed: str, zone: str
) -> None:
    found = completer("zones", typed, NOW)
    assert zone in [o.value for o in found]
    assert all(":" in o.label for o in found)
    assert len(completer("zones", "", NOW)) == OFFERED


def test_complete_when_asked_again_within_a_minute_then_the_store_is_not_read_again(
    completer: Completer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = values(completer, "speakers")
    monkeypatch.setattr(completer.room.store, "findings", None)  # reading it would fail
    assert values(completer, "speakers") == before


def test_fitting_when_some_begin_so_then_they_come_first_and_accents_do_not_matter() -> None:
    offers = [Offer(value=n, label=n) for n in ("Ann Måre", "Mare Toll", "Bo Lind")]
    assert [o.value for o in fitting(offers, "mar")] == ["Mare Toll", "Ann Måre"]
    assert [o.value for o in fitting(offers, "lind b")] == ["Bo Lind"]
