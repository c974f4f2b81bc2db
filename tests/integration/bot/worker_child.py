"""A real worker on a real SQLite file and the console, that kills itself at a named point. Run by test_worker_kills."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.commands import sentence
from bot.console.adapter import ConsolePlatform, Journal
from bot.health import Health
from bot.logs import set_up_logs
from bot.process import run_process
from bot.worker import Worker, WorkerOptions
from briefings.document import Document
from briefings.model import Part, Subscription, Window
from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store

SPEED = 60  # simulated seconds a second: a lease of a minute runs out in one


def die() -> None:
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)


class KilledJournal(Journal):
    """Dies before or after a step is noted."""

    point: str = ""

    def note(self, key: str, step: str) -> None:
        if self.point == f"before {step}":
            die()
        super().note(key, step)
        if self.point == f"after {step}":
            die()


class KilledConsole(ConsolePlatform):
    """A console whose briefing, not its alerts, dies at a point."""

    point: str = ""

    @property
    def journal(self) -> Journal:
        journal = KilledJournal(path=super().journal.path)
        journal.point = self.point
        return journal

    async def publish(self, part: Part) -> str:
        if part.delivery == 0:  # an alert
            self.point = ""
        if self.point == "claimed":
            die()
        if self.point == "hung platform":
            await asyncio.Event().wait()
        return await super().publish(part)


def main(given: dict[str, Any]) -> None:
    set_up_logs("INFO", "json")
    start, began = datetime.fromisoformat(given["now"]), time.monotonic()

    def clock() -> datetime:
        return start + timedelta(seconds=SPEED * (time.monotonic() - began))

    engine = open_engine(f"sqlite:///{given['folder']}/briefings.db")
    migrate(engine)
    store = Store(engine)
    console = KilledConsole(draw=lambda d: f"<<{d.summary}>>\n", data_dir=Path(given["folder"]))
    console.point = given["point"]

    def draft(s: Subscription, window: Window, now: datetime) -> Document:
        if given["point"] == "draft":
            die()
        return Document(title="", summary=f"briefing {s.topic}", blocks=())

    async def refresh(now: datetime) -> tuple[()]:
        if given["point"] == "busy thread":
            await asyncio.to_thread(time.sleep, 120)
        return ()

    worker = Worker(
        ledger=store.deliveries,
        targets=store.targets,
        subscriptions=store.subscriptions.active,
        platforms={"console": console},
        draft=draft,
        answer=lambda query, now, as_of=None: sentence("answered"),
        refresh=refresh,
        clock=clock,
        health=Health(clock=clock, ping=store.articles.count),
        options=WorkerOptions(ops_channel="console"),
    )

    def stop_when_settled() -> None:
        while True:
            time.sleep(0.05)
            ledger = store.deliveries.list("console")
            if ledger and all(d.state in {"sent", "unknown", "dead"} for d in ledger):
                os.kill(os.getpid(), signal.SIGTERM)
                return

    if given["stops"]:
        threading.Thread(target=stop_when_settled, daemon=True).start()
    run_process(worker)
    store.close()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
