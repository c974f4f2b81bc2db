import json
from datetime import UTC, datetime
from typing import Any

import pytest

from briefings.errors import ParseFailed
from briefings.sources.discover import find_feeds
from briefings.sources.feed import read_feed

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
URL = "https://post.example/feed.json"


def body(*items: Any, **about: Any) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": items} | about).encode()


def test_read_feed_when_it_is_json_then_its_entries_are_read() -> None:
    html = {
        "id": 1,
        "url": "/world/harbour?utm_source=feed",
        "title": "Harbour <b>opens</b>",
        "content_html": "<p>The harbour opened.</p><p>Envoys came.</p>",
        "date_published": "2026-03-04T08:00:00+02:00",
    }
    plain = {"id": "two", "external_url": "https://far.example/a", "content_text": "Fog < sun.", "summary": "Fog."}
    feed = read_feed(body(html, plain, language="en-GB"), URL, NOW)
    first, second = feed.entries
    assert (feed.title, feed.language) == ("Post", "en-GB")
    assert (first.title, first.url, first.guid) == ("Harbour opens", "https://post.example/world/harbour", "1")
    assert first.text == "The harbour opened.\n\nEnvoys came."
    assert first.published == datetime(2026, 3, 4, 6, tzinfo=UTC)
    assert (second.text, second.url, second.published) == ("Fog < sun.", "https://far.example/a", None)


@pytest.mark.parametrize(
    "given",
    [
        b"{}",
        b'{"version": "1"}',
        b"{" * 100_000,
        b'{"items": [' + b"[" * 100_000,
        b'{"version": "https://jsonfeed.org/version/1", "items": [',
        b"[1]",
        b"null",
    ],
)
def test_read_feed_when_it_is_other_json_then_refused_with_what_to_do(given: bytes) -> None:
    with pytest.raises(ParseFailed, match="not an RSS, Atom or JSON feed; check the address"):
        read_feed(given, URL, NOW)


@pytest.mark.parametrize("value", [None, True, 3, -1.5, [], {}, "\ud800", "x" * 9_000, {"a": [1]}])
def test_read_feed_when_the_fields_of_a_json_feed_are_odd_then_nothing_breaks(value: Any) -> None:
    names = ("id", "url", "title", "content_html", "content_text", "summary", "date_published", "language")
    feed = read_feed(body(dict.fromkeys(names, value), value, title=value, language=value), URL, NOW)
    assert len(feed.entries) <= 1
    assert len(read_feed(body(items=value), URL, NOW).entries) == 0


def test_read_feed_when_a_json_feed_has_too_many_entries_then_the_first_are_read_and_it_says_so() -> None:
    feed = read_feed(body(*({"id": n, "content_text": f"Item {n}."} for n in range(900))), URL, NOW)
    assert (len(feed.entries), feed.entries[0].text, feed.n_left_out) == (500, "Item 0.", 400)


def test_find_feeds_when_a_page_names_a_json_feed_then_found() -> None:
    page = b'<html><head><link rel="alternate" type="application/feed+json" href="/feed.json"></head></html>'
    assert [link.url for link in find_feeds(page, "https://post.example/")] == [URL]
