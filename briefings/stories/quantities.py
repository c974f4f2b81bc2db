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
_OUTCOMES = {
    "kill": "kill killed dead died die deaths",
    "injure": "injured injuring wounded wounding hurt hospitalised hospitalized",
    "detain": "detained arrested",
    "miss": "missing",
    "evacuate": "evacuated",
    "shoot down": "shot downed intercepted",
    "launch": "launched fired",
}
_OUTCOME = {stem(word): outcome for outcome, words in _OUTCOMES.items() for word in words.split()}
_COUNTED = "people persons civilians residents soldiers servicemen troops women men man woman"
_WEAPONS = "drones missiles rockets shells planes tanks ships houses"
_THINGS_COUNTED = f"children child civilians soldiers journalists police officers {_WEAPONS}"
_PEOPLE = frozenset(map(stem, _COUNTED.split()))
_THINGS = frozenset(map(stem, _THINGS_COUNTED.split()))
_VERB_FIRST = frozenset({"were", "have", "had", "was"})
_CLAUSE = re.compile(r"[.;:,\n]|\b(?:and|but|while|including|after|when)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with what it counts. `is_exact` is False for "at least 12" and the like."""

    value: float
    what: str  # "kill people", "launch drone"
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
    """Return "outcome thing" from the clause that holds the number, "" when it names no outcome."""
    nouns = (match.group("noun") or "").lower().split()
    if not nouns:
        return ""
    after = _CLAUSE.split(text[match.end("n") : match.end("n") + 60])[0]
    before = _CLAUSE.split(text[max(0, match.start() - 25) : match.start()])[-1]
    outcome = _outcome(after) or _outcome(before)
    thing = next((stem(n) for n in nouns if stem(n) in _THINGS), "")
    is_people = stem(nouns[0]) in _PEOPLE or stem(nouns[0]) in _OUTCOME or nouns[0] in _VERB_FIRST
    return f"{outcome} {thing or 'people'}" if outcome and (thing or is_people) else ""


def _outcome(clause: str) -> str:
    found = (_OUTCOME.get(stem(word)) for word in re.findall(r"[a-z]+", clause.lower()))
    return next((outcome for outcome in found if outcome), "")
