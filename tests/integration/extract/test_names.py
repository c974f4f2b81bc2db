"""Who is meant by a surname, a double name, a title with a shared name, in small invented texts."""

from __future__ import annotations

import pytest

from tests.integration.extract.conftest import Find

SAID = "the talks were over"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Minister Emre al-Karim arrived. Al-Karim said the talks were over.", "Emre al-Karim"),
        ("Minister Adelheid von der Linde arrived. Von der Linde said the talks were over.", "Adelheid von der Linde"),
        ("Wilma O'Dare arrived. O’Dare said the talks were over.", "Wilma O'Dare"),
        ("Pilar Acosta Bren arrived. Ms. Acosta said the talks were over.", "Pilar Acosta Bren"),
        ("Foreign Minister Wen Daolin arrived. Wen said the talks were over.", "Wen Daolin"),
        ("NATO Secretary-General Jane Roe said the talks were over.", "Jane Roe"),
        ("Outgoing PM Jane Roe said the talks were over.", "Jane Roe"),
        ("Assistant Secretary for Arms Control Jane Roe said the talks were over.", "Jane Roe"),
        ("Donor Roe Leaves\n\nJane Roe left. Roe said the talks were over.", "Jane Roe"),
        ("Oscar-winner Roe Leaves\n\nJane Roe left. Roe said the talks were over.", "Jane Roe"),
        ("Hilary Roe came. Hillary Roe sat. Mrs. Roe said the talks were over.", "Hilary Roe"),
        ("Senator Jane Roe met Joan Roe. Senator Roe said the talks were over.", "Jane Roe"),
        ("Victor Roe and his daughter, Celia Roe, met. Mr. Roe said the talks were over.", "Victor Roe"),
        ("Jane Roe came. Roe sat. Roe rose. Her sister Joan Roe left. Roe said the talks were over.", "Jane Roe"),
        ("The mayor of Lower Arden, Jostian Amery, said the talks were over.", "Jostian Amery"),
        ("Larry King arrived. King said the talks were over.", "Larry King"),
        ("Anna Richardson White arrived. Ms. White said the talks were over.", "Anna Richardson White"),
        ("Neither Ukraine nor Lusavia said the talks were over.", None),
        ("The Jane Roe Memorial School said the talks were over.", None),
    ],
)
def test_find_quotations_when_names_are_hard_then_the_full_name_is_given(
    text: str, name: str | None, quotations: Find
) -> None:
    said = [q.speaker.name for q in quotations(text) if q.speaker and SAID in q.content.cut(text)]

    assert said[:1] == [name]


@pytest.mark.parametrize("surname", ["Zelenskyy", "Zelensky", "Zelenskiy"])
def test_find_quotations_when_article_gives_a_surname_only_then_any_spelling_finds_the_catalogue(
    surname: str, quotations: Find
) -> None:
    text = f"Ukraine and its partners met. {surname} said the talks were over."
    speaker = next(q.speaker for q in quotations(text) if SAID in q.content.cut(text))

    assert speaker is not None
    assert speaker.person == "volodymyr-zelensky"


def test_find_quotations_when_full_name_is_misspelt_then_the_catalogue_person_is_known(quotations: Find) -> None:
    text = "Volodymr Zelensky said the talks were over."
    speaker = next(q.speaker for q in quotations(text) if SAID in q.content.cut(text))

    assert speaker is not None
    assert (speaker.name, speaker.person) == ("Volodymr Zelensky", "volodymyr-zelensky")
