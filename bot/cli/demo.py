"""The demo: plays the bundled sample through the same code as the worker, at simulated times."""

from __future__ import annotations

import asyncio
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree as ET

from bot.app import App
from bot.cli.screen import err, out, progress
from bot.commands import respond
from bot.delivery import Deliverer
from bot.logs import set_up_logs
from bot.planner import Planner
from briefings.answers.records import Asker, Reply
from briefings.sources.files import Given, read_paths
from briefings.store.feed_attempts import FetchAttempt
from briefings.store.feeds import StoredFeed
from briefings.use_cases.ingest import ingest
from briefings.use_cases.refresh import parse, store_entries, success_of, unseen
from config.catalogue import load_catalogue
from config.records import Catalogue
from config.settings import load_settings

SAMPLE = Path(__file__).parents[1] / "sample"
ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A time in which a feed can't be read, and the error seen."""

    feed: str
    start: datetime
    end: datetime
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What the demo plays (`sample/sample.toml`); times are UTC."""

    topic: str
    zone: str
    start: datetime
    poll: timedelta
    briefings: tuple[datetime, ...]
    feeds: Mapping[str, Path]
    outages: tuple[Outage, ...]

    def polls(self, until: datetime, since: datetime) -> Iterator[datetime]:
        """Yield the times after `since` and up to `until` at which the feeds are read."""
        at = self.start
        while at <= until:
            if at > since:
                yield at
            at += self.poll

    def outage(self, feed: str, at: datetime) -> Outage | None:
        """Return the outage that a feed is in."""
        return next((o for o in self.outages if o.feed == feed and o.start <= at < o.end), None)


def read_script(folder: Path = SAMPLE) -> Script:
    """Read the script of the sample."""
    row: dict[str, Any] = tomllib.loads((folder / "sample.toml").read_text(encoding="utf-8"))
    return Script(
        topic=row["topic"],
        zone=row["zone"],
        start=row["start"],
        poll=timedelta(minutes=row["poll_minutes"]),
        briefings=tuple(row["briefings"]),
        feeds={url: folder / "feeds" / name for url, name in row["feeds"].items()},
        outages=tuple(Outage(**outage) for outage in row["outages"]),
    )


def feed_at(file: Path, now: datetime) -> bytes:
    """Return an Atom file as it stood at a time: without the entries published later."""
    tree = ET.parse(file)  # noqa: S314 - our own file
    feed = tree.getroot()
    for entry in feed.findall(f"{ATOM}entry"):
        if datetime.fromisoformat(entry.findtext(f"{ATOM}published", "")) > now:
            feed.remove(entry)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


class Clock:
    """The simulated time."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """Return the time."""
        return self.at


def play() -> None:
    """Post each day's briefing of the sample, then answer commands when a terminal is there."""
    script = read_script()
    with TemporaryDirectory(prefix="briefing-bot-demo-") as folder:
        settings = load_settings({"DATA_DIR": folder, "OPS_CHANNEL": "console"})
        set_up_logs("ERROR", "console")
        clock = Clock(script.start)
        with App(settings, sample_catalogue(), clock) as app:
            err("Demo: sample articles from sample publishers; what they report was really said and done in May 2025.")
            asyncio.run(_play(app, script, clock))


def sample_catalogue() -> Catalogue:
    """Return the shipped catalogue with the sample's publishers alone."""
    catalogue = load_catalogue(SAMPLE / "catalogue")
    ours = {name: p for name, p in catalogue.publishers.items() if name.startswith("Sample ")}
    return replace(catalogue, publishers=ours)


async def _play(app: App, script: Script, clock: Clock) -> None:
    feeds = {f.url: f for f in app.store.feeds.list()}
    _subscribe(app, script)
    deliverer = _deliverer(app)
    planner = Planner(app.store.deliveries, app.store.subscriptions.active, timedelta(hours=6))
    since = datetime.min.replace(tzinfo=UTC)
    for number, at in enumerate(script.briefings, 1):
        with progress() as bar:
            polls = list(script.polls(at, since))
            task = bar.add_task(f"Day {number} of {len(script.briefings)}: reading", total=len(polls) * len(feeds))
            if number == 1:
                _import(app)
            for moment in polls:
                clock.at = moment
                for url, file in script.feeds.items():
                    _read(app, script, feeds[url], file)
                    bar.advance(task)
        clock.at = since = at
        planner.tick(at)
        while await deliverer.draft_one() or await deliverer.send_some():
            await deliverer.finish(10)
        out("")
    await _prompt(app)


def _subscribe(app: App, script: Script) -> None:
    app.store.subscriptions.add(
        script.start,
        tenant="console",
        channel="console",
        topic=script.topic,
        time="08:00",
        zone=script.zone,
        days=(0, 1, 2, 6),
    )


def _deliverer(app: App) -> Deliverer:
    async def alert(words: str) -> None:
        err(f"ops: {words}")

    return Deliverer(
        ledger=app.store.deliveries,
        targets=app.store.targets,
        platforms=app.chat.platforms(),
        draft=app.draft_for,
        alert=alert,
        clock=app.clock,
        owner=app.owner,
    )


def _import(app: App) -> None:
    for outcome in read_paths([SAMPLE / "stored"], Given(), app.sandbox, app.now):
        if isinstance(outcome, Exception):
            raise outcome
        ingest(app.room, outcome, now=app.now, is_import=True)


def _read(app: App, script: Script, feed: StoredFeed, file: Path) -> None:
    """Read a feed's file as it stood now and record that as a fetch; in an outage record the failure."""
    now, following = app.now, app.now + script.poll
    outage = script.outage(feed.url, now)
    if outage:
        attempt = FetchAttempt(at=now, outcome="failed", next_try=following, error=outage.error)
    else:
        parsed = parse(app.sandbox, feed, feed_at(file, now), now)
        n_new, _ = store_entries(app.room, unseen(app.room, feed, parsed), now)
        attempt = success_of(parsed, now, n_new, following)
    app.store.feeds.record(feed.id, attempt)


async def _prompt(app: App) -> None:
    """Answer commands, when someone can type them."""
    if not sys.stdin.isatty():
        return
    out("Type /help for the commands, exit to leave.")

    async def handle(text: str, asker: Asker) -> Reply:
        return await asyncio.to_thread(respond, text, asker, app.answer, app.now)

    await app.chat.console.listen(handle)
