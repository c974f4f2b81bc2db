"""Old articles go with all that hangs on them; what is shown, told or followed stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from briefings.model import Evidence, Span, Window
from briefings.store import tables
from briefings.store.delivery_rows import ShownItem
from briefings.store.engine import reading
from briefings.store.feed_attempts import FetchAttempt
from briefings.store.retention import Cutoffs
from briefings.store.store import Store
from tests.stored import NOON, PUBLISHER, TEXT, after, parsed, save

LEASE = timedelta(seconds=60)
OLD, NEW = -24 * 100, -24  # hours before noon
CUTOFFS = Cutoffs(articles=after(-24 * 30), developments=after(-24 * 30), issues=after(-24 * 60))


def stored(store: Store, number: int, hours: float, **changes) -> int:
    """Store an article with its development and its issue; return its number."""
    saved = save(store, parsed(number, published=after(hours)), **changes)
    store.stories.add_to_development(saved.article.id, None, known=saved.article.known)
    store.stories.assign_issue(saved.findings.issues[0], None, topic="harbour", label="x", known=saved.article.known)
    return saved.article.id


def show(store: Store, article: int, at=NOON) -> None:
    """Post a briefing that shows a quotation of an article."""
    subscription = store.subscriptions.add(
        at, tenant="T1", channel="console", topic="harbour", time="08:00", zone="UTC", days=(0, 1, 2, 3, 4, 5, 6)
    )
    store.deliveries.plan(subscription, local_date="2031-05-04", slot="08:00", due=at, note="", is_skipped=False)
    claimed = store.deliveries.claim_delivery("me", at, LEASE)
    assert claimed is not None
    item = ShownItem(item=f"Q-{article}", evidence=Evidence(article=article, revision=1, span=Span(0, 5)))
    window = Window(start=at - timedelta(days=1), end=at)
    assert store.deliveries.write_parts(claimed.delivery.id, "me", ("{}",), window, at, shown=(item,))


def counts(store: Store) -> dict[str, int]:
    """Return how many rows each table has."""
    with reading(store.engine) as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in tables.metadata.tables.items()
        }


def test_prune_when_old_then_goes_with_all_that_hangs_on_it(store: Store) -> None:
    number = stored(store, 1, OLD)
    save(store, parsed(1, published=after(OLD), text=TEXT + " More."), fetched=after(OLD + 1))
    store.pages.looked(number, after(OLD), is_gone=True)
    assert store.search.search("lighthouse")
    assert store.retention.prune(CUTOFFS) == 1
    left = {name: n for name, n in counts(store).items() if n}
    assert left == {"publishers": 1}
    assert store.search.search("lighthouse") == ()


def test_prune_when_a_revision_is_new_then_the_article_stays(store: Store) -> None:
    stored(store, 1, OLD)
    save(store, parsed(1, published=after(OLD), text=TEXT + " More."), fetched=after(NEW))
    assert store.retention.prune(CUTOFFS) == 0


def test_prune_when_new_articles_are_there_then_they_are_still_found(store: Store) -> None:
    for number in range(4):
        stored(store, number, OLD)
    kept = stored(store, 9, NEW)
    assert store.retention.prune(CUTOFFS) == 4
    assert [hit.article.id for hit in store.search.search("lighthouse")] == [kept]
    assert len(store.findings.quotations(as_of=NOON)) == 1


def test_prune_when_a_briefing_showed_it_then_it_stays(store: Store) -> None:
    shown, other = stored(store, 1, OLD), stored(store, 2, OLD)
    show(store, shown)
    assert store.retention.prune(CUTOFFS) == 1
    assert store.articles.get(shown) is not None
    assert store.articles.get(other) is None


@pytest.mark.parametrize("follow", [None, "U-1", "D-1"])
def test_prune_when_its_story_is_followed_then_it_stays(store: Store, follow: str | None) -> None:
    stored(store, 1, OLD)
    if follow:
        store.reports.follow("T1", "U1", follow, "slack:D1", NOON)
    assert store.retention.prune(CUTOFFS) == (0 if follow else 1)


def test_prune_when_its_development_still_moves_then_it_stays(store: Store) -> None:
    first = save(store, parsed(1, published=after(OLD)))
    number = store.stories.add_to_development(first.article.id, None, known=first.article.known)
    second = save(store, parsed(2, published=after(NEW)))
    store.stories.add_to_development(second.article.id, number, known=second.article.known)
    assert store.retention.prune(CUTOFFS) == 0


def test_prune_when_its_issue_is_still_talked_of_then_it_stays(store: Store) -> None:
    first = save(store, parsed(1, published=after(OLD)))
    issue = store.stories.assign_issue(
        first.findings.issues[0], None, topic="harbour", label="x", known=first.article.known
    )
    second = save(store, parsed(2, published=after(-24 * 40)))
    store.stories.assign_issue(second.findings.issues[0], issue, topic="harbour", label="x", known=second.article.known)
    assert store.retention.prune(CUTOFFS) == 0
    assert store.retention.prune(replace(CUTOFFS, issues=after(-24 * 30))) == 2


def test_prune_when_a_copy_of_it_stays_then_it_stays(store: Store) -> None:
    first = save(store, parsed(1, published=after(-24 * 31)))
    save(store, parsed(2, published=after(-24 * 29)), copy_of=first.article.id)
    assert store.retention.prune(CUTOFFS) == 0


def test_prune_fetches_when_old_then_the_last_of_each_feed_stays(store: Store) -> None:
    feed = store.feeds.add("https://lakeside.example/rss", PUBLISHER, "T1", after(OLD))
    for hours in (OLD, OLD + 1, OLD + 2):
        store.feeds.record(feed.id, FetchAttempt(at=after(hours), outcome="ok", next_try=NOON))
    assert store.retention.prune_fetches(CUTOFFS.articles) == 2
    (left,) = store.feed_overview.list()
    assert left.last_success == after(OLD + 2)
