"""Whether a passage has what a question asks for: a name, a place, a number, a time, a reason, somebody's words."""

from __future__ import annotations

import re

from briefings.answers.context import AskContext
from briefings.answers.questions import Question
from briefings.answers.reading import Sentence, Window, is_named, meets

COUNTED = 0.7  # how well a word must stand for what is counted
OFFICE, HALF = 0.6, 0.5  # shares of the words for a speaker
BEFORE, AFTER = 26, 24  # characters in which the number of a counted thing is looked for
_PLACED = re.compile(r"\b(?:in|at|near|off|outside|on|from|to|of|between|through|across|over)\s+(?:the\s+)?$")


def has_point(question: Question, window: Window, context: AskContext) -> bool | None:
    """Say whether a passage has what is asked for, None when nothing in particular is, or it can't be told."""
    if question.speaker:
        return _is_said(question, window, context) or _is_silent(question, window, context)
    if question.focus == "who":
        listed = (t for s in window.sentences for t in s.terms)
        return any(t.is_capital and not t.opens and t.text not in question.words for t in listed)
    if question.focus == "where":
        return _names_place(window, question.words)
    if question.counted:
        return _is_counted(question, window, context)
    return _has_kind(question, window.text, context)


def found_bonus(question: Question, window: Window, context: AskContext) -> float:
    """Return 1 for an issue where one is asked for, and 1 for a response, or its absence, of the one asked about."""
    here = [(f.kind, words) for f, words in window.read.found if meets(f.span, window.span)]
    issue = any(kind == "issue" for kind, _ in here) and context.kinds["issues"].search(question.text)
    if not context.kinds["responses"].search(question.text):
        return float(bool(issue))
    who = question.speaker
    if not who:
        return float(bool(issue)) + float(any(kind == "response" for kind, _ in here))
    answered = any(kind == "response" and _is_speaker(question, words) for kind, words in here)
    return float(bool(issue)) + float(answered or _is_silent(question, window, context))


def _is_silent(question: Question, window: Window, context: AskContext) -> bool:
    """Say whether a passage tells that the one whose words are wanted has not spoken."""
    who = question.speaker
    named = (s for s in window.sentences if is_named(who, s.names) or question.match(who[-1], s.names, s.names))
    return any(context.kinds["silence"].search(s.span.cut(window.read.article.text)) for s in named)


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


def _is_counted(question: Question, window: Window, context: AskContext) -> bool | None:
    """Say whether a number stands by what is counted; where that is not named, a number may still be meant."""
    if placed := _places_of(question, window):
        return any(_has_number_by(place, window.text, context) for place in placed)
    return None if _has_kind(question, window.text, context) else False


def _places_of(question: Question, window: Window) -> list[int]:
    """Return where in a passage the thing that is counted stands."""
    return [
        sentence.span.start - window.span.start + term.start
        for sentence in window.sentences
        for term in sentence.terms
        if question.match(question.counted, (term.text,), (term.text,)) >= COUNTED
    ]


def _has_number_by(place: int, text: str, context: AskContext) -> bool:
    """Say whether a number stands right before a word, or right after it."""
    number = context.kinds["number"]
    return bool(number.search(text[max(0, place - BEFORE) : place]) or number.search(text[place : place + AFTER]))


def _is_said(question: Question, window: Window, context: AskContext) -> bool:
    """Say whether a passage holds words of the one who is meant: extracted ones, or told by its first name."""
    wanted, title = question.speaker, window.read.title.names
    for found, words in window.read.found:
        is_here = found.kind != "issue" and meets(found.span, window.span)
        if is_here and (_is_speaker(question, words) or (not found.is_named and is_named(wanted, title))):
            return True
    return not question.is_office and any(_begins_with(wanted, s, window, context) for s in window.sentences)


def _begins_with(wanted: tuple[str, ...], sentence: Sentence, window: Window, context: AskContext) -> bool:
    first = next((t.text for t in sentence.terms if t.is_capital and not t.text.startswith("~")), "")
    return first in wanted and bool(context.kinds["speech"].search(sentence.span.cut(window.read.article.text)))


def _is_speaker(question: Question, words: frozenset[str]) -> bool:
    wanted = question.speaker
    share = sum(question.match(w, words, words) > 0 for w in wanted) / len(wanted)
    if question.is_office:
        return share >= OFFICE
    return share >= HALF or question.match(wanted[-1], words, words) > 0


def _names_place(window: Window, asked: frozenset[str]) -> bool:
    for sentence in window.sentences:
        text = sentence.span.cut(window.read.article.text)
        for t in sentence.terms:
            if t.is_capital and t.text not in asked and _PLACED.search(text[max(0, t.start - 14) : t.start]):
                return True
    return False
