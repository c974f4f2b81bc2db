"""Each fault of a platform once; `make faults` has fifty of each."""

from __future__ import annotations

import shutil
from pathlib import Path

from briefings.store.engine import open_engine
from briefings.store.store import Store
from tests.faults.platform_faults import Bench, mistakes
from tests.faults.server import FakeServer


async def test_every_fault_shows_each_message_once_or_refuses_and_tells(sqlite_template: Path, tmp_path: Path) -> None:
    shutil.copy(sqlite_template, tmp_path / "b.db")
    store = Store(open_engine(f"sqlite:///{tmp_path}/b.db"))
    with FakeServer("asked") as server:
        bench = Bench(store, server)
        await bench.run(30)
        assert mistakes(bench) == []
    store.close()
