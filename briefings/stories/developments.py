"""Developments: which event an article reports. One event is one item, across outlets and wordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from briefings.model import Article, Development
from briefings.stories.context import StoryContext
from briefings.stories.features import Features, features
from briefings.stories.likeness import Idf, alike, discount, idf, vector

WINDOW = timedelta(hours=72)
JOIN = 0.18  # mean likeness to the articles of a development from which an article joins it


def place(article: Article, candidates: Sequence[Development], context: StoryContext) -> int | None:
    """Return the id of the development that an article joins, None for a new one.

    Online average linkage: the mean likeness to the articles of a development inside the window decides. A near-copy
    (`copy_of`) joins the development of its original.

    Args:
        article: the one to place; an undated one is placed by the time it became known.
        candidates: developments with articles in the last WINDOW; others are passed over.
        context: of the catalogue.
    """
    for development in candidates:
        if any(a.id in {article.id, article.copy_of} for a in development.articles):
            return development.id
    found = features(article, context)
    near = [(d.id, _near(found, d, context)) for d in candidates]
    near = [(number, members) for number, members in near if members]
    weights = idf([found, *(m for _, members in near for m in members)], context)
    own = vector(found, weights)
    scored = [(_linkage(found, own, members, weights), -number) for number, members in near]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] >= JOIN else None


def _near(found: Features, development: Development, context: StoryContext) -> list[Features]:
    """Return the features of a development's articles inside the window."""
    near = [a for a in development.articles if abs((a.published or a.known) - found.at) <= WINDOW]
    return [features(a, context) for a in near]


def _linkage(found: Features, own: Mapping[str, float], members: Sequence[Features], weights: Idf) -> float:
    """Return the mean likeness, what speaks against one event taken off."""
    total = 0.0
    for member in members:
        likeness = alike(own, member, weights)
        if likeness:
            total += likeness * discount(found, member, weights.context)
    return total / len(members)
