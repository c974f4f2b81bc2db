"""Which statements answer which development, and which go on with an answer."""

from __future__ import annotations

from briefings.model import Article, Development, StoredResponse
from briefings.stories.answering import Answers, answers
from briefings.stories.subjects import ground
from briefings.stories.targets import target
from tests.unit.stories.invented import ORVIA, article, context, development, response

REPORT = article(
    1,
    "Report: Ruvia examines Orvian hand in fires at mayor's depots",
    "Ruvian investigators are examining whether Orvia had a hand in fires at depots of the mayor of Dorr.",
)
SCOFFS = article(
    2,
    "Copper Hall laughs off report on fires",
    "Copper Hall aide Ana Vell dismissed the report that Ruvian investigators were examining an Orvian hand in fires "
    'at the depots of the mayor. "Ruvia sees us behind every bush," Vell said. "None of it is true." Separately, Vell '
    "said that the harbour would open in May.",
    hours=40,
)
NAMES = (
    "Copper Hall aide Ana Vell dismissed the report that Ruvian investigators were examining an Orvian hand in fires"
)
QUOTED = '"Ruvia sees us behind every bush," Vell said.'
HARBOUR = "Separately, Vell said that the harbour would open in May."


def said(number: int, at: Article, sentence: str) -> StoredResponse:
    whole = at.text[at.text.index(sentence) :]
    end = whole.index(".", len(sentence) - 1) + 1
    return response(number, at, whole[:end], speaker="Ana Vell", actor="Ana Vell")


def tied(developments: list[Development], *responses: StoredResponse) -> Answers:
    about = ground(developments, responses, ORVIA, context())
    return answers([target(r, about) for r in responses], about)


def test_answers_when_an_article_of_its_own_retells_what_it_answers_then_tied_without_a_named_target() -> None:
    scoff, quote, harbour = said(1, SCOFFS, NAMES), said(2, SCOFFS, QUOTED), said(3, SCOFFS, HARBOUR)
    found = tied([development(5, REPORT), development(6, SCOFFS)], scoff, quote, harbour)
    assert dict(found.tied) == {5: (scoff,)}
    assert dict(found.further) == {1: (quote,)}
    assert [w.response for w in found.loose] == [harbour]


def test_answers_when_only_title_and_opening_name_it_then_the_first_statement_is_tied() -> None:
    remarks = article(
        3,
        "Harlow criticises Brod over shelling of Selm",
        "Dale Harlow said that Janek Brod had lost his way and criticised him over the shelling of Selm.",
    )
    reply = article(
        4,
        "Vell on Harlow's words about Brod",
        "Copper Hall aide Ana Vell answered the words of Dale Harlow about the shelling of Selm. "
        '"All are strained," Vell said. "Talks go on."',
        hours=12,
    )
    quote = said(7, reply, '"All are strained," Vell said.')
    found = tied([development(5, REPORT), development(8, remarks), development(9, reply)], quote)
    assert dict(found.tied) == {8: (quote,)}


def test_answers_when_words_are_shared_with_later_sentences_only_then_not_tied() -> None:
    remarks = article(
        3,
        "Harlow criticises Brod",
        "Dale Harlow said that Janek Brod had lost his way. A first round of fishing talks in Dorr had failed in May.",
    )
    other = article(4, "No date yet", "There is no date yet for a round of fishing talks in Dorr, Vell said.", hours=5)
    vague = said(7, other, "There is no date yet for a round of fishing talks in Dorr, Vell said.")
    assert dict(tied([development(8, remarks), development(9, other)], vague).tied) == {}


def test_answers_when_a_whole_kind_is_meant_then_not_tied() -> None:
    swap = article(3, "Coast and Orvia exchange 150 prisoners", "The coast and Orvia exchanged 150 prisoners.")
    other = article(4, "Said in Tarn", "Orvia is ready for further exchanges of prisoners, Vell said.", hours=5)
    ready = said(7, other, other.text)
    assert dict(tied([development(8, swap), development(9, other)], ready).tied) == {}


def test_answers_when_a_name_tells_nothing_then_the_sentence_is_read_instead() -> None:
    day = article(4, "Said in Tarn", f"{NAMES} at the depots of the mayor on Thursday.", hours=40)
    named = response(1, day, day.text, "Thursday", speaker="Ana Vell", actor="Ana Vell")
    assert dict(tied([development(5, REPORT)], named).tied) == {5: (named,)}
