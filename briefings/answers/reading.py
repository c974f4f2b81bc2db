"""An article as it is searched for passages: sentences as canonical words, and what was extracted from it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from briefings.answers.context import AskContext
from briefings.extract.sentences import split_sentences
from briefings.model import Article, Span
from briefings.stories.words import Term

SHORTEST, LONGEST = 12, 600  # characters of a passage
LINE = 70  # a line so long is no heading, even without a stop
_ENDS = re.compile(r"[.!?…:][\"”’')\]]*$|[\"”’']$")  # a short line without an end is a heading or a caption


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stretch of an article that was extracted: a statement with its speaker, an issue or a response."""

    kind: Literal["statement", "issue", "response"]
    span: Span
    speaker: str = ""  # words and names that stand for who says it
    is_named: bool = True  # the speaker's name is known; else only an office or a pronoun


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as canonical words."""

    span: Span
    terms: tuple[Term, ...]
    words: frozenset[str]
    names: frozenset[str]  # those of the words that are capitalised
    small: frozenset[str]  # those that are no names: not capitalised, or only because they open a sentence


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as sentences of canonical words, with what was extracted from it."""

    article: Article
    title: Sentence
    sentences: tuple[Sentence, ...]
    found: tuple[tuple[Found, frozenset[str]], ...]
    whole: Sentence  # title and text


@dataclass(frozen=True, slots=True)
class Window:
    """Some sentences of an article in a row, by the places of the first and the last."""

    read: ReadArticle
    first: int
    last: int

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences."""
        return self.read.sentences[self.first : self.last + 1]

    @property
    def span(self) -> Span:
        """Where they stand."""
        return Span(self.read.sentences[self.first].span.start, self.read.sentences[self.last].span.end)

    @property
    def text(self) -> str:
        """The words."""
        return self.span.cut(self.read.article.text)

    @property
    def size(self) -> int:
        """How many characters that is."""
        return self.span.end - self.span.start

    @property
    def is_whole(self) -> bool:
        """Whether nothing but blanks stands between the sentences: no heading and no time stamp."""
        text, listed = self.read.article.text, self.sentences
        return all(not text[a.span.end : b.span.start].strip() for a, b in pairwise(listed))


def read_article(article: Article, found: Sequence[Found], context: AskContext) -> ReadArticle:
    """Read an article's sentences as canonical words."""
    spans = _stretches(article.text, context.abbreviations)
    sentences = tuple(_sentence(span, context.terms(span.cut(article.text))) for span in spans)
    title = replace(found_title := _sentence(Span(0, 0), context.terms(article.title)), small=found_title.words)
    named = tuple((f, frozenset(t.text for t in context.terms(f.speaker))) for f in found)
    return ReadArticle(article, title, sentences, named, together((title, *sentences)))


def _sentence(span: Span, listed: tuple[Term, ...]) -> Sentence:
    names = frozenset(t.text for t in listed if t.is_capital)
    small = frozenset(t.text for t in listed if t.opens or not t.is_capital)
    return Sentence(span, listed, frozenset(t.text for t in listed), names, small)


def together(parts: Sequence[Sentence]) -> Sentence:
    """Return the words of several sentences as those of one."""
    none: frozenset[str] = frozenset()
    words, names, small = (
        none.union(*kind) for kind in zip(*((p.words, p.names, p.small) for p in parts), strict=True)
    )
    return Sentence(Span(0, 0), (), words, names, small)


def _stretches(text: str, abbreviations: Collection[str]) -> Iterator[Span]:
    """Yield the sentences, paragraph by paragraph; a longer one ends at a break before the limit."""
    start = 0
    for paragraph in [*re.finditer(r"\n\s*\n", text), None]:
        end = paragraph.start() if paragraph else len(text)
        for sentence in split_sentences(text, Span(start, end), abbreviations):
            if sentence.end - sentence.start > LONGEST:
                cut = max(text.rfind(c, sentence.start, sentence.start + LONGEST) for c in (". ", "; ", ", ", " "))
                yield Span(sentence.start, cut if cut > sentence.start else sentence.start + LONGEST)
            elif sentence.end - sentence.start >= SHORTEST and (
                sentence.end - sentence.start >= LINE or _ENDS.search(sentence.cut(text))
            ):
                yield sentence
        start = paragraph.end() if paragraph else end


def meets(one: Span, two: Span) -> bool:
    """Say whether two spans have a character in common."""
    return one.start < two.end and two.start < one.end


def is_named(group: tuple[str, ...], names: Collection[str], *, is_whole: bool = False) -> bool:
    """Say whether a name is there; a surname stands for it."""
    return group[-1] in names or (is_whole and any(w in names for w in group))


def is_namesake(group: tuple[str, ...], read: ReadArticle) -> bool:
    """Say whether an article has a full name's surname, but after another first name and never after its own."""
    if len(group) < 2 or any(w in read.whole.words for w in group[:-1]):
        return False
    pairs = (pair for s in (read.title, *read.sentences) for pair in pairwise(s.terms))
    return any(a.is_capital and b.is_capital and b.text == group[-1] and b.start == a.end + 1 for a, b in pairs)
