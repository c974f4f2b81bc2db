"""What is typed on the command line, read into values: times, formats and errors."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import StrEnum

import typer


class Format(StrEnum):
    """How a briefing is printed."""

    text = "text"
    markdown = "markdown"
    json = "json"
    html = "html"


class AnswerFormat(StrEnum):
    """How an answer is printed."""

    text = "text"
    json = "json"


def moment(given: str) -> datetime:
    """Read an ISO time; without a zone it is UTC, a day alone is its end.

    Raises:
        typer.BadParameter: it is no time.
    """
    try:
        if len(given) <= 10:
            return datetime.combine(date.fromisoformat(given), time.max, tzinfo=UTC)
        read = datetime.fromisoformat(given)
    except ValueError:
        msg = f"'{given}' is not a time; write it like 2026-01-07T08:00Z"
        raise typer.BadParameter(msg) from None
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)


def publication(given: str) -> datetime:
    """Read the time of a publication: as `moment`, but a day alone is its noon.

    Raises:
        typer.BadParameter: it is no time.
    """
    read = moment(given)
    return datetime.combine(read.date(), time(12), tzinfo=UTC) if len(given) <= 10 else read
