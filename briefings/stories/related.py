"""Related articles: the same story, not the same event, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefings.model import Article
from briefings.stories.context import StoryContext
from briefings.stories.features import features
from briefings.stories.likeness import cosine, idf, vector

LEAST = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An article with how alike it is and the words that it shares, weightiest first."""

    article: Article
    score: float
    shared: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Say why, in words."""
        return "shares " + ", ".join(self.shared)


def related(
    article: Article, candidates: Sequence[Article], context: StoryContext, *, limit: int = 10
) -> tuple[Related, ...]:
    """Rank the candidates by likeness to an article, best first.

    Args:
        article: what is asked about.
        candidates: the articles to choose from; itself and its copies are passed over.
        context: of the catalogue.
        limit: the most that are returned.
    """
    others = [c for c in candidates if c.copy_of is None and c.id not in {article.id, article.copy_of}]
    found = [features(c, context) for c in others]
    weights = idf([features(article, context), *found], context)
    own = vector(features(article, context), weights)
    ranked: list[Related] = []
    for other, theirs in zip(others, (vector(f, weights) for f in found), strict=True):
        score = cosine(own, theirs)
        if score >= LEAST:
            ranked.append(Related(article=other, score=score, shared=_shared(own, theirs)))
    ranked.sort(key=lambda r: (-r.score, -r.article.id))
    return tuple(ranked[:limit])


def _shared(a: dict[str, float], b: dict[str, float]) -> tuple[str, ...]:
    both = sorted((w for w in a if w in b), key=lambda w: (-a[w] * b[w], w))
    return tuple(w.lstrip("~") for w in both[:3])
