"""Pages looked at, files of the inbox, and how the feeds are."""

from __future__ import annotations

from datetime import timedelta

from briefings.store.corrections import RETRACTED
from briefings.store.feed_attempts import FetchAttempt, SeenEntry
from briefings.store.inbox import InboxFile
from briefings.store.store import Store
from tests.contract.test_store_retention import show
from tests.stored import NOON, PUBLISHER, TEXT, after, parsed, save

DAY = timedelta(days=1)
FEED = "https://lakeside.example/rss"


def shown_article(store: Store, origin: str = FEED) -> int:
    number = save(store, parsed(origin=origin)).article.id
    show(store, number, after(1))
    part = store.deliveries.claim_part("me", after(1), timedelta(seconds=60))
    assert part is not None
    store.deliveries.mark_sending(part.part, "me", after(1))
    assert store.deliveries.mark_sent(part.part, "me", "m1", after(1))
    return number


def due(store: Store, hours: float) -> list[int]:
    pages = store.pages.due(after(hours), shown_since=after(hours) - 7 * DAY, every=DAY, limit=5)
    return [page.article for page in pages]


def test_pages_when_shown_and_from_a_feed_then_due_once_a_day_for_a_week(store: Store) -> None:
    number = shown_article(store)
    assert due(store, 2) == [number]
    store.pages.looked(number, after(2), is_gone=False)
    assert due(store, 20) == []
    assert due(store, 26) == [number]
    assert due(store, 24 * 8) == []


def test_pages_when_imported_or_not_shown_then_never_due(store: Store) -> None:
    shown_article(store, origin="envoys.txt")
    save(store, parsed(2, origin=FEED))
    assert due(store, 2) == []


def test_pages_when_missed_then_due_sooner_and_counted_until_found(store: Store) -> None:
    number = shown_article(store)
    store.pages.looked(number, after(2), is_gone=True)
    assert due(store, 14) == [number]
    (page,) = store.pages.due(after(14), shown_since=NOON, every=DAY, limit=5)
    assert (page.n_gone, page.first_gone) == (1, after(2))
    store.pages.looked(number, after(14), is_gone=None)
    store.pages.looked(number, after(15), is_gone=True)
    (page,) = store.pages.due(after(30), shown_since=NOON, every=DAY, limit=5)
    assert (page.n_gone, page.first_gone) == (2, after(2))
    store.pages.looked(number, after(30), is_gone=False)
    (page,) = store.pages.due(after(60), shown_since=NOON, every=DAY, limit=5)
    assert (page.n_gone, page.first_gone) == (0, None)


def test_retract_when_done_then_nothing_new_rests_on_it_and_the_past_is_as_it_was(store: Store) -> None:
    number = shown_article(store)
    assert store.pages.retract(number, after(5))
    assert not store.pages.retract(number, after(6))
    assert store.pages.retracted(number) == after(5)
    assert store.findings.quotations(as_of=after(6)) == ()
    assert store.search.search("lighthouse") == ()
    assert store.articles.get(number) is None
    assert len(store.findings.quotations(as_of=after(4))) == 1
    assert store.articles.texts([(number, 1)]) == {(number, 1): TEXT}
    assert due(store, 48) == []


def test_retract_when_the_same_text_comes_again_then_it_stays_so_and_a_changed_one_is_back(store: Store) -> None:
    number = shown_article(store)
    store.pages.retract(number, after(5))
    assert save(store, parsed(origin=FEED), fetched=after(6), known=after(6)).kind == "same"
    assert store.pages.retracted(number) == after(5)
    found = store.articles.find(parsed())
    assert found is not None
    assert found.id == number
    changed = save(store, parsed(text=TEXT + " Corrected."), fetched=after(7), known=after(7))
    assert (changed.kind, changed.article.revision) == ("revision", 2)
    assert store.pages.retracted(number) is None
    assert store.articles.get(number, as_of=after(6)) is None
    assert store.articles.get(number) == changed.article


