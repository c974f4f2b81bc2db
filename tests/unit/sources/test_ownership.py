import pytest

from briefings.sources.ownership import Source, claim_of, is_same_site

URL = "https://lakeside.example/news/harbour"
OWN = Source(publisher="Lakeside Post", origin="https://feeds.lakeside.example/rss")
LISTED = Source(publisher="Lakeside Post", origin="https://far.example/lakeside.xml")
FOREIGN = Source(publisher="Fog Times", origin="https://fog.example/rss")
NAMESAKE = Source(publisher="Lakeside Post", origin="https://fog.example/rss")
FILE = Source(publisher="Lakeside Post", origin="harbour.html")
CATALOGUE = frozenset([("Lakeside Post", "https://far.example/lakeside.xml")])


@pytest.mark.parametrize(
    ("new", "stored", "claim"),
    [
        (OWN, OWN, "revise"),
        (LISTED, OWN, "revise"),
        (OWN, LISTED, "revise"),
        (FOREIGN, OWN, "none"),
        (FOREIGN, LISTED, "none"),
        (NAMESAKE, OWN, "none"),
        (NAMESAKE, LISTED, "none"),
        (OWN, FOREIGN, "take over"),
        (LISTED, FOREIGN, "take over"),
        (OWN, NAMESAKE, "revise"),
        (FOREIGN, FOREIGN, "revise"),
        (FOREIGN, NAMESAKE, "none"),
        (FILE, OWN, "revise"),
        (OWN, FILE, "revise"),
        (FOREIGN, FILE, "none"),
    ],
)
def test_claim_of_when_a_feed_brings_what_is_stored_then_the_right_to_the_address_decides(
    new: Source, stored: Source, claim: str
) -> None:
    assert claim_of(new, stored, URL, CATALOGUE) == claim


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("https://feeds.post.example/rss", "https://www.post.example/a", True),
        ("https://feeds.post.example/rss", "https://news.post.example/a", True),
        ("https://post.co.uk/rss", "https://news.post.co.uk/a", True),
        ("https://post.co.uk/rss", "https://other.co.uk/a", False),
        ("https://one.blogspot.com/rss", "https://two.blogspot.com/a", False),
        ("https://notpost.example/rss", "https://post.example/a", False),
        ("https://10.1.2.3/rss", "https://9.1.2.3/a", False),
        ("file.html", "https://post.example/a", False),
    ],
)
def test_is_same_site_when_hosts_are_compared_then_by_registered_name(first: str, second: str, is_same: bool) -> None:
    assert is_same_site(first, second) is is_same
