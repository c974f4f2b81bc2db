"""Articles taken down by their publishers, and old ones forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from briefings.model import Evidence, ParsedArticle, Span, Window
from briefings.sources.fetch import open_session
from briefings.store.delivery_rows import ShownItem
from briefings.use_cases.draft import DraftRequest, gather
from briefings.use_cases.ingest import ingest
from briefings.use_cases.newsroom import Newsroom
from briefings.use_cases.retention import prune_daily
from briefings.use_cases.retraction import PageWatch
from tests.integration.sources.origin import Origin

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
LEASE = timedelta(seconds=60)


def article(origin: Origin, path: str) -> ParsedArticle:
    return ParsedArticle(
        title=f"Norland closes the strait {path}",
        text='Norland closed the strait.\n\n"We came to listen," said Ada Holm.\n\nThe border remains unresolved.',
        publisher="Norland Post",
        url=origin.url(path),
        published=NOW - timedelta(hours=3),
        origin="https://post.example/rss",
    )


def show(room: Newsroom, *numbers: int) -> None:
    """Post a briefing that shows these articles."""
    deliveries = room.store.deliveries
    subscription = room.store.subscriptions.add(
        NOW, tenant="", channel="console", topic="strait", time="08:00", zone="UTC", days=(0, 1, 2, 3, 4, 5, 6)
    )
    deliveries.plan(subscription, local_date="2026-03-04", slot="08:00", due=NOW, note="", is_skipped=False)
    claimed = deliveries.claim_delivery("me", NOW, LEASE)
    assert claimed is not None
    items = [ShownItem(item=f"A-{n}", evidence=Evidence(article=n, revision=1, span=Span(0, 7))) for n in numbers]
    window = Window(start=NOW - timedelta(days=1), end=NOW)
    deliveries.write_parts(claimed.delivery.id, "me", ("{}",), window, NOW, shown=items)
    part = deliveries.claim_part("me", NOW, LEASE)
    assert part is not None
    deliveries.mark_sending(part.part, "me", NOW)
    deliveries.mark_sent(part.part, "me", "m1", NOW)


def after(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def n_quotations(room: Newsroom, as_of: datetime) -> int:
    window = Window(start=NOW - timedelta(days=1), end=as_of)
    return len(gather(room, DraftRequest(topic="strait", window=window, as_of=as_of)).quotations)


async def test_look_when_a_page_stays_missing_then_later_briefings_leave_it_out(room: Newsroom, origin: Origin) -> None:
    gone = ingest(room, article(origin, "/gone"), now=NOW, is_import=False).article
    origin.answers("/there", b"<p>There.</p>" * 20_000)
    there = ingest(room, article(origin, "/there"), now=NOW, is_import=False).article
    show(room, gone.id, there.id)
    watch = PageWatch(room=room, session=partial(open_session, origin.allow))
    assert await watch.look(after(1)) == ()
    assert n_quotations(room, after(2)) == 2
    assert await watch.look(after(2)) == ()  # not due
    assert origin.hits["/gone"] == 1
    (told,) = await watch.look(after(14))
    assert f"A-{gone.id}" in told
    assert "404" in told
    assert room.store.pages.retracted(gone.id) == after(14)
    assert n_quotations(room, after(15)) == 1
    assert n_quotations(room, after(13)) == 2  # as it was known then
    assert room.store.pages.retracted(there.id) is None
    assert len(room.store.articles.texts([(gone.id, 1)])) == 1


async def test_look_when_a_page_says_gone_for_good_then_once_is_enough(room: Newsroom, origin: Origin) -> None:
    origin.answers("/gone", status="410 Gone")
    number = ingest(room, article(origin, "/gone"), now=NOW, is_import=False).article.id
    show(room, number)
    assert len(await PageWatch(room=room, session=partial(open_session, origin.allow)).look(after(1))) == 1


@pytest.mark.parametrize("status", ["503 Busy", "403 Forbidden", "429 Too Many Requests"])
async def test_look_when_the_answer_tells_nothing_then_nothing_follows(
    room: Newsroom, origin: Origin, status: str
) -> None:
    origin.answers("/page", status=status)
    number = ingest(room, article(origin, "/page"), now=NOW, is_import=False).article.id
    show(room, number)
    watch = PageWatch(room=room, session=partial(open_session, origin.allow))
    assert [await watch.look(after(hours)) for hours in (1, 26, 51)] == [(), (), ()]
    assert origin.hits["/page"] == 3


async def test_look_when_the_page_leads_to_the_front_page_then_nothing_follows_and_earlier_looks_count(
    room: Newsroom, origin: Origin
) -> None:
    origin.answers("/world/page", status="404 Not Found")
    origin.answers("/", b"<html><head><title>Post</title></head><body><p>News.</p></body></html>")
    number = ingest(room, article(origin, "/world/page"), now=NOW, is_import=False).article.id
    show(room, number)
    watch = PageWatch(room=room, session=partial(open_session, origin.allow))
    assert await watch.look(after(1)) == ()
    origin.answers("/world/page", status="302 Found", Location="/")
    assert await watch.look(after(14)) == ()
    assert room.store.pages.retracted(number) is None
    origin.answers("/world/page", status="404 Not Found")
    assert len(await watch.look(after(40))) == 1


async def test_look_when_robots_txt_closes_the_page_then_it_is_not_asked_for(room: Newsroom, origin: Origin) -> None:
    origin.answers("/robots.txt", b"User-agent: *\nDisallow: /")
    number = ingest(room, article(origin, "/page"), now=NOW, is_import=False).article.id
    show(room, number)
    assert await PageWatch(room=room, session=partial(open_session, origin.allow)).look(after(1)) == ()
    assert origin.hits["/page"] == 0


def test_prune_daily_when_run_then_once_a_day_and_shown_articles_stay(room: Newsroom, origin: Origin) -> None:
    old = [
        replace(article(origin, f"/{n}"), published=NOW - timedelta(days=100), text=f"Norland spoke {n} times.")
        for n in range(3)
    ]
    numbers = [ingest(room, a, now=NOW, is_import=True).article.id for a in old]
    show(room, numbers[0])
    assert prune_daily(room, NOW, 30) == 2
    assert prune_daily(room, after(1), 30) is None
    assert prune_daily(room, after(24), 30) == 0
    assert room.store.articles.get(numbers[0]) is not None
