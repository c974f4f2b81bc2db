"""What contradicts: counts, durations, attributions; and what only looks so."""

from __future__ import annotations

import pytest

from briefings.model import Difference, Quotation, Speaker, StoredQuotation
from briefings.stories.differences import differences
from tests.unit.stories.invented import article, development, span


def found(*texts: str) -> tuple[Difference, ...]:
    return differences(development(1, *(article(n, "t", text) for n, text in enumerate(texts, 1))))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The blast killed 12 people in Selm.", "14 people were killed in Selm, police said."),
        ("Three civilians were killed.", "Four civilians were killed."),
        ("Orvia launched 410 drones overnight.", "Orvia launched 380 drones overnight."),
    ],
)
def test_differences_when_one_count_differs_then_both_spans(a: str, b: str) -> None:
    (difference,) = found(a, b)
    assert difference.kind == "number"
    assert {difference.first.article, difference.second.article} == {1, 2}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The blast killed 12 people.", "At least 9 people were killed."),
        ("The blast killed 12 people.", "The blast killed twelve people."),
        ("The blast killed 12 people.", "The blast injured 30 people."),
        ("Twelve people were killed.", "Two children were killed."),
        ("Orvia launched 410 drones.", "The army shot down 380 drones."),
        ("Talks lasted 12 hours.", "Talks drew 14 people."),
    ],
)
def test_differences_when_other_things_or_vague_then_none(a: str, b: str) -> None:
    assert found(a, b) == ()


def test_differences_inside_an_article_when_duration_and_start_disagree_then_both_spans() -> None:
    text = "The war began in February 2027. Few see an end to the nearly two-year conflict."
    (difference,) = differences(development(1, article(1, "t", text)))
    assert [e.span.cut(text) for e in (difference.first, difference.second)] == [
        "The war began in February 2027",
        "nearly two-year conflict",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The war began in February 2027. The four-year war goes on.",
        "The siege began in May 2030. Few see an end to the two-year war.",
        "The war began in February 2027. He signed a two-year contract.",
    ],
)
def test_differences_inside_an_article_when_it_fits_or_is_another_matter_then_none(text: str) -> None:
    assert differences(development(1, article(1, "t", text))) == ()


def test_differences_when_two_speakers_are_given_the_same_words_then_attribution() -> None:
    words = "We will never leave the northern lighthouse to anybody"

    def quoted(number: int, name: str) -> StoredQuotation:
        at = article(number, "t", f'"{words}," {name} said.')
        speaker = Speaker(mention=span(name, at.text), name=name)
        return StoredQuotation(
            id=number, article=at, quotation=Quotation(kind="direct", content=span(words, at.text), speaker=speaker)
        )

    both = (quoted(1, "Ana Vell"), quoted(2, "Mira Toval"))
    (difference,) = differences(development(1, both[0].article, both[1].article), both)
    assert difference.kind == "attribution"
    assert differences(development(1, both[0].article), (quoted(1, "Ana Vell"), quoted(3, "Ana Vell"))) == ()
