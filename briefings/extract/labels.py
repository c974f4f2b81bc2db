"""Names that stand beside a quotation without a verb: "NAME: ...", "Jane Doe, chair: ...", "... - Jane Doe"."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.extract.cues import Cues
from briefings.extract.parsed import ParsedText, Sentence, Token
from briefings.extract.syntax import Source, own_subject, source_at
from briefings.model import Span

DASHES = frozenset(("—", "–", "-", "--", "―"))
PREPOSITIONS = frozenset(("of", "from", "at", "in", "on", "for", "with", "after", "during", "to"))
_PREDICATES = frozenset(("nsubj", "nsubjpass", "aux", "auxpass", "relcl", "dobj"))  # of a clause, not of a mere name
PHRASE = 8  # tokens of a noun phrase at most
_INTRODUCTION = 20  # tokens of a role after a name


@dataclass(frozen=True, slots=True)
class Found:
    """Who said a stretch, by which cue; `rule` names what found it; `is_strong`: the cue stands right beside it."""

    source: Source | None
    cue: Span | None
    rule: str
    is_strong: bool = False


class Labels:
    """The rules for one article."""

    def __init__(self, parsed: ParsedText, cues: Cues) -> None:
        self.parsed = parsed
        self.cues = cues

    def before(self, sentence: Sentence, at: int) -> Found | None:
        """A colon or dash after no verb of saying: the name before it, or the subject of the clause."""
        opener = self._introduced(sentence, at)
        if opener is not None:
            return Found(opener, None, "label", is_strong=True)
        tokens = self.parsed.tokens
        named = self._name_at(at, sentence)
        at = named.head if named else at
        start = at
        while (
            start > sentence.first and tokens[start - 1].text not in DASHES and tokens[start - 1].text not in {",", ":"}
        ):
            start -= 1
        words = [t for t in tokens[start : at + 1] if t.text[:1].isalpha() and t.lower not in PREPOSITIONS]
        if any(t.stretch >= 0 for t in words):
            return None
        if words and len(words) <= PHRASE and named and all(t.text[:1].isupper() for t in words):
            return Found(Source(named.head, Span(words[0].start, named.span.end)), None, "label", is_strong=True)
        if named and named.span.end - named.span.start > len("A. Bcdef"):
            return Found(named, None, "label", is_strong=True)
        found = own_subject(self.parsed, tokens[sentence.root])
        if found is not None and found.i <= at and found.stretch < 0:
            return Found(source_at(self.parsed, found), None, "colon")
        return Found(source_at(self.parsed, tokens[at]), None, "colon") if words and len(words) <= 3 else None

    def _introduced(self, sentence: Sentence, at: int) -> Source | None:
        """Return who opens a line that only names them: "Jane Doe, chair of the union: ..."."""
        tokens, first = self.parsed.tokens, sentence.first
        comma = next((i for i in range(first + 1, at) if tokens[i].text == ","), None)
        rest = tokens[comma + 1 : at + 1] if comma is not None else ()
        if comma is None or not 0 < len(rest) <= _INTRODUCTION or any(t.dep in _PREDICATES for t in rest):
            return None
        words = [t for t in tokens[first:comma] if t.text[:1].isalpha()]
        is_name = 2 <= len(words) <= PHRASE and all(t.text[:1].isupper() for t in words)
        is_body = rest[0].lower == "in" and rest[-1].lower in self.cues.message_nouns
        if not words or not (is_name or is_body) or any(t.stretch >= 0 for t in words):
            return None
        return Source(words[-1].i, Span(words[0].start, words[-1].end))

    def _name_at(self, at: int, sentence: Sentence) -> Source | None:
        """Return the name that ends at a token, a bracket after it left out: "Jane Doe (D-Ohio)"."""
        tokens = self.parsed.tokens
        if tokens[at].text in {")", "):"}:
            while at > sentence.first and tokens[at].text[:1] != "(":
                at -= 1
            at -= 1
        first = at
        while first > sentence.first and tokens[first - 1].text[:1].isupper():
            first -= 1
        if at < sentence.first or not tokens[at].text[:1].isupper() or tokens[at].stretch >= 0:
            return None
        return Source(at, Span(tokens[first].start, tokens[at].end))

    def signed(self, last: Token, sentence: Sentence) -> Found | None:
        """A name after a dash: "..." - Jane Doe."""
        tokens, i = self.parsed.tokens, last.i + 1
        while i < sentence.last and tokens[i].text in {".", ",", "!", "?"}:
            i += 1
        if i + 1 >= sentence.last or tokens[i].text not in DASHES or not tokens[i + 1].text[:1].isupper():
            return None
        j = i + 1
        while j < sentence.last and tokens[j].text[:1].isupper():
            j += 1
        return Found(Source(j - 1, Span(tokens[i + 1].start, tokens[j - 1].end)), None, "signed", is_strong=True)
