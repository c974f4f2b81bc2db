from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.errors import ParseFailed
from briefings.sources import feed
from briefings.sources.feed import read_feed
from briefings.sources.records import FeedHints, feed_from, to_row

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
URL = "https://harbour.example/news/feed"
LONG = (
    "<p>"
    + "</p><p>".join(["The envoys of Norland and Sudmark met in the harbour town and talked until the evening."] * 12)
    + "</p>"
)


def rss(*items: str, head: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Harbour &amp;amp; Post</title>'
        f"{head}{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    ).encode()


def only(*items: str, head: str = "") -> feed.ParsedArticle:
    (entry,) = read_feed(rss(*items, head=head), URL, NOW).entries
    return entry


def test_read_feed_when_entry_is_complete_then_gives_a_clean_article() -> None:
    entry = only(
        "<title>Envoys &lt;b&gt;meet&lt;/b&gt;</title><link>/a/1?utm_source=rss#c</link><guid "
        "isPermaLink='false'>h-1</guid>"
        f"<pubDate>Tue, 06 Jan 2026 18:00:00 +0200</pubDate><description>Short…</description>"
        f"<content:encoded><![CDATA[{LONG}]]></content:encoded>"
    )
    assert (entry.title, entry.publisher, entry.guid) == ("Envoys meet", "Harbour & Post", "h-1")
    assert entry.url == "https://harbour.example/a/1"
    assert entry.published == datetime(2026, 1, 6, 16, 0, tzinfo=UTC)
    assert entry.text.count("\n\n") == 11
    assert not entry.is_teaser
    assert entry.language == "en"


def test_read_feed_when_feed_is_atom_then_reads_it() -> None:
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://harbour.example/x/"><title>Post</title><entry><id>tag:h,1</id>'
        b'<title type="html">A &amp;lt;b&amp;gt; c</title><link rel="alternate" href="../a/2"/><updated>'
        b"2026-01-06T18:00:00Z</updated>"
        b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content></entry></feed>'
    )
    (entry,) = read_feed(body, URL, NOW).entries
    assert (entry.url, entry.text) == ("https://harbour.example/a/2", "One.\n\nTwo.")
    assert entry.published == datetime(2026, 1, 6, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "ending", ["…", "...", " [&amp;#8230;]", " Read more", " Continue reading Envoys meet →", " [Read the full story]"]
)
def test_read_feed_when_text_breaks_off_then_is_a_teaser(ending: str) -> None:
    entry = only(f"<title>t</title><description>{LONG.replace('<', '&lt;')[:-10]}{ending}</description>")
    assert entry.is_teaser
    assert "ead more" not in entry.text
    assert "Continue" not in entry.text


def test_read_feed_when_entry_has_no_text_then_the_title_stands_in() -> None:
    entry = only("<title>Envoys meet</title>")
    assert (entry.text, entry.is_teaser, entry.url) == ("Envoys meet", True, "")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[bad"])
def test_read_feed_when_link_is_unsafe_then_it_is_dropped(link: str) -> None:
    assert only(f"<title>t</title><link>{link}</link><guid isPermaLink='true'>{link}</guid>").url == ""


def test_read_feed_when_entries_are_undated_or_of_the_future_then_they_are_undated_and_said() -> None:
    found = read_feed(
        rss("<title>a</title>", "<title>b</title><pubDate>Tue, 06 Jan 2036 18:00:00 GMT</pubDate>",
            "<title>c</title><pubDate>Mon, 02 Mar 2026 06:30:00 GMT</pubDate>"), URL, NOW
    )  # fmt: skip
    assert [entry.published is None for entry in found.entries] == [True, True, False]
    assert found.n_undated == 2
    assert "b: its date 2036-01-06" in found.notes[0]


def test_read_feed_when_entries_repeat_then_each_comes_once() -> None:
    item = "<title>a</title><link>https://harbour.example/1</link>"
    assert len(read_feed(rss(item, item.replace("/1", "/1?utm_medium=rss"), "<title>x</title>"), URL, NOW).entries) == 2


@pytest.mark.parametrize(
    ("head", "ttl"),
    [("<ttl>30</ttl>", 1800.0),
     ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800.0),
     ("<ttl>soon</ttl>", None), ("", None)],
)  # fmt: skip
def test_read_feed_when_feed_asks_for_an_interval_then_is_in_seconds(head: str, ttl: float | None) -> None:
    assert read_feed(rss("<title>a</title>", head=head), URL, NOW).ttl == ttl


