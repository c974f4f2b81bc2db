"""Questions to invented articles: the right sentence first, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from briefings.answers.ask import ask_answer
from briefings.answers.choosing import answering, find_passages
from briefings.answers.context import AskContext, ask_context
from briefings.answers.frame import Freshness
from briefings.answers.questions import read_question
from briefings.answers.reading import LONGEST, Found
from briefings.document import Verbatim, lines_of
from briefings.model import Article
from briefings.stories.context import story_context
from config.catalogue import load_catalogue
from tests.fakes_briefing import AS_OF, ESTMARK, NORLAND, POST, TOPIC, WIRE, article, span_of

FRESH = Freshness(as_of=AS_OF)
SIGNED = (
    "Norland and Estmark signed a fishing accord in Aldby on Monday. It lets 40 boats pass the Grey Strait each week. "
    'Orsa Vint called the accord "a first step and no more". The question of the lighthouse remains open.'
)
PRICES = (
    "Bread prices rose by a third in Norland last winter. The statistics office said that wages had not kept up. "
    "Tove Rask promised a subsidy for millers before the autumn."
)
LATER = "Estmark now lets 55 boats pass the Grey Strait each week, its port authority said. Norland welcomed it."
ARTICLES = (
    article(1, WIRE, "Fishing accord signed in Aldby", SIGNED, hours=60),
    article(2, POST, "Bread grows dearer in Norland", PRICES, hours=50),
    article(3, POST, "More boats in the strait", LATER, hours=5),
)
FOUND = {
    1: [Found(kind="statement", span=span_of(SIGNED, "a first step and no more"), speaker="Orsa Vint · Estmark")],
    2: [Found(kind="statement", span=span_of(PRICES, "a subsidy for millers"), speaker="Tove Rask · Norland")],
    3: [],
}


@pytest.fixture(scope="module")
def context() -> AskContext:
    shipped = load_catalogue()
    catalogue = replace(shipped, topics={"strait": TOPIC}, actors={"estmark": ESTMARK, "norland": NORLAND})
    return ask_context(catalogue, story_context(catalogue))


def first(words: str, context: AskContext, articles: tuple[Article, ...] = ARTICLES) -> str:
    question = read_question(words, context)
    found = find_passages(question, [(a, FOUND.get(a.id, [])) for a in articles], context)
    chosen = answering(question, found)
    return chosen[0].text if chosen else ""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Where was the fishing accord signed?", "in Aldby on Monday"),
        ("When was the fishing accord signed?", "on Monday"),
        ("What did Orsa Vint say about the accord?", "a first step and no more"),
        ("what did vint call the accord", "a first step and no more"),
        ("Which question remains open?", "lighthouse remains open"),
        ("Did bread prices rise in Norland?", "Bread prices rose by a third"),
        ("What did Tove Rask promise?", "a subsidy for millers"),
        ("How many boats pass the Grey Strait each week?", "55 boats"),  # the newer of two that disagree
    ],
)
def test_a_question_that_can_be_answered_gets_the_right_sentence_first(
    question: str, words: str, context: AskContext
) -> None:
    assert words in first(question, context)


@pytest.mark.parametrize(
    "question",
    [
        "Who won the football championship?",
        "What did Orsa Vint say about bread prices in Quellen?",
        "What is the capital of Morvania?",
        "How tall is the lighthouse keeper's daughter?",
        "who what when",
        "?",
        '" OR NEAR(',
        "*",
    ],
)
def test_a_question_that_nothing_answers_is_not_answered(question: str, context: AskContext) -> None:
    assert first(question, context) == ""


def test_the_older_of_two_that_disagree_comes_second(context: AskContext) -> None:
    question = read_question("How many boats pass the Grey Strait each week?", context)
    found = find_passages(question, [(a, FOUND[a.id]) for a in ARTICLES], context)
    texts = [p.text for p in answering(question, found)]
    assert ["55 boats" in texts[0], "40 boats" in texts[1]] == [True, True]


def test_the_same_sentence_of_two_outlets_is_one_passage(context: AskContext) -> None:
    copy = article(4, POST, "Accord signed", SIGNED, hours=59)
    question = read_question("Where was the fishing accord signed?", context)
    found = find_passages(question, [(ARTICLES[0], []), (copy, [])], context)
    assert len([p for p in found if "in Aldby" in p.text]) == 1


def test_a_sentence_that_only_follows_an_answer_is_none(context: AskContext) -> None:
    text = "Estmark has yet to reply to the accord. Estmark lies north of the strait and trades in tin."
    question = read_question("Did Estmark reply to the accord?", context)
    found = find_passages(question, [(a, []) for a in (article(7, POST, "Waiting", text), *ARTICLES[1:])], context)
    assert [p.text for p in answering(question, found)] == ["Estmark has yet to reply to the accord."]


def test_a_passage_is_verbatim_and_short_enough(context: AskContext) -> None:
    long = "The strait accord " + "was read aloud, clause by clause, to the fleet " * 40 + "at last."
    question = read_question("Was the strait accord read to the fleet?", context)
    (passage, *_) = find_passages(question, [(article(5, POST, "Reading", long), [])], context)
    assert len(passage.text) <= LONGEST
    assert passage.text == passage.span.cut(long)


def test_the_reply_is_cited_and_holds_the_same_as_plain_values(context: AskContext) -> None:
    question = read_question("Where was the fishing accord signed?", context)
    passages = find_passages(question, [(ARTICLES[0], FOUND[1])], context)
    reply = ask_answer(question, passages, FRESH)
    assert reply.data is not None
    (item, *_) = reply.data["items"]  # type: ignore[misc]
    assert reply.data["abstained"] is False
    assert set(item) == {"id", "title", "publisher", "published", "url", "start", "end", "text"}
    assert SIGNED[item["start"] : item["end"]] == item["text"]
    shown = [x.text for b in reply.document.blocks for line in lines_of(b) for x in line if isinstance(x, Verbatim)]
    assert shown[0] == item["text"]


def test_the_reply_that_abstains_names_the_nearest_articles(context: AskContext) -> None:
    question = read_question("Which accord did Morvania sign with Quellen in Brannholt?", context)
    passages = find_passages(question, [(a, FOUND[a.id]) for a in ARTICLES], context)
    reply = ask_answer(question, passages, FRESH)
    assert reply.data == {"items": [], "abstained": True}
    assert reply.document.summary == "nothing in the stored articles answers this"
    assert "A-1" in {getattr(b, "id", "") for b in reply.document.blocks}


def test_newest_counts_where_two_answer_alike_and_not_where_one_is_better(context: AskContext) -> None:
    newer = article(6, POST, "Elsewhere", "An accord was on many minds.", hours=1)
    assert "in Aldby" in first("Where was the fishing accord signed?", context, (newer, ARTICLES[0]))
    assert newer.published is not None
    assert newer.published > ARTICLES[0].known + timedelta(hours=1)


@pytest.mark.parametrize(
    ("question", "text", "is_answered"),
    [
        ("How many boats were lost?", "Four boats were lost in the strait on Monday, the port said.", True),
        ("How many boats were lost?", "Boats were lost in the strait, and four towns mourned for them.", False),
        ("What did Orsa Vint say about the lighthouse?", "Tove Rask said that the lighthouse was old.", False),
        ("Who won the cup in Aldby?", "Aldby won the cup for rowing, Ilse Marten of the club said.", True),
        ("Did Varnholm agree to the lighthouse plan?", "Estmark agreed to the lighthouse plan on Monday.", True),
        ("Did Quellen agree to the lighthouse plan?", "Estmark agreed to the lighthouse plan on Monday.", False),
        ("When was the lighthouse closed?", "The closure of the lighthouse came on Tuesday.", True),
    ],
)
def test_right_names_alone_or_a_right_matter_alone_is_no_answer(
    question: str, text: str, is_answered: bool, context: AskContext
) -> None:
    given = (article(8, POST, "News of the day", text), *ARTICLES[1:])
    found = find_passages(read_question(question, context), [(a, []) for a in given], context)
    assert (text in {p.text for p in answering(read_question(question, context), found)}) is is_answered
