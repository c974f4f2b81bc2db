"""The words for the four states of the response watch, in one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from briefings.document import Tone
from briefings.model import WatchLine
from briefings.sections.wording import ALERT_AFTER, STANCES, age, count, listing

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
            return f"cannot tell if it answered: {line.reason.rstrip('. ') or UNREAD}"


def overview_of(lines: Sequence[WatchLine], as_of: datetime) -> str:
    """Return how an actor stands over several developments, in one line without a full stop."""
    said = [f"{state_of(w, as_of)} (D-{w.development.id})" for w in lines if w.state in {"answered", "reported_silent"}]
    parts = [listing(said, 3)] if said else []
    unanswered = [w for w in lines if w.state == "no_answer_found"]
    if unanswered:
        longest = max(unanswered, key=lambda w: silence_of(w, as_of))
        one = f"{state_of(longest, as_of)} (D-{longest.development.id})"
        many = f"no answer found on {len(unanswered)} developments, the longest for {age(silence_of(longest, as_of))}"
        parts.append(one if len(unanswered) == 1 else f"{many} (D-{longest.development.id})")
    unknown = [w for w in lines if w.state == "cannot_tell"]
    if unknown:
        reasons = {w.reason.rstrip(". ") or UNREAD for w in unknown}
        why = f": {reasons.pop()}" if len(reasons) == 1 else ""
        parts.append(f"cannot tell on {count(len(unknown), 'development')}{why}")
    return "; ".join(parts) or "nothing waits for its answer"
