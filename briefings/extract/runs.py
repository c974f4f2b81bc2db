"""Quotations that stand alone: those that go on from the one before, and those that a line beside them explains."""

from __future__ import annotations

from collections.abc import Mapping

from briefings.extract.clauses import is_verb
from briefings.extract.cues import Cues
from briefings.extract.direct import DirectRules
from briefings.extract.doers import doer
from briefings.extract.labels import Found
from briefings.extract.mentions import token_at
from briefings.extract.parsed import Paragraph, ParsedText, Sentence, Token
from briefings.extract.syntax import Source, own_subject, source_at
from briefings.model import Span


def attribute_stretches(parsed: ParsedText, cues: Cues) -> dict[int, Found]:
    """Return who said each quoted stretch, by number; stretches in nobody's mouth are absent."""
    rules = DirectRules(parsed, cues)
    edges = tokens_of_stretches(parsed)
    found = {n: hit for n, (first, last) in edges.items() if (hit := rules.find(first, last))}
    runs = _Runs(parsed, cues, edges, found, rules)
    for paragraph in parsed.paragraphs:
        for n in paragraph.stretches:
            if n not in found and n in edges:
                hit = runs.find(n, paragraph)
                if hit:
                    found[n] = hit
    return found


class _Runs:
    def __init__(
        self,
        parsed: ParsedText,
        cues: Cues,
        edges: Mapping[int, tuple[Token, Token]],
        found: dict[int, Found],
        rules: DirectRules,
    ) -> None:
        self.rules = rules
        self.parsed = parsed
        self.cues = cues
        self.edges = edges
        self.found = found

    def find(self, n: int, paragraph: Paragraph) -> Found | None:
        first, _ = self.edges[n]
        if self.rules.is_title(first):
            return None
        if not first.is_quote or not self._stands_alone(n):
            return self._same_sentence(n, paragraph) or (
                self._same_paragraph(n, paragraph) if first.is_quote and self._opens(first) else None
            )
        if self.parsed.stretches[n].is_single and len(paragraph.stretches) == 1 and len(paragraph.sentences) == 1:
            return None
        return (
            self._same_paragraph(n, paragraph)
            or self._next_sentence(first, paragraph)
            or self._line_after(paragraph)
            or self._paragraph_before(paragraph)
        )

    def _stands_alone(self, n: int) -> bool:
        sentence = self.parsed.sentences[self.edges[n][0].sentence]
        others = [t for t in self.parsed.tokens_of(sentence) if t.stretch != n and any(c.isalnum() for c in t.text)]
        return len(others) <= 2

    def _opens(self, first: Token) -> bool:
        """Tell a quotation that opens its sentence."""
        sentence = self.parsed.sentences[first.sentence]
        return not any(t.text[:1].isalnum() for t in self.parsed.tokens[sentence.first : first.i])

    def _same_sentence(self, n: int, paragraph: Paragraph) -> Found | None:
        """Words quoted in a sentence in which somebody is quoted later on, or joined to words of somebody by "and"."""
        first, _ = self.edges[n]
        joined = self.parsed.tokens[first.head].stretch
        if first.is_quote and first.dep == "conj" and joined in self.found:
            return Found(self.found[joined].source, None, "joined")
        number = self.edges[n][0].sentence
        for m in paragraph.stretches:
            if m > n and m in self.found and self.edges[m][0].sentence == number:
                return Found(self.found[m].source, self.found[m].cue, "same sentence")
        return None

    def _same_paragraph(self, n: int, paragraph: Paragraph) -> Found | None:
        """Go on from the sentence before."""
        first, _ = self.edges[n]
        if first.sentence == paragraph.sentences.start:
            return None
        earlier = [m for m in paragraph.stretches if m < n and m in self.found]
        before = self.parsed.sentences[first.sentence - 1]
        if earlier and self.edges[earlier[-1]][1].sentence == before.index:
            return Found(self.found[earlier[-1]].source, None, "run")
        source = reporting(self.parsed, before, self.cues)
        if source is None:
            subject = own_subject(self.parsed, self.parsed.tokens[before.root])
            source = source_at(self.parsed, subject) if subject else None
        if source is None and earlier:
            return Found(self.found[earlier[-1]].source, None, "run")
        return Found(source, None, "sentence before") if source else None

    def _next_sentence(self, first: Token, paragraph: Paragraph) -> Found | None:
        """The sentence after says who: "..." He said it on Monday."""
        number = first.sentence + 1
        while number < paragraph.sentences.stop:
            sentence = self.parsed.sentences[number]
            if any(not t.is_quote and t.text.isalpha() for t in self.parsed.tokens_of(sentence)):
                source = reporting(self.parsed, sentence, self.cues)
                return Found(source, None, "sentence after") if source else None
            number += 1
        return None

    def _line_after(self, paragraph: Paragraph) -> Found | None:
        """A pull quote: the next line is a name with a role."""
        if paragraph.index + 1 >= len(self.parsed.paragraphs):
            return None
        line = self.parsed.paragraphs[paragraph.index + 1]
        text = line.span.cut(self.parsed.text)
        words = text.split()
        is_signed = text.startswith(("—", "–", "-", "―"))
        if len(words) > 14 or (text[-1:] in ".!?:" and not is_signed) or line.stretches:
            return None
        name = text.split(",")[0].lstrip("—–-― ").rstrip(".")
        parts = name.split()
        if not 2 <= len(parts) <= 5 or not all(p[:1].isupper() for p in parts) or ("," not in text and len(words) > 4):
            return None
        if "," not in text and not is_signed:
            return None
        start = line.span.start + text.index(name)
        last = token_at(self.parsed, start + len(name) - 1)
        head = last.i if last else -1
        return Found(Source(head, Span(start, start + len(name))), None, "line after")

    def _paragraph_before(self, paragraph: Paragraph) -> Found | None:
        if paragraph.index == 0:
            return None
        before = self.parsed.paragraphs[paragraph.index - 1]
        text = before.span.cut(self.parsed.text)
        last = [m for m in before.stretches if m in self.found]
        if text.endswith(":") and before.sentences:
            sentence = self.parsed.sentences[before.sentences.stop - 1]
            source = reporting(self.parsed, sentence, self.cues)
            if source is None:
                subject = own_subject(self.parsed, self.parsed.tokens[sentence.root])
                source = source_at(self.parsed, subject) if subject else None
            if source:
                return Found(source, None, "colon before")
        if last:
            return Found(self.found[last[-1]].source, None, "paragraph before")
        if before.sentences:
            source = reporting(self.parsed, self.parsed.sentences[before.sentences.stop - 1], self.cues)
            if source:
                return Found(source, None, "report before")
        return None


def tokens_of_stretches(parsed: ParsedText) -> dict[int, tuple[Token, Token]]:
    """Return for each stretch its first and last token."""
    found: dict[int, tuple[Token, Token]] = {}
    for token in parsed.tokens:
        if token.stretch >= 0:
            first, _ = found.get(token.stretch, (token, token))
            found[token.stretch] = (first, token)
    return found


def reporting(parsed: ParsedText, sentence: Sentence, cues: Cues) -> Source | None:
    """Return the source of the first verb of saying of a sentence."""
    for token in parsed.tokens_of(sentence):
        if token.lower in cues.speech and (token.lower in cues.plain or is_verb(parsed, token)):
            found = doer(parsed, token, cues)
            if found is not None and not found.is_quote and found.dep != "expl":
                return source_at(parsed, found)
    return None
