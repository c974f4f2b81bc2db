"""The real worker, with its real children for feeds and articles, that kills itself in the middle of a poll."""

from __future__ import annotations

import json
import os
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import bot.worker
import briefings.use_cases.refresh as refreshing
from bot.app import App
from bot.logs import set_up_logs
from bot.process import leave_when_told, run_process, until_usable
from briefings.extract.worker import Extractor
from briefings.store.feeds import FeedStore
from config.catalogue import load_catalogue
from config.records import Catalogue, PublisherSpec
from config.settings import load_settings
from tests.faults.worker_child import Point

POLL_POINTS = ("fetched", "extracting", "stored")
LEASE = timedelta(seconds=6)  # of a feed; minutes in use


def catalogue(feeds: list[str]) -> Catalogue:
    shipped = load_catalogue()
    publishers = {f"Velm {n}": PublisherSpec(name=f"Velm {n}", feeds=(url,)) for n, url in enumerate(feeds)}
    return Catalogue(topics=shipped.topics, actors=shipped.actors, publishers=publishers, lexicons=shipped.lexicons)


def pointed(point: Point, app: App) -> None:
    """Let the process end at a point; before that it notes which children it leaves behind."""

    def reach(name: str) -> None:
        if name == point.name:
            children = [app.extractor.pid] if "extractor" in app.__dict__ else []
            noted = Path(f"{point.token}.{os.getpid()}")
            half = noted.with_suffix(f".{threading.get_ident()}")  # another thread may end the process meanwhile
            half.write_text(json.dumps([c for c in children if c]))
            half.replace(noted)
        point(name)

    parse, extract, record = refreshing.parse, Extractor.extract, FeedStore.record

    def parsing(*given: Any) -> Any:
        reach("fetched")
        return parse(*given)

    def extracting(self: Extractor, *given: Any, **also: Any) -> Any:
        if self.pid:
            reach("extracting")
        return extract(self, *given, **also)

    def recording(self: FeedStore, *given: Any, **also: Any) -> Any:
        reach("stored")
        return record(self, *given, **also)

    refreshing.parse, Extractor.extract, FeedStore.record = parsing, extracting, recording  # type: ignore[method-assign]


def main(given: dict[str, Any]) -> None:
    """Run a worker until it is told to stop."""
    leave_when_told()
    set_up_logs("INFO", "json")
    bot.worker.POLL_S, refreshing.LEASE, refreshing.BATCH = 1.0, LEASE, 2  # small shares, so that several have some
    settings = load_settings(
        {
            "DATABASE_URL": given["url"],
            "DATA_DIR": given["folder"],
            "FETCH_ALLOW": given["feeds"][0].split("/")[2],
        }
    )
    with App(settings, catalogue(given["feeds"])) as app:
        pointed(Point(given["point"], given["token"], 9), app)
        until_usable(lambda: app.store, pause_s=0.2)
        run_process(app.worker())


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
