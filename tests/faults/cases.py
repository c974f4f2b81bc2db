"""The cases of `make faults`: every fault in its full count, on what it is played."""

from __future__ import annotations

import asyncio
import itertools
import random
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from briefings.use_cases.slots import due_on
from tests.faults.clock import CHANGES, Days, window_around
from tests.faults.feeds import FeedServer
from tests.faults.mutations import CONTROL, MUTATIONS, survives
from tests.faults.platform_faults import Bench, mistakes
from tests.faults.poll_child import POLL_POINTS
from tests.faults.polls import Polling, kill_poll
from tests.faults.postgres import Server, postgres_stage
from tests.faults.scenes import crowd, cut_connections, fill_disk, freeze, kill, outage, terminate
from tests.faults.server import FakeServer, Kind
from tests.faults.stage import Outcome, Stage, Zygote, sqlite_stage
from tests.faults.worker_child import POINTS

KINDS: tuple[Kind, ...] = ("asked", "dedupes")


@dataclass(frozen=True)
class Case:
    """One run of one fault."""

    group: str
    name: str
    number: int
    play: Callable[[], dict[str, Any]]
    alone: bool = False  # needs the machine or the database server for itself

    @property
    def key(self) -> str:
        return f"{self.group}/{self.name}/{self.number}"


class Plant:
    """What the cases run on, built when first needed."""

    def __init__(self, folder: Path, zygote: Zygote, postgres: Server) -> None:
        self.folder, self.zygote, self.postgres = folder, zygote, postgres
        self.template = folder / "template.db"
        engine = open_engine(f"sqlite:///{self.template}")
        migrate(engine)
        engine.dispose()
        self._names = iter(range(10**9))
        self._lock = threading.Lock()

    def on_sqlite(self, scene: Callable[[Stage], Outcome], kind: Kind = "asked") -> dict[str, Any]:
        name = self._name()
        with FakeServer(kind) as at, sqlite_stage(self.zygote, at, self.template, self.folder, name) as stage:
            return self._result(scene, stage)

    def on_postgres(self, scene: Callable[[Stage], Outcome], kind: Kind = "asked") -> dict[str, Any]:
        name = self._name()
        with FakeServer(kind) as at, postgres_stage(self.zygote, at, self.postgres, self.folder, name) as stage:
            return self._result(scene, stage)

    def polling(self, point: str, *, on_postgres: bool) -> dict[str, Any]:
        """Kill a worker while it polls: of two on PostgreSQL, or the one on SQLite, after which another is started."""
        folder = self.folder / self._name()
        folder.mkdir()
        name = self.postgres.create() if on_postgres else ""
        url = self.postgres.url(name) if name else f"sqlite:///{folder}/b.db"
        if not name:
            shutil.copy(self.template, folder / "b.db")
        with FeedServer() as server, Polling(url, folder, server) as polling:
            return asdict(kill_poll(polling, point, 2 if name else 1))

    def store(self) -> Store:
        file = self.folder / f"{self._name()}.db"
        shutil.copy(self.template, file)
        return Store(open_engine(f"sqlite:///{file}"))

    def _name(self) -> str:
        with self._lock:
            return f"S{next(self._names)}"

    def _result(self, scene: Callable[[Stage], Outcome], stage: Stage) -> dict[str, Any]:
        outcome = scene(stage)
        return asdict(outcome) | {"alerts": stage.alerts(), "is_told": outcome.n_in_doubt == 0 or stage.alerts() > 0}


def cases(plant: Plant, count: int | None) -> Iterator[Case]:
    """Yield every case; `count` replaces the number of repetitions."""

    def n(usual: int) -> int:
        return count or usual

    yield from _kill_cases(plant, n)
    yield from _sqlite_cases(plant, n)
    yield from _postgres_cases(plant, n)
    yield from _poll_cases(plant, n)
    yield from _other_cases(plant, n)


def _kill_cases(plant: Plant, n: Callable[[int], int]) -> Iterator[Case]:
    for kind, point in itertools.product(KINDS, POINTS):
        for i in range(n(25)):
            yield Case("kills", f"SQLite, {kind}: {point}", i, _of(plant.on_sqlite, _kill(point), kind))
            yield Case("kills", f"PostgreSQL, {kind}: {point}", i, _of(plant.on_postgres, _kill(point, 4), kind))
    for point in ("before the post", "accepted", "answered"):
        for i in range(n(10)):
            yield Case("blind", f"SQLite, can't be asked: {point}", i, _of(plant.on_sqlite, _kill(point), "blind"))


def _sqlite_cases(plant: Plant, n: Callable[[int], int]) -> Iterator[Case]:
    for point in ("claimed", "before the post"):
        for i in range(n(50)):
            yield Case("freezes", f"stopped beyond its lease: {point}", i, _of(plant.on_postgres, _freeze(point)))
    for i in range(n(100)):
        yield Case("terms", "SIGTERM at some moment", i, _of(plant.on_sqlite, _terminate(i, 1 + 2 * (i % 4 == 0))))
    for at in ("planning", "answered"):
        for i in range(n(10)):
            yield Case("disk", f"full disk while {at}", i, _of(plant.on_sqlite, lambda s, at=at: fill_disk(s, at)))


