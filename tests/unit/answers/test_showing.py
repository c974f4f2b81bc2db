"""A passage is shown with what it takes to be understood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefings.answers.context import AskContext, ask_context
from briefings.answers.reading import LONGEST, Window, read_article
from briefings.answers.showing import in_context
from briefings.stories.context import story_context
from config.catalogue import load_catalogue
from tests.fakes_briefing import POST, article


@pytest.fixture(scope="module")
def context() -> AskContext:
    catalogue = replace(load_catalogue(), topics={}, actors={})
    return ask_context(catalogue, story_context(catalogue))


def shown(text: str, sentence: int, context: AskContext) -> str:
    read = read_article(article(1, POST, "Harbour", text), [], context)
    return in_context(Window(read, sentence, sentence)).cut(text)


def test_a_passage_that_opens_with_a_pronoun_takes_the_sentence_before(context: AskContext) -> None:
    text = "Ilse Marten runs the harbour office.\n\nShe shut the north gate on Monday."
    assert shown(text, 1, context) == text


def test_a_passage_takes_in_the_rest_of_its_short_paragraph_and_no_other(context: AskContext) -> None:
    text = "Marten shut the north gate. Nobody was told.\n\nThe ferry sailed from the south gate."
    assert shown(text, 0, context) == "Marten shut the north gate. Nobody was told."


def test_a_passage_never_grows_beyond_the_limit(context: AskContext) -> None:
    text = f"Marten {'and the crew ' * 40}sailed. She shut the {'long ' * 30}gate."
    assert len(shown(text, 1, context)) <= LONGEST
