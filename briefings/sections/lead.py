"""Find the sentence that an article opens with, past menus, kickers and datelines."""

from __future__ import annotations

import re

from briefings.model import Article, Development, Span

MIN_WORDS = 8  # shorter paragraphs are kickers, captions or menus
MAX_CHARACTERS = 420
SEARCHED = 4000  # characters of an article's beginning
_DATELINE = re.compile(
    r"(?:[A-Z]{3,}[A-Z .'/-]*(?:, [A-Z][a-z]+)?(?:, [A-Z][a-z]+\.? \d{1,2})?(?: \([^()\n]{1,40}\))?"
    r"|[A-Z][A-Za-z .,'/-]{1,60}\([^()\n]{1,40}\))\s*[-–—]{1,2}\s+(?=[A-Z“\"‘'])"
)
_END = re.compile(r"[.!?…][\"”’»)]*(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|Prof|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
    r"|\b[A-Z]|\.[A-Za-z])\.$"
)


def sentence_end(text: str, start: int, stop: int) -> int:
    """Return where the sentence that begins at `start` ends, at most `stop`."""
    for match in _END.finditer(text, start, stop):
        before = text[max(start, match.start() - 12) : match.start() + 1]
        follows = text[match.end() : match.end() + 2].strip()
        if not _ABBREVIATION.search(before) and not follows[:1].islower():
            return match.end()
    return stop


def past_dateline(text: str, span: Span) -> Span:
    """Return a span without the dateline ("MOSCOW - ") that it opens with, the span itself when it has none."""
    dateline = _DATELINE.match(text, span.start, span.end)
    return Span(dateline.end(), span.end) if dateline else span


def sentence_around(text: str, span: Span, limit: int = 300) -> Span:
    """Return the sentence that a span stands in, the span itself when that is longer than `limit`."""
    start = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.end)
    stop = len(text) if stop < 0 else stop
    end = sentence_end(text, start, stop)
    while end < span.end:
        start, end = end, sentence_end(text, end, stop)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Span(start, end) if start <= span.start and end - start <= limit else span


def lead_of(article: Article) -> Span | None:
    """Return the span of the first whole sentence of running text, None when there is none."""
    text = article.text[:SEARCHED]
    for paragraph in re.finditer(r"[^\n]+", text):
        start, stop = paragraph.span()
        start += len(paragraph[0]) - len(paragraph[0].lstrip())
        start = past_dateline(text, Span(start, stop)).start
        end = sentence_end(text, start, stop)
        words = text[start:end]
        is_sentence = words.rstrip('"”’»)').endswith((".", "!", "?", "…")) and words.strip() != article.title.strip()
        if is_sentence and len(words.split()) >= MIN_WORDS and len(words) <= MAX_CHARACTERS:
            return Span(start, end)
    return None


def lead_of_development(development: Development) -> tuple[Article, Span] | None:
    """Return the lead sentence of the first article that has one, agency copies last."""
    ordered = sorted(development.articles, key=lambda a: (a.copy_of is not None, a.published or a.known, a.id))
    found = ((a, lead_of(a)) for a in ordered)
    return next(((a, span) for a, span in found if span), None)
