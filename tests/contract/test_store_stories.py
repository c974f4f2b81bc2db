"""Developments and issues keep their numbers; what belongs to them is read as it was known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from briefings.store.store import Store
from tests.stored import NOON, TEXT, after, findings_in, parsed, save


def placed(store: Store, number: int, hours: float, development: int | None, **changes) -> int:
    article = save(store, parsed(number, published=after(hours)), **{"known": after(hours)} | changes).article
    return store.stories.add_to_development(article.id, development, known=article.known)


def entered(store: Store, number: int, hours: float, issue: int | None, topic: str = "harbour") -> int:
    saved = save(store, parsed(number, published=after(hours)))
    return store.stories.assign_issue(
        saved.findings.issues[0], issue, topic=topic, label="the harbour", known=after(hours)
    )


def test_development_when_articles_join_then_it_has_them_oldest_first(store: Store) -> None:
    number = placed(store, 2, 2, None)
    assert placed(store, 1, 1, number) == number
    (development,) = store.stories.developments(as_of=after(9))
    assert (development.id, development.headline) == (number, "Harbour talks, day 1")
    assert [a.title[-1] for a in development.articles] == ["1", "2"]
    assert store.stories.development(number) == development
    assert store.stories.development_of(development.articles[0].id) == number
    assert store.stories.development(number + 1) is None


def test_development_when_read_earlier_then_later_articles_are_not_in_it(store: Store) -> None:
    number = placed(store, 1, 1, None)
    placed(store, 2, 2, number)
    earlier = store.stories.development(number, as_of=after(1))
    assert earlier is not None
    assert len(earlier.articles) == 1
    assert store.stories.developments(as_of=NOON) == ()


def test_development_when_an_article_was_revised_then_reads_give_the_text_of_their_time(store: Store) -> None:
    number = placed(store, 1, 0, None)
    save(store, parsed(1, text="Nothing is left of it."), fetched=after(4), known=after(4))
    texts = [store.stories.development(number, as_of=after(hours)) for hours in (3, 4)]
    assert [d and d.articles[0].text for d in texts] == [TEXT, "Nothing is left of it."]


def test_add_when_the_article_has_a_development_then_it_stays_there(store: Store) -> None:
    number = placed(store, 1, 1, None)
    article = store.articles.newest(1)[0].id
    assert store.stories.add_to_development(article, None, known=after(5)) == number
    assert store.stories.add_to_development(article, number + 7, known=after(5)) == number


def test_add_when_threads_place_one_article_then_all_get_the_same_number(store: Store) -> None:
    article = save(store).article.id
    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(lambda _: store.stories.add_to_development(article, None, known=NOON), range(8)))
    assert len(numbers) == 1
    assert [d.id for d in store.stories.developments(as_of=NOON)] == list(numbers)


def test_developments_when_bounded_then_those_that_got_an_article_in_it_come_whole(store: Store) -> None:
    old = placed(store, 1, 1, None)
    new = placed(store, 2, 2, None, topics=("ferries",))
    placed(store, 3, 5, old)
    at = after(9)
    read = store.stories.developments
    assert [d.id for d in read(as_of=at)] == [old, new]
    assert [d.id for d in read(as_of=at, since=after(2))] == [old]
    assert len(read(as_of=at, since=after(2))[0].articles) == 2
    assert [d.id for d in read(as_of=at, since=after(1), until=after(3))] == [new]
    assert [d.id for d in read(as_of=at, topic="ferries")] == [new]
    assert [d.id for d in read(as_of=after(2), since=after(2))] == []


def test_developments_when_an_article_has_no_date_then_it_is_left_out_unless_asked_for(store: Store) -> None:
    article = save(store, parsed(published=None)).article
    number = store.stories.add_to_development(article.id, None, known=NOON)
    assert store.stories.developments(as_of=NOON) == ()
    assert [d.id for d in store.stories.developments(as_of=NOON, with_undated=True)] == [number]


def test_issue_when_sentences_join_then_its_history_is_oldest_first(store: Store) -> None:
    number = entered(store, 2, 2, None)
    assert entered(store, 1, 1, number) == number
    other = entered(store, 3, 3, None)
    first, second = store.stories.issue_mentions_by_issue("harbour", as_of=after(9))
    assert (first.id, first.label, first.topic, second.id) == (number, "the harbour", "harbour", other)
    assert [m.article.title[-1] for m in first.mentions] == ["1", "2"]
    assert {m.issue for m in first.mentions} == {number}
    assert first.mentions[0].mention == findings_in().issues[0]


def test_issue_when_read_earlier_then_later_sentences_are_not_in_it(store: Store) -> None:
    number = entered(store, 1, 1, None)
    entered(store, 2, 2, number)
    (history,) = store.stories.issue_mentions_by_issue("harbour", as_of=after(1))
    assert len(history.mentions) == 1
    assert store.stories.issue_mentions_by_issue("harbour", as_of=NOON) == ()
    assert len(store.stories.issue_mentions_by_issue("harbour", as_of=None)[0].mentions) == 2


def test_issue_when_bounded_then_those_that_moved_come_with_their_whole_history(store: Store) -> None:
    moved = entered(store, 1, 1, None)
    quiet = entered(store, 2, 2, None)
    entered(store, 3, 5, moved)
    read = store.stories.issue_mentions_by_issue
    (history,) = read("harbour", as_of=after(9), since=after(2))
    assert (history.id, len(history.mentions)) == (moved, 2)
    assert [h.id for h in read("harbour", as_of=after(9), issue=quiet)] == [quiet]
    assert read("ferries", as_of=after(9)) == ()


def test_issue_when_a_sentence_is_in_two_topics_then_each_has_its_own(store: Store) -> None:
    mention = save(store).findings.issues[0]
    assign = store.stories.assign_issue
    one = assign(mention, None, topic="harbour", label="the harbour", known=NOON)
    two = assign(mention, None, topic="ferries", label="the ferry", known=NOON)
    assert one != two
    assert assign(mention, two, topic="harbour", label="", known=NOON) == one
    assert store.stories.issue_mentions_by_issue("ferries", as_of=NOON)[0].mentions[0].issue == two
    assert store.findings.issue_mentions(as_of=None, topic="harbour")[0].issue == one


def test_issue_when_the_sentence_stays_in_a_revision_then_it_stays_in_the_issue(store: Store) -> None:
    number = entered(store, 1, 0, None)
    fixed = TEXT.replace("harbour minister", "minister of harbours")
    save(store, parsed(1, text=fixed), findings=findings_in(fixed), fetched=after(3), known=after(3))
    (history,) = store.stories.issue_mentions_by_issue("harbour", as_of=after(3))
    assert (history.id, history.mentions[0].article.revision) == (number, 2)
