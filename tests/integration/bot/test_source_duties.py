"""The worker's duties for its sources: which there are, and what operators hear of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.app import App
from bot.source_duties import source_duties
from bot.worker import Duty, Worker
from briefings.model import Publisher
from briefings.store.feed_attempts import FetchAttempt
from config.settings import Settings

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)


class Desk:
    """An app on a data directory of its own and what its operators were told."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.told: list[str] = []

    async def alert(self, words: str) -> None:
        self.told.append(words)

    def duties(self) -> dict[str, Duty]:
        worker = cast("Worker", SimpleNamespace(clock=lambda: NOW, alert=self.alert))
        made = source_duties(worker, self.app.room, self.app.sandbox, self.app.session, self.app.settings)
        return {duty.name: duty for duty in made}


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    settings: dict[str, Any] = {"data_dir": tmp_path / "data", **getattr(request, "param", {})}
    if "inbox_dir" in settings:
        settings["inbox_dir"] = tmp_path / "inbox"
        settings["inbox_dir"].mkdir()
    with App(Settings(**settings), clock=lambda: NOW) as app:
        yield Desk(app)


def test_duties_when_nothing_is_set_then_feeds_and_pages_alone(desk: Desk) -> None:
    assert list(desk.duties()) == ["feed alarms", "pages"]


@pytest.mark.parametrize("desk", [{"retention_days": 30, "inbox_dir": True}], indirect=True)
async def test_duties_when_an_inbox_and_retention_are_set_then_both_are_done(desk: Desk, tmp_path: Path) -> None:
    duties = desk.duties()
    assert list(duties) == ["feed alarms", "pages", "retention", "inbox"]
    (tmp_path / "inbox" / "empty.txt").write_text("")
    for _ in range(3):
        await duties["inbox"].call()
    await duties["retention"].call()
    assert len(desk.told) == 1
    assert "empty.txt" in desk.told[0]
    assert desk.app.store.marks.get("retention") == NOW.isoformat()


async def test_duties_when_a_feed_is_gone_then_operators_hear_it_once(desk: Desk) -> None:
    feed = desk.app.store.feeds.add("https://bay.example/rss", Publisher(name="Bay Courier"), "T1", NOW)
    gone = FetchAttempt(at=NOW, outcome="failed", next_try=NOW, error="answered 410", state="gone")
    desk.app.store.feeds.record(feed.id, gone)
    duties = desk.duties()
    for name in ("feed alarms", "feed alarms", "pages"):
        await duties[name].call()
    assert len(desk.told) == 1
    assert "Bay Courier" in desk.told[0]
