"""A real worker over a real database and the platform on loopback, that kills or stops itself at a named point."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import bot.worker
from bot.commands import sentence
from bot.health import Health
from bot.logs import set_up_logs
from bot.process import leave_when_told, run_process, until_usable
from bot.worker import Worker, WorkerOptions
from briefings.document import Document, Heading
from briefings.model import ClaimedPart, Part, Subscription, Window
from briefings.store.deliveries import DeliveryStore
from briefings.store.engine import open_engine
from briefings.store.store import Store
from briefings.use_cases.deliver import Times
from tests.faults.loopback import LoopbackPlatform

POINTS = (
    "before the plan",
    "planned",
    "claimed",
    "before the post",
    "accepted",
    "answered",
    "recorded",
    "between parts",
)
# Everything is shortened alike, so that the proportions are those of the defaults.
TIMES = Times(
    lease=timedelta(seconds=3),
    publish=timedelta(seconds=1),
    looks=(timedelta(seconds=0.2), timedelta(seconds=0.5), timedelta(seconds=1.5)),
    settle=timedelta(seconds=1.5),
)


class Point:
    """Ends or stops the process once: of several workers the first to come by, by a file that only one can make."""

    def __init__(self, name: str, token: str, number: int) -> None:
        self.name, self.token, self.number = name, token, number

    def __call__(self, name: str) -> None:
        if name != self.name:
            return
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self.token, os.O_CREAT | os.O_EXCL))
            os.kill(os.getpid(), self.number)


class PointedLedger(DeliveryStore):
    """The ledger with points before and after its steps."""

    point: Point

    def plan(self, *args: Any, **given: Any) -> int | None:
        self.point("before the plan")
        number = super().plan(*args, **given)
        self.point("planned")
        return number

    def claim_part(self, *args: Any, **given: Any) -> ClaimedPart | None:
        claimed = super().claim_part(*args, **given)
        if claimed is not None:
            self.point("claimed")
        return claimed

    def mark_sending(self, part: Part, owner: str, now: datetime, *, ended: datetime | None = None) -> bool:
        ours = super().mark_sending(part, owner, now, ended=ended)
        self.point("before the post")
        return ours

    def mark_sent(self, part: Part, *args: Any, **given: Any) -> bool:
        self.point("answered")
        kept = super().mark_sent(part, *args, **given)
        self.point("recorded" if part.number == 2 else "between parts")
        return kept


class FullDisk:
    """Lets no file of this process be written from a point on, for some seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._is_begun = seconds, False

    def begin(self) -> None:
        if not self._is_begun:
            self._is_begun = True
            self._limit(1)
            threading.Timer(self._seconds, self._limit, (resource.RLIM_INFINITY,)).start()

    def _limit(self, size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def main(given: dict[str, Any]) -> None:
    """Run a worker until it is told to stop."""
    set_up_logs("INFO", "json")
    bot.worker.TICK_S = given.get("tick", 1.0)
    point = Point(given.get("point", ""), given.get("token", ""), given.get("signal", signal.SIGKILL))
    start = datetime.fromisoformat(given["now"])

    def clock() -> datetime:
        return start + timedelta(seconds=time.time() - given["began"])

    store = Store(until_usable(lambda: open_engine(given["url"]), pause_s=0.2))
    ledger = PointedLedger(store.engine)
    ledger.point = point
    if given.get("full"):
        _fill_disk(ledger, given["full"])
    platform = LoopbackPlatform(given["server"], on_accepted=lambda part: point("accepted") if part.delivery else None)
    worker = Worker(
        ledger=ledger,
        targets=store.targets,
        subscriptions=store.subscriptions.active,
        platforms={"fake": platform},
        draft=draft,
        answer=lambda query, now, as_of=None: sentence("answered"),
        refresh=refresh,
        clock=clock,
        health=Health(clock=clock, ping=store.articles.count),
        options=WorkerOptions(ops_channel="fake:ops", idle_s=0.2, times=TIMES),
    )
    run_process(worker)
    store.close()


def draft(s: Subscription, window: Window, now: datetime) -> Document:
    return Document(title="", summary=f"briefing for {s.channel}", blocks=(), detail=(Heading("more"),))


async def refresh(now: datetime) -> tuple[()]:
    return ()


def _fill_disk(ledger: PointedLedger, at: str) -> None:
    disk = FullDisk(seconds=3)
    if at == "planning":
        disk.begin()

    class Filling(Point):
        def __call__(self, name: str) -> None:
            if name == at:
                disk.begin()

    ledger.point = Filling(at, "", 0)


def _lines() -> Iterator[str]:
    """Yield lines of standard input as they come; "" while there is none, so that ended children are seen."""
    import select

    held = b""
    while True:
        if not select.select([0], [], [], 0.02)[0]:
            yield ""
            continue
        chunk = os.read(0, 65_536)
        if not chunk:
            return
        *whole, held = (held + chunk).split(b"\n")
        yield from (line.decode() for line in whole)


def serve() -> None:
    """Fork a worker for each line; everything was imported once."""
    import json

    gc.freeze()
    for line in _lines():
        if line:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})  # one that comes in the middle of it waits
            pid = os.fork()
            if pid == 0:
                _become(json.loads(line))
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
            _tell(started=pid)
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                _tell(ended=ended[0], code=os.waitstatus_to_exitcode(ended[1]))


def _tell(**said: int) -> None:
    import json

    os.write(1, json.dumps(said).encode() + b"\n")


def _become(given: dict[str, Any]) -> None:
    nothing, errors = os.open(os.devnull, os.O_RDWR), os.open(given["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.dup2(errors, 2)
    leave_when_told()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    code = 70
    try:
        main(given)
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    assert threading.active_count() == 1
    asyncio.run(asyncio.sleep(0))  # load what the first loop loads
    serve()
