import pytest

from briefings.errors import UnreadableFile
from briefings.sources.opml import Outline, read_opml, write_opml

LIST = b"""<?xml version="1.0"?><opml version="1.0"><body><outline text="News">
<outline type="rss" text="Harbour &amp; Post" xmlUrl="https://harbour.example/rss?a=1&amp;b=2" htmlUrl='https://harbour.example/'/>
<outline type="rss" title="Sudmark" xmlUrl='https://sudmark.example/feed'></outline>
<outline text="again" xmlUrl="https://sudmark.example/feed"/><outline text="bad" xmlUrl="javascript:alert(1)"/>
</outline></body></opml>"""


def test_read_opml_when_feeds_are_nested_and_repeated_then_gives_each_once() -> None:
    assert read_opml(LIST, "feeds.opml") == [
        Outline(title="Harbour & Post", feed="https://harbour.example/rss?a=1&b=2", page="https://harbour.example/"),
        Outline(title="Sudmark", feed="https://sudmark.example/feed"),
    ]


def test_write_opml_when_read_again_then_is_the_same() -> None:
    outlines = [Outline(title='A "quoted" <title> & more', feed="https://a.example/?x=1&y='2'", page="https://a.example/"),
                Outline(title="Б", feed="https://b.example/rss")]  # fmt: skip
    assert read_opml(write_opml(outlines, "Feeds <of> a bot").encode(), "x") == outlines


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<opml/>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><outline xmlUrl="&a;"/>',
        b"<outline " * 100_000,
        b"x" * 6_000_000,
    ],
)
def test_read_opml_when_there_is_no_feed_then_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"bad\.opml"):
        read_opml(data, "bad.opml")
