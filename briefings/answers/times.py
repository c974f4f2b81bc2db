"""Times, zones and days as people type them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from briefings.errors import BadInput

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
_SETS = {
    "daily": EVERY_DAY, "everyday": EVERY_DAY, "all": EVERY_DAY,
    "weekday": (0, 1, 2, 3, 4), "workday": (0, 1, 2, 3, 4), "weekend": (5, 6),
}  # fmt: skip
_NAMED_TIMES = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?h?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
_LOOKS_LIKE_TIME = re.compile(r"\d[\d:.]*\s*(?:h|[ap]\.?m\.?)?\d*", re.IGNORECASE)
_OTHER_NAMES = {
    "kiev": "Europe/Kyiv", "europe/kiev": "Europe/Kyiv", "gmt": "UTC", "utc": "UTC", "z": "UTC",
    "uk": "Europe/London", "britain": "Europe/London", "germany": "Europe/Berlin", "france": "Europe/Paris",
    "brussels": "Europe/Brussels", "washington": "America/New_York", "geneva": "Europe/Zurich",
    "beijing": "Asia/Shanghai", "delhi": "Asia/Kolkata", "ukraine": "Europe/Kyiv",
}  # fmt: skip
_SMALL_WORDS = frozenset(
    {"at", "in", "on", "every", "each", "and", "the", "time", "o'clock", "to", "for", "day", "days"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A subscription as it was asked for; `zone` is "" when none was named."""

    topic: str
    time: str
    zone: str = ""
    days: tuple[int, ...] = EVERY_DAY


def read_time(words: str) -> str:
    """Return a time of day as HH:MM.

    Raises:
        BadInput: it is none; the message names the nearest ones.
    """
    found = _time_of(words)
    if found:
        return found
    near = _near_times(words)
    hint = f"did you mean {near}?" if near else "write it as 08:00 or 8am"
    msg = f"'{words[:30]}' is not a time of day; {hint}"
    raise BadInput(msg)


def read_zone(words: str, zones: Collection[str]) -> str:
    """Return an IANA zone for its name, a city of it, or a country's common name.

    Raises:
        BadInput: none fits; the message names the nearest ones.
    """
    found = _zone_of(words, _cities(zones))
    if found:
        return found
    near = _near_zones(words, zones)
    hint = f"did you mean {' or '.join(near)}?" if near else "write a place such as Europe/Kyiv or New York"
    msg = f"'{words[:40]}' is not a time zone; {hint}"
    raise BadInput(msg)


