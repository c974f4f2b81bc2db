"""Score the response watch on ten invented days: is each answer the answer to that very development?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from briefings.model import Article, Development, FeedCheck, Publisher, ResponseMention, Span, StoredResponse, WatchLine
from briefings.stories.response_watch import WatchWindow, watch
from tests.eval.story_world import KORDAVIA, article, rows, world

LATER = 50  # developments from here on were written after the rules, with no look at what these make of them
ALONE = 1000  # added to the number of an article that stands alone
DAYS = tuple(datetime(2031, 3, day, 18, tzinfo=UTC) for day in range(3, 21))
FEEDS = (
    Publisher(name="Amber Wire", kind="wire", carries="kordavia"),
    Publisher(name="Harbour Wire", kind="wire"),
    Publisher(name="The Ledger"),
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """The articles by development, the mentions, and which development each mention answers."""

    articles: dict[int, Article]
    development: dict[int, int | None]
    responses: tuple[StoredResponse, ...]
    answers: dict[int, int | None]
    positions: dict[int, int]  # an earlier position that belongs under a development

    def unnamed(self) -> Labelled:
        """Return the same days without the words that name what is answered, as an extractor may leave them."""
        bare = (replace(r, mention=replace(r.mention, development=None)) for r in self.responses)
        return replace(self, responses=tuple(bare))

    def developments(self, at: datetime) -> tuple[Development, ...]:
        """Return the developments with the articles known at a time; an article without one stands alone."""
        grouped: dict[int, list[Article]] = {}
        for item in self.articles.values():
            if item.known <= at:
                grouped.setdefault(self.development[item.id] or ALONE + item.id, []).append(item)
        return tuple(Development(id=n, headline=a[0].title, articles=tuple(a)) for n, a in grouped.items())

    def truly_answered(self, number: int, at: datetime) -> bool:
        """Say whether a new response to a development was known at a time."""
        return any(self.answers[r.id] == number and r.article.known <= at for r in self.responses)


def load() -> Labelled:
    """Read the labelled days."""
    listed = sorted(rows("watch_articles.jsonl"), key=lambda r: (r["published"], r["id"]))
    articles = {r["id"]: article(r) for r in listed}
    labelled = tuple(rows("watch_responses.jsonl"))
    return Labelled(
        articles=articles,
        development={r["id"]: r["development"] for r in listed},
        responses=tuple(_stored(r, articles[r["article"]]) for r in labelled),
        answers={r["id"]: r["answers"] for r in labelled},
        positions={r["id"]: r["position"] for r in labelled if "position" in r},
    )


def _span(words: str, text: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def _stored(row: dict[str, Any], at: Article) -> StoredResponse:
    target = row["development"]
    mention = ResponseMention(
        span=_span(row["sentence"], at.text),
        actor_id="kordavia",
        actor=row["actor"],
        speaker=row["speaker"],
        stance=row["stance"],
        mode=row["mode"],
        is_silence=row["is_silence"],
        development=_span(target, at.text) if target else None,
    )
    return StoredResponse(id=row["id"], article=at, mention=mention)


def checks(at: datetime) -> tuple[FeedCheck, ...]:
    """Return feeds that were read every hour."""
    reads = tuple(at - timedelta(hours=n) for n in range(14 * 24, -1, -1))
    return tuple(
        FeedCheck(feed=p.name, publisher=p, last_success=at, last_attempt=at, successes=reads, newest_entry=at)
        for p in FEEDS
    )


def lines(labelled: Labelled) -> Iterator[tuple[datetime, WatchLine]]:
    """Yield the lines of every day's watch."""
    context = world()
    for at in DAYS:
        window = WatchWindow(as_of=at, start=at - timedelta(days=1))
        report = watch(labelled.developments(at), labelled.responses, checks(at), KORDAVIA, context, window)
        yield from ((at, line) for line in report.lines)


def measure() -> dict[str, float]:
    """Return the figures that floors.toml holds: with what is answered named in the mentions, and without."""
    labelled = load()
    bare = figures(labelled.unnamed(), lambda n: True)
    later = figures(labelled.unnamed(), lambda n: n >= LATER)
    return {
        **figures(labelled, lambda n: n < LATER),
        **{f"unnamed_{name}": value for name, value in bare.items()},
        **{f"later_{name}": value for name, value in later.items()},
    }


def figures(labelled: Labelled, is_counted: Callable[[int], bool]) -> dict[str, float]:
    """Measure the lines of the developments that count."""
    drawn = [(at, w) for at, w in lines(labelled) if is_counted(w.development.id) or w.development.id > ALONE]
    answered = [(at, w) for at, w in drawn if w.state == "answered"]
    silent = [(at, w) for at, w in drawn if w.state in {"no_answer_found", "reported_silent"}]
    right = [w for _, w in answered if w.answer is not None and labelled.answers[w.answer.id] == w.development.id]
    found = {w.development.id for w in right}
    expected = {n for n in labelled.answers.values() if n is not None and is_counted(n)}
    earlier = {(w.earlier.id, w.development.id) for _, w in drawn if w.earlier is not None}
    return {
        "answered_precision": _share(len(right), len(answered)),
        "answered_found": _share(len(found & expected), len(expected)),
        "silent_precision": _share(
            sum(not labelled.truly_answered(w.development.id, at) for at, w in silent), len(silent)
        ),
        "silent_developments": float(len({w.development.id for _, w in silent} - expected)),
        "earlier_precision": _share(sum(labelled.positions.get(r) == n for r, n in earlier), len(earlier)),
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def mistakes(labelled: Labelled, drawn: Sequence[tuple[datetime, WatchLine]]) -> Iterator[str]:
    """Yield what went wrong, a line each."""
    for at, w in drawn:
        given = labelled.answers[w.answer.id] if w.answer and w.state == "answered" else None
        if w.state == "answered" and given != w.development.id:
            yield f"{at:%d} D-{w.development.id} answered by R-{w.answer.id if w.answer else ''}, which answers {given}"
        if w.state in {"no_answer_found", "reported_silent"} and labelled.truly_answered(w.development.id, at):
            yield f"{at:%d} D-{w.development.id} {w.state}, but it was answered: {w.development.headline}"


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:22} {value:.3f}")  # noqa: T201 - the output of a script
    data = load()
    for days in (data, data.unnamed()):
        for mistake in mistakes(days, list(lines(days))):
            print(mistake)  # noqa: T201
