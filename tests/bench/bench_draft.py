"""How long a briefing takes to draft as the archive grows: it must grow with the window, not with the archive.

Run by hand: `python -m tests.bench.bench_draft [SIZE ...]`. A day always has as many articles, so that whatever grows
with the size grows with the archive.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from briefings.model import Findings, Window
from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from briefings.stories.context import story_context
from briefings.use_cases.draft import DraftRequest, draft
from briefings.use_cases.newsroom import Newsroom
from config.catalogue import load_catalogue
from config.records import ActorSpec, Catalogue, PublisherSpec, TopicSpec
from tests.bench.bench_store import FEEDS, fill
from tests.stored import NOON

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 3
ORVIA = ActorSpec(id="orvia", name="Orvia", capital="Tarn", names=("Orvia", "Tarn"), adjectives=("Orvian",))
HARBOUR = TopicSpec(id="harbour", title="The harbour", actor="orvia", keywords=("harbour",))


class NoExtractor:
    """Extracts nothing: a draft reads what was found when the articles came in."""

    def extract(
        self, text: str, *, title: str = "", published: datetime | None = None, publisher: str = ""
    ) -> Findings:
        return Findings()


@contextmanager
def newsroom(size: int) -> Iterator[Newsroom]:
    """Yield a newsroom over an archive of that many articles."""
    names = [f"P{n}" for n in range(FEEDS)]
    catalogue = Catalogue(
        topics={"harbour": HARBOUR},
        actors={"orvia": ORVIA},
        publishers={n: PublisherSpec(name=n, feeds=(f"https://x.example/{n}",)) for n in names},
        lexicons=load_catalogue().lexicons,
    )
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate(engine)
        store = Store(engine)
        fill(store, size)
        yield Newsroom(store=store, extractor=NoExtractor(), catalogue=catalogue, stories=story_context(catalogue))
        store.close()


def time_draft(room: Newsroom) -> tuple[float, float]:
    """Return the CPU seconds of the first draft and the median of those after it, when heads have been read before."""
    request = DraftRequest(topic="harbour", window=Window(start=NOON - timedelta(days=1), end=NOON), as_of=NOON)
    taken = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        draft(room, request)
        taken.append(time.process_time() - start)
    return taken[0], statistics.median(taken[1:])


def main(sizes: list[int]) -> None:
    """Print a row for each size of archive."""
    print(f"{'articles':>10} {'first':>8} {'again':>8}")  # noqa: T201 - the output of a script
    for size in sizes or SIZES:
        with newsroom(size) as room:
            first, again = time_draft(room)
            print(f"{size:>10,} {first:>7.2f}s {again:>7.2f}s", flush=True)  # noqa: T201


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
