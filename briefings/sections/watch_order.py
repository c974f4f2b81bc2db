"""The order of the response watch: what moved or is new first, what nobody reports any more and we can't tell last."""

from __future__ import annotations

from datetime import timedelta

from briefings.model import WatchLine
from briefings.sections.base import BriefingInput

STALE = timedelta(days=3)  # without an article, from which what we can't tell is told in the thread only
_ORDER = {"answered": 0, "reported_silent": 1, "no_answer_found": 2, "cannot_tell": 3}


def new_answers(given: BriefingInput) -> tuple[WatchLine, ...]:
    """Return the lines with an answer that became known in the window and was not shown before."""

    def is_news(line: WatchLine) -> bool:
        answer = line.answer if line.state == "answered" else None
        return answer is not None and given.is_new(answer.article.known) and f"R-{answer.id}" not in given.shown

    return tuple(w for w in given.watch if is_news(w))


def listed(given: BriefingInput) -> tuple[WatchLine, ...]:
    """Return the lines to show: new answers, then what moved or is reported in the window, then the rest.

    Inside each: reported silences, silences found by us, what we can't tell; then as given, the weightiest first.
    """
    lines = (*new_answers(given), *(w for w in given.watch if w.state != "answered"))
    return tuple(sorted(lines, key=lambda w: (is_stale(w, given), not _is_fresh(w, given), _ORDER[w.state])))


def current(given: BriefingInput) -> tuple[WatchLine, ...]:
    """Return the lines that belong in the message."""
    return tuple(w for w in listed(given) if not is_stale(w, given))


def is_stale(line: WatchLine, given: BriefingInput) -> bool:
    """Tell whether nobody reported a development in the window or for days, and we can't tell anything about it."""
    is_old = given.as_of - line.development.last > STALE
    return line.state == "cannot_tell" and is_old and not _is_fresh(line, given)


def _is_fresh(line: WatchLine, given: BriefingInput) -> bool:
    articles = [*line.development.articles, *([line.answer.article] if line.answer else [])]
    return any(given.is_new(a.known) for a in articles)
