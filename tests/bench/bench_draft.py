"""How long a briefing takes to draft as the archive grows: it must grow with the window, not with the archive.

Run by hand: `python -m tests.bench.bench_draft [SIZE ...] [--postgres] [FOLDER]`. A day always has as many articles, so
that whatever grows with the size grows with the archive. The second size finds caches warm: one size a run tells the
first draft of a process.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from briefings.model import Findings, Window
from briefings.store.store import Store
from briefings.stories.context import story_context
from briefings.use_cases.draft import DraftRequest, draft
from briefings.use_cases.newsroom import Newsroom
from config.catalogue import load_catalogue
from config.records import ActorSpec, Catalogue, PublisherSpec, TopicSpec
from tests.bench.bench_store import FEEDS
from tests.bench.kept import archives
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


def newsroom(store: Store) -> Newsroom:
    """Return a newsroom over an archive."""
    names = [f"P{n}" for n in range(FEEDS)]
    catalogue = Catalogue(
        topics={"harbour": HARBOUR},
        actors={"orvia": ORVIA},
        publishers={n: PublisherSpec(name=n, feeds=(f"https://x.example/{n}",)) for n in names},
        lexicons=load_catalogue().lexicons,
    )
    return Newsroom(store=store, extractor=NoExtractor(), catalogue=catalogue, stories=story_context(catalogue))


def time_draft(room: Newsroom) -> tuple[float, float]:
    """Return the CPU seconds of the first draft and the median of those after it, when heads have been read before."""
    request = DraftRequest(topic="harbour", window=Window(start=NOON - timedelta(days=1), end=NOON), as_of=NOON)
    taken = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        draft(room, request)
        taken.append(time.process_time() - start)
    return taken[0], statistics.median(taken[1:])


def main(given: list[str]) -> None:
    """Print a row for each size of archive."""
    folder = next((Path(word) for word in given if not word.isdigit() and word != "--postgres"), None)
    print(f"{'articles':>10} {'first':>8} {'again':>8}")  # noqa: T201 - the output of a script
    with archives(folder, postgres="--postgres" in given) as opened:
        for size in [int(word) for word in given if word.isdigit()] or SIZES:
            store = opened(size)
            first, again = time_draft(newsroom(store))
            store.close()
            print(f"{size:>10,} {first:>7.2f}s {again:>7.2f}s", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
