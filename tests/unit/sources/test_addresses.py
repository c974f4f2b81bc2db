import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.sources.addresses import canonical, host_of, resolve

SAME = [
    ("HTTPS://Reader:secret@WWW.Harbour.Example:443/a?utm_source=rss&id=3&fbclid=x#top", "https://www.harbour.example/a?id=3"),
    ("http://harbour.example", "http://harbour.example/"),
    ("https://harbour.example/a b/ü?q=ä", "https://harbour.example/a%20b/%C3%BC?q=%C3%A4"),
    ("https://hafen-münde.example/", "https://xn--hafen-mnde-geb.example/"),
    ("https://harbour.example/story/amp/", "https://harbour.example/story"),
    ("https://harbour.example/story.amp.html", "https://harbour.example/story.html"),
    ("https://harbour.example/story?amp=1&x=2", "https://harbour.example/story?x=2"),
    ("https://m.harbour.example/story", "https://www.harbour.example/story"),
    ("https://en.m.harbour.example/story", "https://en.harbour.example/story"),
    ("https://www.google.com/amp/s/www.harbour.example/story", "https://www.harbour.example/story"),
    ("https://harbour-example.cdn.ampproject.org/c/s/harbour.example/story", "https://harbour.example/story"),
    ("https://harbour.example/a?at_medium=RSS&at_campaign=x&CMP=1", "https://harbour.example/a?CMP=1"),
    ("https://harbour.example/app#!/story/1", "https://harbour.example/app#!/story/1"),
    ("https://harbour.example/\u202egpj.exe", "https://harbour.example/gpj.exe"),
    ("https://[2606:4700::1111]/a", "https://[2606:4700::1111]/a"),
    ("https://harbour.example:8443/a", "https://harbour.example:8443/a"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "expected"), SAME)
def test_canonical_when_address_has_variants_then_gives_the_one_form(url: str, expected: str) -> None:
    assert canonical(url) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "ftp://harbour.example/", "//harbour.example/a", "mailto:a@b.example",
     "", "https://", "https://harbour.example:99999/", "file:///etc/passwd", "https://a..b/",
     "https://h.example/" + "a" * 3000],
)  # fmt: skip
def test_canonical_when_address_is_not_of_the_web_then_empty(url: str) -> None:
    assert canonical(url) == ""


@given(st.text(max_size=80))
def test_canonical_when_address_is_anything_then_is_stable_and_clean(tail: str) -> None:
    once = canonical("https://harbour.example/" + tail)
    assert canonical(once) == once
    assert once.isascii()
    assert not set(once) & set(' <>"\\\n\r')


def test_resolve_when_link_is_relative_then_joins_and_refuses_other_schemes() -> None:
    assert resolve("https://harbour.example/news/feed", "../a") == "https://harbour.example/a"
    assert resolve("https://harbour.example/", "javascript:alert(1)") == ""
    assert resolve("feed.xml", "/a") == ""
    assert resolve("https://harbour.example/", "https://[bad") == ""


def test_host_of_when_address_has_www_then_leaves_it_out() -> None:
    assert host_of("https://www.harbour.example/a") == "harbour.example"
    assert host_of("no address") == ""
