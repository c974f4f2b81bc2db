"""What the headers of an answer ask of us: when to come back, how long to keep it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

LONGEST = 7 * 86_400.0  # a header that asks for more is taken as a week
_MAX_AGE = re.compile(r"(?:^|,)\s*(s-maxage|max-age)\s*=\s*\"?(\d{1,12})", re.IGNORECASE)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that Retry-After asks for, whether it gives a number or a date; None without a usable one.

    A date is measured against the answer's own Date, so that neither clock needs to be right.
    """
    value = headers.get("Retry-After", "").strip()
    try:
        return _bounded(float(value))
    except ValueError:
        return _until(value, headers)


def max_age(headers: Mapping[str, str]) -> float | None:
    """Return for how many seconds an answer may be taken as fresh, from Cache-Control or Expires."""
    control = headers.get("Cache-Control", "")
    if re.search(r"\bno-(?:store|cache)\b", control, re.IGNORECASE):
        return 0.0
    match = _MAX_AGE.search(control)
    if match:
        return _bounded(float(match[2]))
    return _until(headers.get("Expires", ""), headers)


def _until(value: str, headers: Mapping[str, str]) -> float | None:
    then, now = _moment(value), _moment(headers.get("Date", ""))
    return _bounded((then - now).total_seconds()) if then and now else None


def _bounded(seconds: float) -> float | None:
    return min(max(seconds, 0.0), LONGEST) if seconds == seconds else None  # noqa: PLR0124  # NaN is no number of seconds


def _moment(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else None
