"""Feeds follow the catalogue, are polled by one worker at a time, and every attempt is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from briefings.model import Publisher
from briefings.store.feed_attempts import FetchAttempt, SeenEntry
from briefings.store.store import Store
from config.records import PublisherSpec
from tests.stored import NOON, PUBLISHER, after, save

URL = "https://lakeside.example/rss"
OTHER = "https://chancellery.example/rss"
POST = PublisherSpec(name="Lakeside Post", kind="wire", feeds=(URL,))
CHANCELLERY = PublisherSpec(name="Orvian Chancellery", kind="official", carries="orvia", feeds=(OTHER,))
LEASE = timedelta(seconds=60)


def attempt(hours: float, outcome="ok", **changes) -> FetchAttempt:
    values = {"at": after(hours), "outcome": outcome, "next_try": after(hours + 0.25)}
    return FetchAttempt(**values | changes)


def entries(*hours: float) -> tuple[SeenEntry, ...]:
    return tuple(SeenEntry(entry=f"e{hour}", sha256=f"s{hour}", published=after(hour)) for hour in hours)


@pytest.fixture
def feed(store: Store) -> int:
    store.feeds.sync([POST], NOON)
    return store.feeds.list()[0].id


def test_sync_when_the_catalogue_changes_then_feeds_follow_and_attempts_stay(store: Store) -> None:
    assert store.feeds.sync([POST, CHANCELLERY], NOON) == 2
    first, second = store.feeds.list()
    assert (first.url, first.publisher, first.state, first.failures) == (
        URL, Publisher(name="Lakeside Post", kind="wire"), "live", 0,
    )  # fmt: skip
    assert second.publisher.carries == "orvia"
    store.feeds.record(second.id, attempt(1))
    store.feeds.sync([POST], after(2))
    assert [f.url for f in store.feeds.list()] == [URL]
    assert [c.feed for c in store.feeds.checks(after(3), NOON)] == [URL]
    store.feeds.sync([POST, CHANCELLERY], after(4))
    assert [f.id for f in store.feeds.due(after(4))] == [first.id, second.id]
    assert store.feeds.checks(after(5), NOON, ["Orvian Chancellery"])[0].last_success == after(1)


def test_sync_when_repeated_then_state_is_kept_and_publishers_become_as_described(store: Store) -> None:
    save(store)
    assert store.articles.newest(1)[0].publisher == PUBLISHER
    store.feeds.sync([POST], NOON)
    number = store.feeds.list()[0].id
    store.feeds.record(number, attempt(1, etag='"a"', modified="Sun"))
    store.feeds.sync([POST], after(2))
    kept = store.feeds.list()[0]
    assert (kept.id, kept.etag, kept.modified, kept.next_try) == (number, '"a"', "Sun", after(1.25))
    assert store.articles.newest(1)[0].publisher.kind == "wire"


def test_claim_when_threads_want_feeds_then_each_is_given_once(store: Store) -> None:
    many = PublisherSpec(name="Many", feeds=tuple(f"https://many.example/{n}" for n in range(12)))
    store.feeds.sync([many], NOON)

    def take(worker: int) -> list[int]:
        taken = []
        while claimed := store.feeds.claim(f"w{worker}", NOON, LEASE, limit=2):
            taken += [feed.id for feed in claimed]
        return taken

    with ThreadPoolExecutor(6) as pool:
        taken = [number for numbers in pool.map(take, range(6)) for number in numbers]
    assert sorted(taken) == sorted(f.id for f in store.feeds.list())


def test_claim_when_the_lease_ran_out_then_another_takes_over_and_the_first_is_fenced(store: Store, feed: int) -> None:
    assert [f.id for f in store.feeds.claim("a", NOON, LEASE)] == [feed]
    assert store.feeds.claim("b", NOON + LEASE / 2, LEASE) == ()
    assert store.feeds.due(NOON + LEASE / 2) == ()
    assert [f.id for f in store.feeds.claim("b", NOON + LEASE, LEASE)] == [feed]
    assert not store.feeds.record(feed, attempt(0.1, "failed"), "a")
    assert store.feeds.record(feed, attempt(0.2), "b")
    assert store.feeds.list()[0].failures == 0
    assert store.feeds.checks(after(0.15), NOON)[0].last_attempt == after(0.1)


def test_release_when_a_worker_stops_then_its_feeds_are_free(store: Store, feed: int) -> None:
    store.feeds.claim("a", NOON, LEASE)
    store.feeds.release("a")
    assert [f.id for f in store.feeds.claim("b", NOON, LEASE)] == [feed]


def test_record_when_attempts_fail_then_they_are_counted_and_a_success_starts_anew(store: Store, feed: int) -> None:
    store.feeds.record(feed, attempt(0, etag='"a"'))
    for hour in (1, 2):
        store.feeds.record(feed, attempt(hour, "failed", status=503, error="503 from lakeside.example"))
    stored = store.feeds.list()[0]
    assert (stored.failures, stored.etag, stored.next_try) == (2, '"a"', after(2.25))
    store.feeds.record(feed, attempt(3, "not_modified", status=304))
    assert (store.feeds.list()[0].failures, store.feeds.list()[0].etag) == (0, '"a"')


def test_record_when_a_feed_moves_or_ends_then_its_state_says_so(store: Store, feed: int) -> None:
    store.feeds.record(feed, attempt(0, moved_to="https://new.example/rss"))
    assert store.feeds.list()[0].address == "https://new.example/rss"
    store.feeds.record(feed, attempt(1, "failed", status=410, state="gone"))
    assert store.feeds.list()[0].state == "gone"
    assert store.feeds.due(after(99)) == ()
    store.feeds.set_state(feed, "live", after(2))
    assert [f.id for f in store.feeds.due(after(2))] == [feed]


def test_checks_when_asked_as_of_a_time_then_only_what_was_seen_by_then_counts(store: Store, feed: int) -> None:
    store.feeds.record(feed, attempt(0, entries=entries(-6, -4, -1)))
    store.feeds.record(feed, attempt(1, "not_modified"))
    store.feeds.record(feed, attempt(2, "failed", error="no answer"))
    store.feeds.record(feed, attempt(3, entries=entries(2.5)))
    (before,) = store.feeds.checks(after(-1), after(-9))
    assert (before.last_attempt, before.last_success, before.successes, before.usual_interval) == (None, None, (), None)
    (then,) = store.feeds.checks(after(2.5), after(0.5))
    assert (then.last_attempt, then.last_success, then.last_error) == (after(2), after(1), "no answer")
    assert (then.successes, then.newest_entry) == ((after(1),), after(-1))
    assert then.usual_interval == 3 * 3600
    (now,) = store.feeds.checks(after(9), NOON)
    assert (now.last_error, now.successes) == (None, (NOON, after(1), after(3)))
    assert (now.newest_entry, now.usual_interval) == (after(2.5), 3.5 * 3600)


def test_checks_when_publishers_are_given_then_only_their_feeds(store: Store) -> None:
    store.feeds.sync([POST, CHANCELLERY], NOON)
    assert [c.feed for c in store.feeds.checks(NOON, NOON, ["Orvian Chancellery"])] == [OTHER]
    assert store.feeds.checks(NOON, NOON, []) == ()


def test_known_entries_when_some_were_seen_then_their_digests_are_told(store: Store, feed: int) -> None:
    long = "https://lakeside.example/" + "x" * 5000
    seen = (*entries(1), SeenEntry(entry=long, sha256="L"))
    store.feeds.record(feed, attempt(1, entries=seen))
    assert store.feeds.known_entries(feed, ["e1", long, "e9"]) == {"e1": "s1", long: "L"}
    store.feeds.record(feed, attempt(2, entries=(SeenEntry(entry="e1", sha256="changed"),)))
    assert store.feeds.known_entries(feed, ["e1"]) == {"e1": "changed"}


def test_add_when_a_tenant_brings_a_feed_then_it_alone_may_remove_it(store: Store) -> None:
    store.feeds.sync([CHANCELLERY], NOON)
    added = store.feeds.add(URL, PUBLISHER, "T1", NOON)
    assert (added.tenant, added.url) == ("T1", URL)
    assert store.feeds.add(URL, PUBLISHER, "T2", NOON) == added
    assert [f.url for f in store.feeds.list("T2")] == [OTHER]
    assert [f.url for f in store.feeds.list("T1")] == [URL, OTHER]
    assert not store.feeds.remove(URL, "T2")
    assert not store.feeds.remove(OTHER, "T1")
    store.feeds.sync([CHANCELLERY], after(1))
    assert store.feeds.remove(URL, "T1")
    assert [f.url for f in store.feeds.list()] == [OTHER]