def test_read_feed_when_there_are_too_many_entries_then_the_first_500_are_read() -> None:
    found = read_feed(rss(*(f"<title>t{n}</title><link>https://h.example/{n}</link>" for n in range(2_000))), URL, NOW)
    assert (len(found.entries), found.n_left_out) == (500, 1_500)
    assert found.entries[499].title == "t499"


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"<!DOCTYPE html><html><body><p>x</p></body></html>", "web page, not a feed"), (b"", "is empty"),
     (b" \n", "is empty"), (b"hello", "not an RSS, Atom or JSON feed"),
     (b'{"items": []}', "not an RSS, Atom or JSON feed")],
)  # fmt: skip
def test_read_feed_when_body_is_no_feed_then_says_what_it_is(body: bytes, reason: str) -> None:
    with pytest.raises(ParseFailed, match=reason):
        read_feed(body, URL, NOW)


def test_read_feed_when_body_names_a_file_or_address_then_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr("builtins.open", lambda *a, **_: opened.append(a) or (_ for _ in ()).throw(OSError("closed")))
    for body in (str(Path(__file__)).encode(), b"http://127.0.0.1/feed", b"file:///etc/passwd"):
        with pytest.raises(ParseFailed):
            read_feed(body, URL, NOW)
    assert opened == []


def test_read_feed_when_charset_of_the_server_lies_then_text_is_still_right() -> None:
    body = rss("<title>Посланники встретились</title>")
    (entry,) = read_feed(body, URL, NOW, FeedHints(content_type="application/xml; charset=iso-8859-1")).entries
    assert entry.title == "Посланники встретились"


def test_read_feed_when_hints_are_given_then_publisher_and_language_hold() -> None:
    (entry,) = read_feed(rss("<title>Kurz</title>"), URL, NOW, FeedHints(publisher="Agency", language="de")).entries
    assert (entry.publisher, entry.language) == ("Agency", "de")


def test_feed_from_when_row_was_made_by_to_row_then_gives_the_same_feed() -> None:
    found = read_feed(
        rss(
            f"<title>t</title><pubDate>Tue, 06 Jan 2026 18:00:00 GMT</pubDate><description>"
            f"{LONG.replace('<', '&lt;')}</description>"
        ),
        URL,
        NOW,
    )
    assert feed_from(to_row(found)) == found


@pytest.mark.parametrize(
    "change",
    [{"entries": None}, {"entries": [{}] * 501}, {"entries": [{"title": 5}]}, {"n_undated": "x"}, {"ttl": "1"},
     {"extra": 1}, {"entries": [{"title": "t", "text": "x", "publisher": "p", "published": "soon"}]}, {"title": None}],
)  # fmt: skip
def test_feed_from_when_answer_has_the_wrong_shape_then_refuses(change: dict[str, object]) -> None:
    row = {**to_row(read_feed(rss("<title>t</title>"), URL, NOW)), **change}
    with pytest.raises(ParseFailed):
        feed_from(row)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 400))
def test_read_feed_when_bytes_are_spliced_in_then_gives_a_feed_or_says_why_not(junk: bytes, at: int) -> None:
    body = rss("<title>Envoys meet</title><link>https://h.example/1</link>")
    try:
        found = read_feed(body[:at] + junk + body[at:], URL, NOW)
    except ParseFailed:
        return
    assert feed_from(to_row(found)) == found
