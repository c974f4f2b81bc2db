"""Passages of stored articles that may answer a question, ranked by how much of it they bear."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefings.answers.points import found_bonus, has_point
from briefings.answers.questions import AskContext, Question, is_kin
from briefings.answers.reading import (
    LONGEST,
    Found,
    ReadArticle,
    Sentence,
    Window,
    is_named,
    meets,
    read_article,
    together,
)
from briefings.model import Article, Span

MEASURES = frozenset({"number", "money", "length"})  # what no passage without a number can answer
KEPT = 20  # passages that are ranked further
NEXT, TITLE, FAR, ELSEWHERE, SCATTERED = 0.7, 0.65, 0.5, 0.4, 0.2  # of a word that does not stand in the passage itself
LEAST = 0.55  # share of the question's words, names aside, that a passage must bear with what stands around it
LEAST_OWN = 0.34  # of it by its own words
LEAST_NAME = 0.4  # of every name
NAMES = 2.0  # what all names together weigh beside the other words
PARTY = 0.9  # of another name for the same actor
WHOLE = 25  # sentences; in a longer article words that stand far apart have little to do with each other
ON_POINT = 0.2  # for a number where one is asked for, and the like
SAID_BY = 0.3  # for a statement of the one whose words are wanted
SECOND = 0.07  # what a second sentence costs
NEAR_BEST = 0.72  # share of the best score from which another passage answers as well
CLOSE = 0.08  # passages that bear the same and differ by no more are ordered by time
ALIKE = 0.7  # share of common words from which two passages say the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of an article with how well they answer, from 0.

    `coverage` is the share of the question's words that it bears with what stands around it, `own` without; `named` the
    least that it bears of a name; `is_on_point` whether it has what is asked for: a number, a time, a statement.
    """

    article: Article
    span: Span
    score: float
    coverage: float
    own: float
    named: float
    is_on_point: bool | None  # None when the question asks for nothing in particular
    met: frozenset[str]

    @property
    def text(self) -> str:
        """The words."""
        return self.span.cut(self.article.text)


def find_passages(
    question: Question, candidates: Iterable[tuple[Article, Sequence[Found]]], context: AskContext
) -> tuple[Passage, ...]:
    """Rank sentences, and pairs of them, of some articles, best first; of passages that say the same the best stays.

    Args:
        question: read before.
        candidates: articles with what was extracted from them.
        context: of the catalogue.
    """
    read = [read_article(article, found, context) for article, found in candidates]
    weighed = _weighed(_spread(question, read, context), read)
    scored = [p for r in read for p in _scored(weighed, r, context)]
    scored.sort(key=lambda p: (-p.score, -_at(p.article), p.article.id, p.span.start))
    kept: list[Passage] = []
    for passage in scored:
        if len(kept) == KEPT:
            break
        if not any(_same(passage, other) for other in kept):
            kept.append(passage)
    return _newest_of_equals(kept)


def answering(question: Question, passages: Iterable[Passage], most: int = 5) -> tuple[Passage, ...]:
    """Return the passages that answer: they bear enough of the question, and none is far behind the best."""
    able = [p for p in passages if _answers(question, p)]
    best = max((p.score for p in able), default=0.0)
    most_borne = max((p.coverage for p in able), default=0.0)
    return tuple(p for p in able if p.score >= NEAR_BEST * best and p.coverage >= NEAR_BEST * most_borne)[:most]


def _answers(question: Question, passage: Passage) -> bool:
    if passage.named < LEAST_NAME or (passage.is_on_point is False and question.focus in MEASURES):
        return False
    if question.speaker:
        return bool(passage.is_on_point) and (not question.weights or passage.coverage >= LEAST - 0.1)
    least = LEAST if passage.is_on_point is not False else LEAST + 0.2
    least_own = LEAST_OWN if not passage.is_on_point else 0.6 * LEAST_OWN
    return passage.coverage >= least and passage.own >= least_own


def _spread(question: Question, read: Sequence[ReadArticle], context: AskContext) -> Question:
    """Let a word of the question stand for its kin in these articles: close for closure, resign for resignation."""
    known: frozenset[str] = frozenset().union(*(r.whole.words for r in read))
    parties = {group[0]: context.parties.get(group[0], frozenset()) for group in question.names if len(group) == 1}
    kin = {w: context.alike.get(w, frozenset()) | {k for k in known if is_kin(w, k)} for w in question.weights}
    return replace(question, kin={**kin, **parties})


