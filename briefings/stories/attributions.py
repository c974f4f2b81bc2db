"""The same words in the mouths of two people: attributions that differ between outlets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from briefings.model import Difference, StoredQuotation
from briefings.stories.words import words

LEAST = 6  # words: shorter phrases are said by many
ALIKE = 0.8


def attribution_differences(quotations: Sequence[StoredQuotation]) -> tuple[Difference, ...]:
    """Return near-identical words in marks that two publishers give to different people, each pair of people once."""
    marked = [(q, _words(q)) for q in quotations if q.quotation.kind != "indirect" and _who(q)]
    out: dict[tuple[str, str], Difference] = {}
    for (a, of_a), (b, of_b) in combinations(marked, 2):
        if a.article.publisher.name != b.article.publisher.name and _who(a) != _who(b) and _alike(of_a, of_b):
            first, second = sorted((_who(a), _who(b)))
            out.setdefault(
                (first, second),
                Difference(kind="attribution", about="who said it", first=a.evidence, second=b.evidence),
            )
    return tuple(out.values())


def _who(quotation: StoredQuotation) -> str:
    speaker = quotation.quotation.speaker
    return "" if speaker is None else (speaker.person or speaker.name or "")


def _words(quotation: StoredQuotation) -> tuple[str, ...]:
    return tuple(w.text for w in words(quotation.quotation.content.cut(quotation.article.text)))


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    if min(len(a), len(b)) < LEAST:
        return False
    return len(set(a) & set(b)) >= ALIKE * max(len(set(a)), len(set(b)))
