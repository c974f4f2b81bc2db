"""A duration against a stated start: "nearly two-year war" in an article that dates its beginning four years back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from briefings.model import Article, Difference, Evidence, Span
from briefings.stories.days import MONTHS
from briefings.stories.quantities import NUMBERS
from briefings.stories.words import stem

_N = "|".join(sorted(NUMBERS, key=len, reverse=True))
_DURATION = re.compile(
    rf"\b(?:(?:nearly|almost|over|more than|about)[\s-]+)?"
    rf"(?P<n>\d{{1,2}}|{_N})[\s-]years?(?:[\s-](?:old|long))?\s+(?P<noun>(?:[a-z]+\s+)?[a-z]+)",
    re.IGNORECASE,
)
_START = re.compile(
    rf"(?P<before>(?:[\w’'-]+\s+){{1,6}})(?:that\s+)?(?:began\s+|begun\s+|started\s+|launched\s+)?(?:in|since|on)\s+(?:\d{{1,2}}\s+)?"
    rf"(?P<month>{'|'.join(m.title() for m in MONTHS)})\s+(?:\d{{1,2}},?\s+)?(?P<year>(?:19|20)\d\d)\b"
)
_SAME = {
    "war": "war",
    "invasion": "war",
    "conflict": "war",
    "fighting": "war",
    "siege": "siege",
    "blockade": "siege",
    "strike": "strike",
    "ban": "ban",
    "truce": "truce",
    "ceasefire": "truce",
    "occupation": "occupation",
    "embargo": "ban",
}
SLACK = 0.6  # years by which a duration may miss


@dataclass(frozen=True, slots=True)
class _Claim:
    matter: str
    years: float
    span: Span


def duration_differences(article: Article) -> tuple[Difference, ...]:
    """Return durations that can't be squared with a start date that the same article states."""
    claims = list(_durations(article.text))
    starts = list(_starts(article.text, article.published or article.known)) if claims else []
    out: list[Difference] = []
    for claim in claims:
        against = next((s for s in starts if s.matter == claim.matter and abs(s.years - claim.years) > SLACK), None)
        fits = any(s.matter == claim.matter and abs(s.years - claim.years) <= SLACK for s in starts)
        if against is not None and not fits:
            out.append(_difference(article, claim, against))
    return tuple(out)


def _difference(article: Article, claim: _Claim, start: _Claim) -> Difference:
    def evidence(span: Span) -> Evidence:
        return Evidence(article=article.id, revision=article.revision, span=span)

    first, second = sorted((claim.span, start.span))
    return Difference(kind="date", about=f"how long: {claim.matter}", first=evidence(first), second=evidence(second))


def _durations(text: str) -> Iterator[_Claim]:
    if "year" not in text.casefold():
        return
    for match in _DURATION.finditer(text):
        matter = _matter(match.group("noun"))
        if matter:
            raw = match.group("n").lower()
            yield _Claim(matter, float(NUMBERS.get(raw, 0) or raw), Span(match.start(), match.end()))


def _starts(text: str, at: datetime) -> Iterator[_Claim]:
    for match in _START.finditer(text):
        matter = _matter(match.group("before"))
        month, year = MONTHS.index(match.group("month").lower()) + 1, int(match.group("year"))
        years = (at.year - year) + (at.month - month) / 12
        if matter and years >= 0:
            yield _Claim(matter, years, Span(match.start(), match.end()))


def _matter(words: str) -> str:
    found = [_SAME.get(w) or _SAME.get(stem(w)) for w in re.findall(r"[a-z]+", words.lower())]
    return next((f for f in reversed(found) if f), "")
