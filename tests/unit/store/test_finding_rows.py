"""Names are compared without case and accents."""

from __future__ import annotations

import pytest

from briefings.store.finding_rows import fold


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Mira TOVAL", "mira toval"),
        ("Tóval", "toval"),
        ("Straße", "strasse"),
        ("ﬁn", "fin"),
        ("", ""),
    ],
)
def test_fold_when_spelt_otherwise_then_it_is_the_same(name: str, folded: str) -> None:
    assert fold(name) == folded
