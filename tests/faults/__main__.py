"""`make faults`: every fault in its full count. Seeded, and resumed where it was broken off.

`python -m tests.faults [--results FILE] [--count N] [--at-once N] [GROUP ...]`; a group is one of those printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bot.logs import set_up_logs
from tests.faults.cases import Case, Plant, cases
from tests.faults.postgres import Server
from tests.faults.stage import Zygote


def play(case: Case, results: Path, lock: threading.Lock) -> dict[str, Any]:
    """Play a case and note what came of it."""
    began = time.monotonic()
    try:
        outcome = case.play()
    except Exception as error:  # noqa: BLE001 - a case that breaks is a result
        outcome = {"broken": f"{type(error).__name__}: {error}"[:2000]}
    outcome |= {"key": case.key, "seconds": round(time.monotonic() - began, 1)}
    with lock, results.open("a", encoding="utf-8") as file:
        file.write(json.dumps(outcome) + "\n")
    return outcome


def table(wanted: list[Case], done: dict[str, dict[str, Any]]) -> str:
    """Return the figures of each fault."""
    rows: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for case in wanted:
        outcome, row = done.get(case.key, {}), rows[f"{case.group}: {case.name}"]
        row["runs"] += case.key in done
        row["lost"] += outcome.get("n_lost", 0)
        row["doubled"] += outcome.get("n_doubled", 0)
        row["in doubt"] += outcome.get("n_in_doubt", 0)
        row["late"] += outcome.get("n_late", 0)
        row["late x2"] += outcome.get("n_late_doubled", 0)
        wrong = sum(outcome.get(c, 0) for c in ("mistakes", "n_unread", "n_orphans"))
        row["wrong"] += wrong + ("broken" in outcome) + (outcome.get("is_told") is False)
        row["longest s"] = max(row["longest s"], outcome.get("seconds", 0))
    names = ("runs", "lost", "doubled", "in doubt", "late", "late x2", "wrong", "longest s")
    lines = [f"{'fault':58} " + " ".join(f"{n:>9}" for n in names)]
    lines += [f"{name:58} " + " ".join(f"{row[n]:>9g}" for n in names) for name, row in rows.items()]
    return "\n".join(lines)


def main() -> int:
    """Play what is not yet in the results; return 1 when anything was lost, doubled or wrong."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("groups", nargs="*")
    given.add_argument("--results", type=Path, default=Path("build/faults.jsonl"))
    given.add_argument("--count", type=int)
    given.add_argument("--at-once", type=int, default=6)
    options = given.parse_args()
    set_up_logs("ERROR", "json")
    options.results.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Zygote() as zygote, Server() as postgres:
        plant = Plant(Path(folder), zygote, postgres)
        wanted = [c for c in cases(plant, options.count) if not options.groups or c.group in options.groups]
        done = _read(options.results)
        left = [c for c in wanted if c.key not in done]
        lock = threading.Lock()
        with ThreadPoolExecutor(options.at_once) as pool:
            list(pool.map(lambda c: play(c, options.results, lock), [c for c in left if not c.alone]))
        for case in (c for c in left if c.alone):
            play(case, options.results, lock)
        done = _read(options.results)
    sys.stdout.write(table(wanted, done) + "\n")
    return int(any(_is_bad(done.get(c.key, {"broken": ""})) for c in wanted))


def _read(results: Path) -> dict[str, dict[str, Any]]:
    if not results.exists():
        return {}
    lines = (json.loads(line) for line in results.read_text(encoding="utf-8").splitlines() if line)
    return {o["key"]: o for o in lines if "broken" not in o}


def _is_bad(outcome: dict[str, Any]) -> bool:
    counts = ("n_lost", "n_doubled", "mistakes", "n_unread", "n_orphans")
    return "broken" in outcome or outcome.get("is_told") is False or any(outcome.get(c) for c in counts)


if __name__ == "__main__":
    sys.exit(main())