def _poll_cases(plant: Plant, n: Callable[[int], int]) -> Iterator[Case]:
    for point, on_postgres in itertools.product(POLL_POINTS, (False, True)):
        name = f"{'PostgreSQL' if on_postgres else 'SQLite'}: {point}"
        for i in range(n(10)):
            scene = lambda point=point, on=on_postgres: plant.polling(point, on_postgres=on)  # noqa: E731
            yield Case("polls", f"killed amid a poll, {name}", i, scene)


def _postgres_cases(plant: Plant, n: Callable[[int], int]) -> Iterator[Case]:
    for workers in (1, 2, 4, 8):
        scene = lambda s, w=workers: crowd(s, w, 1000)  # noqa: E731
        yield Case("crowds", f"1,000 due at once, {workers} workers", 0, _of(plant.on_postgres, scene), alone=True)
    for i in range(n(10)):
        cut = lambda s: cut_connections(s, plant.postgres, 10, 40)  # noqa: E731
        yield Case("postgres", "connections cut ten times", i, _of(plant.on_postgres, cut))
    for i in range(n(5)):
        stop = lambda s: outage(s, plant.postgres, 20, 40)  # noqa: E731
        yield Case("postgres", "stopped for 20 s", i, _of(plant.on_postgres, stop), alone=True)


def _other_cases(plant: Plant, n: Callable[[int], int]) -> Iterator[Case]:
    yield Case("platform", "each platform fault 50 times", 0, lambda: _platform(plant, n(50)), alone=True)
    for day in CHANGES:
        yield Case("clock", f"1,000 subscriptions around {day}", 0, lambda day=day: _clock(plant, day), alone=True)
    yield Case("clock", "30 days with weekly outages", 0, lambda: _month(plant), alone=True)
    for i, zones in enumerate(_parts(sorted(available_timezones()), 12)):
        yield Case("slots", "every zone, 48 slots, 3 years", i, lambda zones=zones: _slots(zones), alone=True)
    yield Case("mutations", CONTROL.name, 0, lambda: {"mistakes": int(not survives(CONTROL))}, alone=True)
    for i, mutation in enumerate(MUTATIONS):
        yield Case("mutations", mutation.name, i, lambda m=mutation: {"mistakes": int(survives(m))}, alone=True)


def _of(on: Callable[..., dict[str, Any]], scene: Callable[[Stage], Outcome], *kind: Kind) -> Callable[[], Any]:
    return lambda: on(scene, *kind)


def _kill(point: str, n_workers: int = 1) -> Callable[[Stage], Outcome]:
    return lambda stage: kill(stage, point, n_workers)


def _freeze(point: str) -> Callable[[Stage], Outcome]:
    return lambda stage: freeze(stage, point)


def _terminate(seed: int, times: int) -> Callable[[Stage], Outcome]:
    return lambda stage: terminate(stage, random.Random(seed), times)  # noqa: S311


def _platform(plant: Plant, n_each: int) -> dict[str, Any]:
    store = plant.store()
    with FakeServer("asked") as server:
        bench = Bench(store, server, n_each)
        asyncio.run(bench.run(900))
        wrong = mistakes(bench)
    store.close()
    return {"mistakes": len(wrong), "said": wrong[:5], "posts": server.n_posts}


def _clock(plant: Plant, day: str) -> dict[str, Any]:
    return _days(Days(plant.store(), window_around(day)), 1000)


def _month(plant: Plant) -> dict[str, Any]:
    start = window_around("2026-10-12")
    outages = tuple(
        (start + timedelta(days=7 * w + 3, hours=5), start + timedelta(days=7 * w + 3, hours=11)) for w in range(4)
    )
    length, step = timedelta(days=30), timedelta(seconds=60)
    return _days(Days(plant.store(), start, length=length, step=step, outages=outages), 80)


def _days(days: Days, n: int) -> dict[str, Any]:
    subscriptions = days.subscribe(n)
    days.move(subscriptions)
    days.run()
    wrong = days.mistakes(subscriptions)
    days.store.close()
    briefings = len(days.platform.posts) // 2
    return {"mistakes": len(wrong), "said": wrong[:5], "briefings": briefings, "moves": len(days.moves)}


def _parts(values: list[str], n: int) -> list[list[str]]:
    return [values[i::n] for i in range(n)]


def _slots(zones: list[str]) -> dict[str, Any]:
    """Count the slots that do not follow the one before by 22 to 26 hours."""
    wrong = total = 0
    for zone in zones:
        for slot in (f"{m // 60:02}:{m % 60:02}" for m in range(0, 1440, 30)):
            before = None
            for n in range(3 * 365):
                at = due_on(date(2026, 1, 1) + timedelta(days=n), slot, zone)
                wrong += before is not None and not timedelta(hours=22) <= at - before <= timedelta(hours=26)
                before, total = at, total + 1
    return {"mistakes": wrong, "occurrences": total}
