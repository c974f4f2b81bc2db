"""Who said what in small invented texts of many layouts."""

from __future__ import annotations

import pytest

from tests.integration.extract.conftest import Find

CASES = [
    pytest.param(
        "“We will not sign,” said Velda Marrow, the foreign minister of Ostrania. “Not now.”",
        [
            ("direct", "We will not sign", "Velda Marrow", "foreign minister of Ostrania"),
            ("direct", "Not now.", "Velda Marrow", "foreign minister of Ostrania"),
        ],
        id="verb-before-name",
    ),
    pytest.param(
        '"The bridge belongs to both banks," Tomas Brill told reporters.\n\n'
        'Brill added that talks "may resume in May".',
        [
            ("direct", "The bridge belongs to both banks", "Tomas Brill", None),
            ("mixed", 'that talks "may resume in May"', "Tomas Brill", None),
        ],
        id="surname-later",
    ),
    pytest.param(
        '"The ceasefire is a first step."\n\nTomas Brill, Ostranian negotiator\n\nThe talks went on.',
        [("direct", "The ceasefire is a first step.", "Tomas Brill", "Ostranian negotiator")],
        id="pull-quote",
    ),
    pytest.param(
        "'We are not going to wait,' Ina Orlen said. 'The ministers' patience is at an end.'",
        [
            ("direct", "We are not going to wait", "Ina Orlen", None),
            ("direct", "The ministers' patience is at an end.", "Ina Orlen", None),
        ],
        id="single-marks",
    ),
    pytest.param(
        "„Wir bleiben hier“, said Hanna Voss. »It is late«, added Jens Kolb.",
        [("direct", "Wir bleiben hier", "Hanna Voss", None), ("direct", "It is late", "Jens Kolb", None)],
        id="low-marks-and-guillemets",
    ),
    pytest.param(
        '"Peace is near." — Ilda Renn, president of Lusavia\n\n"No, it is not" - Petar Gors',
        [
            ("direct", "Peace is near.", "Ilda Renn", "president of Lusavia"),
            ("direct", "No, it is not", "Petar Gors", None),
        ],
        id="signed-with-a-dash",
    ),
    pytest.param(
        "MODERATOR: Minister, will you sign?\n\nMARROW: We will sign when the map is agreed.\n\n"
        "MODERATOR: And when?\n\nMARROW: Soon, I hope.",
        [
            ("indirect", "Minister, will you sign?", None, None),
            ("indirect", "We will sign when the map is agreed.", None, None),
            ("indirect", "And when?", None, None),
            ("indirect", "Soon, I hope.", None, None),
        ],
        id="transcript",
    ),
    pytest.param(
        'The ministry said in a statement:\n\n- "All prisoners will be returned."\n- "No territory will be ceded."',
        [
            ("direct", "All prisoners will be returned.", None, None),
            ("direct", "No territory will be ceded.", None, None),
        ],
        id="bullets",
    ),
    pytest.param(
        "“If they come back, we will be here. “ Jane Roe said.\n\n“We waited all winter,” she added. "
        "“We can wait another.”",
        [
            ("direct", "If they come back, we will be here.", "Jane Roe", None),
            ("direct", "We waited all winter", "Jane Roe", None),
            ("direct", "We can wait another.", "Jane Roe", None),
        ],
        id="mark-that-faces-the-wrong-way",
    ),
    pytest.param(
        "“This is the first part,” Jane Roe said.\n\n“This is the second part.\n\n“And this is the third.”",
        [
            ("direct", "This is the first part", "Jane Roe", None),
            ("direct", "This is the second part.", "Jane Roe", None),
            ("direct", "And this is the third.", "Jane Roe", None),
        ],
        id="over-paragraphs",
    ),
    pytest.param(
        "\"I told him, 'Go home, Otto,' and he laughed,\" Jane Roe recalled.",
        [("direct", "I told him, 'Go home, Otto,' and he laughed", "Jane Roe", None)],
        id="quote-in-quote",
    ),
    pytest.param(
        'The so-called "peace train" left on Monday. The film "A Bridge Too Late" won. She sang in "Northern Lights".',
        [],
        id="scare-quotes-and-titles",
    ),
    pytest.param(
        'Asked whether Lusavia would attend, foreign ministry spokeswoman Ina Tolk said: "We have received no letter."',
        [("direct", "We have received no letter.", "Ina Tolk", "foreign ministry spokeswoman")],
        id="asked-whether",
    ),
    pytest.param(
        "Her deputy, Karl Ebbing, called the offer “a joke”.",
        [("mixed", "the offer “a joke”", "Karl Ebbing", "deputy")],
        id="apposition",
    ),
    pytest.param(
        "Ostrania and Lusavia have agreed to open the bridge if the mines are cleared, Otto Kellin said on Tuesday.",
        [
            (
                "indirect",
                "Ostrania and Lusavia have agreed to open the bridge if the mines are cleared",
                "Otto Kellin",
                None,
            )
        ],
        id="name-and-verb-at-the-end",
    ),
    pytest.param(
        "Related posts\n\nReport a Problem\n\nHelp us improve by reporting any issues with this response.\n\n"
        "Thank you for your feedback",
        [],
        id="page-furniture",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_find_quotations_when_layout_varies_then_speaker_and_words_are_right(
    text: str, expected: list[tuple[str, str, str | None, str | None]], quotations: Find
) -> None:
    found = [
        (q.kind, q.content.cut(text), q.speaker and q.speaker.name, q.speaker and q.speaker.role)
        for q in quotations(text)
    ]
    assert [f for f in found if f in expected] == expected
    assert [f for f in found if f[0] != "indirect" and f not in expected] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Roe arrived. She said the talks were over.", "Jane Roe"),
        ("Jane Roe and Mary Poe met. Roe said the talks were over.", "Jane Roe"),
        ("Jane Roe and John Roe met. Roe said the talks were over.", None),
        ("Mr. Roe said the talks were over. Jane Roe left with John Roe.", "John Roe"),
        ("Senator Jane Roe arrived. The senator said the talks were over.", "Jane Roe"),
        ("Senator Jane Roe met Mary Poe, a senator. A senator said the talks were over.", None),
        ("A spokesman said the talks were over.", None),
        ("The White House said the talks were over.", None),
        ("President Jane Roe said the talks were over.", "Jane Roe"),
    ],
)
def test_find_quotations_when_speaker_is_short_then_name_only_if_one_fits(
    text: str, name: str | None, quotations: Find
) -> None:
    said = [q for q in quotations(text) if q.speaker and "talks were over" in q.content.cut(text)]

    assert [q.speaker.name for q in said if q.speaker] == [name]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("French President Jane Roe said it was over.", "French President"),
        ("On Friday President Jane Roe said it was over.", "President"),
        ("Ostrania’s foreign minister, Jane Roe, said it was over.", "foreign minister"),
        ("Jane Roe, 44, a retired bus driver, said it was over.", "retired bus driver"),
        ("Jane Roe, Ostrania's ambassador, left. Roe said it was over.", "ambassador"),
        ("In a note sent through a spokeswoman, Jane Roe said it was over.", None),
        ("Jane Roe, who was late, said it was over.", None),
    ],
)
def test_find_quotations_when_office_stands_beside_the_name_then_it_is_the_role(
    text: str, role: str | None, quotations: Find
) -> None:
    said = [q.speaker for q in quotations(text) if q.speaker and "it was over" in q.content.cut(text)]

    assert [s.role for s in said] == [role]


def test_find_quotations_when_only_surname_is_given_then_catalogue_names_the_person(quotations: Find) -> None:
    text = "Talks on Ukraine went on in Moscow. Peskov said the Kremlin had seen the plan."
    speaker = next(q.speaker for q in quotations(text) if q.cue and q.cue.cut(text) == "said")

    assert speaker is not None
    assert (speaker.name, speaker.person, speaker.actor) == ("Dmitry Peskov", "dmitry-peskov", "russia")


def test_find_quotations_when_office_speaks_then_its_actor_is_known(quotations: Find) -> None:
    text = "A Kremlin spokesman said the plan was being studied."
    speaker = quotations(text)[0].speaker

    assert speaker is not None
    assert (speaker.name, speaker.actor) == (None, "russia")
