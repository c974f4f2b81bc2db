"""What a statement names as the thing it answers."""

from __future__ import annotations

import pytest

from briefings.model import Stance, Statement
from briefings.stories.actor_words import actor_words
from briefings.stories.wordings import is_sentence, wording
from tests.unit.stories.invented import ORVIA, START, context


def said(sentence: str, stance: Stance) -> Statement:
    return Statement(id=1, at=START, stance=stance, mode="new", sentence=sentence)


@pytest.mark.parametrize(
    ("sentence", "stance", "expected"),
    [
        ("Ana Vell declined to comment on the ruling on the refinery.", "NO_COMMENT", True),
        ("Ana Vell declined to comment on it.", "NO_COMMENT", False),
        ("Ana Vell rejected the ruling on the refinery.", "REJECT", False),
    ],
)
def test_wording_when_nothing_was_named_then_what_was_left_without_comment_is(
    sentence: str, stance: Stance, expected: bool
) -> None:
    assert wording(said(sentence, stance), actor_words(ORVIA, context())).is_named is expected


@pytest.mark.parametrize(("text", "expected"), [('"Never."', True), ("Orvia says no", False), ("", False)])
def test_is_sentence_when_it_ends_in_a_stop_then_it_is_one(text: str, expected: bool) -> None:
    assert is_sentence(text) is expected
