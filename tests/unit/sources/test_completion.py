from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from briefings.model import ParsedArticle
from briefings.sources.completion import completed, leads_away, without_repeated
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


@pytest.mark.parametrize(
    ("asked", "came", "is_away"),
    [
        ("https://post.example/world/2031/harbour-opens", "https://post.example/", True),
        ("https://post.example/world/2031/harbour-opens", "https://www.post.example/world", True),
        ("https://post.example/world/2031/harbour-opens", "https://post.example/world/2031/", True),
        ("https://post.example/?p=12", "https://post.example/", True),
        ("https://post.example/world/harbour-opens", "https://post.example/world/harbour-opens", False),
        ("https://post.example/world/harbour-opens", "https://post.example/world/harbour-opens?src=feed", False),
        ("https://post.example/a/48213377/harbour-opens", "https://post.example/a/48213377", False),
        ("https://post.example/the-harbour-opens-at-last/amp", "https://post.example/the-harbour-opens-at-last", False),
        ("https://feeds.example/r/x81", "https://post.example/world/harbour-opens", False),
        ("https://post.example/", "https://post.example/", False),
    ],
)
def test_leads_away_when_an_address_ends_above_itself_then_it_does(asked: str, came: str, is_away: bool) -> None:
    assert leads_away(asked, came) is is_away


def test_completed_when_page_names_the_front_page_as_its_address_then_the_teaser_stays() -> None:
    entry = replace(ENTRY, url="https://post.example/world/harbour-opens")
    front = ParsedPage(title=ENTRY.title, text=TEXT * 3, published=NOW, url="https://post.example/")
    assert completed(entry, front, NOW) is entry
    assert completed(entry, replace(front, url=entry.url), NOW) is not entry


def test_completed_when_an_undated_page_with_another_title_lists_the_entry_then_the_teaser_stays() -> None:
    front = ParsedPage(title="Lakeside Post: news from the coast", text=TEXT * 3)
    assert completed(ENTRY, front, NOW) is ENTRY
    dated = replace(front, published=NOW - timedelta(hours=2))
    assert completed(ENTRY, dated, NOW) is not ENTRY


def test_without_repeated_when_two_pages_have_one_text_then_neither_is_taken() -> None:
    one, two, three = (replace(ENTRY, url=f"https://post.example/{n}", text=t) for n, t in enumerate(("a", "a", "b")))
    assert without_repeated({"1": one, "2": two, "3": three}) == {"3": three}
