"""Whom descriptions and pronouns stand for, and when nobody, in small invented texts."""

from __future__ import annotations

import pytest

from tests.integration.extract.conftest import Find

SAID = "the talks were over"
TWO = "Kestrian President Radovan Illich met Lusavian President Ines Maravel. "


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TWO + "The Lusavian president said the talks were over.", "Ines Maravel"),
        (TWO + "The Kestrian president said the talks were over.", "Radovan Illich"),
        (TWO + "The Norlandian president said the talks were over.", None),
        (
            "Kestrian President Radovan Illich met his Lusavian counterpart, Ines Maravel. "
            "The Lusavian president said the talks were over.",
            "Ines Maravel",
        ),
        ("Transport Minister Karel Osk left. The foreign minister said the talks were over.", None),
        ("Republican Jane Roe met Democrat Joan Poe. The GOP candidate said the talks were over.", "Jane Roe"),
        ("Jane Roe, 58, arrived. The 58-year-old said the talks were over.", "Jane Roe"),
        ("Otto Beck wrote a note. The radioman said the talks were over.", "Otto Beck"),
        ("Jane Roe arrived. The bespectacled, 71-year-old diplomat said the talks were over.", "Jane Roe"),
        ("Jane Roe left. A spokeswoman for Roe waved. She said the talks were over.", None),
        ('Jane Roe left. "No," said a driver from Tessaly. She said the talks were over.', None),
        ("Otto Beck left. Kestria's envoy to the port Karl Ebb stayed. He said the talks were over.", "Karl Ebb"),
        ("Jane Roe, the mayor, arrived. Her claim that the talks were over was wrong.", "Jane Roe"),
    ],
)
def test_find_quotations_when_speaker_is_described_then_country_party_and_office_must_fit(
    text: str, name: str | None, quotations: Find
) -> None:
    said = [q.speaker.name for q in quotations(text) if q.speaker and SAID in q.content.cut(text)]

    assert said[:1] == [name]
