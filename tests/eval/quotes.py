"""Score who said what: quotations of invented articles in many layouts, an open part and a held-out one."""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefings.extract.context import ExtractContext
from briefings.extract.parse import Parser, load_parser, prepare
from briefings.extract.quotations import find_quotations
from briefings.model import Quotation
from config.catalogue import load_catalogue
from config.settings import Settings
from tests.eval.quotes_scoring import Counts, Found, Scored, score
from tests.eval.quotes_speakers import Given
from tests.eval.quotes_texts import DATA, PARTS, LabelledArticle, read_part

ROUNDS = 500  # draws of articles for an interval
FIGURES = ("direct_f1", "speech_f1", "all_f1", "names", "roles")
_AROUND = 90  # characters shown on both sides of a disagreement


@dataclass(frozen=True, slots=True)
class Read:
    """An article with its score."""

    article: LabelledArticle
    scored: Scored


def run(part: str) -> list[Read]:
    """Find the quotations of one part and score them."""
    parser = load_parser(Settings.model_fields["nlp_model"].default)
    context = ExtractContext.build(load_catalogue(DATA / "catalogue"))
    return [Read(a, score(a, find(a, parser, context))) for a in read_part(part)]


def find(article: LabelledArticle, parser: Parser, context: ExtractContext) -> list[Found]:
    """Return what the extractor finds in an article."""
    here = context.on(article.published)
    parsed = prepare(article.text, article.title, parser, here.lexicon("quotations"))
    return [_found(q) for q in find_quotations(parsed, here)]


def _found(quotation: Quotation) -> Found:
    speaker = quotation.speaker
    given = Given(speaker.mention, speaker.name, speaker.role) if speaker else None
    return Found(quotation.content, quotation.kind == "direct", given)


def figures(counts: Counts) -> dict[str, float]:
    """Return shares from counts."""
    f1 = {f"{k}_f1": _f1(counts, k) for k in ("direct", "speech", "all")}
    kinds = ("names", "names_pronoun", "names_surname", "names_description", "names_nobody", "roles")
    return {
        **f1,
        "direct_spans_f1": 2 * counts["direct_spans"] / (counts["direct_found"] + counts["direct_asked"] or 1),
        **{k: counts[f"{k}_right"] / (counts[f"{k}_asked"] or 1) for k in kinds},
    }


def _f1(counts: Counts, key: str) -> float:
    return 2 * counts[f"{key}_right"] / (counts[f"{key}_found"] + counts[f"{key}_asked"] or 1)


def total(read: Iterable[Read]) -> Counts:
    """Add up the counts of articles."""
    return sum((r.scored.counts for r in read), Counter())


def intervals(read: Sequence[Read], rounds: int = ROUNDS) -> dict[str, tuple[float, float]]:
    """Return 95% intervals, by drawing as many articles again with replacement."""
    draw = random.Random(0)  # noqa: S311 - a sample, no secret
    drawn = [figures(total(draw.choices(read, k=len(read)))) for _ in range(rounds)]
    ranked = {name: sorted(d[name] for d in drawn) for name in drawn[0]}
    return {name: (v[int(0.025 * rounds)], v[int(0.975 * rounds) - 1]) for name, v in ranked.items()}


def measure() -> dict[str, float]:
    """Return the figures that floors.toml holds: of the open part and, with `held_`, of the other."""
    found: dict[str, float] = {}
    for part, prefix in (("open", ""), ("held", "held_")):
        shares = figures(total(run(part)))
        found |= {prefix + name: shares[name] for name in FIGURES}
    return found


# ---- printing --------------------------------------------------------------------------------------------


def table(read: Sequence[Read]) -> Iterator[str]:
    """Yield a line for each figure, with its interval and how many cases it rests on."""
    counts = total(read)
    ranges = intervals(read)
    for name, value in figures(counts).items():
        low, high = ranges[name]
        n = counts[name.removesuffix("_f1").replace("direct_spans", "direct") + "_asked"]
        yield f"{name:20} {100 * value:5.1f}  [{100 * low:5.1f}, {100 * high:5.1f}]  of {n}"


def by_layout(read: Sequence[Read]) -> Iterator[str]:
    """Yield a line for each layout."""
    grouped: dict[str, list[Read]] = defaultdict(list)
    for r in read:
        grouped[r.article.layout].append(r)
    for layout, members in sorted(grouped.items()):
        counts = total(members)
        shares = figures(counts)
        cells = "  ".join(
            f"{k.removesuffix('_f1')} {100 * shares[k]:5.1f} ({counts[k.removesuffix('_f1') + '_asked']:3})"
            for k in ("direct_f1", "speech_f1", "all_f1", "names")
        )
        yield f"{layout:40} {len(members)} articles  {cells}"


def disagreements(read: Sequence[Read]) -> Iterator[str]:
    """Yield what went wrong, by kind, with the words around it."""
    wrong = [(w, r.article) for r in read for w in r.scored.wrong]
    counted = Counter(w.what for w, _ in wrong)
    for what, n in counted.most_common():
        yield f"\n{what}: {n}"
        for w, a in wrong:
            if w.what == what:
                before = a.text[max(0, w.span.start - _AROUND) : w.span.start]
                after = a.text[w.span.end : w.span.end + _AROUND]
                words = f"{before}>>{w.span.cut(a.text)}<<{after}".replace("\n", " ¶ ")
                yield f"  {a.id}: labelled {w.labelled!r}, found {w.found!r}\n      {words}"


def main(arguments: Sequence[str]) -> None:
    """Print the figures of both parts, layouts and, with `--errors`, disagreements of the open one only."""
    show: Callable[[str], None] = print
    for part in PARTS:
        read = run(part)
        show(f"{part}: {len(read)} articles, {sum(len(r.article.attributions) for r in read)} attributions")
        for line in table(read):
            show("  " + line)
        if part == "open":
            for line in (*by_layout(read), *(disagreements(read) if "--errors" in arguments else ())):
                show("  " + line)


if __name__ == "__main__":
    main(sys.argv[1:])
