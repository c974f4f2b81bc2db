"""The faults themselves: kills, stops, signals, many workers, a full disk. Each returns what people saw."""

from __future__ import annotations

import random
import signal
import time

from tests.faults.postgres import Server
from tests.faults.stage import Outcome, Stage, seen


def kill(stage: Stage, point: str, n_workers: int = 1) -> Outcome:
    """Kill a worker at a point with SIGKILL; with one worker another is started, with several the others go on."""
    stage.subscribe()
    workers = [stage.start(point) for _ in range(n_workers)]
    if n_workers == 1:
        assert workers[0].wait() == -signal.SIGKILL, stage.log()
        stage.start()
    stage.settle()
    codes = stage.end()
    assert sorted(codes) == [-signal.SIGKILL] + [0] * (len(codes) - 1), (codes, stage.log())
    return seen(stage)


def freeze(stage: Stage, point: str) -> Outcome:
    """Stop a worker beyond its lease; it goes on when another has taken over."""
    stage.subscribe()
    frozen = stage.start(point, signal=signal.SIGSTOP)
    time.sleep(0.8)
    stage.start()
    stage.settle()
    before = len(stage.server.shown)
    frozen.send(signal.SIGCONT)
    time.sleep(1.5)
    assert len(stage.server.shown) == before, stage.log()
    assert stage.end() == [0, 0]
    return seen(stage)


def terminate(stage: Stage, chance: random.Random, times: int = 1) -> Outcome:
    """Tell a worker to stop at some moment of its work; another finishes what it left."""
    stage.subscribe()
    worker = stage.start()
    time.sleep(chance.uniform(0.05, 0.9))
    for _ in range(times):
        worker.send(signal.SIGTERM)
    began = time.monotonic()
    assert worker.wait(20) == 0, stage.log()
    assert time.monotonic() - began < 20
    assert all(p.state != "unknown" for d in stage.deliveries() for p in d.parts)
    stage.start()
    stage.settle()
    assert stage.end()[1:] == [0]
    return seen(stage)


def crowd(stage: Stage, n_workers: int, n_due: int) -> Outcome:
    """Let several workers post what is due at once."""
    stage.subscribe(n_due)
    for _ in range(n_workers):
        stage.start()
    stage.settle(n_due, 300)
    assert stage.end() == [0] * n_workers
    return seen(stage, n_due)


def fill_disk(stage: Stage, at: str) -> Outcome:
    """Let the disk be full for three seconds, from the start or once a post was answered and is to be recorded."""
    stage.subscribe()
    stage.start(full=at)
    began = time.monotonic()
    stage.settle()
    assert time.monotonic() - began > 2, "the disk was not full"
    assert stage.end() == [0]
    return seen(stage)


def outage(stage: Stage, postgres: Server, seconds: float, n_due: int) -> Outcome:
    """Stop PostgreSQL at once in the middle of the work and start it again."""
    stage.subscribe(n_due)
    for _ in range(2):
        stage.start()
    _until_some_are_shown(stage, n_due // 4)
    postgres.stop()
    time.sleep(seconds)
    postgres.start()
    stage.settle(n_due, 120)
    assert stage.end() == [0, 0]
    return seen(stage, n_due)


def cut_connections(stage: Stage, postgres: Server, n_cuts: int, n_due: int) -> Outcome:
    """End every connection again and again while two workers work."""
    stage.subscribe(n_due)
    for _ in range(2):
        stage.start()
    for _ in range(n_cuts):
        time.sleep(0.15)
        postgres.cut(stage.database)
    stage.settle(n_due, 120)
    assert stage.end() == [0, 0]
    return seen(stage, n_due)


def _until_some_are_shown(stage: Stage, n: int) -> None:
    deadline = time.monotonic() + 30
    while len(stage.server.shown) < n and time.monotonic() < deadline:
        time.sleep(0.02)
