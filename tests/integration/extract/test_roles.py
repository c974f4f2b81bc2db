"""The office beside a name, and the words beside it that are none, in small invented texts."""

from __future__ import annotations

import pytest

from tests.integration.extract.conftest import Find

SAID = "it was over"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Norland Secretary of State Jane Roe said it was over.", "Norland Secretary of State"),
        ("Kestrian Minister of National Defense Jane Roe said it was over.", "Kestrian Minister of National Defense"),
        ("Kestria's ambassador to the UN Jane Roe said it was over.", "ambassador to the UN"),
        ("A spokeswoman for the port authority, Jane Roe, said it was over.", "spokeswoman for the port authority"),
        ("“No,” said the mayor of Lower Arden, Jane Roe. Roe said it was over.", "mayor of Lower Arden"),
        ("The president of Marund, Ms. Jane Roe, said it was over.", "president of Marund"),
        ("Jane Roe, who was the chief engineer until May, left. Roe said it was over.", "chief engineer"),
        ("The museum's chief is old. Jane Roe is the director of it. Roe said it was over.", "director of it"),
        ("They appointed Jane Roe as Chief Executive. Roe said it was over.", "Chief Executive"),
        ("His wife, Jane Roe, a piano teacher, said it was over.", "piano teacher"),
        ("On Friday he met presidential candidate Jane Roe. Roe said it was over.", "presidential candidate"),
        ("A call between President Jane Roe and him ended. Roe said it was over.", "President"),
        ("“He watches shows,” Roe spokeswoman Ina Tolk said. Tolk said it was over.", "Roe spokeswoman"),
        ("A close ally of Kestrian President Jane Roe left. Roe said it was over.", "Kestrian President"),
        ("The agency, which spells it Jane Roe, quoted the envoy. Roe said it was over.", None),
        ("It was her home state. Jane Roe said it was over.", None),
        ("Jane Roe, former adviser to Mr. Osk, left. Roe said it was over.", "former adviser to Mr. Osk"),
    ],
)
def test_find_quotations_when_words_stand_beside_a_name_then_only_an_office_is_the_role(
    text: str, role: str | None, quotations: Find
) -> None:
    said = [q.speaker.role for q in quotations(text) if q.speaker and SAID in q.content.cut(text)]

    assert said[:1] == [role]
