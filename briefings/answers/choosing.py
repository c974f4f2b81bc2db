"""Which of the ranked passages answer a question: none, or a few that say different things, newest of equals first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefings.answers.context import AskContext
from briefings.answers.passages import Bearing, Passage, at, scored_passages
from briefings.answers.questions import Question
from briefings.answers.reading import Found, meets
from briefings.model import Article

MEASURES = frozenset({"number", "money", "length"})  # what no passage without a number can answer
KEPT = 20  # passages that are looked at
LEAST = 0.55  # share of the question's words, names aside, that a passage must bear with what stands around it
LEAST_OWN = 0.25  # of it by its own words
LEAST_NAME = 0.38  # of every name
LEAST_BESIDE = 0.55  # of the name of a speaker who is not found to speak
LEAST_UNSAID = 0.6  # of the words by which such a passage tells of what was asked
LEAST_REPLIED = 0.3  # the same where a response was found to be one
LEAST_SAID = 0.35  # of the words that somebody's statement is to be about
NEAR_BEST = 0.6  # share of the best score from which another passage answers as well
CLOSE = 0.07  # passages that bear the same and differ by no more are ordered by time
ALIKE = 0.7  # share of common words from which two passages say the same


def find_passages(
    question: Question, candidates: Iterable[tuple[Article, Sequence[Found]]], context: AskContext
) -> tuple[Passage, ...]:
    """Return the best passages of some articles, best first; of those that say the same the best stays.

    Args:
        question: read before.
        candidates: articles with what was extracted from them.
        context: of the catalogue.
    """
    kept: list[Passage] = []
    for passage in scored_passages(question, candidates, context):
        if len(kept) == KEPT:
            break
        if not any(_same(passage, other) for other in kept):
            kept.append(passage)
    return _newest_of_equals(kept)


def answering(question: Question, passages: Iterable[Passage], most: int = 5) -> tuple[Passage, ...]:
    """Return the passages that answer: they bear enough of the question, and none is far behind the best."""
    able = [p for p in passages if _answers(question, p.bearing)]
    best = max((p.score for p in able), default=0.0)
    borne = max((p.bearing.coverage for p in able), default=0.0)
    near = (p for p in able if p.score >= NEAR_BEST * best and p.bearing.coverage >= NEAR_BEST * borne)
    chosen: list[Passage] = []
    for passage in near:
        if not any(p.article.id == passage.article.id and meets(p.shown, passage.shown) for p in chosen):
            chosen.append(passage)
    return tuple(chosen[:most])


def _answers(question: Question, bearing: Bearing) -> bool:
    if bearing.least_named < LEAST_NAME or (bearing.is_on_point is False and question.focus in MEASURES):
        return False
    if bearing.is_timely is False and question.time and question.time.is_strict:
        return False
    if question.speaker and bearing.is_on_point:
        return bearing.coverage >= (LEAST_REPLIED if bearing.found else LEAST_SAID)
    if question.speaker:  # said by "they": the verb and the matter are there, and the name beside them
        return bool(question.manner) and bearing.speaker >= LEAST_BESIDE and bearing.own >= LEAST_UNSAID
    least = LEAST if bearing.is_on_point is not False else LEAST + 0.2
    least_own = LEAST_OWN if not bearing.is_on_point else 0.6 * LEAST_OWN
    return bearing.coverage >= least and bearing.own >= least_own


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
        ordered += sorted(group, key=lambda p: (-at(p.article), -p.score))
        left = [p for p in left if p not in group]
    return tuple(ordered)
