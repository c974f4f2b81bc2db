"""What a fault test works with: a database, a server, and workers that are started, killed, stopped and counted."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from briefings.errors import StoreError
from briefings.model import Delivery
from briefings.store.engine import open_engine
from briefings.store.store import Store
from tests.faults.server import FakeServer
from tests.faults.worker_child import TIMES

ROOT = Path(__file__).parents[2]
DUE = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # 08:00 in Kyiv
MAY_TAKE_S = (TIMES.publish + TIMES.settle).total_seconds()  # of a post, from its sending to its showing
SETTLED = {"sent", "dead", "skipped", "unknown"}


@dataclass
class Child:
    """A worker process."""

    pid: int
    code: int | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def send(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):  # it has ended and nobody said so yet
            if not self.ended.is_set():
                os.kill(self.pid, number)

    def wait(self, seconds: float = 30) -> int:
        assert self.ended.wait(seconds), f"worker {self.pid} did not end within {seconds} s"
        assert self.code is not None
        return self.code


class Zygote:
    """The process that forks workers."""

    def __enter__(self) -> Self:
        self._children: dict[int, Child] = {}
        self._started: list[Child] = []
        self._news = threading.Condition()
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker_child"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children.values():
            child.send(signal.SIGKILL)
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(20)
        self._reader.join(5)
        if self._process.stdout:
            self._process.stdout.close()

    def start(self, given: dict[str, Any]) -> Child:
        assert self._process.stdin
        with self._lock, self._news:
            self._process.stdin.write(json.dumps(given).encode() + b"\n")
            self._process.stdin.flush()
            assert self._news.wait_for(lambda: self._started, 60)
            return self._started.pop()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            said = json.loads(line)
            with self._news:
                if "started" in said:
                    self._children[said["started"]] = child = Child(said["started"])
                    self._started.append(child)
                    self._news.notify_all()
                else:
                    child = self._children.pop(said["ended"])
                    child.code = said["code"]
                    child.ended.set()


@dataclass
class Stage:
    """One database with workers on it. Simulated time begins a second after the slot."""

    zygote: Zygote
    server: FakeServer
    url: str
    folder: Path
    name: str = "C"
    database: str = ""  # its name on a PostgreSQL
    children: list[Child] = field(default_factory=list)
    began: float = field(default_factory=time.time)

    def __post_init__(self) -> None:
        self.store = Store(open_engine(self.url))

    def subscribe(self, n: int = 1) -> None:
        for number in range(1, n + 1):
            self.store.subscriptions.add(
                DUE - timedelta(minutes=30),
                tenant="T1",
                channel=self.channel(number),
                topic="harbour",
                time="08:00",
                zone="Europe/Kyiv",
                days=(0, 1, 2, 3, 4, 5, 6),
            )

    def channel(self, number: int = 1) -> str:
        return f"fake:{self.name}-{number}"

    def start(self, point: str = "", **given: Any) -> Child:
        values = {
            "now": (DUE + timedelta(seconds=1)).isoformat(),
            "began": self.began,
            "url": self.url,
            "server": self.server.url,
            "point": point,
            "token": str(self.folder / f"{self.name}.token"),
            "log": str(self.folder / f"{self.name}.log"),
        }
        child = self.zygote.start(values | given)
        self.children.append(child)
        return child

    def deliveries(self) -> tuple[Delivery, ...]:
        return tuple(d for d, _ in self.store.deliveries.latest(limit=5000))

    def is_settled(self, n: int = 1) -> bool:
        try:
            found = self.deliveries()
        except StoreError:
            return False
        return len(found) >= n and all(d.state in SETTLED for d in found)

    def settle(self, n: int = 1, seconds: float = 60) -> None:
        """Wait until nothing is left to do; while the database is away, that is not known."""
        deadline = time.monotonic() + seconds
        while not self.is_settled(n):
            assert time.monotonic() < deadline, f"{self.name}: {[d.state for d in self.deliveries()]}\n{self.log()}"
            time.sleep(0.1)

    def end(self) -> list[int]:
        """Tell every worker to stop; return their exit codes."""
        for child in self.children:
            child.send(signal.SIGCONT)
            child.send(signal.SIGTERM)
        return [child.wait() for child in self.children]

    def close(self) -> None:
        for child in self.children:
            child.send(signal.SIGKILL)
        self.store.close()

    def log(self) -> str:
        file = self.folder / f"{self.name}.log"
        return "".join(file.read_text().splitlines(keepends=True)[-15:]) if file.exists() else ""

    def alerts(self) -> int:
        return len(self.server.posts("fake:ops"))


@dataclass
class Outcome:
    """What people saw of a delivery of two messages: lost ones, doubled ones, and those in doubt."""

    n_lost: int = 0
    n_doubled: int = 0
    n_in_doubt: int = 0
    n_late: int = field(default=0, compare=False)  # shown later than any platform is allowed for
    n_late_doubled: int = field(default=0, compare=False)  # whose first message was one of those


def seen(stage: Stage, n: int = 1) -> Outcome:
    """Count what became of the first `n` channels of a stage."""
    keys = {p.key: p for d in stage.deliveries() for p in d.parts}
    doubt = sum(p.state == "unknown" for p in keys.values())
    shown = [k for number in range(1, n + 1) for k in stage.server.posts(stage.channel(number))]
    doubled = len(shown) - len(set(shown))
    late = [m for m in stage.server.shown if m.delay > MAY_TAKE_S]
    last_first = sorted(stage.server.shown, key=lambda m: m.at - m.delay, reverse=True)
    first = {m.key: m for m in last_first}  # as sent, whatever the order in which they were shown
    excused = sum(n - 1 for key, n in Counter(shown).items() if first[key].delay > MAY_TAKE_S)
    # after a message in doubt nothing of its delivery is sent, and the operators are told
    doubtful = {d.id for d in stage.deliveries() if d.state == "unknown"}
    expected = {k for k, p in keys.items() if p.delivery not in doubtful}
    unplanned = max(0, n - len(stage.deliveries()))
    lost = len(expected - set(shown)) + 2 * unplanned
    return Outcome(lost, doubled - excused, doubt, len(late), excused)


@contextmanager
def sqlite_stage(zygote: Zygote, server: FakeServer, template: Path, folder: Path, name: str) -> Iterator[Stage]:
    file = folder / f"{name}.db"
    shutil.copy(template, file)
    stage = Stage(zygote, server, f"sqlite:///{file}", folder, name)
    try:
        yield stage
    finally:
        stage.close()
        for end in ("", "-wal", "-shm"):
            file.with_name(file.name + end).unlink(missing_ok=True)
