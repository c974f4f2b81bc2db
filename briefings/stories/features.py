"""What tells articles of one event apart from others: words, names, places, numbers and the day, of title and lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from math import log

from briefings.model import Article
from briefings.stories.context import StoryContext
from briefings.stories.days import event_day
from briefings.stories.passages import HEAD, SENTENCES, Stretch, lead_sentences, stretches
from briefings.stories.words import Term, terms, words

_ORDINAL = re.compile(r"\d+(?:st|[nr]d|th)")
_MEASURE = re.compile(r"\b(\d{1,3}(?:\.\d+)?)[\s-]?(?:%|percent\b|per cent\b)|\b(\d\.\d)\b")
_LOCATIVE = re.compile(r"\b(?:in|at|near|outside|over|around)\s+(?:\w+\s+)?$")
_TITLE_CASE = 0.7
EVERYDAY = 100  # background documents from which a word is too common to name a thing
VOICE = 0.2  # of its weight that the name of a spokesman keeps: it stands in a dozen reports a day
CORE = SENTENCES[0]  # weight of a first sentence; the title weighs more


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """The words of a stretch of the title or of one sentence of the lead."""

    sentence: int  # its place in the lead, TITLE_PLACE for the title
    is_main: bool
    words: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """One article as the stories see it."""

    at: datetime
    publisher: str
    lead: tuple[str, ...]  # its first sentences
    opening: int  # where the first of them stands in the text
    told: tuple[Told, ...]
    weights: Mapping[str, float]  # canonical word -> dampened weight
    main: frozenset[str]  # words of what is reported, background left out
    core: frozenset[str]  # those of the title and the first sentence
    things: frozenset[str]  # telling words of what is reported that name neither people nor places nor who speaks
    recalled: frozenset[str]  # such words, those of the background among them
    names: frozenset[str]
    title_names: frozenset[str]  # of the title, its background left out
    places: frozenset[str]  # of what is reported, countries left out
    sites: frozenset[str]  # those of `places` that something is said to be in, at or near
    countries: frozenset[str]  # of what is reported
    ordinals: frozenset[str]  # "the 19th package"
    measures: frozenset[str]  # of the title and first sentence: magnitudes and percentages
    acts: frozenset[str]  # kinds of recurring act reported in the title, else in the first sentence
    told_acts: frozenset[str]  # those of the title and of the first sentence
    day: date | None  # of the event, where the lead names a weekday or date


def features(article: Article, context: StoryContext) -> Features:
    """Return the features of an article; the same head gives the same record without new work."""
    at = article.published or article.known
    return _features(article.title, article.text[:HEAD], at, article.publisher.name, context)


@lru_cache(maxsize=5000)  # some 25 MB; above the articles of a busy fortnight
def _features(title: str, head: str, at: datetime, publisher: str, context: StoryContext) -> Features:
    sentences = lead_sentences(head)
    found = [(s, terms(s.text, context.vocabulary)) for s in stretches(title, sentences)]
    main = [t for s, of_s in found if s.is_main for t in of_s]
    names = _names((t for s, of_s in found if s.is_main and not s.is_title for t in of_s), context)
    title_names = _title_names(
        title, [t for s, of_s in found if s.is_title and s.is_main for t in of_s], names, context
    )
    all_terms = [t for _, of_s in found for t in of_s]
    return Features(
        at=at,
        publisher=publisher,
        lead=sentences,
        opening=max(0, head.find(sentences[0])) if sentences else 0,
        told=tuple(Told(s.sentence, s.is_main, frozenset(t.text for t in of_s)) for s, of_s in found),
        weights=_weights(found, context),
        main=frozenset(t.text for t in main),
        core=frozenset(t.text for s, of_s in found if s.is_main and s.weight >= CORE for t in of_s),
        things=_things(main, names | title_names, context),
        recalled=_things(all_terms, names | title_names, context),
        names=names | title_names | {t.text for t in main if t.text in context.places},
        title_names=title_names,
        places=frozenset(t.text for t in main if t.text in context.places) - context.countries,
        sites=frozenset(_sites(found, context)),
        countries=frozenset(t.text for t in main if t.text in context.countries),
        ordinals=frozenset(t.text for t in all_terms if _ORDINAL.fullmatch(t.text)),
        measures=_measures(" ".join((title, *sentences[:1]))),
        acts=_acts(found, context),
        told_acts=frozenset(t.text for s, of_s in found if s.is_main and s.weight >= CORE for t in of_s)
        & context.recurring,
        day=event_day(" ".join((title, *sentences)), at),
    )


def _things(main: Sequence[Term], names: frozenset[str], context: StoryContext) -> frozenset[str]:
    others = names | context.places | context.countries | context.frame | context.voices
    return frozenset(t.text for t in main if context.background.get(t.text, 0) < EVERYDAY) - others


def _sites(found: Sequence[tuple[Stretch, Sequence[Term]]], context: StoryContext) -> Iterator[str]:
    """Yield places after "in", "at" or "near": a capital elsewhere often stands for its government."""
    for stretch, of_stretch in found:
        for term in of_stretch:
            is_place = stretch.is_main and term.text in context.places and term.text not in context.countries
            if is_place and _LOCATIVE.search(stretch.text[: term.start]):
                yield term.text


def _measures(text: str) -> frozenset[str]:
    return frozenset(m.group(1) or m.group(2) for m in _MEASURE.finditer(text))


def _weights(found: Sequence[tuple[Stretch, Sequence[Term]]], context: StoryContext) -> dict[str, float]:
    total: dict[str, float] = {}
    for stretch, of_stretch in found:
        for term in of_stretch:
            share = VOICE if term.text in context.voices else 1.0
            total[term.text] = total.get(term.text, 0.0) + stretch.weight * share
    return {word: log(1 + weight) for word, weight in total.items()}


def _acts(found: Sequence[tuple[Stretch, Sequence[Term]]], context: StoryContext) -> frozenset[str]:
    for is_title in (True, False):
        own = (of_s for s, of_s in found if s.is_main and s.is_title == is_title and s.weight >= CORE)
        acts = {t.text for of_s in own for t in of_s} & context.recurring
        if acts:
            return frozenset(acts)
    return frozenset()


def _names(found: Iterable[Term], context: StoryContext) -> frozenset[str]:
    """Return capitalised words inside sentences; a word that opens one may be any word."""
    inside = {t.text for t in found if t.is_capital and not t.opens}
    return frozenset(n for n in inside if not n.startswith("~") and n not in context.common)


def _title_names(title: str, found: Sequence[Term], of_lead: frozenset[str], context: StoryContext) -> frozenset[str]:
    capitals = [w.is_capital for w in words(title)]
    is_title_case = len(capitals) > 3 and sum(capitals) / len(capitals) > _TITLE_CASE
    sure = {t.text for t in found if t.is_capital and (t.text in of_lead or t.text in context.places)}
    if is_title_case:
        return frozenset(sure)
    inside = {t.text for t in found if t.is_capital and not t.opens}
    return frozenset(n for n in sure | inside if not n.startswith("~") and n not in context.common)
