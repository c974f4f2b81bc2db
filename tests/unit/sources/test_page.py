from datetime import UTC, datetime

import pytest

from briefings.errors import ParseFailed
from briefings.sources.discover import find_feeds
from briefings.sources.page import read_page

URL = "https://harbour.example/a/1?utm_source=x"
BODY = (
    "<h1>Envoys meet</h1><p>The envoys of Norland and Sudmark met in the harbour town on Tuesday "
    "and talked until the evening.</p>"
    "<blockquote><p>“We have a start,” said Ada Vex, the envoy of Norland, on the steps of the "
    "customs house.</p></blockquote>"
    "<p>Her colleague called it <q>a good day</q> and left without another word for the reporters at the door.</p>"
)


def page(body: str = BODY, head: str = "", lang: str = "en") -> bytes:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>Envoys meet | Harbour Post</title>{head}</head>'
        f"<body><nav><a href='/'>Home</a></nav><article>{body}</article><footer>All rights "
        f"reserved</footer></body></html>"
    ).encode()


HEAD = (
    '<meta property="og:site_name" content="Harbour Post"><link rel="canonical" href="/a/1">'
    '<meta property="article:published_time" content="2026-01-06T18:20:00+02:00">'
)


def test_read_page_when_article_is_plain_then_gives_text_and_facts() -> None:
    found = read_page(page(head=HEAD), URL)
    assert (found.title, found.publisher, found.url) == ("Envoys meet", "Harbour Post", "https://harbour.example/a/1")
    assert found.published == datetime(2026, 1, 6, 16, 20, tzinfo=UTC)
    first, second, third = found.text.split("\n\n")
    assert first.startswith("The envoys of Norland")
    assert second.startswith("“We have a start,”")
    assert "called it “a good day” and left" in third
    assert not found.is_teaser


def test_read_page_when_facts_are_linked_data_then_takes_them() -> None:
    data = (
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Envoys &amp; tolls",'
        '"datePublished":"2026-01-06T18:20:00Z","publisher":{"name":"Post"}}]}</script>'
        '<script type="application/ld+json">{broken</script>'
    )
    found = read_page(page(head=data), URL)
    assert (found.title, found.publisher) == ("Envoys & tolls", "Post")


def test_read_page_when_canonical_address_is_of_another_site_then_is_not_believed() -> None:
    found = read_page(page(head='<link rel="canonical" href="https://bank.example/login">'), URL)
    assert found.url == "https://harbour.example/a/1"


@pytest.mark.parametrize(
    "words",
    [
        "We value your privacy. We and our 812 partners store and/or access information. Accept all cookies.",
        "Checking your browser before accessing harbour.example. Verify you are human.",
        "Please enable JavaScript and cookies to continue.",
        "Access denied. You do not have permission to view this page.",
    ],
)
def test_read_page_when_a_wall_stands_in_front_then_it_is_not_taken_for_the_article(words: str) -> None:
    with pytest.raises(ParseFailed, match=r"consent page|no article"):
        read_page(page(f"<p>{words}</p>"), URL)


def test_read_page_when_article_mentions_cookies_then_it_is_an_article() -> None:
    long = BODY + "<p>The ministry said that sites must offer a way to accept cookies before they set any.</p>" * 12
    assert "accept cookies" in read_page(page(long), URL).text


@pytest.mark.parametrize(
    "stub",
    [
        "Subscribe now to continue reading.",
        "This article is for subscribers only.",
        "Already a subscriber? Log in to read on.",
    ],
)
def test_read_page_when_the_rest_is_for_subscribers_then_is_a_teaser_without_the_invitation(stub: str) -> None:
    found = read_page(page(BODY + f"<p>{stub}</p>"), URL)
    assert found.is_teaser
    assert stub not in found.text
    assert found.text.startswith("The envoys")


def test_read_page_when_only_an_invitation_is_there_then_says_that_there_is_no_article() -> None:
    with pytest.raises(ParseFailed):
        read_page(
            page("<p>Subscribe now to continue reading this and every other article of the Harbour Post.</p>"), URL
        )


def test_read_page_when_language_is_another_then_it_is_recognised() -> None:
    body = (
        "<p>Посланники двух стран встретились во вторник в портовом городе и говорили до вечера о будущем договоре.</p>"
        * 3
    )
    assert read_page(page(body), URL).language == "ru"


def test_read_page_when_it_is_a_fragment_then_it_is_taken_whole() -> None:
    assert (
        read_page(b"<p>The envoys <b>met</b>.</p><p>Then they left.</p>", "row 3").text
        == "The envoys met.\n\nThen they left."
    )


@pytest.mark.parametrize(
    "data", [b"", b"   ", b"<html></html>", b"<html><body><nav>Home</nav></body></html>", b"<!-- -->"]
)
def test_read_page_when_there_is_no_text_then_says_so(data: bytes) -> None:
    with pytest.raises(ParseFailed):
        read_page(data, URL)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"%PDF-1.7 the envoys met in the harbour", ""),
        (b'{"error": "the envoys met in the harbour"}', "application/json"),
        (b"The envoys met in the harbour town on Tuesday.", "text/plain; charset=utf-8"),
        (bytes(range(256)) * 20, "text/html"),
    ],
)
def test_read_page_when_it_is_no_page_then_is_not_taken_for_text(data: bytes, content_type: str) -> None:
    with pytest.raises(ParseFailed, match="not a web page"):
        read_page(data, URL, content_type)


def test_find_feeds_when_page_names_feeds_then_heads_come_first() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" title="All &amp; more" href="/rss"><link '
        'rel="stylesheet" type="text/css" href="/x.css">'
        '<link rel="alternate" type="application/atom+xml" href="https://other.example/atom"><link '
        'rel="alternate" type="text/html" href="/de">'
    )
    found = find_feeds(
        page(BODY + '<a href="/world/feed/">World</a><a href="javascript:x.rss">y</a><a href="/rss">again</a>', head),
        URL,
    )
    assert [(link.url, link.title) for link in found] == [
        ("https://harbour.example/rss", "All & more"),
        ("https://other.example/atom", ""),
        ("https://harbour.example/world/feed/", "World"),
    ]


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"<html>"])
def test_find_feeds_when_page_names_none_then_empty(data: bytes) -> None:
    assert find_feeds(data, URL) == ()
