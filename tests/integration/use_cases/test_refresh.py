"""Polling real feeds of a server on loopback into a newsroom."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from briefings.errors import ExtractorDown, Interrupted
from briefings.model import Findings
from briefings.sources.fetch import open_session
from briefings.sources.sandbox import Sandbox
from briefings.use_cases.newsroom import Newsroom
from briefings.use_cases.refresh import Reader
from config.records import PublisherSpec
from tests.integration.use_cases.conftest import SentenceExtractor

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
BODY = "".join(
    f"<p>Paragraph {n} tells how Norland closed the strait to every ship of the other side.</p>" for n in range(9)
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Norland Post</title>
<item><title>Norland closes the strait</title><link>{base}/full</link><guid>1</guid>
<pubDate>Wed, 04 Mar 2026 06:00:00 GMT</pubDate><description><![CDATA[{body}]]></description></item>
<item><title>Envoys meet in Norland</title><link>{base}/page</link><guid>2</guid>
<pubDate>Wed, 04 Mar 2026 07:00:00 GMT</pubDate><description>Envoys met in Norland ...</description></item>
</channel></rss>"""
PAGE = f"<html><head><title>Envoys meet</title></head><body><article><h1>Envoys meet</h1>{BODY}</article></body></html>"


class Site:
    """A publisher with a feed, a page, and a feed that fails."""

    def __init__(self) -> None:
        self.n_feed = 0
        self.conditions: list[str | None] = []
        self.page_text = PAGE

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/feed", self.feed)
        app.router.add_get("/page", self.page)
        app.router.add_get("/", self.front)
        app.router.add_get("/broken", self.broken)
        return app

    async def feed(self, request: web.Request) -> web.Response:
        self.n_feed += 1
        self.conditions.append(request.headers.get("If-None-Match"))
        if request.headers.get("If-None-Match") == '"v1"':
            return web.Response(status=304)
        base = f"http://{request.host}"
        return web.Response(
            text=FEED.format(base=base, body=BODY), content_type="application/rss+xml", headers={"ETag": '"v1"'}
        )

    async def page(self, request: web.Request) -> web.Response:
        if not self.page_text:
            raise web.HTTPFound("/")
        return web.Response(text=self.page_text, content_type="text/html")

    async def front(self, request: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    async def broken(self, request: web.Request) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": "7200"})


@pytest.fixture
async def served() -> AsyncIterator[tuple[Site, TestServer]]:
    site = Site()
    async with TestServer(site.app()) as server:
        yield site, server


@pytest.fixture
def reader(room: Newsroom, served: tuple[Site, TestServer], sandbox: Sandbox) -> Reader:
    _, server = served
    feeds = (str(server.make_url("/feed")), str(server.make_url("/broken")))
    room.store.feeds.sync([PublisherSpec(name="Norland Post", kind="wire", feeds=feeds)], NOW)
    return Reader(
        room=room,
        sandbox=sandbox,
        session=partial(open_session, frozenset({f"127.0.0.1:{server.port}"})),
        interval=timedelta(minutes=15),
        chance=lambda: 0.0,
        owner="me",
    )


async def test_refresh_when_one_feed_fails_then_the_other_is_read_and_both_are_recorded(
    room: Newsroom, reader: Reader
) -> None:
    broken, good = sorted(await reader.refresh(NOW), key=lambda o: o.url)
    assert (good.error, good.n_entries, good.n_new) == ("", 2, 2)
    assert "503" in broken.error
    by_feed = {c.feed: c for c in room.store.feeds.checks(NOW, NOW - timedelta(days=1))}
    assert by_feed[good.url].last_success == NOW
    assert by_feed[broken.url].last_success is None
    assert "503" in str(by_feed[broken.url].last_error)
    waits = {f.url: f.next_try for f in room.store.feeds.list()}
    assert waits[broken.url] >= NOW + timedelta(hours=2)


async def test_refresh_when_the_feed_has_a_teaser_then_the_text_is_that_of_its_page(
    room: Newsroom, reader: Reader
) -> None:
    await reader.refresh(NOW)
    texts = [a.text for a in room.store.articles.known_between(NOW - timedelta(days=1), NOW, as_of=NOW)]
    assert [text.count("Paragraph") for text in texts] == [9, 9]


@pytest.mark.parametrize(
    "page_text",
    [
        "",  # leads to the front page
        f"<html><head><title>Page not found | Norland Post</title></head><body><main>{BODY}</main></body></html>",
        "<html><body><p>We and our 312 partners store and/or access information. Accept all cookies?</p></body></html>",
    ],
)
async def test_refresh_when_a_page_is_not_the_article_then_the_teaser_stays(
    room: Newsroom, reader: Reader, served: tuple[Site, TestServer], page_text: str
) -> None:
    served[0].page_text = page_text
    await reader.refresh(NOW)
    texts = [a.text for a in room.store.articles.known_between(NOW - timedelta(days=1), NOW, as_of=NOW)]
    assert [text.count("Paragraph") for text in texts] == [9, 0]


async def test_refresh_when_nothing_changed_then_asked_with_its_tag_and_not_stored_again(
    room: Newsroom, reader: Reader, served: tuple[Site, TestServer]
) -> None:
    site, _ = served
    await reader.refresh(NOW)
    assert await reader.refresh(NOW + timedelta(minutes=1)) == ()  # not due
    later = await reader.refresh(NOW + timedelta(minutes=20))
    assert [o.is_unchanged for o in later] == [True]
    assert site.conditions == [None, '"v1"']
    assert room.store.articles.count() == 2


async def test_refresh_when_a_stop_breaks_the_extraction_off_then_the_next_worker_has_every_article(
    reader: Reader, room: Newsroom, extractor: SentenceExtractor
) -> None:
    await _refuse_once(reader, room, extractor, Interrupted(), "the worker is stopping")


async def test_refresh_when_the_extractor_does_not_start_then_no_article_is_stored_without_findings(
    reader: Reader, room: Newsroom, extractor: SentenceExtractor
) -> None:
    await _refuse_once(reader, room, extractor, ExtractorDown("no model"), "no model")


async def _refuse_once(
    reader: Reader, room: Newsroom, extractor: SentenceExtractor, error: Exception, told: str
) -> None:
    def refused(*_: object, **__: object) -> Findings:
        raise error

    extract, extractor.extract = extractor.extract, refused  # type: ignore[method-assign]
    outcomes = await reader.refresh(NOW)
    assert {o.error for o in outcomes if o.url.endswith("/feed")} == {told}
    assert room.store.articles.count() == 0
    room.store.feeds.release(reader.owner)
    extractor.extract = extract  # type: ignore[method-assign]
    await reader.refresh(NOW + timedelta(minutes=1))
    assert room.store.articles.count() == 2
    assert extractor.n_asked == 2
