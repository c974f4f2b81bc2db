"""Several workers on PostgreSQL: one is killed, the server stops, connections are cut. A short share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.postgres import Server, postgres_stage
from tests.faults.scenes import cut_connections, freeze, kill, outage
from tests.faults.server import FakeServer
from tests.faults.stage import Outcome, Stage, Zygote


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[Server]:
    with Server() as started:
        yield started


def test_several_workers_when_one_is_killed_or_the_database_goes_lose_and_double_nothing(
    zygote: Zygote, own_postgres: Server, tmp_path: Path
) -> None:
    scenes: dict[str, Callable[[Stage], Outcome]] = {
        "kill-accepted": lambda stage: kill(stage, "accepted", n_workers=3),
        "freeze": lambda stage: freeze(stage, "before the post"),
        "cut": lambda stage: cut_connections(stage, own_postgres, n_cuts=8, n_due=12),
    }

    def one(name: str) -> Outcome:
        with FakeServer("asked") as server, postgres_stage(zygote, server, own_postgres, tmp_path, name) as stage:
            return scenes[name](stage)

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(one, scenes)) == [Outcome()] * len(scenes)
    scenes["outage"] = lambda stage: outage(stage, own_postgres, seconds=2, n_due=8)
    assert one("outage") == Outcome()
