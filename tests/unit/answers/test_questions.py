"""What a question asks for, by its words alone."""

from __future__ import annotations

import pytest

from briefings.answers.context import AskContext, ask_context
from briefings.answers.likeness import is_kin
from briefings.answers.questions import read_question, search_text
from briefings.stories.context import story_context
from config.catalogue import load_catalogue


@pytest.fixture(scope="module")
def context() -> AskContext:
    catalogue = load_catalogue()
    return ask_context(catalogue, story_context(catalogue))


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("Who chairs the Harbour Board?", "who"),
        ("Where did the ferry sink?", "where"),
        ("When does the ban begin?", "when"),
        ("On which day does the ban begin?", "when"),
        ("Why was the bridge shut?", "why"),
        ("What caused the delay?", "why"),
        ("How many boats were lost?", "number"),
        ("How high did the river rise?", "number"),
        ("How much did the bridge cost?", "money"),
        ("How long was the harbour closed?", "length"),
        ("Is the harbour open?", ""),
    ],
)
def test_the_focus_is_what_the_question_word_asks_for(text: str, focus: str, context: AskContext) -> None:
    assert read_question(text, context).focus == focus


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("What did Ilse Marten say about the lighthouse?", ("ils", "marten"), {"lighthous"}),
        ("what does Marten think of the lighthouse", ("marten",), {"lighthous"}),
        ("How did Marten react to the lighthouse plan?", ("marten",), {"lighthous", "plan"}),
        ("What is Marten's position on the lighthouse?", ("marten",), {"lighthous"}),
        ("Has Marten commented on the lighthouse?", ("marten",), {"lighthous"}),
        ("What caused the delay according to Marten?", ("marten",), {"delay"}),
        ("Why was the search for the boats called off?", (), {"search", "boat"}),
        ("How many boats did Marten promise?", (), {"boat", "promis"}),
    ],
)
def test_a_question_for_what_somebody_said_names_the_speaker(
    text: str, speaker: tuple[str, ...], words: set[str], context: AskContext
) -> None:
    question = read_question(text, context)
    assert question.speaker == speaker
    assert words <= set(question.weights)


def test_names_stand_together_and_carry_no_weight_of_their_own(context: AskContext) -> None:
    question = read_question("Did the Harbour Board of Quellen meet Ilse Marten?", context)
    assert question.names == (("harbour", "board"), ("quellen",), ("ils", "marten"))
    assert not {"quellen", "marten"} & set(question.weights)


@pytest.mark.parametrize(
    ("one", "other", "is_one_family"),
    [
        ("clos", "closur", True),
        ("resign", "resignat", True),
        ("suspend", "suspension", True),
        ("propos", "proposal", True),
        ("invad", "invasion", True),
        ("rail", "railway", True),
        ("port", "portrait", False),
        ("war", "warning", False),
        ("form", "form", False),
    ],
)
def test_stems_of_one_family(one: str, other: str, is_one_family: bool) -> None:
    assert is_kin(one, other) is is_one_family


def test_what_is_searched_for_has_the_spelling_of_articles_and_other_verb_forms(context: AskContext) -> None:
    text = search_text(read_question("Who won in Kiev?", context), context)
    assert {"kyiv", "win"} <= set(text.split())


@pytest.mark.parametrize("text", ["", "?", "\x00", "(" * 500, "who " * 300, "what did say about", "according to"])
def test_whatever_is_asked_is_read(text: str, context: AskContext) -> None:
    assert read_question(text, context).text == text
