"""The words for the four states of the response watch, in one line each."""

from __future__ import annotations

from datetime import datetime, timedelta

from briefings.document import Tone
from briefings.model import WatchLine
from briefings.sections.wording import ALERT_AFTER, STANCES, age

UNREAD = "the feeds that would show it were not read"


def silence_of(line: WatchLine, as_of: datetime) -> timedelta:
    """Return how long there has been no answer."""
    return max(as_of - (line.since or line.development.first), timedelta())


def tone_of(line: WatchLine, as_of: datetime) -> Tone:
    """Return how a line is coloured; a silence of over 72 hours is an alert."""
    match line.state:
        case "answered":
            return "answered"
        case "cannot_tell":
            return "unknown"
        case _:
            return "alert" if silence_of(line, as_of) > ALERT_AFTER else "waiting"


def state_of(line: WatchLine, as_of: datetime) -> str:
    """Return the state in a few words, as it follows the actor's name: "no answer found in 14 hours"."""
    match line.state:
        case "answered":
            stance = STANCES[line.answer.mention.stance] if line.answer else "answered"
            later = (
                f", {age(timedelta(seconds=line.delay))} later" if line.delay is not None and line.delay >= 60 else ""
            )
            return stance + later
        case "reported_silent":
            by = f", {line.answer.article.publisher.name} reports" if line.answer else ", as is reported"
            return f"has not answered{by}"
        case "no_answer_found":
            return f"no answer found in {age(silence_of(line, as_of))}"
        case "cannot_tell":
            return f"cannot tell if it answered ({line.reason.rstrip('. ') or UNREAD})"
