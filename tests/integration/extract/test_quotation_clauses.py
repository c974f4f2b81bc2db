"""Which words are a content, and whose: what is put out, asked, called, gone on with, labelled or done to a noun."""

from __future__ import annotations

import pytest

from tests.integration.extract.conftest import Find

CASES = [
    ("Velda Marrow issued a statement saying the bridge was safe.", "the bridge was safe", "Velda Marrow"),
    ("The ministry said on Thursday it would close the bridge.", "it would close the bridge", "The ministry"),
    (
        "Tomas Brill said two men had been questioned, but that no one had been charged.",
        "two men had been questioned, but that no one had been charged",
        "Tomas Brill",
    ),
    (
        "The bridge was made for carts, an engineer said on Monday, and it has been mended five times.",
        "it has been mended five times",
        "an engineer",
    ),
    ("According to Velda Marrow, the bridge is safe.", "the bridge is safe", "Velda Marrow"),
    ("Asked whether he would sign, Tomas Brill said nothing.", "whether he would sign", None),
    ("Velda Marrow was accused of hiding the map.", "hiding the map", None),
    ("They came to what Velda Marrow called “a wet summit”.", "a wet summit", "Velda Marrow"),
    ("Ilda Renn, head of the dockers' union: “We will wait.”", "We will wait.", "Ilda Renn"),
    ("Velda Marrow opposed his re-election.", "his re-election", "Velda Marrow"),
]
NOTHING = (
    "They saw a play called “Two Banks of a River”.",
    "A so-called “quiet zone” was drawn up.",
    "He read her book, “A Bridge of Salt and Iron”.",
    "The noise made them feel the bridge was moving.",
)


@pytest.mark.parametrize(("text", "content", "who"), CASES)
def test_find_quotations_when_clause_is_reported_then_its_words_and_source_are_right(
    quotations: Find, text: str, content: str, who: str | None
) -> None:
    found = {q.content.cut(text): q.speaker.mention.cut(text) if q.speaker else None for q in quotations(text)}

    assert found.get(content, "nothing") == who


@pytest.mark.parametrize("text", NOTHING)
def test_find_quotations_when_nobody_says_it_then_there_is_none(quotations: Find, text: str) -> None:
    assert not quotations(text)


def test_find_quotations_when_questions_and_answers_alternate_then_each_is_a_turn(quotations: Find) -> None:
    text = "Q: Is the bridge safe?\n\nA: It is, for now.\n\nQ: And in May?\n\nA: Ask me in May."

    found = [(q.speaker.mention.cut(text) if q.speaker else None, q.content.cut(text)) for q in quotations(text)]

    assert found == [
        ("Q", "Is the bridge safe?"),
        ("A", "It is, for now."),
        ("Q", "And in May?"),
        ("A", "Ask me in May."),
    ]
