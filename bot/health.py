"""Is it alive: /healthz, /readyz and /metrics on one port."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from briefings.errors import StoreError
from briefings.model import Delivery

TICK_AGE = timedelta(seconds=90)  # an older planner tick means that nothing is planned any more
_PLAIN = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The figures that /metrics shows. Labels never hold an address, a channel or a tenant."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.posts = Counter("briefing_posts", "Posts by result", ("platform", "result"), registry=registry)
        self.unknown = Gauge("briefing_delivery_unknown", "Posts that may or may not have been made", registry=registry)
        self.lateness = Histogram(
            "briefing_lateness_seconds",
            "From the slot to the first message",
            buckets=(5, 15, 30, 60, 90, 120, 300, 900, 3600, 21600),
            registry=registry,
        )
        self.oldest_pending = Gauge(
            "outbox_oldest_pending_seconds", "Since when the oldest unsent briefing is due", registry=registry
        )
        self.fetches = Counter("feed_fetches", "Feed fetches by outcome", ("status",), registry=registry)
        self.rate_limited = Counter(
            "platform_rate_limited", "Answers that asked to wait", ("platform",), registry=registry
        )
        self.last_tick = Gauge("planner_last_tick_timestamp_seconds", "Last planner tick", registry=registry)

    def count_fetch(self, status: str) -> None:
        """Count what came of one feed: ok, unchanged or failed."""
        self.fetches.labels(status).inc()

    def show_unsent(self, unsent: Sequence[Delivery], now: datetime) -> None:
        """Show how many deliveries are in doubt, and how long the oldest of the others has waited."""
        waiting = [d for d in unsent if d.state != "unknown"]
        self.unknown.set(sum(d.state == "unknown" for d in unsent))
        self.oldest_pending.set(max(((now - d.due).total_seconds() for d in waiting), default=0))

    def count_post(self, platform: str, result: str) -> None:
        """Count what came of one post."""
        self.posts.labels(platform, result).inc()
        if result == "rate_limited":
            self.rate_limited.labels(platform).inc()


@dataclass(kw_only=True)
class Health:
    """What readiness rests on: the database answers, the planner ticks, every platform is connected."""

    clock: Callable[[], datetime]
    ping: Callable[[], object]  # asks the database something; raises StoreError
    is_connected: Callable[[], dict[str, bool]] = dict
    metrics: Metrics = field(default_factory=Metrics)
    last_tick: datetime | None = None

    def ticked(self, now: datetime) -> None:
        """Note a planner tick."""
        self.last_tick = now
        self.metrics.last_tick.set(now.timestamp())

    async def failings(self) -> tuple[str, ...]:
        """Return what keeps the worker from being ready, nothing when it is."""
        found = [f"{name} is not connected" for name, up in sorted(self.is_connected().items()) if not up]
        if self.last_tick is None or self.clock() - self.last_tick > TICK_AGE:
            found.append("the planner does not tick")
        try:
            async with asyncio.timeout(5):
                await asyncio.to_thread(self.ping)
        except (StoreError, TimeoutError):
            found.append("the database does not answer")
        return tuple(found)

    def app(self) -> web.Application:
        """Return the three pages."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/healthz", self._healthz),
                web.get("/readyz", self._readyz),
                web.get("/metrics", self._metrics),
            ]
        )
        return app

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _: web.Request) -> web.Response:
        failings = await self.failings()
        text = "".join(f"{line}\n" for line in failings) or "ready\n"
        return web.Response(text=text, status=503 if failings else 200)

    async def _metrics(self, _: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self.metrics.registry), headers={"Content-Type": _PLAIN})


async def serve_health(health: Health, port: int) -> web.AppRunner:
    """Serve the pages on a port of every address; the caller cleans the runner up.

    Raises:
        OSError: the port is taken.
    """
    runner = web.AppRunner(health.app(), access_log=None)
    await runner.setup()
    # a host's health check comes from outside, and the pages tell nothing that is secret
    await web.TCPSite(runner, "0.0.0.0", port).start()  # noqa: S104
    return runner
