"""Commands that show what is stored: briefing, say, developments, status."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import available_timezones

import typer

from bot.app import App
from bot.cli.asking import ask
from bot.cli.screen import out, show, show_reply, table
from bot.cli.words import AnswerFormat, Format, moment
from briefings.answers.times import read_zone
from briefings.model import Development, Window
from briefings.use_cases.draft import DraftRequest, draft

AsOf = Annotated[
    datetime | None,
    typer.Option(parser=moment, metavar="TIME", help="only what was known by then, e.g. 2026-01-07T08:00Z"),
]


def briefing(
    topic: Annotated[str, typer.Argument(help="which topic; the first of the catalogue when left out")] = "",
    as_of: AsOf = None,
    form: Annotated[Format, typer.Option("--format", help="how it is printed")] = Format.text,
    zone: Annotated[str, typer.Option(help="time zone, e.g. Europe/Kyiv")] = "UTC",
    hours: Annotated[int, typer.Option(min=1, max=168, help="how far back it looks")] = 24,
) -> None:
    """Print the briefing of a topic, as of now or of some time."""
    with App() as app:
        until = as_of or app.now
        window = Window(start=until - timedelta(hours=hours), end=until, is_first=True)
        where = read_zone(zone, available_timezones())
        request = DraftRequest(topic=topic or app.topic, window=window, as_of=until, zone=where)
        show(draft(app.room, request, app.settings.feed_fresh_hours).document, form)


def say(
    text: Annotated[list[str], typer.Argument(help='a slash command, e.g. "/quotes Lavrov days:3"')],
    as_of: AsOf = None,
    form: Annotated[AnswerFormat, typer.Option("--format", help="how the answer is printed")] = AnswerFormat.text,
) -> None:
    """Run any slash command from the shell."""
    with App() as app:
        show_reply(ask(app, " ".join(text), as_of=as_of), form)


def status() -> None:
    """Tell whether it is alive: last fetch, last briefing, next briefing, feeds down, version."""
    with App() as app:
        show_reply(ask(app, "/status"), AnswerFormat.text)


def developments(
    topic: Annotated[str, typer.Option(help="only articles of this topic")] = "",
    since: Annotated[
        datetime | None, typer.Option(parser=moment, metavar="TIME", help="only what became known after it")
    ] = None,
    form: Annotated[AnswerFormat, typer.Option("--format", help="how they are printed")] = AnswerFormat.text,
) -> None:
    """List developments with their articles, newest first; without options all that is stored."""
    with App() as app:
        if topic:
            app.catalogue.topic(topic)
        found = app.store.stories.developments(as_of=None, since=since, topic=topic or None, with_undated=True)
    if form is AnswerFormat.json:
        out(json.dumps([_plain(d) for d in found], ensure_ascii=False, indent=2))
    else:
        table(("id", "articles", "first", "headline"), (_row(d) for d in found))


def _row(development: Development) -> tuple[str, str, str, str]:
    first = development.first.strftime("%Y-%m-%d %H:%M")
    return f"D-{development.id}", str(len(development.articles)), first, development.headline


def _plain(development: Development) -> dict[str, object]:
    return {
        "id": f"D-{development.id}",
        "headline": development.headline,
        "first": development.first.isoformat(),
        "last": development.last.isoformat(),
        "articles": [
            {
                "id": f"A-{a.id}",
                "url": a.url,
                "title": a.title,
                "publisher": a.publisher.name,
                "published": a.published.isoformat() if a.published else None,
                "copy_of": f"A-{a.copy_of}" if a.copy_of else None,
            }
            for a in development.articles
        ],
    }
