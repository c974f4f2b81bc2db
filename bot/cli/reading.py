"""Commands that read from outside: import, fetch, extract."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.app import App
from bot.cli.screen import err, out, progress, table
from bot.cli.words import publication
from briefings.errors import BadInput
from briefings.model import ParsedArticle
from briefings.sources.files import Given, count_paths, read_paths
from briefings.use_cases.extract_lines import extract_line
from briefings.use_cases.ingest import ingest
from briefings.use_cases.refresh import FeedOutcome


def import_(
    paths: Annotated[
        list[Path], typer.Argument(help=".txt, .md, .html, .jsonl, .eml, a local feed, a folder or a zip of them")
    ],
    published: Annotated[
        datetime | None,
        typer.Option(parser=publication, metavar="TIME", help="when they were published, for files that don't say"),
    ] = None,
    publisher: Annotated[str, typer.Option(help="who published them, for files that don't say")] = "",
    url: Annotated[str, typer.Option(help="their address, for a file that doesn't say")] = "",
) -> None:
    """Store articles from files; what can't be read is reported and the rest stored."""
    given = Given(published=published, publisher=publisher, url=url)
    with App() as app, progress() as bar:
        task = bar.add_task("Importing", total=count_paths(paths))
        counts: Counter[str] = Counter()
        for outcome in read_paths(paths, given, app.sandbox, app.now):
            counts[_stored(app, outcome)] += 1
            counts["old"] += _is_too_old(app, outcome)
            bar.advance(task)
    out(
        f"{counts['new']} new, {counts['revision']} changed, {counts['same']} already stored"
        + (f"; {counts['bad']} could not be read (see above)" if counts["bad"] else "")
    )
    if counts["old"]:
        err(f"{counts['old']} are older than RETENTION_DAYS allows: a worker will delete those that nothing shows")
    if counts["bad"]:
        raise typer.Exit(1)


def _is_too_old(app: App, outcome: ParsedArticle | BadInput) -> bool:
    days = app.settings.retention_days
    at = None if isinstance(outcome, BadInput) else outcome.published
    return days is not None and at is not None and app.now - at > timedelta(days=days)


def _stored(app: App, outcome: ParsedArticle | BadInput) -> str:
    """Store one article and return what became of it; say what is wrong with it."""
    if isinstance(outcome, BadInput):
        err(f"briefing-bot: {outcome}")
        return "bad"
    try:
        done = ingest(app.room, outcome, now=app.now, is_import=True)
    except BadInput as error:
        err(f"briefing-bot: {error}")
        return "bad"
    if outcome.note:
        err(f"{done.article.title or done.article.url}: {outcome.note}")
    elif done.note:
        err(f"{done.article.title or done.article.url}: {done.note}")
    return done.kind


def fetch(
    every: Annotated[bool, typer.Option("--all", help="also feeds that are not due yet")] = False,
) -> None:
    """Read the feeds that are due and store what is new."""
    with App() as app:
        outcomes = fetch_feeds(app, is_all=every)
        if not outcomes:
            out("No feed is due; `briefing-bot fetch --all` reads them all the same.")
            return
        table(("publisher", "entries", "new", "state"), (_row(o) for o in outcomes))
    n_bad = sum(bool(o.error) for o in outcomes)
    out(f"{len(outcomes) - n_bad} feeds read, {n_bad} failed, {sum(o.n_new for o in outcomes)} articles new or changed")
    if n_bad == len(outcomes):
        raise typer.Exit(1)


def fetch_feeds(app: App, *, is_all: bool) -> list[FeedOutcome]:
    """Read the feeds that are due, or all that are live; return what came of each, by publisher."""
    if is_all:
        app.store.feed_overview.hasten((feed.id for feed in app.store.feeds.list()), app.now)
    with progress() as bar:
        task = bar.add_task("Fetching", total=len(app.store.feeds.due(app.now)))
        reader = app.reader(lambda outcome: bar.advance(task))
        return sorted(asyncio.run(reader.refresh(app.now)), key=lambda o: (o.publisher, o.url))


def _row(outcome: FeedOutcome) -> tuple[str, str, str, str]:
    state = outcome.error or ("unchanged" if outcome.is_unchanged else "; ".join(outcome.notes) or "read")
    return outcome.publisher, str(outcome.n_entries), str(outcome.n_new), state


def extract(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out")] = True,
) -> None:
    """Read {"id","text","title"?,"published"?,"publisher"?} a line; write quotes, issues and responses a line."""
    if not jsonl:
        msg = "extract reads and writes JSON lines: call it as `briefing-bot extract --jsonl`"
        raise BadInput(msg)
    with App() as app:
        for raw in sys.stdin.buffer:
            if raw.strip():
                out(json.dumps(_extracted(app, raw), ensure_ascii=False))


def _extracted(app: App, raw: bytes) -> dict[str, object]:
    try:
        return extract_line(raw.decode("utf-8"), app.extractor)
    except UnicodeDecodeError:
        return {"id": None, "error": "the line is not UTF-8; save the file in that encoding"}
