"""What commands answer on the demo's data, for docs/commands.md: `python -m tests.docs.transcripts` writes it anew."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import App
from bot.cli.demo import Clock, _play, read_script, sample_catalogue
from bot.command_list import COMMANDS
from bot.commands import respond
from bot.console.render_terminal import render_text
from bot.logs import set_up_logs
from briefings.answers.records import CONSOLE
from briefings.document import Document
from briefings.use_cases.answer import Answers
from config.settings import load_settings

PATH = Path(__file__).parents[2] / "docs" / "commands.md"
WIDTH = 96
MOST = 16  # lines of one answer
SHOWN = {
    "briefing": "/briefing ukraine",
    "quotes": "/quotes Peskov days:14",
    "issues": "/issues",
    "watch": "/watch",
    "timeline": "/timeline D-8",
    "summary": "/summary Merz says range limits lifted",
    "ask": "/ask what did Peskov say about range limits",
    "related": "/related A-9",
    "why": "/why Q-1",
    "subscribe": "/subscribe ukraine 8am Kyiv mon-fri",
    "schedule": "/schedule",
    "sources": "/sources",
    "report": "/report outdated U-1",
    "reports": "/reports",
    "follow": "/follow U-1",
    "status": "/status",
    "help": "/help ask",
    "unsubscribe": "/unsubscribe ukraine",
}
_BLOCK = re.compile(r"\n*<!-- transcript -->\n.*?\n<!-- end -->\n", re.DOTALL)


@contextmanager
def played() -> Iterator[tuple[Answers, datetime]]:
    """Play the demo's days into a store of its own, and give what answers commands after the last briefing."""
    script = read_script()
    with TemporaryDirectory() as folder:
        settings = load_settings({"DATA_DIR": folder, "OPS_CHANNEL": "console"})
        set_up_logs("ERROR", "console")
        clock = Clock(script.start)
        with App(settings, sample_catalogue(), clock) as app:
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                asyncio.run(_play(app, script, clock))
            yield Answers(room=app.room, fresh_hours=settings.feed_fresh_hours), clock.at + timedelta(hours=1)


def transcripts(answers: Answers, now: datetime) -> dict[str, str]:
    """Return each command with its answer, in the order in which they are typed."""
    return {name: _transcript(typed, respond(typed, CONSOLE, answers, now).document) for name, typed in SHOWN.items()}


def _transcript(typed: str, document: Document) -> str:
    lines = render_text(document, WIDTH, with_detail=False).rstrip().split("\n")
    if len(lines) > MOST:
        lines = [*lines[:MOST], f"({len(lines) - MOST} more lines)"]
    return "\n".join(["```text", f"> {typed}", *lines, "```"])


def written(doc: str, made: dict[str, str]) -> str:
    """Return the chapters with their transcripts at the end of each."""
    plain = _BLOCK.sub("\n", doc)
    for name in COMMANDS:
        block = f"\n<!-- transcript -->\n{made[name]}\n<!-- end -->\n"
        plain = re.sub(
            rf"(^## /{name}\n.*?)\n*(?=^## |\Z)", lambda m, b=block: f"{m[1]}\n{b}\n", plain, flags=re.M | re.S
        )
    return plain.rstrip() + "\n"


if __name__ == "__main__":
    with played() as (found, at):
        PATH.write_text(written(PATH.read_text(encoding="utf-8"), transcripts(found, at)), encoding="utf-8")
