from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from aiohttp.test_utils import make_mocked_request

from bot.health import Health, Metrics
from briefings.errors import StoreError
from tests.fakes import FakeClock, FakeLedger, subscription


def unreachable() -> None:
    msg = "the database is gone"
    raise StoreError(msg)


async def test_ready_when_the_planner_ticks_and_the_database_answers() -> None:
    clock = FakeClock()
    health = Health(clock=clock, ping=lambda: 1, is_connected=lambda: {"fake": True})
    health.ticked(clock())
    assert await health.failings() == ()
    clock.pass_(seconds=91)
    assert await health.failings() == ("the planner does not tick",)


async def test_not_ready_names_each_failing() -> None:
    health = Health(clock=FakeClock(), ping=unreachable, is_connected=lambda: {"fake": False})
    assert await health.failings() == (
        "fake is not connected",
        "the planner does not tick",
        "the database does not answer",
    )


async def test_pages_say_alive_not_ready_and_the_figures() -> None:
    clock = FakeClock()
    health = Health(clock=clock, ping=unreachable)
    health.ticked(clock() - timedelta(seconds=10))
    health.metrics.count_post("slack", "sent")
    health.metrics.count_post("slack", "rate_limited")
    pages = {}
    for route in health.app().router.routes():
        path = route.resource.canonical if route.resource else ""
        pages[path] = await route.handler(make_mocked_request("GET", path))
    assert pages["/healthz"].status == 200
    assert pages["/readyz"].status == 503
    assert b"briefing_posts_total" in pages["/metrics"].body
    assert b'platform_rate_limited_total{platform="slack"} 1.0' in pages["/metrics"].body


def test_figures_tell_deliveries_in_doubt_from_those_that_wait() -> None:
    metrics, ledger, now = Metrics(), FakeLedger(), FakeClock().now
    for n, state in enumerate(("pending", "unknown", "sending"), 1):
        planned = ledger.plan(
            subscription(id=n),
            local_date="2026-03-02",
            slot="08:00",
            due=now - timedelta(minutes=n),
            note="",
            is_skipped=False,
        )
        assert planned
        ledger.deliveries[planned] = replace(ledger.deliveries[planned], state=state)
    metrics.show_unsent(ledger.unsent(now), now)
    assert metrics.registry.get_sample_value("briefing_delivery_unknown") == 1
    assert metrics.registry.get_sample_value("outbox_oldest_pending_seconds") == 180
