"""How long each command takes as the archive grows: median and the longest of some rounds, in milliseconds.

Run by hand: `python -m tests.bench.bench_commands [SIZE ...] [--postgres] [FOLDER]`. A day always has as many articles,
so that whatever grows with the size grows with the archive. Archives are kept in the folder and used again.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.commands import respond
from briefings.answers.records import CONSOLE
from briefings.extract.worker import Extractor
from briefings.store.store import Store
from briefings.stories.context import story_context
from briefings.use_cases.answer import Answers
from briefings.use_cases.newsroom import Newsroom
from config.catalogue import load_catalogue
from config.records import ActorSpec, Catalogue, PersonSpec, TopicSpec
from tests.bench.archive import NAMES, words
from tests.bench.kept import archives
from tests.stored import NOON

ROUNDS = 30
WRONG = "nothing known by then"  # the answer to an id that there is not
PEOPLE = tuple(PersonSpec(id=n.lower(), name=n, actor="orvia", surnames=(n.split()[-1],)) for n in NAMES)
ORVIA = ActorSpec(id="orvia", name="Orvia", capital="Sella", names=("Orvia",), people=PEOPLE)


def catalogue() -> Catalogue:
    """Return the catalogue of the filled archive."""
    topic = TopicSpec(id="harbour", title="The harbour", actor="orvia", keywords=("harbour",))
    shipped = load_catalogue()
    return Catalogue(topics={topic.id: topic}, actors={"orvia": ORVIA}, publishers={}, lexicons=shipped.lexicons)


def commands(size: int) -> Mapping[str, list[str]]:
    """Return what is typed, some ways a command; a way is used in turn."""
    ids = [size - 3 * n for n in range(1, 6)]
    return {
        "/briefing": ["/briefing"],
        "/quotes": ["/quotes", "/quotes Toval", "/quotes orvia days:30"],
        "/issues": ["/issues"],
        "/issues U-n": [f"/issues U-{(size - 1) // 5_000 * 40 + 2 * n}" for n in range(1, 6)],
        "/watch": ["/watch"],
        "/watch D-n": [f"/watch D-{n // 4}" for n in ids],
        "/summary": [f"/summary A-{n}" for n in ids] + [f"/summary {words(4)}" for _ in range(5)],
        "/ask": [f"/ask who said {words(5)}?" for _ in range(10)],
        "/ask about a person": [f"/ask what did Mira Toval say about {words(3)}?" for _ in range(10)],
        "/related": [f"/related A-{n}" for n in ids],
        "/timeline U-n": [f"/timeline U-{(size - 1) // 5_000 * 40 + 2 * n}" for n in range(1, 6)],
        "/timeline D-n": [f"/timeline D-{n // 4}" for n in ids],
        "/why Q-n": [f"/why Q-{n * 5}" for n in ids],
        "/why D-n": [f"/why D-{n // 4}" for n in ids],
        "/sources": ["/sources"],
        "/schedule": ["/schedule"],
        "/status": ["/status"],
        "/report": ["/report outdated"],
        "/subscribe": ["/subscribe harbour 08:00 Europe/Kyiv"],
    }


def measure(store: Store, size: int, extractor: Extractor) -> Iterator[tuple[str, float, float]]:
    """Yield each command with its median and its longest time."""
    ours = catalogue()
    room = Newsroom(store=store, extractor=extractor, catalogue=ours, stories=story_context(ours))
    answers = Answers(room=room, fresh_hours=2)
    for name, ways in commands(size).items():
        for way in ways:  # caches and matplotlib are loaded once a process, and a wrong id is soon answered
            _asked(way, answers)
        times = [_asked(ways[n % len(ways)], answers) for n in range(ROUNDS)]
        yield name, statistics.median(times), max(times)


def _asked(words: str, answers: Answers) -> float:
    """Return how many milliseconds an answer took."""
    begin = time.perf_counter()
    reply = respond(words, CONSOLE, answers, NOON)
    taken = 1000 * (time.perf_counter() - begin)
    if WRONG in repr(reply.document):
        msg = f"{words} names nothing"
        raise AssertionError(msg)
    return taken


def main() -> None:
    """Print a line a command for each size, as soon as it is measured."""
    given = sys.argv[1:]
    sizes = [int(word) for word in given if word.isdigit()] or [1_000, 10_000, 100_000]
    folder = next((Path(word) for word in given if not word.isdigit() and word != "--postgres"), None)
    extractor = Extractor("en_core_web_sm", catalogue())  # is never asked
    with archives(folder, postgres="--postgres" in given) as opened:
        for size in sizes:
            store = opened(size)
            print(f"{size:,} articles on {store.engine.dialect.name}: median (longest) in milliseconds")  # noqa: T201
            for name, median, longest in measure(store, size, extractor):
                print(f"  {name:22}{median:8.0f} ({longest:.0f})", flush=True)  # noqa: T201
            store.close()
    extractor.close()


if __name__ == "__main__":
    main()
