"""Masks quotations: each stretch in marks becomes one word, so that the parser sees "Something, X said."."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from briefings.extract.parsed import PLACEHOLDER
from briefings.extract.stretches import Stretch
from briefings.model import Span

CHUNK_WORDS = 200  # of one piece given to the parser
CHUNK_CHARS = 2_000
# What opens a paragraph and is no part of its sentence: "PARIS (Agency) -", "GENEVA, Switzerland -",
# "Springfield, March 3 (Agency) --", and the time in a live blog
_DATELINE = re.compile(
    r"(?:"
    r"[A-Z][\w.,'’-]{0,24}(?:[ ][A-Z0-9][\w.,'’-]{0,24}){0,6}[ ]?\([A-Z][\w ./]{1,24}\)"
    r"|[A-Z]{3,}[A-Z .,'’-]{0,30}(?:, ?[A-Z][\w. ]{1,20})?"
    r")[ ]?(?:--|[-–—])[ ]?(?=\S)"
    r"|\d{1,2}[:.]\d\d[ ]?(?:[ap]\.?m\.?|GMT|BST|UTC|EST|EDT|CET|CEST|ET)?(?:[ ]?[-–—:])?[ ](?=\S)"
)
_DASHES = frozenset("-–—―")
_BEFORE_SPEECH = frozenset(",:.!?”")  # after these, words in marks are a sentence and no part of one
# Marks without a word among them; each would be a token of its own, and a few say as much as ten thousand
_MARKS_ALONE = re.compile(r"[^\w\s]{24,}")
_SHOWN = 8  # of these that the parser sees
_LONG_RUN = re.compile(r"\S{100}")  # no word: the tokenizer would need the square of its length


@dataclass(frozen=True, slots=True)
class Piece:
    """Masked text of a paragraph, or a part of one, with the original offset of each character's start and end."""

    paragraph: int
    text: str
    starts: list[int]
    ends: list[int]
    stretch: list[int]
    masks: frozenset[int]  # where a placeholder starts