def test_stale_when_an_article_was_retracted_then_what_a_post_shows_of_it_is_to_be_corrected_once(store: Store) -> None:
    number = shown_article(store)
    assert store.corrections.stale(NOON - DAY) == ()
    store.pages.retract(number, after(5))
    (stale,) = store.corrections.stale(NOON - DAY)
    assert [(i.item, i.reason, i.evidence.article) for i in stale.items] == [(f"Q-{number}", RETRACTED, number)]
    assert store.corrections.stale(after(2)) == ()
    assert store.corrections.write(stale, ("{}",), "{}", after(6))
    assert store.corrections.stale(NOON - DAY) == ()


def test_stale_when_a_retracted_article_came_back_with_the_words_then_nothing_is_to_be_corrected(store: Store) -> None:
    number = shown_article(store)
    store.pages.retract(number, after(5))
    save(store, parsed(text=TEXT + " Corrected."), fetched=after(7), known=after(7))
    assert store.corrections.stale(NOON - DAY) == ()


def test_inbox_when_a_file_is_put_then_found_by_path_and_by_content(store: Store) -> None:
    store.inbox.put(InboxFile(path="a.txt", stamp="3-1", state="waiting"), NOON)
    store.inbox.put(InboxFile(path="a.txt", stamp="3-2", state="bad", sha256="s"), after(1))
    assert store.inbox.seen(["a.txt", "b.txt"]) == {
        "a.txt": InboxFile(path="a.txt", stamp="3-2", state="bad", sha256="s")
    }
    assert (store.inbox.state_of("s"), store.inbox.state_of("")) == ("bad", None)


def test_overview_when_read_failed_and_unchanged_then_one_row_tells_all(store: Store) -> None:
    feed = store.feeds.add(FEED, PUBLISHER, "T1", NOON)
    (new,) = store.feed_overview.list()
    assert (new.state, new.last_success, new.n_entries, new.first_attempt) == ("live", None, None, None)

    def entries(*hours: float) -> tuple[SeenEntry, ...]:
        return tuple(SeenEntry(entry=f"e{h}", sha256="s", published=after(h)) for h in hours)

    store.feeds.record(feed.id, FetchAttempt(at=after(1), outcome="ok", next_try=after(2), entries=entries(-9, -4)))
    store.feeds.record(feed.id, FetchAttempt(at=after(3), outcome="ok", next_try=after(4), entries=entries(-4, 2.5)))
    store.feeds.record(feed.id, FetchAttempt(at=after(4), outcome="not_modified", next_try=after(5)))
    (read,) = store.feed_overview.list()
    assert (read.n_entries, read.newest, read.lag, read.is_unchanged) == (2, after(2.5), 1800.0, True)
    store.feeds.record(feed.id, FetchAttempt(at=after(5), outcome="failed", next_try=after(6), error="503"))
    (down,) = store.feed_overview.list("T1")
    assert (down.failures, down.last_error, down.last_success, down.first_attempt) == (1, "503", after(4), after(1))
    assert store.feed_overview.list("T2") == ()


def test_hasten_when_asked_then_due_now_and_failures_still_count(store: Store) -> None:
    feed = store.feeds.add(FEED, PUBLISHER, "T1", NOON)
    store.feeds.record(feed.id, FetchAttempt(at=NOON, outcome="failed", next_try=after(9), error="503"))
    store.feed_overview.hasten([feed.id], after(1))
    assert [(f.id, f.failures) for f in store.feeds.due(after(1))] == [(feed.id, 1)]


def test_outage_when_told_then_once_until_it_ends(store: Store) -> None:
    feed = store.feeds.add(FEED, PUBLISHER, "T1", NOON).id
    assert [store.feed_overview.begin_outage(feed, NOON, after(72)) for _ in range(2)] == [True, False]
    assert store.feed_overview.outages() == {feed}
    assert [store.feed_overview.end_outages(feed, after(80)) for _ in range(2)] == [(NOON,), ()]
    assert store.feed_overview.outages() == frozenset()
    assert store.feed_overview.begin_outage(feed, after(100), after(180))
