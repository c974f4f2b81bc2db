"""Floors under what the evaluations measure: they only rise, and a broken one fails the run."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FLOORS = Path(__file__).parent / "floors.toml"
CEILING = "_at_most"  # ends the key of a figure that must not rise above its bound
_ROUNDING = 1e-9

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure beside its bound and its goal. Without `measured`, a bound names what nobody measures."""

    evaluation: str
    metric: str
    measured: float | None
    bound: float | None = None
    is_ceiling: bool = False
    goal: float | None = None

    @property
    def is_broken(self) -> bool:
        """Say whether the bound does not hold."""
        if self.bound is None:
            return False
        if self.measured is None:
            return True
        below = self.bound - self.measured
        return (-below if self.is_ceiling else below) > _ROUNDING


@dataclass(frozen=True, slots=True)
class Floors:
    """The bounds of each evaluation, and the goals beside them."""

    bounds: Mapping[str, Figures]
    goals: Mapping[str, Figures]


def read_floors(path: Path = FLOORS) -> Floors:
    """Read the bounds; the table `goals` holds what is aimed at and fails nothing."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    goals = tables.pop("goals", {})
    return Floors(tables, goals)


def compare(evaluation: str, measured: Figures, floors: Floors) -> list[Line]:
    """Put what one evaluation measured beside its bounds, and after that the bounds of nothing measured."""
    bounds = floors.bounds.get(evaluation, {})
    goals = floors.goals.get(evaluation, {})
    by_metric = {key.removesuffix(CEILING): (value, key.endswith(CEILING)) for key, value in bounds.items()}
    lines = []
    for metric in (*measured, *(m for m in by_metric if m not in measured)):
        bound, is_ceiling = by_metric.get(metric, (None, False))
        lines.append(Line(evaluation, metric, measured.get(metric), bound, is_ceiling, goals.get(metric)))
    return lines


def draw(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the table, a row for each figure."""
    yield f"{'evaluation':14} {'metric':28} {'measured':>9} {'floor':>9} {'goal':>7}"
    for line in lines:
        sign = ("<=" if line.is_ceiling else ">=") if line.bound is not None else "  "
        cells = f"{_number(line.measured):>9} {sign + ' ' + _number(line.bound):>9} {_number(line.goal):>7}"
        note = "" if not line.is_broken else "  BROKEN" if line.measured is not None else "  NOT MEASURED"
        yield f"{line.evaluation:14} {line.metric:28} {cells}{note}".rstrip()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
