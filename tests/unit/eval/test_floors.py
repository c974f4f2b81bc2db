"""The floors of the evaluations: what fails a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval import __main__ as evaluations
from tests.eval.floors import Floors, compare, draw, read_floors

FLOORS = Floors({"world": {"f1": 0.9, "merged_at_most": 0.05}}, {"world": {"f1": 0.95}})


def broken(measured: dict[str, float]) -> list[str]:
    return [line.metric for line in compare("world", measured, FLOORS) if line.is_broken]


def test_compare_when_floors_hold_then_nothing_is_broken() -> None:
    assert broken({"f1": 0.9, "merged": 0.05, "recall": 0.1}) == []


def test_compare_when_a_figure_is_below_its_floor_then_it_is_broken() -> None:
    assert broken({"f1": 0.899, "merged": 0.0}) == ["f1"]


def test_compare_when_a_figure_is_above_its_ceiling_then_it_is_broken() -> None:
    assert broken({"f1": 1.0, "merged": 0.06}) == ["merged"]


def test_compare_when_a_floor_names_what_is_not_measured_then_it_is_broken() -> None:
    assert broken({"merged": 0.0}) == ["f1"]


def test_draw_when_a_floor_is_broken_then_its_row_says_so() -> None:
    rows = list(draw(compare("world", {"f1": 0.5}, FLOORS)))

    assert rows[1].split() == ["world", "f1", "0.500", ">=", "0.900", "0.950", "BROKEN"]
    assert rows[2].split() == ["world", "merged", "<=", "0.050", "NOT", "MEASURED"]


@pytest.mark.parametrize(("measured", "code"), [({"f1": 0.91}, 0), ({"f1": 0.89}, 1), ({}, 1)])
def test_main_when_run_then_its_code_says_whether_the_floors_hold(
    measured: dict[str, float], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # measuring takes seconds and a model; what counts here is what becomes of the figures
    monkeypatch.setattr(evaluations, "measure", lambda name: measured if name == "world" else {})
    monkeypatch.setattr(evaluations, "read_floors", lambda: Floors({"world": {"f1": 0.9}}, {}))

    assert evaluations.main([]) == code


def test_measure_when_there_is_no_such_evaluation_then_nothing_is_measured() -> None:
    assert evaluations.measure("of_a_module_that_never_was") == {}


def test_shipped_floors_when_read_then_every_goal_belongs_to_an_evaluation() -> None:
    shipped = read_floors(Path(evaluations.__file__).with_name("floors.toml"))

    assert set(shipped.goals) <= set(shipped.bounds)
    assert all(0 <= value <= 1 for bounds in shipped.bounds.values() for value in bounds.values())
