"""Run benchmarks by name, each in a process of its own: `python -m tests.bench [NAME ...]`; `--list` names them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).parent
# Sizes that end within some minutes; the modules say what else they take
LIGHT: dict[str, tuple[str, ...]] = {
    "commands": ("1000",),
    "discord": ("1000",),
    "draft": ("1000",),
    "extract": ("--articles", "30"),
    "import": ("500",),
    "slack": ("1000",),
    "store": ("1000",),
}
NEEDS = {"corpus": "a folder of feeds, as `python -m tests.bench.bench_corpus FOLDER`"}
LONG = {"fetch": "some minutes of fetching, as `python -m tests.bench.bench_fetch`"}


def names() -> list[str]:
    """Return the benchmarks of this folder."""
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def purpose(name: str) -> str:
    """Return the first line of a benchmark's docstring."""
    return (FOLDER / f"bench_{name}.py").read_text(encoding="utf-8").split('"""')[1].strip().splitlines()[0]


def run(name: str, arguments: Sequence[str]) -> int:
    """Run one benchmark; return its exit code."""
    print(f"\n== {name}: {purpose(name)}", flush=True)  # noqa: T201
    command = [sys.executable, "-m", f"tests.bench.bench_{name}", *arguments]
    return subprocess.run(command, check=False).returncode


def main(arguments: Sequence[str]) -> int:
    """Run the named benchmarks, or all that need nothing and do not take long; return how many failed."""
    if "--list" in arguments:
        for name in names():
            print(f"{name:9} {purpose(name)}")  # noqa: T201
        return 0
    unknown = [name for name in arguments if name not in names()]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(names())}")  # noqa: T201
        return 2
    left_out = NEEDS | (LONG if not arguments else {})
    chosen = [name for name in arguments or names() if name not in left_out]
    failed = sum(run(name, LIGHT.get(name, ())) != 0 for name in chosen)
    for name in [n for n in arguments or names() if n in left_out]:
        print(f"\n-- {name} is left out: it needs {left_out[name]}")  # noqa: T201
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
