"""Passages of stored articles that may answer a question, ranked by how much of it they bear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefings.answers.context import AskContext
from briefings.answers.points import found_bonus, has_point
from briefings.answers.questions import Question
from briefings.answers.reading import (
    LONGEST,
    Found,
    ReadArticle,
    Sentence,
    Window,
    is_named,
    is_namesake,
    read_article,
    together,
)
from briefings.answers.showing import in_context
from briefings.answers.weighing import fitted
from briefings.model import Article, Span

# what a word counts that does not stand in the passage itself: beside it, in the title, before it, elsewhere
NEXT, TITLE, FAR, ELSEWHERE, SCATTERED = 0.6, 0.6, 0.45, 0.35, 0.15
WHOLE = 25  # sentences; in a longer article words that stand far apart have little to do with each other
COVERED, OWN, NAMED, NAMED_HERE = 0.6, 0.22, 0.24, 0.13  # what the shares of words and names weigh in the score
ON_POINT = 0.27  # for a number where one is asked for, and the like
SAID_BY = 0.15  # for a statement of the one whose words are wanted
FOUND = 0.08  # for an issue or a response where one is asked for
TIMELY = 0.15  # for the time that is asked for
SECOND = 0.03  # what a second sentence costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """What a passage bears of a question, in shares of 1.

    `coverage` is of the question's words, names aside, with what stands around it, `own` without; `named` is the mean
    over the names, `named_here` the share of them in the passage itself, `least_named` the least, that of the one whose
    words are wanted aside: it is `speaker`.
    """

    coverage: float
    own: float
    named: float
    least_named: float
    speaker: float
    named_here: float
    found: float  # issues and responses where they are asked for
    is_on_point: bool | None  # has what is asked for: a number, a time; None when nothing in particular is
    is_timely: bool | None  # None when the question speaks of no time


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of an article with how well they answer."""

    window: Window
    score: float
    bearing: Bearing
    met: frozenset[str]

    @property
    def article(self) -> Article:
        """Where it stands."""
        return self.window.read.article

    @property
    def span(self) -> Span:
        """Where it stands there."""
        return self.window.span

    @property
    def text(self) -> str:
        """The words."""
        return self.window.text

    @property
    def shown(self) -> Span:
        """Where it stands there with what it takes to be understood."""
        return in_context(self.window)


def scored_passages(
    question: Question, candidates: Iterable[tuple[Article, Sequence[Found]]], context: AskContext
) -> tuple[Passage, ...]:
    """Score sentences, and pairs of them, of some articles, best first.

    Args:
        question: read before.
        candidates: articles with what was extracted from them.
        context: of the catalogue.
    """
    read = [read_article(article, found, context) for article, found in candidates]
    meant = fitted(question, read, context)
    scored = [p for r in read for p in _scored(meant, r, context)]
    return tuple(sorted(scored, key=lambda p: (-p.score, -at(p.article), p.article.id, p.span.start)))


def at(article: Article) -> float:
    """Return when an article appeared."""
    return (article.published or article.known).timestamp()


def _scored(question: Question, read: ReadArticle, context: AskContext) -> Iterator[Passage]:
    """Score the sentences of one article and the pairs of neighbours; none where a name is that of somebody else."""
    people = (*question.names, *(() if question.is_office else (question.speaker,)))
    if any(is_namesake(group, read) for group in people):
        return
    for n in range(len(read.sentences)):
        for window in (Window(read, n, n), Window(read, n, n + 1)):
            if window.last < len(read.sentences) and window.is_whole and window.size <= LONGEST:
                yield from _passage(question, window, context)


def _passage(question: Question, window: Window, context: AskContext) -> Iterator[Passage]:
    own = together(window.sentences)
    met = frozenset(w for w in question.weights if question.match(w, own.words, own.small))
    groups = (question.speaker, *question.names)
    met |= frozenset(w for g in groups for w in g if question.match(w, own.names, own.names))
    if met:
        bearing = _bearing(question, window, context)
        yield Passage(
            window=window, score=score(question, bearing, window.last - window.first), bearing=bearing, met=met
        )


def _bearing(question: Question, window: Window, context: AskContext) -> Bearing:
    rings, weights = _rings(window), question.weights
    own = rings[0][0]
    names = [_name_credit(question, group, rings, window.read) for group in question.names]
    speaker = _name_credit(question, question.speaker, rings, window.read) if question.speaker else 1.0
    every = [*names, speaker] if question.speaker else names or [1.0]
    return Bearing(
        coverage=_share(weights, {w: max(c * question.match(w, r.words, r.small) for r, c in rings) for w in weights}),
        own=_share(weights, {w: question.match(w, own.words, own.small) for w in weights}),
        named=sum(every) / len(every),
        least_named=min(names, default=1.0),
        speaker=speaker,
        named_here=sum(n > NEXT for n in every) / len(every),
        found=found_bonus(question, window, context),
        is_on_point=has_point(question, window, context),
        is_timely=question.time.fits(window.read.article.published, window.text) if question.time else None,
    )


def score(question: Question, bearing: Bearing, n_more: int) -> float:
    """Return how well a passage answers.

    Args:
        question: what is asked.
        bearing: what the passage bears of it.
        n_more: sentences after the first.
    """
    weight = SAID_BY if question.speaker else ON_POINT
    point = 0 if bearing.is_on_point is None else weight if bearing.is_on_point else -weight
    covered = COVERED * bearing.coverage + OWN * bearing.own + NAMED * bearing.named + NAMED_HERE * bearing.named_here
    return covered + point + FOUND * bearing.found + TIMELY * bool(bearing.is_timely) - SECOND * n_more


def _share(weights: Mapping[str, float], credit: Mapping[str, float]) -> float:
    total = sum(weights.values())
    return sum(w * credit[word] for word, w in weights.items()) / total if total else 1.0


def _rings(window: Window) -> tuple[tuple[Sentence, float], ...]:
    """Return the passage and what stands around it, each with what a word there counts."""
    read, listed = window.read, window.read.sentences
    elsewhere = ELSEWHERE if len(listed) <= WHOLE else SCATTERED
    return (
        (together(window.sentences), 1.0),
        (together(listed[max(0, window.first - 1) : window.last + 2]), NEXT),
        (together((read.title, *listed[:1])), TITLE),
        (together(listed[max(0, window.first - 3) : window.last + 2]), FAR),
        (read.whole, elsewhere),
    )


def _name_credit(
    question: Question, group: tuple[str, ...], rings: Sequence[tuple[Sentence, float]], read: ReadArticle
) -> float:
    """Return how near a name is; where the article has the whole of it, each of its words stands for it."""
    is_whole = all(w in read.whole.names for w in group)
    own = max((c for part, c in rings if is_named(group, part.names, is_whole=is_whole)), default=0.0)
    return max(own, *(c * question.match(group[-1], part.names, part.names) for part, c in rings))
