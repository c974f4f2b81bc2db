"""One parsed article to a stored one with its place in the stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from briefings.model import ParsedArticle
from briefings.use_cases.ingest import ingest
from briefings.use_cases.newsroom import Newsroom

from .conftest import SentenceExtractor

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
PUBLISHED = NOW - timedelta(hours=3)
ARTICLE = ParsedArticle(
    title="Norland closes the strait",
    text="Norland closed the strait on Tuesday.\n\nThe fishing border remains unresolved.\n\nEstmark has not replied.",
    publisher="Norland Post",
    url="https://post.example/strait",
    published=PUBLISHED,
)


def test_ingest_when_imported_then_known_since_it_was_published_and_placed(room: Newsroom) -> None:
    done = ingest(room, ARTICLE, now=NOW, is_import=True)
    assert (done.kind, done.note) == ("new", "")
    assert (done.article.known, done.article.publisher.kind) == (PUBLISHED, "wire")
    assert room.store.articles.topics(done.article.id) == ("strait",)
    assert room.store.stories.development_of(done.article.id) is not None
    (issue,) = room.store.stories.issue_mentions_by_issue("strait", as_of=NOW)
    assert issue.label == "The fishing border"


def test_ingest_when_it_comes_from_a_feed_then_known_since_the_fetch(room: Newsroom) -> None:
    assert ingest(room, ARTICLE, now=NOW, is_import=False).article.known == NOW


def test_ingest_when_nothing_changed_then_same_and_not_extracted_again(
    room: Newsroom, extractor: SentenceExtractor
) -> None:
    ingest(room, ARTICLE, now=NOW, is_import=True)
    again = ingest(room, ARTICLE, now=NOW + timedelta(hours=1), is_import=True)
    assert again.kind == "same"
    assert (extractor.n_asked, room.store.articles.count()) == (1, 1)


def test_ingest_when_the_text_changed_then_a_revision_known_from_then_on(room: Newsroom) -> None:
    ingest(room, ARTICLE, now=NOW, is_import=True)
    later = NOW + timedelta(hours=5)
    changed = ingest(room, replace(ARTICLE, text=ARTICLE.text + "\n\nMore."), now=later, is_import=False)
    assert (changed.kind, changed.article.revision, changed.article.known) == ("revision", 2, later)
    before = room.store.articles.get(changed.article.id, as_of=NOW)
    assert before is not None
    assert before.revision == 1


def test_ingest_when_the_same_matter_returns_then_the_same_issue(room: Newsroom) -> None:
    ingest(room, ARTICLE, now=NOW, is_import=True)
    other = replace(ARTICLE, url="https://post.example/2", published=PUBLISHED + timedelta(days=1))
    second = replace(
        other, title="Talks in Norland", text="Norland spoke.\n\nThe fishing border remains unresolved today."
    )
    ingest(room, second, now=NOW + timedelta(days=2), is_import=True)
    (issue,) = room.store.stories.issue_mentions_by_issue("strait", as_of=NOW + timedelta(days=2))
    assert len(issue.mentions) == 2


def test_ingest_when_undated_then_stored_found_and_in_no_briefing(room: Newsroom) -> None:
    done = ingest(room, replace(ARTICLE, published=None), now=NOW, is_import=True)
    assert done.note.startswith("undated")
    assert room.store.articles.known_between(NOW - timedelta(days=9), NOW, as_of=NOW) == ()
    assert [hit.article.id for hit in room.store.search.search("strait")] == [done.article.id]


def test_ingest_when_not_english_then_stored_but_not_extracted(room: Newsroom, extractor: SentenceExtractor) -> None:
    done = ingest(room, replace(ARTICLE, language="fr"), now=NOW, is_import=True)
    assert "'fr'" in done.note
    assert (extractor.n_asked, room.store.articles.count()) == (0, 1)


def test_ingest_when_the_extractor_gives_up_then_stored_without_findings_and_said(
    room: Newsroom, extractor: SentenceExtractor
) -> None:
    extractor.is_broken = True
    done = ingest(room, ARTICLE, now=NOW, is_import=True)
    assert (done.kind, "30 seconds" in done.note) == ("new", True)
    assert room.store.findings.responses(as_of=NOW) == ()


def test_ingest_when_a_kill_left_it_unplaced_then_the_next_time_places_it(room: Newsroom) -> None:
    saved = room.store.articles.save(
        ARTICLE,
        room.publisher("Norland Post"),
        room.extractor.extract(ARTICLE.text),
        fetched=NOW,
        known=PUBLISHED,
        topics=("strait",),
    )
    assert room.store.stories.development_of(saved.article.id) is None
    assert ingest(room, ARTICLE, now=NOW, is_import=True).kind == "same"
    assert room.store.stories.development_of(saved.article.id) is not None
    assert len(room.store.stories.issue_mentions_by_issue("strait", as_of=NOW)) == 1


def test_ingest_when_another_feed_names_the_address_then_the_article_is_left_as_it_was(room: Newsroom) -> None:
    own = replace(ARTICLE, origin="https://post.example/rss")
    stored = ingest(room, own, now=NOW, is_import=False).article
    forged = replace(own, text="Norland opened the strait.", publisher="Fog Times", origin="https://fog.example/rss")
    for brought in (forged, replace(forged, publisher="Norland Post")):
        done = ingest(room, brought, now=NOW + timedelta(hours=1), is_import=False)
        assert (done.kind, done.article) == ("same", stored)
        assert "left as it was" in done.note
    assert room.store.articles.get(stored.id) == stored


def test_ingest_when_another_feed_was_there_first_then_the_owner_takes_the_article_over(room: Newsroom) -> None:
    own = replace(ARTICLE, origin="https://feeds.post.example/rss")
    forged = replace(own, text="Norland opened the strait.", publisher="Fog Times", origin="https://fog.example/rss")
    first = ingest(room, forged, now=NOW, is_import=False).article
    done = ingest(room, own, now=NOW + timedelta(hours=1), is_import=False)
    assert (done.kind, done.article.id, done.article.publisher.name) == ("revision", first.id, "Norland Post")
    assert done.article.text == own.text
    assert ingest(room, forged, now=NOW + timedelta(hours=2), is_import=False).kind == "same"
