"""The words for the four states of the response watch, in one line each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from briefings.document import Tone
from briefings.model import StoredResponse, WatchLine
from briefings.sections.wording import ALERT_AFTER, REACTIONS, age, capital_of, count, listing, short
from config.catalogue import ActorSpec

ANSWERS_TOLD = 2  # in one overview
SPEAKER_LIMIT = 80  # characters
PRONOUNS = frozenset({"", "he", "she", "they", "it", "who"})
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


def said_of(line: WatchLine, actor: ActorSpec, as_of: datetime) -> str:
    """Return how an actor stands to a development, in one clause that begins with its capital or name."""
    name = capital_of(actor)
    if line.state == "answered":
        return f"{name} {_answered(line, actor)}"
    joint = " " if line.state == "reported_silent" else ": "
    return f"{name}{joint}{state_of(line, as_of)}"


def state_of(line: WatchLine, as_of: datetime) -> str:
    """Return the state in a few words, as it follows the actor's name: "no answer found in 14 hours"."""
    match line.state:
        case "answered":
            return f"answered{_delay(line)}"
        case "reported_silent":
            by = f", {line.answer.article.publisher.name} reports" if line.answer else ", as is reported"
            return f"has not answered{by}"
        case "no_answer_found":
            return f"no answer found in {age(silence_of(line, as_of))}"
        case "cannot_tell":
            return f"cannot tell if it answered: {line.reason.rstrip('. ') or UNREAD}"


def _answered(line: WatchLine, actor: ActorSpec) -> str:
    """Return "answered after 5 hours: the spokesman Piet Lund criticised it", from the labels and names alone."""
    if line.answer is None:
        return state_of(line, line.development.last)
    who, what = speaker_of(line.answer, actor), REACTIONS[line.answer.mention.stance]
    return f"answered{_delay(line)}: {who} {what}" if who else f"answered{_delay(line)} ({what})"


def _delay(line: WatchLine) -> str:
    is_later = line.delay is not None and line.delay >= 60
    return f" after {age(timedelta(seconds=line.delay or 0))}" if is_later else ""


def speaker_of(response: StoredResponse, actor: ActorSpec) -> str:
    """Return who spoke, with the role that the text or the catalogue gives; "" when only a pronoun says it."""
    speaker, named = response.mention.speaker, " ".join((response.mention.actor or "").split())
    if not speaker:
        return "" if named.casefold() in PRONOUNS else short(named, SPEAKER_LIMIT)
    if named.endswith(speaker) and named != speaker:
        return short(named, SPEAKER_LIMIT)
    day = (response.article.published or response.article.known).date()
    person = next((p for p in actor.people if speaker in {p.name, *p.variants}), None)
    role = person.role_on(day) if person else None
    return short(_with_role(speaker, role.title) if role else speaker, SPEAKER_LIMIT)


def _with_role(speaker: str, title: str) -> str:
    """Return "President Tomas Brekk", but "Piet Lund, envoy to the islands,"."""
    return f"{speaker}, {title}," if re.search(r"\b(?:of|to|for)\b", title) else f"{title} {speaker}"


def overview_of(lines: Sequence[WatchLine], actor: ActorSpec, as_of: datetime) -> str:
    """Return how an actor stands over several developments, in one line without a full stop."""
    parts = [f"{_answered(w, actor)} ({_id(w)})" for w in lines if w.state == "answered"][:ANSWERS_TOLD]
    reported = [w for w in lines if w.state == "reported_silent"]
    if len(reported) == 1:
        parts.append(f"{state_of(reported[0], as_of)} ({_id(reported[0])})")
    elif reported:
        ids = listing(map(_id, reported), 3)
        parts.append(f"reported silent on {count(len(reported), 'development')} ({ids})")
    unanswered = [w for w in lines if w.state == "no_answer_found"]
    if unanswered:
        longest = max(unanswered, key=lambda w: silence_of(w, as_of))
        one = f"{state_of(longest, as_of)} ({_id(longest)})"
        many = f"no answer found on {len(unanswered)} developments, the longest for {age(silence_of(longest, as_of))}"
        parts.append(one if len(unanswered) == 1 else f"{many} ({_id(longest)})")
    unknown = [w for w in lines if w.state == "cannot_tell"]
    if unknown:
        reasons = {w.reason.rstrip(". ") or UNREAD for w in unknown}
        why = f": {reasons.pop()}" if len(reasons) == 1 else ""
        parts.append(f"cannot tell on {count(len(unknown), 'development')}{why}")
    return "; ".join(parts) or "nothing waits for its answer"


def _id(line: WatchLine) -> str:
    return f"D-{line.development.id}"
