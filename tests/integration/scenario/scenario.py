"""Eight scripted days through the real extractor, store and sections: `python -m tests.integration.scenario.scenario`.

Run as a script it writes each day's briefing to tests/data/scenario/day-N.txt, to be read before it is committed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.console.render import render_text
from briefings.extract.worker import Extractor
from briefings.model import ParsedArticle, Window
from briefings.store.engine import open_engine
from briefings.store.feed_attempts import FetchAttempt
from briefings.store.migrate import migrate
from briefings.store.store import Store
from briefings.stories.context import story_context
from briefings.use_cases.draft import DraftRequest, draft
from briefings.use_cases.ingest import ingest
from briefings.use_cases.newsroom import Newsroom
from config.catalogue import load_catalogue
from config.records import Catalogue
from config.settings import Settings

DATA = Path(__file__).parents[2] / "data" / "scenario"
TOPIC = "corran"
FIRST = datetime(2031, 5, 6, 6, tzinfo=UTC)  # the first briefing, on a Tuesday
DAYS = 8
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OUTAGE = (datetime(2031, 5, 9, 7, tzinfo=UTC), datetime(2031, 5, 10, 9, tzinfo=UTC))
CARRIER = "https://slate-hall.example/feed"


def play() -> Iterator[str]:
    """Yield each day's briefing as text, its thread included."""
    catalogue = _only(load_catalogue(DATA / "catalogue"))
    model = Settings.model_fields["nlp_model"].default
    with TemporaryDirectory() as folder, Extractor(model, catalogue) as extractor:
        engine = open_engine(f"sqlite:///{folder}/scenario.db")
        migrate(engine)
        store = Store(engine)
        room = Newsroom(store=store, extractor=extractor, catalogue=catalogue, stories=story_context(catalogue))
        store.feeds.sync(catalogue.publishers.values(), FIRST - DAY)
        for number in range(DAYS):
            yield _day(room, FIRST + number * DAY, is_first=number == 0)
        store.close()


def _only(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue with the scenario's topic and publishers alone."""
    ours = {name: p for name, p in catalogue.publishers.items() if TOPIC in p.topics}
    return Catalogue(
        topics={TOPIC: catalogue.topics[TOPIC]}, actors=catalogue.actors, publishers=ours, lexicons=catalogue.lexicons
    )


def _day(room: Newsroom, end: datetime, *, is_first: bool) -> str:
    """Read the feeds hour by hour up to a briefing and draft it."""
    start, rows = end - DAY, tomllib.loads((DATA / "articles.toml").read_text(encoding="utf-8"))["articles"]
    for hour in range(1, 25):
        now = start + hour * HOUR
        for row in rows:
            if now - HOUR < row.get("seen", row["published"]) <= now:
                ingest(room, _parsed(row), now=now, is_import=False)
        _read_feeds(room, now)
    window = Window(start=start, end=end, is_first=is_first)
    request = DraftRequest(topic=TOPIC, window=window, as_of=end, next_at=end + DAY)
    return render_text(draft(room, request).document)


def _parsed(row: Mapping[str, Any]) -> ParsedArticle:
    return ParsedArticle(
        title=row["title"],
        text=row["text"].strip(),
        publisher=row["publisher"],
        url=row["url"],
        published=row["published"],
    )


def _read_feeds(room: Newsroom, now: datetime) -> None:
    for feed in room.store.feeds.list():
        is_down = feed.url == CARRIER and OUTAGE[0] <= now < OUTAGE[1]
        attempt = FetchAttempt(
            at=now,
            outcome="failed" if is_down else "ok",
            next_try=now + HOUR,
            error="the server did not answer within 20 s" if is_down else "",
        )
        room.store.feeds.record(feed.id, attempt)


def expected(number: int) -> Path:
    """Return the file of a day's expected briefing."""
    return DATA / f"day-{number}.txt"


if __name__ == "__main__":
    for number, text in enumerate(play(), 1):
        expected(number).write_text(text, encoding="utf-8")
