"""Rules on the tokens beside a quoted stretch: "...", X said; said X; X said: "..."; NAME: "..."."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.extract.clauses import is_verb
from briefings.extract.cues import Cues
from briefings.extract.parsed import ParsedText, Sentence, Token
from briefings.extract.syntax import Source, own_subject, source_at, subject
from briefings.model import Span

_SKIP_AFTER = frozenset((",", "!", "?", "—", "–", "-", "--", "…", ")"))
_SKIP_BEFORE = frozenset((",", ":", "that", "—", "–", "-", "--", "―", "(", "...", "…"))
_DASHES = frozenset(("—", "–", "-", "--", "―"))
_STOP = frozenset((".", ";", "!", "?"))
# What opens a new clause after a quotation: its verb is not the one of saying
_JOINING = frozenset(
    (
        "and",
        "but",
        "or",
        "who",
        "which",
        "that",
        "when",
        "because",
        "while",
        "if",
        "where",
        "whose",
        "to",
        "so",
        "though",
    )
)
_PRONOUNS = frozenset(("he", "she", "they", "i", "we"))
_DETERMINERS = frozenset(("the", "a", "an", "his", "her", "their", "its", "one", "another", "some"))
_WINDOW = 40
_ADJACENT = 4
_NEAR = 12  # tokens in which a verb of saying must have found its subject


@dataclass(frozen=True, slots=True)
class Found:
    """Who said a stretch, by which cue; `rule` names what found it; `is_strong`: the cue stands right beside it."""

    source: Source | None
    cue: Span | None
    rule: str
    is_strong: bool = False


class Beside:
    """The rules for one article."""

    def __init__(self, parsed: ParsedText, cues: Cues) -> None:
        self.parsed = parsed
        self.cues = cues
        self.verbs = cues.speech | cues.quoting

    def is_cue(self, token: Token) -> bool:
        """Tell a verb of saying."""
        if token.lower not in self.verbs or token.is_quote:
            return False
        return token.lower in self.cues.plain or is_verb(self.parsed, token)

    # ---- after the stretch --------------------------------------------------------------------------

    def after(self, last: Token, sentence: Sentence) -> Found | None:
        """Return who a clause after the stretch names."""
        tokens, start = self.parsed.tokens, last.i + 1
        while start < sentence.last and (tokens[start].text in _SKIP_AFTER or tokens[start].text.isspace()):
            start += 1
        if start >= sentence.last or tokens[start].lower in _JOINING:
            return None
        if not last.is_quote and start == last.i + 1 and not self._has_comma(last):
            return None
        for i in range(start, min(sentence.last, start + _WINDOW)):
            token = tokens[i]
            if token.is_quote or token.text in _STOP:
                return None
            if self.is_cue(token) or (start < i < start + 5 and self._closes(i, sentence)):
                source = self._leading(token, start) or self._inverted(token, start)
                if source:
                    return Found(source, token.span, "after", is_strong=last.is_quote and i <= start + _ADJACENT)
                if i - start > _NEAR:
                    return None
        return None

    def _has_comma(self, last: Token) -> bool:
        inner = self.parsed.stretches[last.stretch].inner
        return self.parsed.text[inner.end - 1] in ",!?"

    def _closes(self, i: int, sentence: Sentence) -> bool:
        """Tell a verb of saying that the parse takes for a noun: nothing follows it."""
        tokens = self.parsed.tokens
        is_last = i + 1 >= sentence.last or not tokens[i + 1].text[-1:].isalnum()
        return is_last and tokens[i].lower in self.verbs

    def _leading(self, verb: Token, start: int) -> Source | None:
        """Return the subject between the stretch and its verb: "X said"."""
        found = own_subject(self.parsed, verb)
        if found is None and verb.i > start:
            found = subject(self.parsed, verb)
        if found is not None and start <= found.i < verb.i:
            return source_at(self.parsed, found)
        return self._run(start, verb.i) if found is None or found.i < start else None

    def _inverted(self, verb: Token, start: int) -> Source | None:
        """Return the subject that follows its verb: "said X"."""
        tokens = self.parsed.tokens
        if verb.i > start + 1 and tokens[verb.i - 1].text != ",":
            return None
        found = own_subject(self.parsed, verb)
        if found is not None:
            return source_at(self.parsed, found) if found.i > verb.i else None
        for c in verb.children:
            token = tokens[c]
            if token.i > verb.i and token.dep in {"dobj", "attr", "npadvmod", "oprd", "dep"} and _is_nominal(token):
                return source_at(self.parsed, token)
        return None

    def _run(self, start: int, stop: int) -> Source | None:
        """Return the noun phrase that opens a clause whose subject the parse does not know."""
        tokens = self.parsed.tokens[start:stop]
        comma = next((n for n, t in enumerate(tokens) if t.text == ","), None)
        head = tokens[:comma] if comma else tokens
        while head and head[-1].lower.endswith("ly"):
            head = head[:-1]
        if not head or len(head) > 6 or any(t.is_quote for t in head):
            return None
        if head[-1].lower in _PRONOUNS:
            return Source(head[-1].i, head[-1].span)
        if not (head[0].text[:1].isupper() or head[0].lower in _DETERMINERS) or not head[-1].text[-1:].isalnum():
            return None
        if head[0].lower in {"on", "in", "at", "after", "during"}:
            return None
        return Source(head[-1].i, Span(head[0].start, head[-1].end))

    # ---- before the stretch -------------------------------------------------------------------------

    def before(self, first: Token, sentence: Sentence) -> Found | None:
        """Return who the words before the stretch name."""
        tokens, at = self.parsed.tokens, first.i - 1
        has_colon = has_dash = False
        while at >= sentence.first and (tokens[at].text in _SKIP_BEFORE or tokens[at].text.isspace()):
            has_colon = has_colon or tokens[at].text == ":"
            has_dash = has_dash or tokens[at].text in _DASHES
            at -= 1
        for i in range(at, max(sentence.first, first.i - _WINDOW) - 1, -1):
            token = tokens[i]
            if token.is_quote:
                break
            is_beside = i == at and token.lower in self.verbs
            if self.is_cue(token) or is_beside:
                source = self._subject(token, first) or (self._run(sentence.first, i) if is_beside else None)
                if source:
                    return Found(source, token.span, "before", is_strong=has_colon or i == at)
        if has_colon or (has_dash and first.is_quote):
            return self._label(sentence, at) if at >= sentence.first else None
        return None

    def _subject(self, verb: Token, first: Token) -> Source | None:
        found = subject(self.parsed, verb)
        if found is None or found.is_quote or found.dep == "expl" or verb.i < first.i <= found.i:
            return None
        return source_at(self.parsed, found)

    def _label(self, sentence: Sentence, at: int) -> Found | None:
        """A colon or dash after no verb of saying: the subject of the clause, or the name before it."""
        tokens = self.parsed.tokens
        root = tokens[sentence.root]
        found = own_subject(self.parsed, root)
        if found is not None and found.i <= at:
            return Found(source_at(self.parsed, found), None, "colon")
        words = [t for t in tokens[sentence.first : at + 1] if t.text[:1].isalpha()]
        if any(t.stretch >= 0 for t in words):
            return None
        names = [t for t in words if t.text[:1].isupper()]
        if not names or len(words) > 8 or names[0].i != sentence.first:
            return None
        last = names[0]
        while last.i < at and tokens[last.i + 1].text[:1].isupper():
            last = tokens[last.i + 1]
        return Found(Source(last.i, Span(names[0].start, last.end)), None, "label", is_strong=True)

    def signed(self, last: Token, sentence: Sentence) -> Found | None:
        """A name after a dash: "..." - Jane Doe."""
        tokens, i = self.parsed.tokens, last.i + 1
        while i < sentence.last and tokens[i].text in {".", ",", "!", "?"}:
            i += 1
        if i + 1 >= sentence.last or tokens[i].text not in _DASHES or not tokens[i + 1].text[:1].isupper():
            return None
        j = i + 1
        while j < sentence.last and tokens[j].text[:1].isupper():
            j += 1
        return Found(Source(j - 1, Span(tokens[i + 1].start, tokens[j - 1].end)), None, "signed", is_strong=True)


def _is_nominal(token: Token) -> bool:
    return token.text[:1].isupper() or token.dep in {"nsubj", "dobj", "pobj", "attr", "ROOT", "appos", "conj"}
