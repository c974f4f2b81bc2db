"""Dates as files, feeds and pages write them, in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

TOLERANCE = timedelta(hours=1)  # a publisher's clock may run ahead
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_ZONE_WORD = re.compile(r"\s*\b(?:UTC|GMT)\b\s*$", re.IGNORECASE)
_NOISE = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+|(?<=\d)(?:st|nd|rd|th)\b|,|\bat\b", re.I
)
_DAY_FORMS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y/%m/%d", "%d.%m.%Y")
_HOUR_FORMS = ("", " %H:%M", " %H:%M:%S")


def read_time(text: str) -> datetime | None:
    """Return a written date in UTC, or None when it is none; a time without a zone is taken as UTC, a day as 00:00."""
    text = text.strip()
    for reading in (_iso, _mail, _worded):
        found = reading(text)
        if found is not None:
            return _in_utc(found)
    return None


def dated(found: datetime | None, now: datetime) -> tuple[datetime | None, str]:
    """Return the date to store and, when it can't be believed, why.

    An article with a date in the future is undated: it would stay "the newest" until that day came.
    """
    if found is None:
        return None, "no date found: stored, but it enters no briefing"
    if found > now + TOLERANCE:
        return None, f"its date {found:%Y-%m-%d %H:%M} UTC is in the future: taken as undated, it enters no briefing"
    if found < _EARLIEST:
        return None, f"its date {found:%Y-%m-%d} can't be right: taken as undated, it enters no briefing"
    return found, ""


def _in_utc(found: datetime) -> datetime | None:
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _worded(text: str) -> datetime | None:
    words = " ".join(_NOISE.sub(" ", _ZONE_WORD.sub("", text)).split())
    if not 8 <= len(words) <= 40:
        return None
    for day in _DAY_FORMS:
        for hour in _HOUR_FORMS:
            try:
                return datetime.strptime(words, day + hour).replace(tzinfo=UTC)
            except ValueError:
                continue
    return None
