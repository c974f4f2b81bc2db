"""What tells articles of one event apart from others: words, names, places, numbers and the day, of title and lead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from math import log

from briefings.model import Article
from briefings.stories.context import StoryContext
from briefings.stories.days import event_day
from briefings.stories.words import Term, terms, words

LEAD_SENTENCES = 3
LEAD_LIMIT = 1200  # characters: a longer "sentence" is a list or a caption
TITLE_WEIGHT = 2
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n+")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_TITLE_CASE = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """One article as the stories see it."""

    at: datetime
    weights: Mapping[str, float]  # canonical word -> dampened count
    title: frozenset[str]
    names: frozenset[str]
    title_names: frozenset[str]
    places: frozenset[str]
    ordinals: frozenset[str]
    acts: frozenset[str]  # kinds of recurring act in the title or first sentence
    day: date | None  # of the event, where the lead names a weekday or date


def lead(text: str) -> str:
    """Return the first sentences of a text, headings and bylines (lines without a full stop) left out."""
    sentences = [s.strip() for s in _SENTENCE.split(text[: 3 * LEAD_LIMIT]) if s and s.strip()]
    whole = [s for s in sentences if s.rstrip("\"'”’)]")[-1:] in ".!?" and len(s) > 30]
    return " ".join((whole or sentences)[:LEAD_SENTENCES])[:LEAD_LIMIT]


def features(article: Article, context: StoryContext) -> Features:
    """Return the features of an article; the same head gives the same record without new work."""
    return _features(article.title, lead(article.text), article.published or article.known, context)


@lru_cache(maxsize=4096)
def _features(title: str, head: str, at: datetime, context: StoryContext) -> Features:
    of_title, of_lead = terms(title, context.vocabulary), terms(head, context.vocabulary)
    counts = Counter(t.text for t in of_lead)
    for term in of_title:
        counts[term.text] += TITLE_WEIGHT
    names = _names(of_lead, context)
    title_names = _title_names(title, of_title, names, context)
    everything = (*of_title, *of_lead)
    opening = {t.text for t in of_title} | {
        t.text for t in terms(head[: head.find(". ") + 1] or head, context.vocabulary)
    }
    return Features(
        at=at,
        weights={word: 1 + log(n) for word, n in counts.items()},
        title=frozenset(t.text for t in of_title),
        names=names | title_names,
        title_names=title_names,
        places=frozenset(t.text for t in everything if t.text in context.places) - context.countries,
        ordinals=frozenset(t.text for t in everything if _ORDINAL.fullmatch(t.text)),
        acts=frozenset(opening & context.recurring),
        day=event_day(f"{title}. {head}", at),
    )


def _names(found: Sequence[Term], context: StoryContext) -> frozenset[str]:
    """Return capitalised words inside sentences, and at their start when they are known names."""
    inside = {t.text for t in found if t.is_capital and not t.opens}
    known = {t.text for t in found if t.is_capital and t.text in context.places}
    return frozenset(n for n in inside | known if not n.startswith("~") and n not in context.common)


def _title_names(title: str, found: Sequence[Term], of_lead: frozenset[str], context: StoryContext) -> frozenset[str]:
    capitals = [w.is_capital for w in words(title)]
    is_title_case = len(capitals) > 3 and sum(capitals) / len(capitals) > _TITLE_CASE
    sure = {t.text for t in found if t.is_capital and (t.text in of_lead or t.text in context.places)}
    if is_title_case:
        return frozenset(sure)
    inside = {t.text for t in found if t.is_capital and not t.opens}
    return frozenset(n for n in sure | inside if not n.startswith("~") and n not in context.common)
