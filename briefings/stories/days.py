"""The day that a lead speaks of: a weekday, a date or "yesterday", counted back from the day of publication."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FIRST_HALF = ("january", "february", "march", "april", "may", "june")
MONTHS = (*_FIRST_HALF, "july", "august", "september", "october", "november", "december")
_NAME = "|".join(MONTHS)
_WEEKDAY = re.compile(r"\b(" + "|".join(_WEEKDAYS) + r")\b", re.IGNORECASE)
_DATE = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|[nr]d|th)?\s+({_NAME})|({_NAME})\s+(\d{{1,2}})(?:st|[nr]d|th)?)\b(?!\s*,?\s*(?:19|20)\d\d)",
    re.I,
)
_RELATIVE = re.compile(r"\b(yesterday|today|overnight|last night)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:next|coming|this coming|until|by|from|since|before|after|planned for|scheduled for|last)\s+(?:\w+\s+)?$",
    re.I,
)
_BACK = 6


def event_day(text: str, at: datetime) -> date | None:
    """Return the day of the event, or None when the lead names none or one that lies ahead.

    Args:
        text: title and lead.
        at: when the article was published; a weekday is the last one up to then.
    """
    for match in _DATE.finditer(text):
        day = _dated(match, at)
        if day is not None and 0 <= (at.date() - day).days <= _BACK:
            return day
    for match in _WEEKDAY.finditer(text):
        if not _AHEAD.search(text[: match.start()]):
            back = (at.weekday() - _WEEKDAYS.index(match.group(1).lower())) % 7
            return at.date() - timedelta(days=back) if back < _BACK else None
    return _relative(text, at)


def _dated(match: re.Match[str], at: datetime) -> date | None:
    number, name = int(match.group(1) or match.group(4)), (match.group(2) or match.group(3)).lower()
    month = MONTHS.index(name) + 1
    for year in (at.year, at.year - 1):
        try:
            day = date(year, month, number)
        except ValueError:
            return None
        if day <= at.date():
            return day
    return None


def _relative(text: str, at: datetime) -> date | None:
    match = _RELATIVE.search(text)
    if match is None:
        return None
    return at.date() - timedelta(days=match.group(1).lower() == "yesterday")
