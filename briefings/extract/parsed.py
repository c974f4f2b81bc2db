"""The record of one prepared article: paragraphs, sentences and tokens with original offsets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from briefings.extract.stretches import Stretch
from briefings.model import Span

PLACEHOLDER = "Something"  # one word that parses as a noun; chosen by trying five
MAX_WORDS = 3_000  # of an article; the rest is not read
MAX_CHARS = 40_000


class Token(NamedTuple):
    """One token of the parse. `i`, `head` and `children` number the tokens of the whole article.

    A masked quotation is one token: `is_quote`, its `text` is the placeholder, its span covers stretch and marks.
    """

    i: int
    text: str
    lower: str
    start: int
    end: int
    head: int
    dep: str
    ent: str  # PERSON, ORG, GPE ... or ""; always "" when the recogniser is not loaded, as in production
    sentence: int
    stretch: int  # number of the stretch it lies in, or -1
    is_quote: bool
    children: tuple[int, ...]

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the parse: `span` in the text, tokens `first` up to, not including, `last`; `root` is its head."""

    index: int
    paragraph: int
    span: Span
    first: int
    last: int
    root: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text; `stretches` and `sentences` are ranges of the article's lists."""

    index: int
    span: Span
    stretches: range
    sentences: range


@dataclass(frozen=True)
class ParsedText:
    """An article, prepared once. Quotations are masked in `sentences` and `tokens`; `plain` sentences are not masked.

    `end` is where reading stopped (`is_cut`: the article is longer than the cap).
    """

    text: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    stretches: tuple[Stretch, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    plain: tuple[Span, ...]  # sentences of the text as it stands, in order
    end: int

    @property
    def is_cut(self) -> bool:
        """Whether the article was longer than the cap."""
        return self.end < len(self.text)

    @cached_property
    def starts(self) -> list[int]:
        """Where each token starts, for bisection."""
        return [t.start for t in self.tokens]

    def tokens_of(self, sentence: Sentence) -> tuple[Token, ...]:
        """Return the tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]

    def subtree(self, index: int) -> list[int]:
        """Return the numbers of a token and all below it, in order."""
        found, todo = [], [index]
        while todo:
            i = todo.pop()
            found.append(i)
            todo.extend(self.tokens[i].children)
        return sorted(found)

    def span_of(self, indices: list[int]) -> Span:
        """Return the span from the first to the last of these tokens."""
        return Span(self.tokens[min(indices)].start, self.tokens[max(indices)].end)
