"""A short share of the kills and stops; `make faults` runs them all."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.scenes import crowd, fill_disk, kill, terminate
from tests.faults.server import FakeServer, Kind
from tests.faults.stage import Outcome, Stage, Zygote, sqlite_stage
from tests.faults.worker_child import POINTS

AT_ONCE = 4


def play(
    zygote: Zygote, template: Path, folder: Path, kind: Kind, scenes: dict[str, Callable[[Stage], Outcome]]
) -> dict[str, Outcome]:
    """Play scenes side by side, each on a database of its own."""

    def one(name: str) -> Outcome:
        with FakeServer(kind) as server, sqlite_stage(zygote, server, template, folder, name) as stage:
            outcome = scenes[name](stage)
            assert outcome.n_in_doubt == 0 or stage.alerts() > 0
            return outcome

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(scenes, pool.map(one, scenes), strict=True))


def test_a_worker_killed_at_any_point_loses_nothing_and_doubles_nothing(
    zygote: Zygote, sqlite_template: Path, tmp_path: Path
) -> None:
    scenes = {p.replace(" ", "-"): lambda stage, p=p: kill(stage, p) for p in POINTS}
    outcomes = play(zygote, sqlite_template, tmp_path, "asked", scenes)
    assert outcomes == dict.fromkeys(scenes, Outcome())


def test_a_platform_that_can_not_be_asked_is_not_posted_to_twice_and_the_operators_are_told(
    zygote: Zygote, sqlite_template: Path, tmp_path: Path
) -> None:
    scenes = {p.replace(" ", "-"): lambda stage, p=p: kill(stage, p) for p in ("before the post", "accepted")}
    outcomes = play(zygote, sqlite_template, tmp_path, "blind", scenes)
    assert [(o.n_lost, o.n_doubled, o.n_in_doubt) for o in outcomes.values()] == [(0, 0, 1)] * 2


def test_stops_crowds_and_a_full_disk_lose_nothing_and_double_nothing(
    zygote: Zygote, sqlite_template: Path, tmp_path: Path
) -> None:
    chance = random.Random(7)  # noqa: S311
    scenes: dict[str, Callable[[Stage], Outcome]] = {
        "terminate": lambda stage: terminate(stage, chance),
        "terminate-3": lambda stage: terminate(stage, chance, times=3),
        "crowd": lambda stage: crowd(stage, n_workers=2, n_due=12),
        "full-planning": lambda stage: fill_disk(stage, "planning"),
        "full-answered": lambda stage: fill_disk(stage, "answered"),
    }
    outcomes = play(zygote, sqlite_template, tmp_path, "asked", scenes)
    assert outcomes == dict.fromkeys(scenes, Outcome())
