"""What a feed's entries become over several reads: edits, teasers and their pages, walls, agency copy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from xml.sax.saxutils import escape

import pytest

from briefings.model import Article
from briefings.sources.fetch import open_session
from briefings.sources.sandbox import Sandbox
from briefings.use_cases import pages
from briefings.use_cases.newsroom import Newsroom
from briefings.use_cases.refresh import FeedOutcome, Reader
from config.records import PublisherSpec
from tests.integration.sources.origin import Origin

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
WORDS = [f"Paragraph {n} tells how Norland closed the strait to every ship of the other side." for n in range(12)]
TEXT = "".join(f"<p>{words}</p>" for words in WORDS)
TEASER = "Envoys met in Norland to speak about the strait ..."
CONSENT = "<p>We use cookies. Accept all cookies or manage your privacy settings before you continue.</p>"
STUB = f"<p>{WORDS[0]}</p><p>Subscribe now to continue reading this story.</p>"


class Paper:
    """A publisher whose feed is read again and again."""

    def __init__(self, room: Newsroom, origin: Origin, sandbox: Sandbox) -> None:
        self.room, self.origin = room, origin
        feeds = {"Norland Post": "/rss", "Bay Courier": "/bay"}
        room.store.feeds.sync(
            [PublisherSpec(name=name, kind="media", feeds=(origin.url(path),)) for name, path in feeds.items()], NOW
        )
        self.reader = Reader(
            room=room,
            sandbox=sandbox,
            session=partial(open_session, origin.allow),
            interval=timedelta(minutes=15),
            chance=lambda: 0.0,
            owner="me",
            pause_s=0.0,
        )

    def prints(self, *entries: tuple[str, str], path: str = "/rss", hour: int = 6) -> None:
        """Serve a feed of (title, description) pairs."""
        items = "".join(
            f"<item><title>{escape(title)}</title><guid>{path}{n}</guid><link>{self.origin.url(f'{path}/{n}')}</link>"
            f"<pubDate>Wed, 04 Mar 2026 {hour:02}:00:00 GMT</pubDate><description>{escape(text)}</description></item>"
            for n, (title, text) in enumerate(entries)
        )
        body = f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
        self.origin.answers(path, body.encode())

    def page(self, number: int, text: str, path: str = "/rss", **headers: str) -> None:
        """Serve the page of an entry."""
        html = f"<html><head><title>Envoys meet in Norland</title></head><body><article>{text}</article></body></html>"
        self.origin.answers(f"{path}/{number}", html.encode(), Content_Type="text/html", **headers)

    async def read(self, minutes: float = 0) -> FeedOutcome:
        """Read the feeds some time later; return what came of the first."""
        outcomes = await self.reader.refresh(NOW + timedelta(minutes=minutes))
        return next(o for o in outcomes if o.publisher == "Norland Post")

    def articles(self) -> tuple[Article, ...]:
        return self.room.store.articles.newest(1000)


@pytest.fixture
def paper(room: Newsroom, origin: Origin, sandbox: Sandbox) -> Paper:
    return Paper(room, origin, sandbox)


async def test_read_when_the_publisher_edits_title_or_text_then_revisions_known_from_then_on(paper: Paper) -> None:
    paper.prints(("Strait closed", TEXT))
    assert (await paper.read()).n_new == 1
    paper.prints(("Strait closed to all", TEXT))
    assert (await paper.read(20)).n_new == 1
    paper.prints(("Strait closed to all", TEXT + "<p>It opens on Friday.</p>"))
    assert (await paper.read(40)).n_new == 1
    assert (await paper.read(60)).n_new == 0
    (article,) = paper.articles()
    assert (article.revision, article.known) == (3, NOW + timedelta(minutes=40))
    get = paper.room.store.articles.get
    titles = [get(article.id, as_of=NOW + timedelta(minutes=m)) for m in (1, 21)]
    assert [a.title for a in titles if a] == ["Strait closed", "Strait closed to all"]
    assert article.text.endswith("It opens on Friday.")


async def test_read_when_a_page_asks_for_consent_then_the_teaser_stays(paper: Paper) -> None:
    paper.prints(("Envoys meet", TEASER))
    paper.page(0, CONSENT)
    await paper.read()
    (article,) = paper.articles()
    assert "cookies" not in article.text
    assert article.text.startswith("Envoys met in Norland")


async def test_read_when_a_page_is_behind_a_paywall_then_the_invitation_is_not_stored(paper: Paper) -> None:
    paper.prints(("Envoys meet", TEASER))
    paper.page(0, STUB)
    await paper.read()
    (article,) = paper.articles()
    assert "ubscribe" not in article.text


async def test_read_when_a_page_fails_for_now_then_it_is_asked_again_at_the_next_read(paper: Paper) -> None:
    paper.prints(("Envoys meet in Norland", TEASER))
    paper.origin.answers("/rss/0", status="503 Busy")
    await paper.read()
    assert [a.revision for a in paper.articles()] == [1]
    paper.page(0, "<p>Envoys met in Norland to speak about the strait.</p>" + TEXT)
    assert (await paper.read(20)).n_new == 1
    (article,) = paper.articles()
    assert (article.revision, article.text.count("Paragraph")) == (2, 12)
    await paper.read(40)
    assert paper.origin.hits["/rss/0"] == 2


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden"])
async def test_read_when_a_page_is_refused_then_it_is_not_asked_again(paper: Paper, status: str) -> None:
    paper.prints(("Envoys meet", TEASER))
    paper.origin.answers("/rss/0", status=status)
    for minutes in (0, 20, 40):
        await paper.read(minutes)
    assert paper.origin.hits["/rss/0"] == 1


async def test_read_when_a_feed_has_many_teasers_then_few_pages_a_read_and_none_twice(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PER_READ", 3)
    paper.prints(*((f"Envoys meet, part {n}", TEASER) for n in range(5)))
    for number in range(5):
        paper.page(number, f"<p>Envoys met in Norland to speak about the strait, part {number}.</p>" + TEXT)
    asked = []
    for minutes in (0, 20, 40):
        await paper.read(minutes)
        asked.append(sum(paper.origin.hits[f"/rss/{n}"] for n in range(5)))
    assert asked == [3, 5, 5]
    assert {a.text.count("Paragraph") for a in paper.articles()} == {12}


async def test_read_when_two_outlets_print_one_text_then_the_second_is_agency_copy(paper: Paper) -> None:
    paper.prints(("Strait closed", TEXT))
    await paper.read()
    paper.prints(("Norland shuts strait", TEXT), path="/bay", hour=7)
    await paper.read(40)
    second, first = paper.articles()
    assert (first.copy_of, second.copy_of) == (None, first.id)
    (development,) = paper.room.store.stories.developments(as_of=None)
    assert development.n_publishers == 1


async def test_read_when_the_first_of_an_outage_fails_then_failures_are_counted_and_reset(paper: Paper) -> None:
    paper.origin.answers("/rss", status="500 Oops")
    for minutes in (0, 20):
        await paper.read(minutes)
    failing = next(f for f in paper.room.store.feeds.list() if f.publisher.name == "Norland Post")
    assert failing.failures == 2
    assert failing.next_try == NOW + timedelta(minutes=20 + 30)
    paper.prints(("Strait closed", TEXT))
    await paper.read(60)
    assert {f.failures for f in paper.room.store.feeds.list() if f.id == failing.id} == {0}
