"""Score the joining of articles into developments: pairs of articles of one event, and look-alikes kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from briefings.model import Article, Development
from briefings.stories.context import StoryContext
from briefings.stories.developments import place
from tests.eval.story_world import article, rows, world


@dataclass(frozen=True, slots=True)
class Pairs:
    """Counts of pairs of articles."""

    together: int  # of one event, put together
    merged: int  # of two events, put together
    split: int  # of one event, kept apart

    @property
    def precision(self) -> float:
        return self.together / (self.together + self.merged or 1)

    @property
    def recall(self) -> float:
        return self.together / (self.together + self.split or 1)

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r or 1)


def cluster(articles: Sequence[Article], context: StoryContext) -> dict[int, int]:
    """Place articles one after another, as they come in; return the development of each."""
    found: dict[int, Development] = {}
    for item in articles:
        number = place(item, tuple(found.values()), context)
        if number is None:
            number = len(found) + 1
            found[number] = Development(id=number, headline=item.title, articles=(item,))
        else:
            found[number] = replace(found[number], articles=(*found[number].articles, item))
    return {a.id: d.id for d in found.values() for a in d.articles}


def pairs(labelled: Sequence[dict[str, Any]], placed: dict[int, int]) -> Pairs:
    """Compare every two articles."""
    together = merged = split = 0
    for a, b in combinations(labelled, 2):
        one, same = a["event"] == b["event"], placed[a["id"]] == placed[b["id"]]
        together += one and same
        merged += same and not one
        split += one and not same
    return Pairs(together, merged, split)


def look_alikes(labelled: Sequence[dict[str, Any]], placed: dict[int, int]) -> float:
    """Return the share of look-alike events (two of one family) of which any articles were merged."""
    events = sorted({(r["family"], r["event"]) for r in labelled})
    of_event = {e: {placed[r["id"]] for r in labelled if r["event"] == e} for _, e in events}
    alike = [(a, b) for (f, a), (g, b) in combinations(events, 2) if f == g]
    return sum(bool(of_event[a] & of_event[b]) for a, b in alike) / (len(alike) or 1)


def measure() -> dict[str, float]:
    """Return the figures that floors.toml holds: of the first set and, with "mixed_" before them, of mixed news."""
    return {**_measured("developments.jsonl", ""), **_measured("developments_mixed.jsonl", "mixed_")}


def _measured(file: str, prefix: str) -> dict[str, float]:
    labelled = sorted(rows(file), key=lambda r: (r["published"], r["id"]))
    placed = cluster([article(r) for r in labelled], world())
    everything = pairs(labelled, placed)
    held_out = pairs([r for r in labelled if r["held_out"]], placed)
    return {
        f"{prefix}precision": everything.precision,
        f"{prefix}recall": everything.recall,
        f"{prefix}f1": everything.f1,
        f"{prefix}held_out_precision": held_out.precision,
        f"{prefix}held_out_f1": held_out.f1,
        f"{prefix}look_alikes_merged": look_alikes(labelled, placed),
    }


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:22} {value:.3f}")  # noqa: T201 - the output of a script
