"""Spellings of one name, and names that only look alike."""

from __future__ import annotations

import pytest

from briefings.extract.context import ExtractContext
from briefings.extract.spelling import bare_surname, is_respelt, is_same_given, surname_parts


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("sergei", "sergey", True),
        ("serhii", "sergiy", True),
        ("mykhailo", "mikhailo", True),
        ("vitali", "vitaliy", True),
        ("hilary", "hillary", True),
        ("volodymr", "volodymyr", True),
        ("mike", "michael", True),
        ("dan", "daniel", True),
        ("j", "jane", True),
        ("eric", "erica", False),
        ("maria", "marie", False),
        ("paul", "paula", False),
        ("jane", "joan", False),
        ("peter", "paul", False),
    ],
)
def test_is_same_given_when_spelling_differs_then_sounds_and_short_forms_count(
    one: str, other: str, *, is_same: bool, context: ExtractContext
) -> None:
    assert is_same_given(one, other, context.names) is is_same


def test_is_respelt_when_words_are_short_then_not() -> None:
    assert not is_respelt("ann", "anna")


def test_bare_surname_when_article_hangs_on_it_then_it_goes() -> None:
    assert [bare_surname(s) for s in ("al-karim", "d'arlon", "karim", "o'dare")] == [
        "karim",
        "arlon",
        "karim",
        "o'dare",
    ]


def test_surname_parts_when_name_has_particles_then_they_are_left_out() -> None:
    assert surname_parts("pilar acosta bren") == ["acosta"]
    assert surname_parts("adelheid von der linde") == []
