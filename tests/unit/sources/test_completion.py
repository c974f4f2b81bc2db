from datetime import UTC, datetime, timedelta

from briefings.model import ParsedArticle
from briefings.sources.completion import completed
from briefings.sources.records import ParsedPage

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
ENTRY = ParsedArticle(
    title="Envoys open the harbour",
    text="Norland and Sudmark agreed on Tuesday to open…",
    publisher="Post",
    is_teaser=True,
)
TEXT = "Norland and Sudmark agreed on Tuesday to open the harbour, envoys of both said. The tolls remain open."


def test_completed_when_page_is_the_article_then_its_text_stands_in() -> None:
    page = ParsedPage(title="Envoys open the harbour", text=TEXT, published=NOW - timedelta(hours=2))
    found = completed(ENTRY, page, NOW)
    assert (found.text, found.is_teaser, found.published) == (TEXT, False, NOW - timedelta(hours=2))
    assert (found.title, found.publisher) == (ENTRY.title, ENTRY.publisher)


def test_completed_when_page_is_another_one_then_the_teaser_stays() -> None:
    front = ParsedPage(title="Harbour Post", text="Autumn fair called off for lack of tents. " * 9)
    assert completed(ENTRY, front, NOW) is ENTRY


def test_completed_when_page_says_less_then_the_teaser_stays() -> None:
    assert completed(ENTRY, ParsedPage(title=ENTRY.title, text="Norland and Sudmark."), NOW) is ENTRY


def test_completed_when_date_of_the_page_is_in_the_future_then_stays_undated() -> None:
    page = ParsedPage(title=ENTRY.title, text=TEXT, published=NOW + timedelta(days=3))
    assert completed(ENTRY, page, NOW).published is None
