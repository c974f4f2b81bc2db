"""How alike two articles are: TF-IDF of title and lead, and what speaks against one event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import log, sqrt

from briefings.stories.context import BACKGROUND, StoryContext
from briefings.stories.features import Features

UNLISTED = 4  # background documents of a word that the table does not have
FRESH = 3  # how much one article of ours weighs against one of the background
DAY_S = 86_400.0
NIGHT, DAY = timedelta(hours=14), timedelta(days=1)


@dataclass(frozen=True, slots=True, eq=False)
class Idf:
    """Word weights from the articles at hand and the background table."""

    values: Mapping[str, float]
    n: int
    context: StoryContext

    def of(self, word: str) -> float:
        """Return the weight of a word; rare words weigh more."""
        found = self.values.get(word)
        return found if found is not None else _weight(word, 0, self.n, self.context)


def _weight(word: str, seen: int, n: int, context: StoryContext) -> float:
    return log((BACKGROUND + FRESH * n) / (context.background.get(word, UNLISTED) + FRESH * seen))


def idf(articles: Iterable[Features], context: StoryContext) -> Idf:
    """Count words over the articles at hand."""
    counts: Counter[str] = Counter()
    n = 0
    for found in articles:
        counts.update(found.weights.keys())
        n += 1
    return Idf({word: _weight(word, seen, n, context) for word, seen in counts.items()}, n, context)


def vector(found: Features, weights: Idf) -> dict[str, float]:
    """Return the unit vector of an article."""
    values = weights.values
    raw = {word: tf * (values[word] if word in values else weights.of(word)) for word, tf in found.weights.items()}
    norm = sqrt(sum(v * v for v in raw.values())) or 1.0
    return {word: v / norm for word, v in raw.items()}


def alike(own: Mapping[str, float], other: Features, weights: Idf) -> float:
    """Return the cosine of a unit vector and an article, without building the vector of the article."""
    values, theirs = weights.values, other.weights
    dot = sum(v * theirs[word] * values[word] for word, v in own.items() if word in theirs)
    if not dot:
        return 0.0
    norm = sqrt(sum((tf * values[word]) ** 2 for word, tf in theirs.items()))
    return dot / norm


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the cosine of two unit vectors."""
    if len(b) < len(a):
        a, b = b, a
    return sum(v * b[word] for word, v in a.items() if word in b)


# What is left of the likeness of two articles when something speaks against one event; the second figure is for acts
# that come again and again. Set on labelled news of two months, see docs/method-stories.md.
OTHER_ACT = 0.5
OTHER_PLACE, OTHER_PLACE_AGAIN = 0.6, 0.25
OTHER_COUNTRY, OTHER_COUNTRY_AGAIN = 0.7, 0.3
OTHER_DAY, OTHER_DAY_AGAIN, OTHER_DAY_LATER = 0.7, 0.4, 0.25
OTHER_NAMES, OTHER_NAMES_AGAIN = 0.7, 0.3
OTHER_MEASURE = 0.7
OTHER_THINGS = 0.5  # nothing in common but people, places and who speaks, and neither recalls what the other reports
MANY_NAMES = 3  # in common besides places: two people, or one and a party, make up for things
SAME_PUBLISHER = 0.7  # within a day one outlet seldom reports one event twice, and its updates are very much alike


def discount(a: Features, b: Features, context: StoryContext) -> float:
    """Return 1 when nothing speaks against one event, down to 0 for a veto."""
    if _differ(a.ordinals, b.ordinals):
        return 0.0
    both = a.acts & b.acts
    factor = OTHER_ACT if _differ(a.acts, b.told_acts) and _differ(a.told_acts, b.acts) else 1.0
    is_physical = bool(both & context.physical)
    if _differ(a.places, b.places) if is_physical else _differ(a.sites, b.sites):
        factor *= OTHER_PLACE_AGAIN if both else OTHER_PLACE
    if _differ(a.countries, b.countries):
        factor *= OTHER_COUNTRY_AGAIN if both else OTHER_COUNTRY
    if a.day and b.day and a.day != b.day:
        factor *= _other_day(a, b) if both and not _comes_back(a, b, context) else OTHER_DAY
    if (a.title_names - b.names - context.countries) and (b.title_names - a.names - context.countries):
        factor *= OTHER_NAMES_AGAIN if both else OTHER_NAMES
    if _differ(a.measures, b.measures):
        factor *= OTHER_MEASURE
    is_other_thing = _differ(a.things, b.recalled) and _differ(a.recalled, b.things)
    if is_other_thing and (both or len((a.names & b.names) - context.places - context.countries) < MANY_NAMES):
        factor *= OTHER_THINGS
    if a.publisher == b.publisher and abs(a.at - b.at) < DAY:
        factor *= SAME_PUBLISHER
    return factor * _gap(a, b)


def _other_day(a: Features, b: Features) -> float:
    """Return less for articles a night apart: a day read wrongly is then the less likely reason."""
    return OTHER_DAY_AGAIN if abs(a.at - b.at) < NIGHT else OTHER_DAY_LATER


def _comes_back(a: Features, b: Features, context: StoryContext) -> bool:
    """Say whether one may report what became of the other's event: those that last are told for days."""
    return bool(a.acts & b.acts & context.lasting) and bool((a.main | b.main) & context.aftermath)


def _differ(a: frozenset[str], b: frozenset[str]) -> bool:
    """Say whether both name something, and nothing that the other names."""
    return bool(a and b and not a & b)


def _gap(a: Features, b: Features) -> float:
    days = abs((a.at - b.at).total_seconds()) / DAY_S
    return max(0.0, 1 - 0.15 * max(0.0, days - 0.5))
