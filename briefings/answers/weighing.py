"""A question fitted to the articles that may answer it: what stands for its words there, and what each tells."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

from briefings.answers.context import AskContext
from briefings.answers.likeness import FAMILY, Known
from briefings.answers.questions import Question
from briefings.answers.reading import ReadArticle, is_named

PARTY = 0.9  # of another name for the same actor
UNKNOWN = 0.6  # of a word that none of the articles has, nor anything like it
SPOKEN = 0.3  # of a verb of saying for a noun of its family
EVERYWHERE = 0.3  # what is left of the weight of a word that all the articles have


def fitted(question: Question, read: Sequence[ReadArticle], context: AskContext) -> Question:
    """Return the question with the words of the articles that may stand for its own, weighed by how many have them."""
    return _weighed(_spread(question, read, context), read)


def _spread(question: Question, read: Sequence[ReadArticle], context: AskContext) -> Question:
    """Let a word stand for what means the same in these articles: close for closure, sank for sink."""
    names: frozenset[str] = frozenset().union(*(r.whole.names for r in read))
    small: frozenset[str] = frozenset().union(*(r.whole.small for r in read))
    question = _with_names(question, read, names)
    known, thesaurus, proper = Known(small), context.thesaurus, Known(names)
    kin = {w: _plain(known.alike(w, thesaurus.forms, thesaurus.alike), context) for w in question.weights}
    for name in {w for group in (question.speaker, *question.names) for w in group}:
        kin[name] = {**proper.named_alike(name), **dict.fromkeys(context.parties.get(name, ()), PARTY)}
    return replace(question, kin=kin)


def _plain(alike: dict[str, float], context: AskContext) -> dict[str, float]:
    """Let a verb of saying stand little for a noun of its family: what was declared is not the declaration."""
    speech = context.kinds["speech"]
    return {w: SPOKEN if quality == FAMILY and speech.match(w) else quality for w, quality in alike.items()}


def _with_names(question: Question, read: Sequence[ReadArticle], names: Collection[str]) -> Question:
    """Take words for names that the articles always write so, when the question has no capital letters."""
    if question.text[1:] != question.text[1:].lower():
        return question
    small = {t.text for r in read for s in r.sentences for t in s.terms if not t.is_capital}
    found = tuple(w for w in question.weights if w in names and w not in small)
    weights = {w: weight for w, weight in question.weights.items() if w not in found}
    return replace(question, weights=weights, names=(*question.names, *((w,) for w in found)))


def _weighed(question: Question, read: Sequence[ReadArticle]) -> Question:
    """Weigh a word less the more of the articles with the question's names have it: there it tells nothing."""
    wanted = [g for g in ((*question.speaker,), *question.names) if g]
    about = [r for r in read if all(is_named(g, r.whole.names) for g in wanted)] or list(read)
    most = math.log(1 + len(about))
    if not most:
        return question
    held = {w: sum(question.match(w, r.whole.words, r.whole.small) > 0 for r in about) for w in question.weights}
    share = {w: EVERYWHERE + (1 - EVERYWHERE) * math.log((1 + len(about)) / (1 + n)) / most for w, n in held.items()}
    known = {w: UNKNOWN if not (held[w] or question.kin.get(w)) else share[w] for w in held}
    return replace(question, weights={w: weight * known[w] for w, weight in question.weights.items()})
