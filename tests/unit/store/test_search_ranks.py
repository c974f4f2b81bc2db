"""The rarer words select, never none, never too many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.store.search_ranks import COMMON, selecting


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([5, 3], [1, 0]),
        ([0, 3], [1]),
        ([0, 0], []),
        ([COMMON, 3], [1]),
        ([COMMON, COMMON], [0]),
        ([COMMON - 3, 3], [1, 0]),
        ([COMMON - 2, 3], [1]),
    ],
)
def test_selecting_when_words_are_counted_then_the_rarest_come_first(counts, expected) -> None:
    assert selecting(counts) == expected


@given(st.lists(st.integers(0, COMMON), min_size=1, max_size=24))
def test_selecting_when_any_word_is_found_then_one_selects_and_together_they_are_few(counts: list[int]) -> None:
    chosen = selecting(counts)
    assert bool(chosen) == any(counts)
    assert len(chosen) == len(set(chosen))
    assert len(chosen) == 1 or sum(counts[place] for place in chosen) <= COMMON
