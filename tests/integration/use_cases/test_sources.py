"""Feeds found behind pages, added, listed, told when dead; against a server on loopback."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from briefings.errors import BadInput, FetchFailed, UnreadableFile
from briefings.sources.fetch import open_session
from briefings.sources.opml import read_opml
from briefings.sources.sandbox import Sandbox
from briefings.store.feed_attempts import FetchAttempt, SeenEntry
from briefings.use_cases.discover import Discovery, Finder, FoundFeed, web_address
from briefings.use_cases.feed_states import feed_alarms, feed_states, span_words
from briefings.use_cases.newsroom import Newsroom
from briefings.use_cases.sources import About, add_feed, export_feeds, import_feeds, known_feed
from config.records import PublisherSpec
from tests.integration.sources.origin import Origin

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
RSS = (
    "<rss version='2.0'><channel><title>{title}</title><item><title>Envoys meet</title><guid>1</guid>"
    "<pubDate>Wed, 04 Mar 2026 06:00:00 GMT</pubDate></item></channel></rss>"
)
PAGE = "<html><head>{head}</head><body><p>Welcome.</p></body></html>"
LINK = '<link rel="alternate" type="application/rss+xml" title="All" href="{href}">'


def page(*hrefs: str) -> bytes:
    return PAGE.format(head="".join(LINK.format(href=href) for href in hrefs)).encode()


def rss(title: str = "Norland Post") -> bytes:
    return RSS.format(title=title).encode()


async def discover(origin: Origin, sandbox: Sandbox, path: str) -> Discovery:
    finder = Finder(sandbox=sandbox, session=partial(open_session, origin.allow))
    return await finder.discover(origin.url(path), NOW)


async def test_discover_when_the_address_is_a_feed_then_itself_with_its_title(origin: Origin, sandbox: Sandbox) -> None:
    url = origin.answers("/rss", rss())
    found = await discover(origin, sandbox, "/rss")
    newest = datetime(2026, 3, 4, 6, tzinfo=UTC)
    assert found == Discovery(
        asked=url, feeds=(FoundFeed(url=url, title="Norland Post", n_entries=1, newest=newest),), is_feed=True
    )


async def test_discover_when_a_page_names_feeds_then_those_that_can_be_read(origin: Origin, sandbox: Sandbox) -> None:
    origin.answers("/", page("/news.xml", "/gone.xml", "/not.xml", "/world.xml"), Content_Type="text/html")
    origin.answers("/news.xml", rss("News"))
    origin.answers("/not.xml", page(), Content_Type="text/html")
    origin.answers("/world.xml", rss("World"))
    found = await discover(origin, sandbox, "/")
    assert [f.title for f in found.feeds] == ["News", "World"]
    assert not found.is_feed


async def test_discover_when_a_page_names_none_then_the_usual_places_are_tried(
    origin: Origin, sandbox: Sandbox
) -> None:
    origin.answers("/about", page(), Content_Type="text/html")
    url = origin.answers("/feed", rss())
    assert [f.url for f in (await discover(origin, sandbox, "/about")).feeds] == [url]


async def test_discover_when_a_feed_moved_for_good_then_its_new_address(origin: Origin, sandbox: Sandbox) -> None:
    url = origin.answers("/new", rss())
    origin.answers("/old", status="301 Moved Permanently", Location=url)
    assert [f.url for f in (await discover(origin, sandbox, "/old")).feeds] == [url]


async def test_discover_when_there_is_no_feed_then_it_says_what_to_do(origin: Origin, sandbox: Sandbox) -> None:
    origin.answers("/", page(), Content_Type="text/html")
    with pytest.raises(BadInput, match="is no feed and names none"):
        await discover(origin, sandbox, "/")
    with pytest.raises(FetchFailed, match="404"):
        await discover(origin, sandbox, "/missing")


def test_find_when_the_address_is_private_then_nobody_is_asked(sandbox: Sandbox) -> None:
    finder = Finder(sandbox=sandbox, session=open_session)
    with pytest.raises(Exception, match="private or reserved"):
        finder.find("http://127.0.0.1/rss", NOW)


@pytest.mark.parametrize(
    ("given", "meant"),
    [("example.org/rss", "https://example.org/rss"), (" <http://example.org/> ", "http://example.org/")],
)
def test_web_address_when_typed_loosely_then_understood(given: str, meant: str) -> None:
    assert web_address(given) == meant


@pytest.mark.parametrize("given", ["javascript:alert(1)", "ftp://example.org", "data:text/html,x", ""])
def test_web_address_when_it_is_none_then_refused(given: str) -> None:
    with pytest.raises(BadInput, match="not an http"):
        web_address(given)


def test_web_address_when_it_holds_a_password_then_refused_without_repeating_it() -> None:
    with pytest.raises(BadInput, match="user name or password") as refused:
        web_address("https://reader:pass_word@feeds.example/rss")
    assert "pass_word" not in str(refused.value)


FEED = FoundFeed(url="https://bay.example/rss", title="Bay Courier", n_entries=1, language="en-GB")


def test_add_when_nothing_is_said_then_named_by_its_title(room: Newsroom) -> None:
    stored = add_feed(room, FEED, "T1", NOW)
    assert (stored.publisher.name, stored.publisher.kind, stored.publisher.language) == ("Bay Courier", "media", "en")
    assert [f.url for f in room.store.feeds.due(NOW)] == [FEED.url]


def test_add_when_more_is_said_then_kept_and_the_catalogue_goes_before(room: Newsroom) -> None:
    official = add_feed(room, FEED, "T1", NOW, About(name="Estborg Office", kind="official", carries="estmark"))
    assert (official.publisher.kind, official.publisher.carries) == ("official", "estmark")
    other = FoundFeed(url="https://post.example/rss", title="Norland Post", n_entries=0)
    assert add_feed(room, other, "T1", NOW, About(name="Norland Post", kind="media")).publisher.kind == "wire"


def test_add_when_the_feed_was_gone_then_it_is_read_again(room: Newsroom) -> None:
    number = add_feed(room, FEED, "T1", NOW).id
    room.store.feeds.record(number, attempt(0, "failed", error="answered 410", state="gone"))
    assert room.store.feeds.due(at(1)) == ()
    assert add_feed(room, FEED, "T1", at(1)).state == "live"
    assert [(f.id, f.failures) for f in room.store.feeds.due(at(1))] == [(number, 0)]
    assert known_feed(room, FEED.url) is not None


@pytest.mark.parametrize(
    ("about", "said"), [(About(kind="blog"), "wire, media, official"), (About(carries="mars"), "estmark")]
)
def test_add_when_kind_or_actor_is_none_then_it_lists_those_there_are(room: Newsroom, about: About, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        add_feed(room, FEED, "T1", NOW, about)


def test_opml_when_exported_and_imported_then_the_same_feeds(room: Newsroom) -> None:
    add_feed(room, FEED, "T1", NOW)
    text = export_feeds(room)
    again = import_feeds(room, text.encode(), "feeds.opml", "T2", NOW)
    assert (again.n_added, again.n_known) == (0, 1)
    more = text.replace("bay.example", "lake.example").encode()
    assert import_feeds(room, more, "feeds.opml", "T2", NOW).n_added == 1
    assert [o.feed for o in read_opml(export_feeds(room, "T2").encode(), "x")] == ["https://lake.example/rss"]
    with pytest.raises(UnreadableFile, match="no feeds"):
        import_feeds(room, b"<opml/>", "feeds.opml", "T2", NOW)


def attempt(days: float, outcome="ok", **changes) -> FetchAttempt:
    at = NOW + timedelta(days=days)
    return FetchAttempt(**{"at": at, "outcome": outcome, "next_try": at} | changes)


@pytest.fixture
def feed(room: Newsroom) -> int:
    room.store.feeds.sync([PublisherSpec(name="Norland Post", kind="wire", feeds=("https://post.example/rss",))], NOW)
    return room.store.feeds.list()[0].id


def at(days: float) -> datetime:
    return NOW + timedelta(days=days)


def test_alarms_when_a_feed_is_dead_for_three_days_then_told_once_and_so_is_its_return(
    room: Newsroom, feed: int
) -> None:
    room.store.feeds.record(feed, attempt(0))
    room.store.feeds.record(feed, attempt(1, "failed", error="answered 503"))
    assert feed_alarms(room, at(2)) == ()
    (told,) = feed_alarms(room, at(3.1))
    assert "Norland Post" in told
    assert "down for 3 days: answered 503" in told
    assert feed_alarms(room, at(4)) == ()
    room.store.feeds.record(feed, attempt(5))
    assert feed_alarms(room, at(5)) == ("Answering again: Norland Post",)
    assert feed_alarms(room, at(6)) == ()
    room.store.feeds.record(feed, attempt(9, "failed", error="answered 503"))
    assert len(feed_alarms(room, at(9))) == 1


def test_alarms_when_a_feed_never_answered_then_counted_from_the_first_try(room: Newsroom, feed: int) -> None:
    assert feed_alarms(room, at(9)) == ()
    room.store.feeds.record(feed, attempt(9, "failed", error="can't be reached"))
    assert feed_alarms(room, at(11)) == ()
    assert "never answered" in feed_alarms(room, at(12))[0]


def test_alarms_when_a_feed_is_gone_for_good_then_told_at_once(room: Newsroom, feed: int) -> None:
    room.store.feeds.record(feed, attempt(0, "failed", error="answered 410", state="gone"))
    assert "gone for good" in feed_alarms(room, at(0))[0]


def test_states_when_failing_quiet_or_unread_then_each_in_its_words(room: Newsroom, feed: int) -> None:
    add_feed(room, FEED, "T1", NOW)
    entries = (SeenEntry(entry="1", sha256="s", published=at(-20)),)
    room.store.feeds.record(feed, attempt(0, entries=entries))
    unread, quiet = feed_states(room, at(0))
    assert (unread.feed.publisher, unread.words, unread.is_well) == ("Bay Courier", "not read yet", False)
    assert (quiet.words, quiet.is_well) == ("read; nothing new for 20 days", True)
    room.store.feeds.record(feed, attempt(1, "failed", error="answered 503"))
    assert [s.words for s in feed_states(room, at(1)) if s.feed.id == feed] == ["down for 24 hours: answered 503"]


@pytest.mark.parametrize(
    ("hours", "said"), [(0, "a moment"), (0.75, "45 minutes"), (1.5, "90 minutes"), (26, "26 hours"), (60, "2 days")]
)
def test_span_words_when_given_then_in_its_natural_unit(hours: float, said: str) -> None:
    assert span_words(timedelta(hours=hours)) == said


def test_add_feed_when_it_calls_itself_as_another_publisher_then_its_host_is_said(room: Newsroom) -> None:
    room.store.feeds.sync([PublisherSpec(name="Norland Post", kind="wire", feeds=("https://post.example/rss",))], NOW)

    def name_of(url: str, about: About | None = None) -> str:
        return add_feed(room, FoundFeed(url=url, title="Norland Post", n_entries=1), "T1", NOW, about).publisher.name

    assert name_of("https://fog.example/rss") == "Norland Post (fog.example)"
    assert name_of("https://feeds.post.example/world") == "Norland Post"
    assert name_of("https://far.example/rss", About(name="Norland Post")) == "Norland Post"
    outline = (
        b'<opml version="2.0"><body><outline text="Norland Post" xmlUrl="https://mist.example/rss"/></body></opml>'
    )
    import_feeds(room, outline, "list.opml", "T1", NOW)
    assert "Norland Post (mist.example)" in {f.publisher.name for f in room.store.feeds.list()}
