"""How long the reads of a briefing and of commands take as the archive grows.

Run by hand: `python -m tests.bench.bench_store [SIZE ...] [--postgres]`. A day always has as many articles, so that
whatever grows with the size grows with the archive.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select, text

from briefings.store import tables
from briefings.store.articles import fingerprint
from briefings.store.engine import open_engine, writing
from briefings.store.migrate import migrate
from briefings.store.store import Store
from tests.bench.archive import NAMES, VOCABULARY, Told, told, words
from tests.stored import NOON, parsed, save

A_DAY = 250  # articles
FEEDS = 20
BATCH = 2_000
ROUNDS = 15


def rows_of(number: int, size: int) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of one article: 450 words, three quotations, a sentence of an issue, one of a response."""
    at = NOON - timedelta(days=(size - number) / A_DAY)
    issue = issue_of(number)
    article = told(number, issue)
    first = number * 5
    return {
        "articles": [
            {"id": number, "publisher": number % FEEDS + 1, "identity": f"i{number}", "url": f"https://x.example/{number}",
             "guid": "", "origin": "", "first_known": at}
        ],
        "article_topics": [{"article": number, "topic": "harbour"}] if number % 2 else [],
        "revisions": [
            {"id": number, "article": number, "revision": 1, "title": article.title, "text": article.text,
             "published": at, "sha256": fingerprint("", article.text), "fetched": at, "known": at, "language": "en",
             "is_teaser": False}
        ],
        "findings": [
            {"id": first + n, "article": number, "kind": kind} for n, kind in enumerate(("Q", "Q", "Q", "I", "R"))
        ],
        "developments": [{"id": number // 4, "first_known": at}] if number % 4 == 0 else [],
        "development_articles": [{"article": number, "development": number // 4, "known": at}] if number >= 4 else [],
        "issue_entries": [
            {"mention": first + 3, "topic": "harbour", "issue": issue, "known": at}
        ] if number % 2 else [],
        **_findings_of(number, article, at),
    }  # fmt: skip


def issue_of(number: int) -> int:
    """Return the issue of an article: one lives for some weeks, then others come."""
    return number // 5_000 * 40 + number % 40 + 1


def _findings_of(number: int, article: Told, at: datetime) -> dict[str, list[dict[str, Any]]]:
    first, name = number * 5, NAMES[number % 4]
    speaker = {"mention_start": 0, "mention_end": 5, "name": name, "person": name.lower()}
    cue = {"cue_start": 5, "cue_end": 8, "kind": "direct", "speaker_words": name.lower()}
    named = {
        "development_start": article.named and article.named.start,
        "development_end": article.named and article.named.end,
    }
    return {
        "quotations": [
            {"id": first + n, "revision_id": number, "content_start": 20 * n, "content_end": 20 * n + 15, **cue,
             **speaker, "published": at}
            for n in range(3)
        ],
        "issue_mentions": [
            {"id": first + 3, "revision_id": number, "start": article.issue.start, "end": article.issue.end,
             "matter_start": article.matter.start, "matter_end": article.matter.end,
             "label": article.matter.cut(article.text), "status": "open", "cue": "pending"}
        ],
        "response_mentions": [
            {"id": first + 4, "revision_id": number, "start": article.said.start, "end": article.said.end, **named,
             "actor_id": "orvia", "actor": "Orvia", "speaker": name, "stance": article.stance,
             "mode": "standing" if article.is_standing else "new", "is_quoted": False, "is_silence": False,
             "published": at}
        ],
    }  # fmt: skip


def fill(store: Store, size: int) -> None:
    """Store an archive of that many articles, past the API, which would take an hour."""
    kinds = [{"id": n + 1, "name": f"P{n}", "kind": "media", "language": "en"} for n in range(FEEDS)]
    last = [
        {"id": n + 1, "topic": "harbour", "label": "x", "first_known": NOON} for n in range((size // 5_000 + 1) * 40)
    ]
    with writing(store.engine) as connection:
        connection.execute(insert(tables.publishers), kinds)
        connection.execute(insert(tables.issues), last)
        for begin in range(1, size + 1, BATCH):
            batch: dict[str, list[dict[str, Any]]] = {}
            for number in range(begin, min(begin + BATCH, size + 1)):
                for name, rows in rows_of(number, size).items():
                    batch.setdefault(name, []).extend(rows)
            for name, rows in batch.items():
                if rows:
                    connection.execute(insert(tables.metadata.tables[name]), rows)
        _fill_feeds(connection, n_days=min(size // A_DAY, 60))
    _index(store)


def _fill_feeds(connection: Connection, n_days: int) -> None:
    feed = {"tenant": "", "state": "live", "next_try": NOON, "failures": 0}
    connection.execute(
        insert(tables.feeds), [{"id": n + 1, "publisher": n + 1, "url": f"u{n}", **feed} for n in range(FEEDS)]
    )
    polls = [NOON - timedelta(minutes=15 * k) for k in range(n_days * 96)]
    polled = {"outcome": "ok", "n_entries": 0, "n_new": 0}
    connection.execute(
        insert(tables.fetches), [{"feed": n + 1, "at": at, **polled} for n in range(FEEDS) for at in polls]
    )


def _index(store: Store) -> None:
    with writing(store.engine) as connection:
        if store.engine.dialect.name == "sqlite":
            connection.execute(text("INSERT INTO revision_words(revision_words) VALUES ('rebuild')"))
            connection.execute(text("ANALYZE"))
            return
        connection.execute(
            text(
                "INSERT INTO revision_words(revision_id, words) SELECT id, "
                "setweight(to_tsvector('english', title), 'A') || to_tsvector('english', text) FROM revisions"
            )
        )
        for name in ("articles", "revisions", "findings", "developments", "issues", "feeds", "publishers", "fetches"):
            last = select(func.max(tables.metadata.tables[name].c.id)).scalar_subquery()
            connection.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), last)))
        connection.execute(text("ANALYZE"))


def reads(store: Store, size: int) -> dict[str, Callable[[], object]]:
    """Return what is timed, by name."""
    day, week = NOON - timedelta(days=1), NOON - timedelta(days=7)
    fortnight, month = NOON - timedelta(days=14), NOON - timedelta(days=30)
    fresh = iter(range(10_000_000, 20_000_000))
    common, rare = VOCABULARY[0], VOCABULARY[-2]
    scope = {"as_of": NOON, "topic": "harbour"}
    return {
        "articles of a day": lambda: store.articles.known_between(day, NOON, **scope),
        "late articles": lambda: store.articles.late_between(day, NOON, **scope),
        "quotations, 7 days": lambda: store.findings.quotations(since=week, **scope),
        "responses, 60 days": lambda: store.findings.responses(since=NOON - timedelta(days=60), actor="orvia", **scope),
        "developments, 14 days": lambda: store.stories.developments(since=fortnight, **scope),
        "issues, 30 days": lambda: store.stories.issue_mentions_by_issue("harbour", as_of=NOON, since=month),
        "feed checks, 14 days": lambda: store.feeds.checks(NOON, fortnight),
        "a person's last 20": lambda: store.findings.quotations(as_of=NOON, person="mira toval", limit=20),
        "search, a rare word": lambda: store.search.search(rare),
        "search, a common word": lambda: store.search.search(common),
        "search, six words": lambda: store.search.search(f"{common} {rare} {words(4)}"),
        "search, as of": lambda: store.search.search(f"{common} {rare}", as_of=fortnight, topic="harbour"),
        "find an article": lambda: store.articles.find(parsed(size // 2)),
        "save a new article": lambda: save(store, parsed(next(fresh))),
    }


@contextmanager
def databases(*, postgres: bool) -> Iterator[Callable[[], str]]:
    """Give a maker of empty databases."""
    if not postgres:
        with tempfile.TemporaryDirectory() as folder:
            names = iter(range(99))
            yield lambda: f"sqlite:///{Path(folder) / str(next(names))}.db"
        return
    from tests.databases import Postgres

    server = Postgres()
    yield server.create
    server.stop()


def measure(url: str, size: int) -> dict[str, tuple[float, float]]:
    """Return the median and the longest of some rounds of each read, in milliseconds."""
    store = Store(open_engine(url))
    migrate(store.engine)
    fill(store, size)
    results = {}
    for name, read in reads(store, size).items():
        read()
        times = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            read()
            times.append(1000 * (time.perf_counter() - begin))
        results[name] = (statistics.median(times), max(times))
    store.close()
    return results


def main() -> None:
    """Print a table: a line a read, median and longest milliseconds for each size."""
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or [1_000, 10_000, 100_000]
    with databases(postgres="--postgres" in sys.argv) as create:
        measured = {size: measure(create(), size) for size in sizes}
    print(f"{'milliseconds: median (longest)':32}" + "".join(f"{size:>20,}" for size in sizes))  # noqa: T201
    for name in measured[sizes[0]]:
        cells = (f"{measured[size][name][0]:.1f} ({measured[size][name][1]:.0f})" for size in sizes)
        print(f"{name:32}" + "".join(f"{cell:>20}" for cell in cells))  # noqa: T201


if __name__ == "__main__":
    main()
