"""Search finds by stems in title and text, ranks rare words first, and reads no word as syntax."""

from __future__ import annotations

import pytest

from briefings.store.search import MAX_WORDS, search_words
from briefings.store.store import Store
from tests.stored import NOON, after, parsed, save

HOSTILE = [
    '" OR NEAR(',
    "*",
    "--",
    "\0",
    "lighthouse\0",
    "title:lighthouse",
    "-lighthouse",
    '"lighthouse" AND NOT "harbour"',
    "NEAR(lighthouse harbour, 2)",
    "lighthouse' || pg_sleep(9) --",
    "lighthouse & ! ( | <-> :*",
    "{title text}: lighthouse",
    "^lighthouse",
    "_ __ ___",
    "\ud800",
    "İ ſ ﬁ ² ٣",
    "%",
    "\\",
    "NOT",
    "the of and",
    "𝕃𝕚𝕘𝕙𝕥",
    "🚢",
    "x" * 5000,
    "word " * 5000,
    "a'b\"c`d",
]


def write(store: Store, number: int, text: str, **changes) -> int:
    title = changes.pop("title", f"Report {number}")
    topics = changes.pop("topics", ("harbour",))
    known = {"known": changes["published"]} if changes.get("published") else {}
    return save(store, parsed(number, text=text, title=title, **changes), topics=topics, **known).article.id


def found(store: Store, question: str, **bounds) -> list[int]:
    return [hit.article.id for hit in store.search.search(question, **bounds)]


def test_search_when_words_have_other_endings_then_they_are_found(store: Store) -> None:
    one = write(store, 1, "The ferries are sailing at dawn.")
    write(store, 2, "Nothing about boats.")
    assert found(store, "Did the ferry sail?") == [one]


def test_search_when_several_words_match_then_the_better_match_is_first(store: Store) -> None:
    for number in range(3, 12):
        write(store, number, "The harbour office was open." if number < 6 else "Nothing happened in the village.")
    both = write(store, 1, "The lighthouse of the harbour was painted.")
    one = write(store, 2, "The keeper of the lighthouse slept.")
    assert found(store, "harbour lighthouse")[:2] == [both, one]


def test_search_when_a_word_is_in_the_title_then_it_counts_more(store: Store) -> None:
    write(store, 1, "The keeper saw the lighthouse and then went home to his family for supper.")
    titled = write(store, 2, "The keeper went home to his family after a long day out at sea.", title="The lighthouse")
    assert found(store, "lighthouse")[0] == titled


def test_search_when_undated_then_it_is_found_too(store: Store) -> None:
    number = write(store, 1, "The lighthouse keeper retired.", published=None)
    assert found(store, "lighthouse") == [number]
    assert found(store, "lighthouse", since=NOON) == []


def test_search_when_bounded_then_only_what_is_inside(store: Store) -> None:
    one = write(store, 1, "The lighthouse shone.", published=NOON)
    two = write(store, 2, "The lighthouse shone again.", published=after(5), topics=("ferries",))
    assert set(found(store, "lighthouse")) == {one, two}
    assert found(store, "lighthouse", as_of=after(4)) == [one]
    assert found(store, "lighthouse", since=after(1)) == [two]
    assert found(store, "lighthouse", topic="ferries") == [two]
    assert len(found(store, "lighthouse", limit=1)) == 1


def test_search_when_an_article_was_revised_then_the_text_of_the_time_is_searched(store: Store) -> None:
    number = write(store, 1, "The lighthouse shone.")
    save(store, parsed(1, text="The beacon shone.", title="Report 1"), fetched=after(3), known=after(3))
    assert found(store, "lighthouse") == []
    assert found(store, "beacon") == [number]
    assert found(store, "lighthouse", as_of=after(2)) == [number]
    assert found(store, "beacon", as_of=after(2)) == []


@pytest.mark.parametrize("question", HOSTILE, ids=range(len(HOSTILE)))
def test_search_when_words_are_hostile_then_it_answers_and_nothing_breaks(store: Store, question: str) -> None:
    number = write(store, 1, "The lighthouse of the harbour shone. Not a word.")
    hits = found(store, question)
    assert hits in ([], [number])
    if "lighthouse" in question:
        assert hits == [number]
    assert store.articles.count() == 1


def test_search_when_a_word_is_everywhere_then_the_rarer_one_decides(store: Store) -> None:
    for number in range(1, 30):
        write(store, number, "The harbour was calm. " * number)
    rare = write(store, 99, "A heron stood in the harbour.")
    assert found(store, "harbour heron")[0] == rare


def test_search_when_an_article_is_huge_then_it_is_stored_and_found(store: Store) -> None:
    text = "The lighthouse. " + " ".join(f"w{n}x" for n in range(300_000))
    assert found(store, "lighthouse") == []
    assert [write(store, 1, text)] == found(store, "lighthouse")


def test_search_words_when_only_stop_words_are_left_then_they_are_used() -> None:
    assert search_words("What did the keeper say about the KEEPER?") == ("keeper",)
    assert search_words("what about it?") == ("what", "about", "it")
    assert search_words("?! --") == ()
    assert len(search_words(" ".join(f"w{n}" for n in range(999)))) == MAX_WORDS