class _Writer:
    """Writes one masked piece, character by character."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.stretch: list[int] = []
        self.masks: set[int] = set()

    def copy(self, text: str, start: int, end: int, stretch: int = -1) -> None:
        """Copy a part of the text, of a long run of marks only the first."""
        for run in _MARKS_ALONE.finditer(text, start, end):
            self._copy(text, start, run.start() + _SHOWN, stretch)
            start = run.end()
        self._copy(text, start, end, stretch)

    def _copy(self, text: str, start: int, end: int, stretch: int) -> None:
        while start < end:
            run = _LONG_RUN.search(text, start, end)
            stop = run.end() if run else end
            self.parts.append(text[start:stop].replace("\u00a0", " "))
            self.starts.extend(range(start, stop))
            self.ends.extend(range(start + 1, stop + 1))
            self.stretch.extend([stretch] * (stop - start))
            start = stop
            if run:
                self.write(" ", stop - 1)

    def write(self, char: str, at: int) -> None:
        """Write a character that stands for the one at an offset."""
        self.parts.append(char)
        self.starts.append(at)
        self.ends.append(at + 1)
        self.stretch.append(-1)

    def space(self, at: int) -> None:
        """Part the placeholder from what is written right beside it."""
        if self.parts and not self.parts[-1][-1:].isspace():
            self.write(" ", at)

    def mask(self, span: Span, stretch: int) -> None:
        self.space(span.start)
        self.masks.add(len(self.starts))
        self.parts.append(PLACEHOLDER)
        self.starts.extend([span.start] * len(PLACEHOLDER))
        self.ends.extend([span.end] * len(PLACEHOLDER))
        self.stretch.extend([stretch] * len(PLACEHOLDER))

    def piece(self, paragraph: int) -> Piece:
        masks = frozenset(self.masks)
        return Piece(paragraph, "".join(self.parts), self.starts, self.ends, self.stretch, masks)


def _is_fragment(text: str, stretch: Stretch) -> bool:
    """Tell a few quoted words that are part of the sentence around them; their words help the parse."""
    inner = stretch.inner
    words = text[inner.start : inner.end].split(None, 8)
    before = text[max(0, stretch.outer.start - 2) : stretch.outer.start].rstrip()
    if stretch.is_open or len(words) > 6 or before[-1:] in _BEFORE_SPEECH or not before:
        return False
    if any(c in "!?" for c in text[inner.start : inner.end]):
        return False
    return text[inner.start].islower() or len(words) <= 2


def _goes_on(following: str, verbs: Collection[str]) -> bool:
    """Tell whether a verb of saying comes before the next stop."""
    clause = re.split(r"[.;:?!\"“]", following, maxsplit=1)[0]
    return any(word in verbs for word in clause.lower().split()[:8])


class Masker:
    """Masks the paragraphs of one article."""

    def __init__(self, text: str, verbs: Collection[str]) -> None:
        """Prepare.

        Args:
            text: the article.
            verbs: forms of verbs of saying; a question mark before "he asked" ends no sentence.
        """
        self.text = text
        self.verbs = verbs

    def piece(self, number: int, part: Span, stretches: Iterable[tuple[int, Stretch]], *, is_first: bool) -> Piece:
        """Return a part of a paragraph with its quotations masked.

        Args:
            number: of the paragraph.
            part: what of it.
            stretches: its quoted stretches with their numbers.
            is_first: whether the part opens the paragraph; then a dateline is left out.
        """
        masker, at = _Writer(), part.start
        dateline = _DATELINE.match(self.text, part.start, part.end) if is_first else None
        at = dateline.end() if dateline else at
        for n, stretch in stretches:
            if stretch.outer.start < at or stretch.outer.end > part.end:
                continue
            masker.copy(self.text, at, stretch.outer.start)
            at = stretch.outer.end
            if _is_fragment(self.text, stretch):
                masker.copy(self.text, stretch.inner.start, stretch.inner.end, n)
                continue
            masker.mask(stretch.outer, n)
            self._copy_tail(masker, stretch, part.end)
        masker.copy(self.text, at, part.end)
        return masker.piece(number)

    def _copy_tail(self, masker: _Writer, stretch: Stretch, end: int) -> None:
        """Write the stop that stands inside the marks; one before "he said" ends no sentence, so it becomes a comma."""
        tail = self.text[stretch.inner.end - 1]
        if tail not in ",.!?" or stretch.outer.end >= end:
            return
        following = self.text[stretch.outer.end : min(end, stretch.outer.end + 80)].lstrip()
        is_signed = following[:1] in _DASHES and following[1:].lstrip()[:1].isupper()
        if is_signed or (tail in "!?" and (following[:1].islower() or _goes_on(following, self.verbs))):
            masker.write(",", stretch.inner.end - 1)
        else:
            masker.copy(self.text, stretch.inner.end - 1, stretch.inner.end)


def chunks(text: str, sentences: list[Span], stretches: list[Stretch]) -> Iterator[Span]:
    """Yield parts of a paragraph of at most CHUNK_WORDS words, cut between sentences, not inside a quotation."""
    start = end = None
    words = 0
    for sentence in _bounded(text, sentences):
        n = len(text[sentence.start : sentence.end].split())
        is_inside = any(s.outer.start < sentence.start < s.outer.end for s in stretches)
        if start is not None and end is not None and words + n > CHUNK_WORDS and not is_inside:
            yield Span(start, end)
            start, words = None, 0
        start = sentence.start if start is None else start
        end, words = sentence.end, words + n
    if start is not None and end is not None:
        yield Span(start, end)


def _bounded(text: str, sentences: list[Span]) -> Iterator[Span]:
    """Yield the sentences, those longer than a chunk cut hard."""
    for sentence in sentences:
        at = sentence.start
        while sentence.end - at > CHUNK_CHARS:
            cut = text.rfind(" ", at + 1, at + CHUNK_CHARS)
            cut = cut if cut > at else at + CHUNK_CHARS
            yield Span(at, cut)
            at = cut
        yield Span(at, sentence.end)
