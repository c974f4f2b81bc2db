"""A second worker on the same SQLite file waits, takes over however the first ends, and stops when told."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.standby import Turn

HELD = "worker started"


@contextmanager
def running(folder: Path, name: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a real worker on a data directory, without feeds."""
    (folder / "config").mkdir(exist_ok=True)
    environment = {"DATA_DIR": str(folder), "LOG_FORMAT": "json", "PATH": "/usr/bin:/bin", "POLL_MINUTES": "1440"}
    with (folder / name).open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-c", _WITHOUT_FEEDS], env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
        try:
            yield worker
        finally:
            worker.kill()
            worker.wait()


# the shipped feeds are not to be read by a test
_WITHOUT_FEEDS = """
from dataclasses import replace
from bot import app
from bot.cli.running import run
shipped = app.load_catalogue
app.load_catalogue = lambda folder: replace(shipped(folder), publishers={})
run()
"""


def until(folder: Path, name: str, words: str) -> None:
    deadline = time.monotonic() + 60
    while words not in (folder / name).read_text():
        assert time.monotonic() < deadline, (folder / name).read_text()
        time.sleep(0.05)


def test_turn_when_taken_then_only_its_holder_has_it(tmp_path: Path) -> None:
    first, second = Turn(tmp_path / "b.db"), Turn(tmp_path / "b.db")
    assert first.take()
    assert first.take()
    assert not second.take()
    first.give_back()
    assert second.take()
    second.give_back()


def test_a_second_worker_stands_by_and_takes_over_when_the_first_is_killed(tmp_path: Path) -> None:
    with running(tmp_path, "one") as first:
        until(tmp_path, "one", HELD)
        with running(tmp_path, "two") as second:
            until(tmp_path, "two", "standing by")
            with running(tmp_path, "three") as third:
                until(tmp_path, "three", "standing by")
                third.send_signal(signal.SIGTERM)
                assert third.wait(20) == 0
            assert HELD not in (tmp_path / "two").read_text()
            first.kill()
            until(tmp_path, "two", HELD)
            second.send_signal(signal.SIGTERM)
            assert second.wait(20) == 0
    lines = (tmp_path / "two").read_text().splitlines()
    assert len([line for line in lines if not line.startswith('{"')]) == 1  # the hint that no platform is configured
