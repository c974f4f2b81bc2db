"""A slash command from the shell: parsed and answered like any other, but its errors end the program."""

from __future__ import annotations

from datetime import datetime

from bot.app import App
from bot.commands import help_for, parse
from briefings.answers.records import CONSOLE, Asker, Reply


def ask(app: App, text: str, *, as_of: datetime | None = None, asker: Asker = CONSOLE) -> Reply:
    """Answer a slash command.

    Raises:
        BadInput: it can't be understood.
        NotFound: it asks for what is not there.
    """
    query = parse(text, asker)
    return help_for(query) if query.command == "help" else app.answer(query, app.now, as_of=as_of)
