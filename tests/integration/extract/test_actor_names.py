"""Names of the catalogue in tokens as the parser cuts them."""

from __future__ import annotations

import pytest

from briefings.extract.actor_names import NameIndex
from briefings.extract.context import ExtractContext
from tests.integration.extract.conftest import Prepare


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The U.S. agreed.", ("government", "united-states")),
        ("The U.K. government agreed.", ("government", "united-kingdom")),
        ("Russia’s Foreign Ministry agreed.", ("office", "russia")),
        ("Russia's Foreign Ministry agreed.", ("office", "russia")),
        ("Let us agree.", None),
    ],
)
def test_find_when_name_has_stops_or_a_curly_apostrophe_then_it_is_found(
    text: str, found: tuple[str, str] | None, context: ExtractContext, prepared: Prepare
) -> None:
    tokens = prepared(text).tokens
    hits = NameIndex(context.catalogue).find([t.lower for t in tokens], [t.text for t in tokens])

    assert [(h.name.kind, h.name.actor) for h in hits] == ([found] if found else [])
