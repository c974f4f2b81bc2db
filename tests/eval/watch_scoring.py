"""Own scorer of issues and responses: which labelled sentences were found, and which stance was read in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefings.model import Span, Stance

Counts = Counter[str]
_SHARE = 0.5  # of the shorter span that both have in common
_LONGEST = 2.5  # times the labelled span, or LONG characters, that a find may have
_LONG = 500


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled or found sentence; `stance` of a response, `status` of an issue, `name` of its matter."""

    span: Span
    stance: Stance | None = None
    status: str = "open"
    name: str = ""


def is_match(found: Span, labelled: Span) -> bool:
    """Tell whether a find is the labelled sentence: half of the shorter in common, and no page around it."""
    shared = min(found.end, labelled.end) - max(found.start, labelled.start)
    size, asked = found.end - found.start, labelled.end - labelled.start
    return shared >= _SHARE * min(size, asked) > 0 and size <= max(_LONGEST * asked, _LONG)


def pairs(found: Sequence[Label], labelled: Sequence[Label]) -> Iterator[tuple[Label, Label]]:
    """Pair finds with labels one to one, those that share most first."""
    ranked = sorted(
        (
            (_shared(f, g), i, j)
            for i, f in enumerate(found)
            for j, g in enumerate(labelled)
            if is_match(f.span, g.span)
        ),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    taken_found: set[int] = set()
    taken: set[int] = set()
    for _, i, j in ranked:
        if i not in taken_found and j not in taken:
            taken_found.add(i)
            taken.add(j)
            yield found[i], labelled[j]


def _shared(one: Label, other: Label) -> int:
    return min(one.span.end, other.span.end) - max(one.span.start, other.span.start)


def count(key: str, found: Sequence[Label], labelled: Sequence[Label], neutral: Sequence[Label] = ()) -> Counts:
    """Count right and wrong finds, and found and missed labels, under names that begin with `key`.

    `neutral` labels are neither: a find there is left out.
    """
    right = sum(any(is_match(f.span, g.span) for g in labelled) for f in found)
    passed = sum(
        any(is_match(f.span, n.span) for n in neutral) and not any(is_match(f.span, g.span) for g in labelled)
        for f in found
    )
    met = sum(any(is_match(f.span, g.span) for f in found) for g in labelled)
    return Counter(
        {f"{key}_right": right, f"{key}_found": len(found) - passed, f"{key}_met": met, f"{key}_asked": len(labelled)}
    )


def f1(counts: Counts, key: str) -> float:
    """Return the harmonic mean of precision and recall; 1 when nothing was asked and nothing found."""
    if not counts[f"{key}_found"] and not counts[f"{key}_asked"]:
        return 1.0
    precision = counts[f"{key}_right"] / (counts[f"{key}_found"] or 1)
    recall = counts[f"{key}_met"] / (counts[f"{key}_asked"] or 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
