"""Sources differ: numbers, dates and attributions that contradict each other, both spans, no verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations

from briefings.model import Article, Development, Difference, Evidence, Span, StoredQuotation
from briefings.stories.attributions import attribution_differences
from briefings.stories.durations import duration_differences
from briefings.stories.quantities import Quantity, quantities

HEAD = 700  # characters: counts further down are often of other events
TOLL_RISES = timedelta(hours=6)  # a higher count this much later is news, not a contradiction


def differences(development: Development, quotations: Sequence[StoredQuotation] = ()) -> tuple[Difference, ...]:
    """Return what contradicts inside a development: between its articles and inside each of them.

    Args:
        development: agency copies in it are passed over.
        quotations: those of its articles, for attributions.
    """
    own = [a for a in development.articles if a.copy_of is None]
    inside = tuple(d for a in own for d in duration_differences(a))
    return (*_count_differences(own), *attribution_differences(quotations), *inside)


def _count_differences(articles: Sequence[Article]) -> tuple[Difference, ...]:
    """Compare the first exact count of each thing; the newest article of each publisher speaks for it."""
    newest = {a.publisher.name: a for a in sorted(articles, key=lambda a: a.published or a.known)}
    stated: dict[str, list[tuple[Article, Quantity]]] = {}
    for article in newest.values():
        for what, quantity in _first_counts(article).items():
            stated.setdefault(what, []).append((article, quantity))
    return tuple(d for what, group in sorted(stated.items()) if (d := _pair(what, group)) is not None)


def _first_counts(article: Article) -> dict[str, Quantity]:
    found: dict[str, Quantity] = {}
    for quantity in quantities(article.text[:HEAD]):
        found.setdefault(quantity.what, quantity)
    return {what: q for what, q in found.items() if q.is_exact}


def _pair(what: str, group: Sequence[tuple[Article, Quantity]]) -> Difference | None:
    """Return the widest contradiction of a group: two counts near in time, or a later one that is lower."""
    apart = [(x, y) for x, y in combinations(sorted(group, key=_when), 2) if _contradict(x, y)]
    if not apart:
        return None
    (article, first), (other, second) = max(apart, key=lambda pair: abs(pair[0][1].value - pair[1][1].value))
    return Difference(
        kind="number", about=what, first=_evidence(article, first.span), second=_evidence(other, second.span)
    )


def _when(stated: tuple[Article, Quantity]) -> datetime:
    return stated[0].published or stated[0].known


def _contradict(older: tuple[Article, Quantity], newer: tuple[Article, Quantity]) -> bool:
    rise = newer[1].value - older[1].value
    return rise < 0 or (rise > 0 and _when(newer) - _when(older) <= TOLL_RISES)


def _evidence(article: Article, span: Span) -> Evidence:
    return Evidence(article=article.id, revision=article.revision, span=span)
