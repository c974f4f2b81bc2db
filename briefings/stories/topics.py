"""Which topics an article belongs to: words of the catalogue, with the topic's own places and people as proof."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from config.records import Catalogue, TopicSpec

LEAD_CHARS = 700  # the title and about three paragraphs: what an article is about stands there
ENOUGH = 3  # mentions anywhere that make up for none in the lead


def topics_of(title: str, text: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of the topics that an article belongs to, in the catalogue's order.

    A general word ("ceasefire") proves nothing by itself: a place or name of the topic must stand in the title or the
    lead, or one anywhere with three mentions of the topic's words in all. A topic without places and names goes by its
    keywords alone.
    """
    return tuple(topic.id for topic in catalogue.topics.values() if _belongs(topic, title, text))


def _belongs(topic: TopicSpec, title: str, text: str) -> bool:
    proof = _pattern((*topic.places, *topic.names) or topic.keywords)
    if proof.search(f"{title}\n{text[:LEAD_CHARS]}"):
        return True
    words = _pattern((*topic.keywords, *topic.names, *topic.places))
    return bool(proof.search(text)) and sum(1 for _ in words.finditer(text)) >= ENOUGH


@lru_cache(maxsize=64)
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)" if words else r"(?!)")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Match any of the words as written, whole words only; names are told from common words by their capitals."""
    return _compiled(tuple(dict.fromkeys(words)))
