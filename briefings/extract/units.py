"""Sentence units: the spans that issues and responses are given as, each with its tokens and lexicon cues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefings.extract.parsed import ParsedText, Token
from briefings.extract.phrases import Cue, PhraseIndex, split_words
from briefings.model import Span

MAX_HEADING = 5  # words; longer lines without a full stop are read as sentences
MAX_UNIT = 4_000  # characters; what is longer is no sentence


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or several that one quotation binds; `plain` are its sentences, `first` to `last` its tokens."""

    index: int
    paragraph: int
    span: Span
    plain: tuple[Span, ...]
    first: int
    last: int
    cues: tuple[Cue, ...]

    def of(self, *groups: str) -> list[Cue]:
        """Return the cues of these groups."""
        return [c for c in self.cues if c.group in groups]

    def is_heading(self, parsed: ParsedText) -> bool:
        """Tell a line of a few words without a full stop: a heading inside the text."""
        words = self.span.cut(parsed.text).split()
        is_line = self.span == parsed.paragraphs[self.paragraph].span
        return is_line and len(words) <= MAX_HEADING and words[-1][-1] not in '.!?…"”’'

    def tokens(self, parsed: ParsedText) -> tuple[Token, ...]:
        """Return its tokens."""
        return parsed.tokens[self.first : self.last]


def split_units(parsed: ParsedText, index: PhraseIndex) -> tuple[Unit, ...]:
    """Return the units of an article in order, with the cues of a lexicon."""
    units: list[Unit] = []
    at, paragraph = 0, 0
    for group in _bound(parsed):
        span = Span(group[0].start, min(group[-1].end, group[0].start + MAX_UNIT))
        first = at
        while at < len(parsed.tokens) and parsed.tokens[at].start < group[-1].end:
            at += 1
        while paragraph + 1 < len(parsed.paragraphs) and parsed.paragraphs[paragraph].span.end <= span.start:
            paragraph += 1
        cues = [c for plain in group for c in index.find(split_words(parsed.text, plain.start, plain.end))]
        units.append(Unit(len(units), paragraph, span, tuple(group), first, at, tuple(cues)))
    return tuple(units)


def _bound(parsed: ParsedText) -> Iterator[list[Span]]:
    """Yield the plain sentences, those under one masked quotation together."""
    masks = [t for t in parsed.tokens if t.is_quote]
    group: list[Span] = []
    m = 0
    for sentence in parsed.plain:
        plain = Span(sentence.start, min(sentence.end, sentence.start + MAX_UNIT))
        while m < len(masks) and masks[m].end <= plain.start:
            m += 1
        is_bound = bool(group) and m < len(masks) and masks[m].start < group[-1].end and masks[m].end > plain.start
        if group and not is_bound:
            yield group
            group = []
        group.append(plain)
    if group:
        yield group