def read_days(words: str) -> tuple[int, ...]:
    """Return days, Monday is 0, for words such as weekdays, Mon,Thu or Mon-Fri.

    Raises:
        BadInput: a word is no day; the message names the nearest one.
    """
    days: set[int] = set()
    for word in re.split(r"[,\s;&+]+", words.strip().lower()):
        if word in {"", "and", "every", "on"}:
            continue
        found = _days_of(word)
        if not found:
            near = difflib.get_close_matches(word, [*DAY_NAMES, "daily", "weekdays", "weekend"], n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else "write daily, weekdays, weekend or days such as Mon,Thu"
            msg = f"'{word[:30]}' is not a day; {hint}"
            raise BadInput(msg)
        days.update(found)
    return tuple(sorted(days)) or EVERY_DAY


def read_wish(words: str, topics: Iterable[str], zones: Collection[str]) -> Wish:
    """Read a subscription typed in one go: `ukraine 08:00 Europe/Kyiv weekdays`, in any order.

    Args:
        words: as typed.
        topics: ids and titles that a topic may be called by, lower case.
        zones: IANA names.

    Raises:
        BadInput: a word fits nothing, or the time is missing.
    """
    known, cities = frozenset(topics), _cities(zones)
    tokens = [t for t in re.split(r"[\s,;]+", words) if t]
    topic: list[str] = []
    time, zone, days, left = "", "", "", ""
    at = 0
    while at < len(tokens):
        length, kind, value = _classify(tokens[at:], known, cities)
        at += length
        if kind == "topic" and (not topic or not zone):
            topic.append(value)
        elif kind == "time" and not time:
            time = value
        elif kind == "zone" and not zone:
            zone = value
        elif kind == "days":
            days += f" {value}"
        elif kind != "small":
            left = left or value
    if left:
        _explain(left, known if not topic else frozenset(), zones)
    if not time:
        msg = f"say at what time, e.g. {' '.join(topic) or 'ukraine'} 08:00 Europe/Kyiv weekdays"
        raise BadInput(msg)
    return Wish(topic=" ".join(topic), time=time, zone=zone, days=read_days(days))


def days_in_words(days: tuple[int, ...]) -> str:
    """Return days as a person would say them."""
    for words, those in (("every day", EVERY_DAY), ("weekdays", (0, 1, 2, 3, 4)), ("weekends", (5, 6))):
        if days == those:
            return words
    return ", ".join(DAY_NAMES[d][:3].capitalize() for d in days)


def _classify(tokens: list[str], topics: frozenset[str], cities: dict[str, str]) -> tuple[int, str, str]:
    """Say what the next words are: how many, of what kind, and their value."""
    for length in (3, 2, 1):
        words = " ".join(tokens[:length]).lower()
        if len(tokens) < length:
            continue
        if words in topics:
            return length, "topic", words
        if found := _zone_of(words, cities):
            return length, "zone", found
        if length < 3 and (found := _time_of(words)):
            return length, "time", found
    word = tokens[0].lower()
    if _days_of(word):
        return 1, "days", word
    return 1, "small" if word in _SMALL_WORDS else "unknown", tokens[0]


def _explain(word: str, topics: frozenset[str], zones: Collection[str]) -> None:
    """Raise what is most likely wrong with a word that fits nothing; `topics` when none was named yet."""
    if _LOOKS_LIKE_TIME.fullmatch(word):
        read_time(word)
    if topics:
        near = difflib.get_close_matches(word.lower(), topics, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(sorted(topics))[:200]}"
        msg = f"there is no topic '{word[:40]}'; {hint}"
        raise BadInput(msg)
    close_day = difflib.get_close_matches(word.lower(), [*DAY_NAMES, "daily", "weekdays", "weekend"], n=1, cutoff=0.7)
    if close_day and "/" not in word:
        read_days(word)
    read_zone(word, zones)


def _time_of(words: str) -> str:
    plain = words.strip().lower()
    if plain in _NAMED_TIMES:
        return _NAMED_TIMES[plain]
    match = _TIME.fullmatch(plain)
    if not match:
        return ""
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""


def _near_times(words: str) -> str:
    """Return two times near an impossible one: 25:00 gives 01:00 and 23:00."""
    digits = re.findall(r"\d+", words)
    if not digits:
        return ""
    hour = int(digits[0][:2])
    minute = min(int((digits[1:] or ["0"])[0][:2]), 59)
    near = {f"{hour % 24:02d}:{minute:02d}", f"{min(hour, 23):02d}:{minute:02d}"}
    return " or ".join(sorted(near))


def _days_of(word: str) -> tuple[int, ...]:
    plain = word.strip(".").lower()
    for candidate in (plain, plain.removesuffix("s")):
        if candidate in _SETS:
            return _SETS[candidate]
    if "-" in plain:
        first, _, last = plain.partition("-")
        ends = (_day(first), _day(last))
        if None not in ends:
            start, end = (d or 0 for d in ends)
            return tuple((start + n) % 7 for n in range((end - start) % 7 + 1))
    day = _day(plain)
    return () if day is None else (day,)


def _day(word: str) -> int | None:
    plain = word.removesuffix("s") if word.endswith("days") else word
    fits = [n for n, name in enumerate(DAY_NAMES) if len(plain) >= 3 and name.startswith(plain)]
    fits += [n for n, short in enumerate(("", "tues", "weds", "thurs")) if plain == short and plain]
    return fits[0] if fits else None


def _cities(zones: Collection[str]) -> dict[str, str]:
    """Return every way to say a zone, lower case; where a city stands for several, the region's name wins."""
    ways: dict[str, str] = {}
    for zone in sorted(zones, key=lambda z: (not z.startswith(("Europe/", "America/", "Asia/")), z)):
        ways.setdefault(zone.lower(), zone)
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "posix/", "right/", "US/")):
            ways.setdefault(zone.rpartition("/")[2].replace("_", " ").lower(), zone)
    return {**ways, **_OTHER_NAMES}


def _zone_of(words: str, cities: dict[str, str]) -> str:
    plain = words.strip().lower()
    return cities.get(plain) or cities.get(plain.replace(" ", "_")) or cities.get(plain.replace("_", " ")) or ""


def _near_zones(words: str, zones: Collection[str]) -> list[str]:
    ways = _cities(zones)
    plain = words.strip().lower()
    close = difflib.get_close_matches(plain, ways, n=3, cutoff=0.65)
    close += difflib.get_close_matches(plain.rpartition("/")[2].replace("_", " "), ways, n=3, cutoff=0.7)
    return list(dict.fromkeys(ways[c] for c in close))[:3]
