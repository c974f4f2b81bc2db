"""Near-copies: the same text again, as agencies' clients print it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from briefings.model import Article
from briefings.stories.words import words

CONTAINED = 0.45  # share of the shorter text's shingles; different articles stay under 0.28
SHINGLE = 4
LEAST = 12  # shingles: shorter texts share wording by chance


def copy_of(article: Article, candidates: Sequence[Article]) -> int | None:
    """Return the id of the article of which this is a near-copy, None for a text of its own.

    Args:
        article: the newer one.
        candidates: earlier articles; a copy among them leads to its original.
    """
    own = shingles(article.text)
    best: tuple[float, int] | None = None
    for other in candidates:
        if other.id == article.id:
            continue
        share = containment(own, shingles(other.text))
        if share >= CONTAINED and (best is None or share > best[0]):
            best = (share, other.copy_of if other.copy_of is not None else other.id)
    return best[1] if best and best[1] != article.id else None


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """Return the share of the smaller set that the larger holds; 0 when it is too small to tell."""
    small, large = sorted((a, b), key=len)
    return len(small & large) / len(small) if len(small) >= LEAST else 0.0


@lru_cache(maxsize=1024)
def shingles(text: str) -> frozenset[int]:
    """Return the runs of four words of a text, as hashes of this process."""
    found = [w.text for w in words(text)]
    return frozenset(hash(tuple(found[i : i + SHINGLE])) for i in range(len(found) - SHINGLE + 1))
