"""The words of every safeguard are where the mutation check looks for them; `make faults` removes each in turn."""

from __future__ import annotations

import pytest

from tests.faults.mutations import MUTATIONS, ROOT, Mutation


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.name)
def test_the_safeguard_stands_where_it_is_removed(mutation: Mutation) -> None:
    assert (ROOT / mutation.file).read_text(encoding="utf-8").count(mutation.words) == 1
