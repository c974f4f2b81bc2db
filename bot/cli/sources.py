"""Commands on feeds: list, check, add, remove, import and export lists."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.app import App
from bot.cli.asking import ask
from bot.cli.reading import fetch_feeds
from bot.cli.screen import err, out, show_reply, table
from bot.cli.words import AnswerFormat
from briefings.answers.records import CONSOLE
from briefings.errors import BadInput, NotFound, UnreadableFile
from briefings.sections.wording import count
from briefings.use_cases.discover import Discovery, FoundFeed, web_address
from briefings.use_cases.feed_states import FeedState, feed_states, span_words
from briefings.use_cases.sources import About, add_feed, check_about, export_feeds, import_feeds, known_feed

sources = typer.Typer(help="The feeds that are read: list, check, add, remove, import, export.")
COLUMNS = ("publisher", "last success", "entries", "newest", "lag", "errors", "next try", "state")


@sources.callback(invoke_without_command=True)
def list_by_default(context: typer.Context) -> None:
    """List the feeds with their state; see the commands below for more."""
    if not context.invoked_subcommand:
        list_sources()


@sources.command("list")
def list_sources() -> None:
    """List the feeds with their state."""
    with App() as app:
        show_reply(ask(app, "/sources list"), AnswerFormat.text)


@sources.command("check")
def check() -> None:
    """Read every feed now and show how each is; fails when none answered."""
    with App() as app:
        outcomes = fetch_feeds(app, is_all=True)
        states = feed_states(app.room, app.now)
        table(COLUMNS, (_row(s, app.now) for s in states))
    n_down = sum(not s.is_well for s in states)
    out(f"{len(states)} feeds, {n_down} of them down or not read. Lag: from publication until we had it, as a rule.")
    if outcomes and all(o.error for o in outcomes):
        err("briefing-bot: no feed answered; check this machine's network and name service")
        raise typer.Exit(1)


@sources.command("add")
def add(
    address: Annotated[str, typer.Argument(help="of a feed, or of a page that names its feeds")],
    publisher: Annotated[str, typer.Option(help="its name; the feed's own title when left out")] = "",
    kind: Annotated[str, typer.Option(help="wire, media or official")] = "",
    carries: Annotated[str, typer.Option(help="id of the actor whose statements it publishes, e.g. russia")] = "",
) -> None:
    """Find the feed of an address and have it read from now on."""
    about = About(name=publisher, kind=kind, carries=carries)
    with App() as app:
        check_about(app.room, about)
        chosen = _chosen(app.finder.find(address, app.now), app.now)
        known = known_feed(app.room, chosen.url)
        if known is not None and known.state == "live":
            out(f"{known.url} is read already, as {known.publisher.name} ({_contents(chosen, app.now)}).")
            return
        stored = add_feed(app.room, chosen, CONSOLE.tenant, app.now, about)
        out(f"Added {stored.url} as {stored.publisher.name} ({_contents(chosen, app.now)}).")
        out("A running worker reads it within a minute; `briefing-bot fetch` reads it now.")


@sources.command("remove")
def remove(address: Annotated[str, typer.Argument(help="of the feed, as `sources list` shows it")]) -> None:
    """Stop reading a feed that was added; its articles stay."""
    with App() as app:
        url = web_address(address)
        feed = known_feed(app.room, url)
        if feed is None:
            msg = f"no feed has the address {url}; `briefing-bot sources list` shows them"
            raise NotFound(msg)
        if any(feed.url in p.feeds for p in app.catalogue.publishers.values()):
            msg = f"{feed.url} belongs to the catalogue; take it out of feeds.toml (docs/catalogue.md)"
            raise BadInput(msg)
        app.store.feeds.remove(feed.url, feed.tenant)
        out(f"Removed {feed.url} of {feed.publisher.name}; its articles stay.")


@sources.command("import")
def import_list(file: Annotated[Path, typer.Argument(help="an OPML file, as other readers export it")]) -> None:
    """Add the feeds of an OPML file."""
    try:
        data = file.read_bytes()
    except OSError as error:
        msg = f"{file} can't be read: {error.strerror or 'it is no file'}"
        raise UnreadableFile(msg) from error
    with App() as app:
        done = import_feeds(app.room, data, file.name, CONSOLE.tenant, app.now)
    out(f"{done.n_added} feeds added, {done.n_known} were there already; `briefing-bot sources check` reads them.")


@sources.command("export")
def export(file: Annotated[Path | None, typer.Argument(help="where to; the terminal when left out")] = None) -> None:
    """Write the feeds as an OPML file."""
    with App() as app:
        text = export_feeds(app.room)
    if file is None:
        out(text)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        msg = f"{file} can't be written: {error.strerror or 'choose another place'}"
        raise BadInput(msg) from error
    out(f"Wrote {text.count('<outline ')} feeds to {file}.")


def _chosen(found: Discovery, now: datetime) -> FoundFeed:
    """Return the only feed, or the one that the person at the terminal chooses."""
    if len(found.feeds) == 1:
        return found.feeds[0]
    table(("", "feed", "title", "what is in it"), (_choice(n, f, now) for n, f in enumerate(found.feeds, 1)))
    if not sys.stdin.isatty():
        msg = f"{found.asked} names {len(found.feeds)} feeds (see above); add one of them by its address"
        raise BadInput(msg)
    number = int(typer.prompt("Which one", type=int, default=1))
    if not 1 <= number <= len(found.feeds):
        msg = f"there is no feed {number} in this list"
        raise BadInput(msg)
    return found.feeds[number - 1]


def _choice(number: int, feed: FoundFeed, now: datetime) -> tuple[str, ...]:
    return str(number), feed.url, feed.title, _contents(feed, now)


def _contents(feed: FoundFeed, now: datetime) -> str:
    newest = f", the newest {span_words(now - feed.newest)} old" if feed.newest else ", none with a date"
    return f"{count(feed.n_entries, 'entry', 'entries')}{newest}" if feed.n_entries else "no entries yet"


def _row(state: FeedState, now: datetime) -> tuple[str, ...]:
    feed = state.feed
    return (
        feed.publisher,
        _ago(feed.last_success, now),
        "-" if feed.n_entries is None else str(feed.n_entries),
        _ago(feed.newest, now),
        "-" if feed.lag is None else span_words(timedelta(seconds=feed.lag)),
        str(feed.failures),
        f"in {span_words(feed.next_try - now)}" if feed.state == "live" else "never",
        state.words,
    )


def _ago(at: datetime | None, now: datetime) -> str:
    return "never" if at is None else f"{span_words(now - at)} ago"
