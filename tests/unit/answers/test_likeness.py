"""Which words may stand for which."""

from __future__ import annotations

import pytest

from briefings.answers.likeness import FAMILY, FORM, MISSPELT, SYNONYM, Known, is_demonym, is_kin

KNOWN = Known(frozenset({"withdrawal", "sank", "ship", "vaccin", "norlandish", "stat", "occupi"}))


@pytest.mark.parametrize(
    ("one", "other"), [("withdraw", "withdrawal"), ("decid", "decision"), ("occupy", "occupi"), ("resign", "resignat")]
)
def test_words_of_a_family_are_kin(one: str, other: str) -> None:
    assert is_kin(one, other)
    assert is_kin(other, one)


@pytest.mark.parametrize(("one", "other"), [("stat", "station"), ("ship", "shipyard"), ("gas", "gasp")])
def test_words_that_only_begin_alike_are_not_kin(one: str, other: str) -> None:
    assert not is_kin(one, other)


def test_a_form_a_relative_a_synonym_and_a_slip_stand_for_a_word_each_as_well_as_it_does() -> None:
    forms, synonyms = {"sink": frozenset({"sank"})}, {"vessel": frozenset({"ship", "boat"})}
    found = [KNOWN.alike(word, forms, synonyms) for word in ("sink", "withdraw", "vessel", "vacin", "harbour")]
    assert found == [{"sank": FORM}, {"withdrawal": FAMILY}, {"ship": SYNONYM}, {"vaccin": MISSPELT}, {}]


def test_the_adjective_of_a_place_stands_for_it() -> None:
    assert is_demonym("norland", "norlandish")
    assert KNOWN.named_alike("norland") == {"norlandish": FAMILY}