def _weighed(question: Question, read: Sequence[ReadArticle]) -> Question:
    """Weigh a word less the more of the articles with the question's names have it: there it tells nothing."""
    wanted = [g for g in ((*question.speaker,), *question.names) if g]
    about = [r for r in read if all(is_named(g, r.whole.names) for g in wanted)] or list(read)
    most = math.log(1 + len(about))
    if not most:
        return question
    held = {word: sum(question.has(word, r.whole.words) for r in about) for word in question.weights}
    share = {word: 0.4 + 0.6 * math.log((1 + len(about)) / (1 + n)) / most for word, n in held.items()}
    return replace(question, weights={word: w * share[word] for word, w in question.weights.items()})


def _scored(question: Question, read: ReadArticle, context: AskContext) -> Iterator[Passage]:
    """Score the sentences of one article and the pairs of neighbours."""
    for n in range(len(read.sentences)):
        for window in (Window(read, n, n), Window(read, n, n + 1)):
            if window.last < len(read.sentences) and window.is_whole and window.size <= LONGEST:
                yield from _passage(question, window, context)


def _passage(question: Question, window: Window, context: AskContext) -> Iterator[Passage]:
    rings = _rings(window)
    own, weights = rings[0][0], question.weights
    met = frozenset(w for w in weights if question.has(w, own.words))
    met |= frozenset(w for g in (question.speaker, *question.names) for w in g if w in own.names)
    if not met:
        return
    names = [_name_credit(question, group, rings, window.read) for group in question.names]
    named = sum(names) / len(names) if names else 1.0
    credit = {w: max((c for part, c in rings if question.has(w, part.words)), default=0.0) for w in weights}
    total = sum(weights.values()) + NAMES
    coverage = (sum(w * credit[word] for word, w in weights.items()) + NAMES * named) / total
    borne = (sum(w for word, w in weights.items() if word in met) + NAMES * named) / total
    is_on_point = has_point(question, window, context)
    score = 0.7 * coverage + 0.3 * named + 0.1 * borne + 0.5 * ON_POINT * found_bonus(question, window, context)
    yield Passage(
        article=window.read.article,
        span=window.span,
        score=score + _extra(question, window, is_on_point),
        coverage=coverage,
        own=borne,
        named=min(names, default=1.0),
        is_on_point=is_on_point,
        met=met,
    )


def _extra(question: Question, window: Window, is_on_point: bool | None) -> float:
    """Return what having or lacking the thing asked for counts, less the price of a second sentence."""
    extra = 0.0
    if question.speaker:
        extra = SAID_BY if is_on_point else 0
    elif is_on_point is not None:
        extra = ON_POINT if is_on_point else -ON_POINT
    return extra - SECOND * (window.last - window.first)


def _rings(window: Window) -> tuple[tuple[Sentence, float], ...]:
    """Return the passage and what stands around it, each with what a word there counts."""
    read, listed = window.read, window.read.sentences
    elsewhere = ELSEWHERE if len(listed) <= WHOLE else SCATTERED
    return (
        (together(window.sentences), 1.0),
        (together(listed[max(0, window.first - 1) : window.last + 2]), NEXT),
        (read.title, TITLE),
        (together(listed[max(0, window.first - 3) : window.last + 2]), FAR),
        (read.whole, elsewhere),
    )


def _name_credit(
    question: Question, group: tuple[str, ...], rings: Sequence[tuple[Sentence, float]], read: ReadArticle
) -> float:
    """Return how near a name is; where the article has the whole of it, each of its words stands for it."""
    is_whole = all(w in read.whole.names for w in group)
    own = max((c for part, c in rings if is_named(group, part.names, is_whole=is_whole)), default=0.0)
    others = question.kin.get(group[0], frozenset()) if len(group) == 1 else frozenset()
    party = max((PARTY * c for part, c in rings if others & part.names), default=0.0)
    return max(own, party)


def _same(one: Passage, two: Passage) -> bool:
    if one.article.id == two.article.id:
        return meets(one.span, two.span)
    a, b = frozenset(one.text.lower().split()), frozenset(two.text.lower().split())
    return len(a & b) >= ALIKE * min(len(a), len(b))


def _newest_of_equals(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Put the newer one first where two bear the same of the question about as well."""
    ordered: list[Passage] = []
    left = list(passages)
    while left:
        best = left[0]
        group = [p for p in left if best.score - p.score <= CLOSE and p.met == best.met]
        ordered += sorted(group, key=lambda p: (-_at(p.article), -p.score))
        left = [p for p in left if p not in group]
    return tuple(ordered)


def _at(article: Article) -> float:
    return (article.published or article.known).timestamp()
