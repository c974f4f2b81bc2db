"""What a folder of foreign feeds, whole and damaged, does to parser and store: run by hand.

`python -m tests.bench.bench_corpus FOLDER [N_DAMAGED]`, for instance on the `tests` folder of feedparser's source
distribution. Each file is parsed as a feed and as a page; entries are stored as those of a feed are.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from briefings.errors import ParseFailed
from briefings.sources.records import ParsedFeed, ParsedPage
from briefings.sources.sandbox import Sandbox
from briefings.use_cases.newsroom import Newsroom
from briefings.use_cases.refresh import store_entries
from tests.bench.bench_fetch import START, damage, peak_mb
from tests.bench.bench_import import PlainExtractor, newsroom

ENDINGS = (".xml", ".json", ".rss", ".atom", ".html")


def whole(room: Newsroom, sandbox: Sandbox, bodies: list[bytes]) -> str:
    """Parse and store each file."""
    seen: Counter[str] = Counter()
    slowest, start = 0.0, time.monotonic()
    for body in bodies:
        begun = time.monotonic()
        feed = _tried(seen, lambda b=body: sandbox.parse_feed(b, "https://feed.example/rss", START))
        _tried(seen, lambda b=body: sandbox.extract_page(b, "https://feed.example/page"))
        if isinstance(feed, ParsedFeed):
            n_new, notes = store_entries(room, feed.entries, START)
            seen["entries"] += len(feed.entries)
            seen["stored"] += n_new
            seen["not stored"] += len(notes)
        slowest = max(slowest, time.monotonic() - begun)
    return f"{len(bodies)} files: {dict(seen)} in {time.monotonic() - start:.0f} s, slowest {slowest:.2f} s"


def damaged(sandbox: Sandbox, bodies: list[bytes], n: int) -> str:
    """Parse damaged files as feeds and as pages."""
    chance, seen = random.Random(11), Counter[str]()  # noqa: S311  repeatable injuries
    slowest, start = 0.0, time.monotonic()
    for _ in range(n):
        body, begun = damage(chance, bodies), time.monotonic()
        _tried(seen, lambda b=body: sandbox.parse_feed(b, "a feed", START))
        _tried(seen, lambda b=body: sandbox.extract_page(b, "a page"))
        slowest = max(slowest, time.monotonic() - begun)
    return f"{n} damaged: {dict(seen)} in {time.monotonic() - start:.0f} s, slowest {slowest:.2f} s"


def _tried(seen: Counter[str], job: Callable[[], ParsedFeed | ParsedPage]) -> ParsedFeed | ParsedPage | None:
    try:
        found = job()
    except ParseFailed as error:
        seen["child lost" if "parser ended" in str(error) or "more than" in str(error)[:80] else "refused"] += 1
        return None
    seen["read"] += 1
    return found


def main() -> None:
    """Print the figures."""
    files = sorted(p for p in Path(sys.argv[1]).rglob("*") if p.suffix in ENDINGS)
    bodies = [p.read_bytes() for p in files]
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    with newsroom(PlainExtractor()) as room, Sandbox(recycle_after=10**6) as sandbox:
        sandbox.detect_language("start")
        child = sandbox.pid
        sys.stdout.write(whole(room, sandbox, bodies) + "\n")
        sys.stdout.write(damaged(sandbox, bodies, n) + "\n")
        kept = "kept" if sandbox.pid == child else "replaced"
        sys.stdout.write(f"child {kept}, peak {peak_mb(sandbox.pid)} MB\n")


if __name__ == "__main__":
    main()
