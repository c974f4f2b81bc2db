"""What is written to the terminal: documents, tables and progress, plain when nobody looks."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.cli.words import AnswerFormat, Format
from bot.console.draw import draw
from bot.console.render_html import render_html
from bot.console.render_json import render_json
from bot.console.render_markdown import render_markdown
from briefings.answers.records import Reply
from briefings.document import Document


def out(text: str) -> None:
    """Write to standard output."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()


def err(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def show(document: Document, form: Format) -> None:
    """Write a document in one of the formats."""
    drawn = {Format.text: draw, Format.markdown: render_markdown, Format.json: render_json, Format.html: render_html}
    out(drawn[form](document))


def show_reply(reply: Reply, form: AnswerFormat) -> None:
    """Write an answer; as JSON it is the answer's own values, or its document."""
    if form is AnswerFormat.text:
        out(draw(reply.document))
    elif reply.data is not None:
        out(json.dumps(reply.data, ensure_ascii=False, indent=2))
    else:
        out(render_json(reply.document))


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Write a table; words from outside are shown as they are, never read as markup."""
    drawn = Table(*columns, box=None, pad_edge=False, show_edge=False)
    for row in rows:
        drawn.add_row(*row)
    width = None if sys.stdout.isatty() else 160
    Console(width=width, markup=False, highlight=False, emoji=False).print(drawn)


def progress() -> Progress:
    """Return a progress bar on standard error; nothing is drawn when that is no terminal."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=False,
        disable=not sys.stderr.isatty(),
    )
