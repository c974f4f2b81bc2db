"""The time that a question speaks of: a day, a month or a year, as it was typed or seen from now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
LATER = timedelta(days=3)  # so long after a day news of it is still printed
_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|{'|'.join(m[:3] for m in MONTHS if m != 'may')}|sept)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_BEFORE = r"\b(?:(?:on|in|of|during|since|by|for|from|at|until|the)\s+)*"
_DATED = (
    rf"{_BEFORE}(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b",
    rf"{_BEFORE}{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?\b",
    rf"{_BEFORE}{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?\b",
    rf"{_BEFORE}{_MONTH}\s+(?:of\s+)?{_YEAR}\b",
    rf"\b(?:in|during|since|by|until|last|this|next)\s+{_MONTH}\b",
    rf"{_BEFORE}{_YEAR}\b",
)
_SEEN = {"yesterday": (1, 0), "today": (0, 0), "last night": (1, 0), "this week": (7, 0), "last week": (14, 6),
         "this month": (31, 0), "last month": (62, 20)}  # fmt: skip
_SEEN_WORDS = re.compile(rf"\b(?:{'|'.join(_SEEN)})\b", re.IGNORECASE)
_DATES = tuple(re.compile(p, re.IGNORECASE) for p in _DATED)


@dataclass(frozen=True, slots=True)
class AskedTime:
    """A time in a question; a part that is 0 was not named. `seen` is a stretch of days seen from now."""

    year: int = 0
    month: int = 0
    day: int = 0
    seen: tuple[date, date] | None = None

    @property
    def is_strict(self) -> bool:
        """Whether nothing of another time can answer: a year or a day is named."""
        return bool(self.year or self.day)

    def fits(self, published: datetime | None, text: str) -> bool:
        """Say whether an article of a time, or some words of it, may be about this one."""
        return self._is_named(text) or (published is not None and self._is_near(published.date()))

    def _is_named(self, text: str) -> bool:
        if self.seen:
            return False
        if not self.month:
            return str(self.year) in text
        name = rf"(?:{MONTHS[self.month - 1]}|{MONTHS[self.month - 1][:3]}\.?)"
        near = rf"\b(?:{self.day}(?:st|nd|rd|th)?\s+{name}|{name}\s+{self.day})\b" if self.day else rf"\b{name}\b"
        year = not self.year or not re.search(r"\b(?:19|20)\d\d\b", text) or str(self.year) in text
        return year and re.search(near, text, re.IGNORECASE) is not None

    def _is_near(self, day: date) -> bool:
        if self.seen:
            return self.seen[0] <= day <= self.seen[1]
        if self.year and self.year != day.year:
            return False
        if not self.month:
            return True
        if not self.day:
            return day.month == self.month or (day - LATER).month == self.month
        meant = date(self.year or day.year, self.month, self.day)
        return timedelta(days=-1) <= day - meant <= LATER


def asked_time(text: str, now: datetime | None) -> tuple[AskedTime | None, str]:
    """Return the time that a question speaks of, if any, and the question without it.

    Args:
        text: of the question.
        now: what "yesterday" is seen from; None leaves such words as they are.
    """
    for pattern in _DATES:
        for found in pattern.finditer(text):
            if time := _read(found.groupdict()):
                return time, f"{text[: found.start()]} {text[found.end() :]}"
    if now and (said := _SEEN_WORDS.search(text)):
        most, least = _SEEN[said[0].lower()]
        seen = (now.date() - timedelta(days=most), now.date() - timedelta(days=least))
        return AskedTime(seen=seen), f"{text[: said.start()]} {text[said.end() :]}"
    return None, text


def _read(parts: dict[str, str | None]) -> AskedTime | None:
    named = (parts.get("month") or "").lower()[:3]
    number = int(parts.get("number") or 0)
    month = next((n for n, m in enumerate(MONTHS, 1) if named and m.startswith(named)), number)
    time = AskedTime(int(parts.get("year") or 0), month, int(parts.get("day") or 0))
    try:
        date(time.year or 2000, time.month or 1, time.day or 1)
    except ValueError:
        return None
    return time
