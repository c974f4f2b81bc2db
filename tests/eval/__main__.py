"""Run every evaluation and hold its figures against the floors: `python -m tests.eval [NAME ...]`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec

from tests.eval.floors import Floors, Line, compare, draw, read_floors

EVALUATIONS = ("quotes", "watch", "ask", "developments", "watch_lines")


def measure(evaluation: str) -> Mapping[str, float]:
    """Return what an evaluation measures; nothing when there is no such module."""
    name = f"tests.eval.{evaluation}"
    return import_module(name).measure() if find_spec(name) else {}


def run(names: Sequence[str], floors: Floors) -> list[Line]:
    """Measure and compare, one evaluation after another."""
    return [line for name in names for line in compare(name, measure(name), floors)]


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 1 when a floor is broken or names a figure that is not measured."""
    floors = read_floors()
    names = tuple(arguments) or tuple(dict.fromkeys((*EVALUATIONS, *floors.bounds)))
    lines = run(names, floors)
    broken = [line for line in lines if line.is_broken]
    for row in draw(lines):
        print(row)  # noqa: T201 - the output of a script
    print(f"{len(broken)} of {sum(x.bound is not None for x in lines)} floors do not hold")  # noqa: T201
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
