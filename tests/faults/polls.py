"""A worker killed while it reads feeds: another one takes over what it held, and every article is there once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from briefings.store.engine import open_engine
from briefings.store.store import Store
from tests.faults.feeds import N_ARTICLES, FeedServer
from tests.faults.stage import ROOT

N_FEEDS = 6


@dataclass
class PollOutcome:
    """What became of the feeds."""

    n_lost: int = 0  # articles that are not there, or without what they say
    n_doubled: int = 0
    n_unread: int = 0  # feeds without a success
    n_orphans: int = 0  # children that outlived the worker
    n_taken_over: int = field(default=0, compare=False)  # feeds that were asked for again


@dataclass
class Polling:
    """A database, feeds and the workers that read them."""

    url: str
    folder: Path
    server: FeedServer
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for child in self.children:
            child.kill()
            child.wait()

    def start(self, point: str = "") -> subprocess.Popen[bytes]:
        given = {
            "url": self.url,
            "folder": str(self.folder),
            "feeds": [self.server.url(n) for n in range(N_FEEDS)],
            "point": point,
            "token": str(self.folder / "token"),
        }
        with (self.folder / "log.txt").open("ab") as log:
            child = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.poll_child", json.dumps(given)],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.children.append(child)
        return child

    def log(self) -> str:
        return "".join((self.folder / "log.txt").read_text().splitlines(keepends=True)[-15:])


def kill_poll(polling: Polling, point: str, n_workers: int, seconds: float = 120) -> PollOutcome:
    """Kill the first worker that comes by a point; with one, another is started."""
    store = Store(open_engine(polling.url))
    workers = [polling.start(point) for _ in range(n_workers)]
    deadline = time.monotonic() + seconds
    _until(lambda: any(w.poll() is not None for w in workers), deadline, polling)
    assert [w.returncode for w in workers if w.poll() is not None] == [-signal.SIGKILL], polling.log()
    if n_workers == 1:
        polling.start()
    _until(lambda: _n_read(store) == N_FEEDS, deadline, polling)
    outcome = _outcome(polling, store)
    for child in polling.children:
        child.send_signal(signal.SIGTERM)
    codes = sorted(child.wait(20) for child in polling.children)
    store.close()
    assert codes == [-signal.SIGKILL] + [0] * (len(codes) - 1), (codes, polling.log())
    return outcome


def _until(is_so: Callable[[], bool], deadline: float, polling: Polling) -> None:
    while not is_so():
        assert time.monotonic() < deadline, polling.log()
        time.sleep(0.1)


def _n_read(store: Store) -> int:
    now = datetime.now(UTC)  # noqa: TID251 - as the workers'
    return sum(check.last_success is not None for check in store.feeds.checks(now, now - timedelta(days=1)))


def _outcome(polling: Polling, store: Store) -> PollOutcome:
    wanted = N_FEEDS * N_ARTICLES
    said = [(q.article.url, q.quotation.content) for q in store.findings.quotations(as_of=None)]
    (killed,) = [w.pid for w in polling.children if w.poll() is not None]
    children = json.loads((polling.folder / f"token.{killed}").read_text())
    return PollOutcome(
        n_lost=wanted - len({url for url, _ in said}),
        n_doubled=store.articles.count() - wanted + len(said) - len(set(said)),
        n_unread=N_FEEDS - _n_read(store),
        n_orphans=sum(_lives(pid) for pid in children),
        n_taken_over=sum(n - 1 for n in polling.server.hits.values()),
    )


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:3]
