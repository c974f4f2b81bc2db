"""Tell near-identical quotations: the same words in several outlets, cut short or worded differently."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from briefings.model import StoredQuotation

SAME = 0.6  # share of common words (Jaccard) from which two quotations of one speaker are one statement
WITHIN = 0.8  # share of the shorter one's words that stand in the longer one
MIN_WORDS = 4  # fewer can't be told alike by containment
COMPARED = 300  # groups of one speaker that a quotation is compared with
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def words_of(text: str) -> tuple[str, ...]:
    """Return the lower-case words of a text."""
    return tuple(w.replace("’", "'") for w in _WORD.findall(text.casefold()))


def likeness(one: frozenset[str], two: frozenset[str]) -> float:
    """Return the share of words that two texts have in common (Jaccard), 0 to 1."""
    return len(one & two) / len(one | two) if one and two else 0.0


def is_same(one: frozenset[str], two: frozenset[str]) -> bool:
    """Tell whether two quotations of one speaker are the same statement."""
    shorter = min(len(one), len(two))
    return likeness(one, two) >= SAME or (shorter >= MIN_WORDS and len(one & two) / shorter >= WITHIN)


def is_cut_of(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether the words of one stand in the other in a row: cut short, not worded differently."""
    n = len(short)
    return n <= len(long) and any(long[i : i + n] == short for i in range(len(long) - n + 1))


def speaker_key(stored: StoredQuotation) -> str:
    """Return what one speaker's quotations share: the person, else the name, else the mention."""
    speaker = stored.quotation.speaker
    if speaker is None:
        return ""
    return (speaker.person or speaker.name or speaker.mention.cut(stored.article.text)).casefold()


def content_words(stored: StoredQuotation) -> tuple[str, ...]:
    """Return the words of a quotation's content."""
    return words_of(stored.quotation.content.cut(stored.article.text))


def groups_of(quotations: Iterable[StoredQuotation]) -> tuple[tuple[StoredQuotation, ...], ...]:
    """Gather near-identical quotations of one speaker; order is kept, each group's first decides.

    A quotation is compared with the first of at most `COMPARED` groups of its speaker, so that time stays bounded.
    """
    equal: dict[tuple[str, frozenset[str]], list[StoredQuotation]] = {}
    found: dict[str, list[tuple[frozenset[str], list[StoredQuotation]]]] = defaultdict(list)
    order: list[list[StoredQuotation]] = []
    for stored in quotations:
        speaker, words = speaker_key(stored), frozenset(content_words(stored))
        groups = found[speaker]
        same = equal.get((speaker, words)) or next((g for first, g in groups[:COMPARED] if is_same(words, first)), None)
        if same is None:
            same = []
            groups.append((words, same))
            order.append(same)
        same.append(stored)
        equal[(speaker, words)] = same
    return tuple(map(tuple, order))


def n_outlets(group: Iterable[StoredQuotation]) -> int:
    """Return how many publishers carry a statement, agency copies not counted."""
    members = tuple(group)
    return len({q.article.publisher.name for q in members if q.article.copy_of is None}) or 1


def differing(group: tuple[StoredQuotation, ...]) -> tuple[StoredQuotation, ...]:
    """Return the members whose words are neither those of the first nor cut from them, each wording once."""
    kept = [content_words(group[0])]
    other: list[StoredQuotation] = []
    for stored in group[1:]:
        words = content_words(stored)
        if not any(is_cut_of(words, k) or is_cut_of(k, words) for k in kept):
            kept.append(words)
            other.append(stored)
    return tuple(other)
