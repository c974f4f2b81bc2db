"""Counts and shares that a text states: how many of what, with the verb that goes with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefings.model import Span
from briefings.stories.words import stem

_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS = {w: n for n, w in enumerate((*_SMALL, *_TEENS))} | {w: 10 * n for n, w in enumerate(_TENS, 2)}
_VAGUE = re.compile(
    r"\b(?:at least|more than|over|up to|about|around|nearly|almost|some|as many as|fewer than|less than|under|roughly"
    r"|approximately|another|a further|further|other|additional)\s*$",
    re.IGNORECASE,
)
_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
_COUNT = re.compile(
    rf"\b(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{_WORDS})(?P<scale>\s+(?:million|billion))?"
    rf"(?:\s*(?P<unit>%|percent\b|per cent\b)"
    r"|\s+(?P<noun>[a-z]+(?:\s+[a-z]+){0,2}))",
    re.IGNORECASE,
)
_OUTCOME = {
    "kill": "kill",
    "dead": "kill",
    "died": "kill",
    "die": "kill",
    "injur": "injure",
    "injure": "injure",
    "wound": "injure",
    "hurt": "injure",
    "hospitalis": "injure",
    "hospitaliz": "injure",
    "detain": "detain",
    "arrest": "detain",
    "missing": "miss",
    "evacuat": "evacuate",
    "shot": "down",
    "down": "down",
    "intercept": "down",
    "launch": "launch",
    "fir": "launch",
}
_PEOPLE = frozenset(
    {
        "people",
        "person",
        "civilian",
        "resident",
        "child",
        "children",
        "soldier",
        "servicemen",
        "troop",
        "women",
        "men",
        "man",
        "woman",
        "other",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with what it counts. `is_exact` is False for "at least 12" and the like."""

    value: float
    what: str  # canonical: "kill people", "launch drone"
    is_exact: bool
    span: Span


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the counts of people killed, injured, detained, missing and of things launched or shot down."""
    for match in _COUNT.finditer(text):
        what = _what(text, match)
        if what:
            yield Quantity(
                value=_value(match),
                what=what,
                is_exact=_VAGUE.search(text[max(0, match.start() - 20) : match.start()]) is None,
                span=Span(match.start(), match.end()),
            )


def _value(match: re.Match[str]) -> float:
    raw = match.group("n").lower().replace(",", "")
    scale = {"million": 1e6, "billion": 1e9}.get((match.group("scale") or "").strip().lower(), 1.0)
    return (float(NUMBERS[raw]) if raw in NUMBERS else float(raw)) * scale


def _what(text: str, match: re.Match[str]) -> str:
    """Return "outcome noun" from the words after the number, "" when no outcome is named in the clause."""
    noun = (match.group("noun") or "").lower().split()
    if not noun:
        return ""
    after = re.split(
        r"[.;:,\n]|\b(?:and|but|while|including|after|when)\b", text[match.end("n") : match.end("n") + 60]
    )[0]
    before = re.split(
        r"[.;:,\n]|\b(?:and|but|while|including|after|when)\b", text[max(0, match.start() - 25) : match.start()]
    )[-1]
    outcome = _outcome(after) or _outcome(before)
    thing = next((stem(w) for w in noun if stem(w) in _THINGS), "")
    if not outcome or (
        not thing
        and stem(noun[0]) not in _PEOPLE
        and _OUTCOME.get(stem(noun[0])) is None
        and noun[0] not in {"were", "have", "had", "was"}
    ):
        return ""
    return f"{outcome} {thing or 'people'}"


_THINGS = frozenset(
    {
        "drone",
        "missile",
        "rocket",
        "shell",
        "child",
        "children",
        "soldier",
        "civilian",
        "journalist",
        "police",
        "officer",
        "plane",
        "tank",
        "ship",
        "house",
        "building",
    }
)


def _outcome(clause: str) -> str:
    for word in re.findall(r"[a-z]+", clause.lower()):
        found = _OUTCOME.get(word) or _OUTCOME.get(stem(word))
        if found:
            return found
    return ""
