"""How alike two articles are: TF-IDF of title and lead, and what speaks against one event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt

from briefings.stories.context import BACKGROUND, StoryContext
from briefings.stories.features import Features

UNLISTED = 4  # background documents of a word that the table does not have
FRESH = 3  # how much one article of ours weighs against one of the background
DAY_S = 86_400.0


@dataclass(frozen=True, slots=True, eq=False)
class Idf:
    """Word weights from the articles at hand and the background table."""

    counts: Mapping[str, int]
    n: int
    context: StoryContext

    def of(self, word: str) -> float:
        """Return the weight of a word; rare words weigh more."""
        seen = self.context.background.get(word, UNLISTED) + FRESH * self.counts.get(word, 0)
        return log((BACKGROUND + FRESH * self.n) / seen)


def idf(articles: Iterable[Features], context: StoryContext) -> Idf:
    """Count words over the articles at hand."""
    counts: Counter[str] = Counter()
    n = 0
    for found in articles:
        counts.update(found.weights.keys())
        n += 1
    return Idf(counts, n, context)


def vector(found: Features, weights: Idf) -> dict[str, float]:
    """Return the unit vector of an article."""
    raw = {word: tf * weights.of(word) for word, tf in found.weights.items()}
    norm = sqrt(sum(v * v for v in raw.values())) or 1.0
    return {word: v / norm for word, v in raw.items()}


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the cosine of two unit vectors."""
    if len(b) < len(a):
        a, b = b, a
    return sum(v * b[word] for word, v in a.items() if word in b)


def discount(a: Features, b: Features) -> float:
    """Return 1 when nothing speaks against one event, down to 0 for a veto."""
    if a.ordinals and b.ordinals and not a.ordinals & b.ordinals:
        return 0.0
    both = a.acts & b.acts
    factor = 1.0
    if a.acts and b.acts and not both:
        factor *= OTHER_ACT
    if a.places and b.places and not a.places & b.places:
        factor *= OTHER_PLACE_AGAIN if both else OTHER_PLACE
    if a.day and b.day and a.day != b.day:
        factor *= OTHER_DAY_AGAIN if both else OTHER_DAY
    if (a.title_names - b.names) and (b.title_names - a.names):
        factor *= OTHER_NAMES_AGAIN if both else OTHER_NAMES
    return factor * _gap(a, b)


OTHER_ACT = 0.6
OTHER_PLACE, OTHER_PLACE_AGAIN = 0.6, 0.4
OTHER_DAY, OTHER_DAY_AGAIN = 0.7, 0.4
OTHER_NAMES, OTHER_NAMES_AGAIN = 0.7, 0.5


def _gap(a: Features, b: Features) -> float:
    days = abs((a.at - b.at).total_seconds()) / DAY_S
    return max(0.0, 1 - 0.15 * max(0.0, days - 0.5))
