"""Score issues and responses on invented articles: an open part, and one written after the rules and left alone."""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefings.extract.analyse import analyse
from briefings.extract.context import ExtractContext
from briefings.extract.parse import load_parser
from briefings.model import Findings, Span
from config.catalogue import load_catalogue
from config.settings import Settings
from tests.eval.watch_scoring import Counts, Label, count, f1, pairs

DATA = Path(__file__).parent / "data"
PARTS = ("open", "held")
ROUNDS = 500  # draws of articles for an interval
WATCHED = "veldria"


@dataclass(frozen=True, slots=True)
class Scored:
    """An article with what was counted on it."""

    id: str
    part: str
    counts: Counts
    disagreements: tuple[str, ...]


def read_articles() -> list[dict[str, Any]]:
    """Return the labelled articles."""
    with (DATA / "watch.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def run() -> list[Scored]:
    """Extract from every article and score it."""
    parser = load_parser(Settings.model_fields["nlp_model"].default)
    context = ExtractContext.build(load_catalogue(DATA / "catalogue"))
    scored = []
    for row in read_articles():
        day = datetime.fromisoformat(row["published"]).replace(tzinfo=UTC)
        findings = analyse(row["text"], title=row["title"], published=day, parser=parser, context=context)
        scored.append(score(row, findings))
    return scored


def score(row: Mapping[str, Any], findings: Findings) -> Scored:
    """Compare what was found in an article with its labels."""
    issues = [_issue(i) for i in row["issues"]]
    responses = [_response(r) for r in row["responses"]]
    found_issues = [Label(i.span, status=i.status) for i in findings.issues if i.status != "resolved"]
    found = [Label(r.span, r.stance) for r in findings.responses if r.actor_id == WATCHED]
    live = [i for i in issues if i.status != "resolved"]
    counts = count("issues", found_issues, live, [i for i in issues if i.status == "resolved"])
    counts += count("responses", found, responses)
    silent = [r for r in found if r.stance == "NO_RESPONSE"]
    reserved = [r for r in responses if r.stance == "NO_COMMENT"]
    counts += count("silence", silent, [r for r in responses if r.stance == "NO_RESPONSE"], reserved)
    matched = [(f, g) for f, g in pairs(found, responses) if g.stance != "STATEMENT"]
    counts += Counter(stance_asked=len(matched), stance_right=sum(f.stance == g.stance for f, g in matched))
    if not (live or responses):
        counts += Counter(empty=1, false_alarm=int(bool(found or found_issues)))
    return Scored(
        row["id"], row["part"], counts, tuple(_differences(row["text"], found_issues, live, found, responses))
    )


def _issue(row: Mapping[str, Any]) -> Label:
    return Label(Span(row["start"], row["end"]), status=row["status"])


def _response(row: Mapping[str, Any]) -> Label:
    return Label(Span(row["start"], row["end"]), row["stance"])


def _differences(text: str, *lists: Sequence[Label]) -> Iterable[str]:
    for kind, found, asked in (("issue", lists[0], lists[1]), ("response", lists[2], lists[3])):
        matched = list(pairs(found, asked))
        for missed in asked:
            if not any(g is missed for _, g in matched):
                yield f"missed {kind} {missed.stance or ''}: {missed.span.cut(text)}"
        for extra in found:
            if not any(f is extra for f, _ in matched):
                yield f"not labelled {kind} {extra.stance or ''}: {extra.span.cut(text)}"
        for f, g in matched:
            if f.stance != g.stance:
                yield f"{g.stance} read as {f.stance}: {g.span.cut(text)}"


def figures(counts: Counts) -> dict[str, float]:
    """Return shares from counts."""
    return {
        "issues_f1": f1(counts, "issues"),
        "responses_f1": f1(counts, "responses"),
        "silence_f1": f1(counts, "silence"),
        "stance": counts["stance_right"] / (counts["stance_asked"] or 1),
        "false_alarms": counts["false_alarm"] / (counts["empty"] or 1),
    }


def total(scored: Iterable[Scored]) -> Counts:
    """Add up the counts of articles."""
    return sum((s.counts for s in scored), Counter())


def intervals(scored: Sequence[Scored], rounds: int = ROUNDS) -> dict[str, tuple[float, float]]:
    """Return 95% intervals, by drawing as many articles again with replacement."""
    draw = random.Random(0)  # noqa: S311 - a sample, no secret
    drawn = [figures(total(draw.choices(scored, k=len(scored)))) for _ in range(rounds)]
    ranked = {name: sorted(d[name] for d in drawn) for name in drawn[0]}
    return {name: (v[int(0.025 * rounds)], v[int(0.975 * rounds) - 1]) for name, v in ranked.items()}


def measure() -> dict[str, float]:
    """Return the figures of the open part, and those of the held one with `held_` before them."""
    scored = run()
    named = {part: figures(total(s for s in scored if s.part == part)) for part in PARTS}
    return {**named["open"], **{f"held_{k}": v for k, v in named["held"].items()}}


def main() -> None:
    """Print the figures with their intervals, and what differs in the open part."""
    scored = run()
    for part in PARTS:
        of_part = [s for s in scored if s.part == part]
        around = intervals(of_part)
        for name, value in figures(total(of_part)).items():
            low, high = around[name]
            print(f"{part:5} {name:14} {value:.3f} ({low:.2f}-{high:.2f})")  # noqa: T201 - the output of a script
    for s in scored:
        for line in s.disagreements if s.part == "open" else ():
            print(f"{s.id}: {line}")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
