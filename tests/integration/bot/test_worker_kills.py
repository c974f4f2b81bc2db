"""kill -9 of a real worker around a post on the console: never printed twice, never lost without an alert."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store

CHILD = [sys.executable, "-m", "tests.integration.bot.worker_child"]
ROOT = Path(__file__).parents[3]
DUE = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # 08:00 in Kyiv
POST = "<<briefing harbour>>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    engine = open_engine(f"sqlite:///{tmp_path}/briefings.db")
    migrate(engine)
    store = Store(engine)
    store.subscriptions.add(
        DUE - timedelta(minutes=30),
        tenant="console",
        channel="console",
        topic="harbour",
        time="08:00",
        zone="Europe/Kyiv",
        days=(0, 1, 2, 3, 4, 5, 6),
    )
    store.close()
    return tmp_path


def start(folder: Path, point: str, after: timedelta, *, stops: bool = True) -> subprocess.Popen[bytes]:
    """Start a worker whose clock begins so long after the slot; what it prints is added to one file."""
    given = {"folder": str(folder), "point": point, "now": (DUE + after).isoformat(), "stops": stops}
    with (folder / "printed.txt").open("ab") as out, (folder / "errors.txt").open("ab") as errors:
        return subprocess.Popen(
            [*CHILD, json.dumps(given)], cwd=ROOT, stdout=out, stderr=errors, stdin=subprocess.DEVNULL
        )


def run(folder: Path, point: str, after: timedelta) -> int:
    return start(folder, point, after).wait(timeout=60)


def printed(folder: Path) -> str:
    return (folder / "printed.txt").read_text()


def state(folder: Path) -> str:
    store = Store(open_engine(f"sqlite:///{folder}/briefings.db"))
    found = store.deliveries.list("console")
    store.close()
    return "/".join(f"{d.state}:{','.join(p.state for p in d.parts)}" for d in found)


@pytest.mark.parametrize(
    ("point", "times", "settled", "alerts"),
    [
        ("draft", 1, "sent:sent", 0),  # before there was a message
        ("claimed", 1, "sent:sent", 0),  # said to be sending, not begun
        ("before begun", 1, "sent:sent", 0),
        ("after begun", 0, "unknown:unknown", 1),  # not printed, but no one can know: told, not repeated
        ("before done", 1, "unknown:unknown", 1),  # printed, but no one can know
        ("after done", 1, "sent:reconciled", 0),  # printed and noted, not recorded
    ],
)
def test_killed_at_a_point_then_restarted(folder: Path, point: str, times: int, settled: str, alerts: int) -> None:
    assert run(folder, point, timedelta(seconds=10)) == -signal.SIGKILL
    assert run(folder, "", timedelta(minutes=3)) == 0
    assert printed(folder).count(POST) == times
    assert state(folder) == settled
    assert printed(folder).count("<<Briefing Bot: ") == alerts


def test_restarted_after_it_was_sent_prints_nothing_again(folder: Path) -> None:
    assert run(folder, "", timedelta(seconds=10)) == 0
    assert run(folder, "", timedelta(minutes=3)) == 0
    assert printed(folder).count(POST) == 1
    assert state(folder) == "sent:sent"


def test_terminated_three_times_exits_zero(folder: Path) -> None:
    child = start(folder, "", timedelta(seconds=10), stops=False)
    deadline = time.monotonic() + 30
    while POST not in printed(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    for _ in range(3):
        child.send_signal(signal.SIGTERM)
    assert child.wait(timeout=20) == 0
    assert state(folder) == "sent:sent"


def test_terminated_while_a_thread_is_busy_exits_zero_in_time(folder: Path) -> None:
    child = start(folder, "busy thread", timedelta(seconds=10))  # it terminates itself once the post is sent
    assert child.wait(timeout=30) == 0
    assert state(folder) == "sent:sent"


def test_terminated_while_a_platform_hangs_exits_zero_in_time_and_the_post_is_in_doubt(folder: Path) -> None:
    child = start(folder, "hung platform", timedelta(seconds=10), stops=False)
    deadline = time.monotonic() + 30
    while "sending" not in state(folder).partition(":")[2] and time.monotonic() < deadline:
        time.sleep(0.1)
    child.send_signal(signal.SIGTERM)
    began = time.monotonic()
    assert child.wait(timeout=30) == 0
    assert time.monotonic() - began < 20
    assert state(folder) == "sending:unknown"


def test_two_workers_at_once_print_once(folder: Path) -> None:
    workers = [start(folder, "", timedelta(seconds=10)) for _ in range(2)]
    assert [w.wait(timeout=60) for w in workers] == [0, 0]
    assert printed(folder).count(POST) == 1
