"""Articles are stored once, revised when they change, and read as they were known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from briefings.model import Findings
from briefings.store.articles import fingerprint
from briefings.store.store import Store
from tests.stored import NOON, OFFICIAL, PUBLISHER, TEXT, after, findings_in, parsed, save, span_of

CHANGED = TEXT.replace("Tuesday", "Wednesday")


def test_save_when_unknown_then_it_is_new_and_read_back_whole(store: Store) -> None:
    saved = save(store, parsed(url="https://lakeside.example/a", guid="g-1"), fetched=after(1), known=after(1))
    assert saved.kind == "new"
    article = store.articles.get(saved.article.id)
    assert article == saved.article
    assert article is not None
    assert (article.publisher, article.revision, article.copy_of) == (PUBLISHER, 1, None)
    assert (article.published, article.fetched, article.known) == (NOON, after(1), after(1))
    assert article.text == TEXT
    assert article.sha256 == fingerprint(article.title, TEXT)
    assert store.articles.by_url("https://lakeside.example/a") == article
    assert store.articles.topics(article.id) == ("harbour",)


@pytest.mark.parametrize(
    "article",
    [
        parsed(),
        parsed(url=""),
        parsed(url="", guid="entry-7"),
        parsed(url="", published=None),
        parsed(url="", published=None, title=""),
    ],
    ids=["address", "title", "guid", "undated", "words alone"],
)
def test_save_when_given_twice_then_it_is_stored_once(store: Store, article) -> None:
    first = save(store, article)
    second = save(store, article)
    assert (first.kind, second.kind) == ("new", "same")
    assert second.article == first.article
    assert store.articles.count() == 1
    assert store.articles.find(article) == first.article
    assert len(store.findings.quotations(as_of=None, article=first.article.id)) == 1


def test_save_when_the_words_are_known_without_an_address_then_it_is_the_same(store: Store) -> None:
    save(store, parsed(url="", published=NOON))
    assert save(store, parsed(url="", published=after(3))).kind == "same"


def test_save_when_another_publisher_has_the_same_words_then_it_is_new(store: Store) -> None:
    save(store, parsed(url=""))
    assert save(store, parsed(url="", publisher=OFFICIAL.name), publisher=OFFICIAL).kind == "new"


def test_save_when_the_text_changed_then_it_is_a_revision(store: Store) -> None:
    first = save(store)
    second = save(store, parsed(text=CHANGED), fetched=after(5), known=after(5))
    assert (second.kind, second.article.id, second.article.revision) == ("revision", first.article.id, 2)
    assert second.article.known == after(5)
    assert store.articles.texts([(first.article.id, 1), (first.article.id, 2), (99, 1)]) == {
        (first.article.id, 1): TEXT,
        (first.article.id, 2): CHANGED,
    }


def test_save_when_a_text_without_address_changed_then_it_is_a_revision(store: Store) -> None:
    save(store, parsed(url=""))
    second = save(store, parsed(url="", text=CHANGED), fetched=after(2))
    assert second.kind == "revision"
    assert second.article.known == after(2)


def test_save_when_an_undated_article_gets_its_date_then_it_is_a_revision(store: Store) -> None:
    first = save(store, parsed(url="", published=None))
    assert store.articles.undated() == (first.article,)
    second = save(store, parsed(url=""))
    assert (second.kind, second.article.published) == ("revision", NOON)
    assert store.articles.undated() == ()


def test_save_when_a_teaser_follows_the_full_text_then_it_is_the_same(store: Store) -> None:
    save(store)
    assert save(store, parsed(text="The talks ended.", is_teaser=True)).kind == "same"


def test_save_when_the_full_text_follows_a_teaser_then_it_is_a_revision(store: Store) -> None:
    save(store, parsed(text="The talks ended.", is_teaser=True))
    assert save(store).kind == "revision"


def test_get_when_asked_for_earlier_then_the_text_is_that_of_then(store: Store) -> None:
    number = save(store).article.id
    save(store, parsed(text=CHANGED), fetched=after(5), known=after(5))
    at = [store.articles.get(number, as_of=after(hours)) for hours in (-1, 0, 4.9, 5)]
    assert [article and article.revision for article in at] == [None, 1, 1, 2]
    one = store.articles.get(number, revision=1)
    assert one is not None
    assert one.text == TEXT


def test_save_when_a_revision_is_known_no_later_then_it_is_known_when_fetched(store: Store) -> None:
    save(store)
    second = save(store, parsed(text=CHANGED), fetched=after(-2), known=NOON)
    assert second.article.known == NOON
    assert store.articles.get(second.article.id, as_of=NOON) == second.article


def test_known_between_when_an_article_arrives_late_then_only_later_reads_have_it(store: Store) -> None:
    late = save(store, parsed(2), fetched=after(6), known=after(6)).article
    first = save(store, parsed(1, published=after(-1))).article
    window = (after(-24), after(1))
    assert store.articles.known_between(*window, as_of=after(1)) == (first,)
    assert store.articles.known_between(*window, as_of=after(6)) == (first, late)
    assert store.articles.late_between(after(1), after(8), as_of=after(8)) == (late,)
    assert store.articles.late_between(after(1), after(8), as_of=after(8), topic="other") == ()


def test_known_between_when_published_on_the_edges_then_the_end_counts_and_the_start_does_not(store: Store) -> None:
    save(store, parsed(1, published=NOON))
    save(store, parsed(2, published=after(1)))
    save(store, parsed(3, published=None))
    found = store.articles.known_between(NOON, after(1), as_of=after(9))
    assert [article.title for article in found] == ["Harbour talks, day 2"]


def test_known_between_when_a_topic_is_given_then_others_are_left_out(store: Store) -> None:
    save(store, parsed(1))
    number = save(store, parsed(2), topics=()).article.id
    assert [a.id for a in store.articles.known_between(after(-1), NOON, as_of=NOON, topic="ferries")] == []
    store.articles.tag(number, ("ferries",))
    assert [a.id for a in store.articles.known_between(after(-1), NOON, as_of=NOON, topic="ferries")] == [number]


def test_newest_when_limited_then_the_last_published_come_first(store: Store) -> None:
    for number in range(4):
        save(store, parsed(number, published=after(number)))
    assert [a.title[-1] for a in store.articles.newest(2)] == ["3", "2"]


def test_save_when_text_has_what_no_database_takes_then_offsets_hold(store: Store) -> None:
    text = "A\0 lamp \ud800 \U0001f6a2 \u202e shone. " + TEXT
    saved = save(store, parsed(text=text))
    read = store.articles.get(saved.article.id)
    assert read is not None
    assert len(read.text) == len(text)
    assert span_of("Mira Toval", text).cut(read.text) == "Mira Toval"
    assert save(store, parsed(text=text)).kind == "same"
    odd = parsed(url="", title="Harbour\0 talks", text=text + "!")
    assert save(store, odd).kind == "new"
    again = store.articles.find(odd)
    assert again is not None
    assert again.title == "Harbour\ufffd talks"


def test_save_when_the_time_is_naive_then_it_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="naive"):
        save(store, fetched=NOON.replace(tzinfo=None))
    assert store.articles.count() == 0


def test_save_when_a_finding_fails_then_nothing_of_the_article_is_stored(store: Store) -> None:
    quotation = findings_in().quotations[0]
    with pytest.raises(Exception, match=r"NOT NULL|not-null"):
        save(store, findings=Findings(quotations=(quotation, replace(quotation, kind=None))))
    assert store.articles.count() == 0


def test_save_when_threads_bring_the_same_article_then_one_is_new(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        kinds = list(pool.map(lambda _: save(store).kind, range(16)))
    assert kinds.count("new") == 1
    assert kinds.count("same") == 15


def test_save_when_threads_bring_the_same_change_then_one_is_a_revision(store: Store) -> None:
    save(store)
    together = Barrier(6)

    def change(hour: int) -> str:
        together.wait()
        return save(store, parsed(text=f"{CHANGED} {hour}"), fetched=after(hour), known=after(hour)).kind

    with ThreadPoolExecutor(6) as pool:
        for hour in range(1, 13):
            kinds = list(pool.map(change, [hour] * 6))
            assert kinds.count("revision") == 1


def test_save_when_times_have_zones_then_they_come_back_in_utc(store: Store) -> None:
    from zoneinfo import ZoneInfo

    east = NOON.astimezone(ZoneInfo("Asia/Kathmandu"))
    article = save(store, parsed(published=east), fetched=east + timedelta(microseconds=1)).article
    assert article.published == NOON
    assert article.published.utcoffset() == timedelta(0)
    assert article.fetched - NOON == timedelta(microseconds=1)
