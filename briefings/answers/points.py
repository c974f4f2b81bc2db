"""Whether a passage has what a question asks for: a name, a place, a number, a time, a reason, somebody's words."""

from __future__ import annotations

import re

from briefings.answers.questions import AskContext, Question
from briefings.answers.reading import Sentence, Window, is_named, meets

BEFORE, AFTER = 26, 24  # characters in which the number of a counted thing is looked for
_PLACED = re.compile(r"\b(?:in|at|near|off|outside|on|from|to|of|between|through|across|over)\s+(?:the\s+)?$")


def has_point(question: Question, window: Window, context: AskContext) -> bool | None:
    """Say whether a passage has what is asked for, None when nothing in particular is."""
    if question.speaker:
        return _is_said(question.speaker, window, context)
    if question.focus == "who":
        listed = (t for s in window.sentences for t in s.terms)
        return any(t.is_capital and not t.opens and t.text not in question.words for t in listed)
    if question.focus == "where":
        return _names_place(window, question.words)
    if question.counted and (placed := _places_of(question, window)):
        return any(_has_number_by(place, window.text, context) for place in placed)
    return _has_kind(question, window.text, context)


def found_bonus(question: Question, window: Window, context: AskContext) -> float:
    """Return 1 for an issue where the question is about one, and for a response."""
    kinds = {f.kind for f, _ in window.read.found if meets(f.span, window.span)}
    asks = {kind for kind in ("issues", "responses") if context.kinds[kind].search(question.text)}
    return float("issue" in kinds and "issues" in asks) + float("response" in kinds and "responses" in asks)


def _has_kind(question: Question, text: str, context: AskContext) -> bool | None:
    if not question.focus:
        return None
    found = [m[0] for m in context.kinds[question.focus].finditer(text)]
    if question.focus == "number":  # one of the question's own is no answer
        own = {m[0] for m in context.kinds["number"].finditer(question.text)}
        return any(number not in own for number in found)
    if question.focus == "why" and not found:
        return None if context.kinds["weak_why"].search(text) else False
    return bool(found)


def _places_of(question: Question, window: Window) -> list[int]:
    """Return where in a passage the thing that is counted stands."""
    return [
        sentence.span.start - window.span.start + term.start
        for sentence in window.sentences
        for term in sentence.terms
        if question.has(question.counted, (term.text,))
    ]


def _has_number_by(place: int, text: str, context: AskContext) -> bool:
    """Say whether a number stands right before a word, or right after it."""
    number = context.kinds["number"]
    return bool(number.search(text[max(0, place - BEFORE) : place]) or number.search(text[place : place + AFTER]))


def _is_said(wanted: tuple[str, ...], window: Window, context: AskContext) -> bool:
    """Say whether a passage holds words of the one who is meant: extracted ones, or told by its first name."""
    title = window.read.title.names
    for found, words in window.read.found:
        is_here = found.kind != "issue" and meets(found.span, window.span)
        if is_here and (_is_speaker(wanted, words) or (not found.is_named and is_named(wanted, title))):
            return True
    return any(_begins_with(wanted, s, window, context) for s in window.sentences)


def _begins_with(wanted: tuple[str, ...], sentence: Sentence, window: Window, context: AskContext) -> bool:
    first = next((t.text for t in sentence.terms if t.is_capital and not t.text.startswith("~")), "")
    return first in wanted and bool(context.kinds["speech"].search(sentence.span.cut(window.read.article.text)))


def _is_speaker(wanted: tuple[str, ...], words: frozenset[str]) -> bool:
    return wanted[-1] in words or (len(wanted) > 1 and sum(w in words for w in wanted) >= 0.5 * len(wanted))


def _names_place(window: Window, asked: frozenset[str]) -> bool:
    for sentence in window.sentences:
        text = sentence.span.cut(window.read.article.text)
        for t in sentence.terms:
            if t.is_capital and t.text not in asked and _PLACED.search(text[max(0, t.start - 14) : t.start]):
                return True
    return False
