"""Who is quoted: token rules beside a quoted stretch first, the parse where they abstain."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.extract.clauses import is_verb
from briefings.extract.cues import Cues
from briefings.extract.parsed import ParsedText, Sentence, Token
from briefings.extract.syntax import Source, child, own_subject, phrase, source_at, subject
from briefings.model import Span

_SKIP_AFTER = frozenset((",", "!", "?", "—", "–", "-", "--", "…", ")"))
_SKIP_BEFORE = frozenset((",", ":", "that", "—", "–", "-", "--", "(", "...", "…"))
_STOP = frozenset((".", ";", "!", "?"))
_WINDOW = 40


@dataclass(frozen=True, slots=True)
class Found:
    """Who said a stretch, by which cue; `rule` names what found it."""

    source: Source | None
    cue: Span | None
    rule: str


class DirectRules:
    """The rules for one article."""

    def __init__(self, parsed: ParsedText, cues: Cues) -> None:
        self.parsed = parsed
        self.cues = cues
        self.verbs = cues.speech | cues.quoting

    def find(self, first: Token, last: Token) -> Found | None:
        """Return who said the stretch whose tokens these are, from its own sentence."""
        sentence = self.parsed.sentences[first.sentence]
        before, gap = self._before(first, sentence)
        after = self._after(last, sentence)
        if before and gap == 0:
            return before
        if self._is_title(first, last):
            return None
        return after or before or self._according(sentence) or self._governor(first) or self._label(first, sentence)

    def _is_title(self, first: Token, last: Token) -> bool:
        """Tell the title of a work or a nickname: capitals throughout, no punctuation that sets it off."""
        words = self.parsed.stretches[first.stretch].inner.cut(self.parsed.text).split()
        if len(words) > 9 or not all(w[:1].isupper() or len(w) < 5 or not w[:1].isalpha() for w in words):
            return False
        previous = self.parsed.tokens[first.i - 1] if first.i else None
        return previous is not None and previous.sentence == first.sentence and previous.text[-1:].isalnum()

    # ---- beside the stretch ------------------------------------------------------------------------

    def _is_cue(self, token: Token) -> bool:
        return (
            token.lower in self.verbs
            and not token.is_quote
            and (token.lower in self.cues.plain or is_verb(self.parsed, token))
        )

    def _after(self, last: Token, sentence: Sentence) -> Found | None:
        tokens, i = self.parsed.tokens, last.i + 1
        while i < sentence.last and (tokens[i].text in _SKIP_AFTER or tokens[i].text.isspace()):
            i += 1
        start = i
        while i < min(sentence.last, start + _WINDOW):
            token = tokens[i]
            if token.is_quote or token.text in _STOP:
                return None
            if self._is_cue(token) or (
                token.lower in self.verbs and start < i < start + 5 and self._ends_clause(i, sentence)
            ):
                is_inverted = i - start <= 1 or tokens[i - 1].text == ","
                source = self._inverted(token, sentence) if is_inverted else None
                source = source or self._leading(token, start)
                if source:
                    return Found(source, token.span, "after")
                if i - start > 12:
                    return None
            i += 1
        return None

    def _ends_clause(self, i: int, sentence: Sentence) -> bool:
        return i + 1 >= sentence.last or not self.parsed.tokens[i + 1].text[-1:].isalnum()

    def _inverted(self, verb: Token, sentence: Sentence) -> Source | None:
        """Return the subject that follows its verb: "said X"."""
        found = own_subject(self.parsed, verb)
        if found is not None and found.i > verb.i:
            return source_at(self.parsed, found)
        if found is not None:
            return None
        for c in verb.children:
            token = self.parsed.tokens[c]
            if token.i > verb.i and token.dep in {"dobj", "attr", "npadvmod", "oprd", "dep"} and _is_nominal(token):
                return source_at(self.parsed, token)
        return None

    def _leading(self, verb: Token, start: int) -> Source | None:
        """Return the subject between the stretch and its verb: "X said"."""
        found = own_subject(self.parsed, verb)
        if found is not None and start <= found.i < verb.i:
            return source_at(self.parsed, found)
        if found is None and verb.i > start:
            shared = subject(self.parsed, verb)
            if shared is not None and start <= shared.i < verb.i:
                return source_at(self.parsed, shared)
            return self._run(start, verb.i)
        return None

    def _run(self, start: int, stop: int) -> Source | None:
        """Return the noun that fills the tokens before a verb, when the parse knows no subject."""
        tokens = self.parsed.tokens[start:stop]
        comma = next((n for n, t in enumerate(tokens) if t.text == ","), None)
        if comma and tokens[-1].text == ",":
            tokens = tokens[:comma]
        if not tokens or len(tokens) > 6 or any(t.is_quote for t in tokens):
            return None
        named = [t for t in tokens if t.text[:1].isupper() or t.lower in {"he", "she", "they", "i", "we"}]
        if not named:
            return None
        return Source(named[-1].i, Span(named[0].start, named[-1].end))

    def _before(self, first: Token, sentence: Sentence) -> tuple[Found | None, int]:
        tokens, i = self.parsed.tokens, first.i - 1
        has_colon = False
        while i >= sentence.first and (tokens[i].text in _SKIP_BEFORE or tokens[i].text.isspace()):
            has_colon = has_colon or tokens[i].text == ":"
            i -= 1
        gap = 0
        floor = max(sentence.first, first.i - _WINDOW)
        at = i
        while i >= floor:
            token = tokens[i]
            if token.is_quote:
                break
            if self._is_cue(token):
                source = self._subject(token, first)
                if source:
                    return Found(source, token.span, "before"), 0 if has_colon else gap
            gap += 1
            i -= 1
        if has_colon and at >= sentence.first:
            return self._colon(sentence, at), 1
        return None, gap

    def _subject(self, verb: Token, first: Token) -> Source | None:
        found = subject(self.parsed, verb)
        if found is None or found.is_quote or found.dep == "expl":
            return None
        if first.i <= found.i and verb.i < first.i:
            return None
        return source_at(self.parsed, found)

    def _colon(self, sentence: Sentence, at: int) -> Found | None:
        """A colon after no verb of saying: the subject of the clause, or the noun before it."""
        root = self.parsed.tokens[sentence.root]
        found = own_subject(self.parsed, root)
        if found is not None and found.i <= at:
            return Found(source_at(self.parsed, found), None, "colon")
        head = self.parsed.tokens[at]
        while head.head != head.i and sentence.first <= head.head <= at:
            head = self.parsed.tokens[head.head]
        return Found(source_at(self.parsed, head), None, "colon") if _is_nominal(head) else None

    # ---- elsewhere in the sentence -------------------------------------------------------------------

    def _according(self, sentence: Sentence) -> Found | None:
        for token in self.parsed.tokens_of(sentence):
            if token.lower != "according":
                continue
            to = next((self.parsed.tokens[c] for c in token.children if self.parsed.tokens[c].lower == "to"), None)
            by = child(self.parsed, to, "pobj") if to else None
            if to and by and not by.is_quote:
                return Found(source_at(self.parsed, by), Span(token.start, to.end), "according")
        return None

    def _governor(self, first: Token) -> Found | None:
        """Climb to a verb of saying, thinking or judging."""
        token = first
        for _ in range(8):
            head = self.parsed.tokens[token.head]
            if head.i == token.i:
                return None
            known = self._is_cue(head) or (
                head.lower in self.cues.thought | self.cues.stance and is_verb(self.parsed, head)
            )
            if known and token.dep not in {"nsubj", "nsubjpass"}:
                source = self._subject(head, first)
                if source:
                    return Found(source, head.span, "governor")
            if head.lower in self.cues.message_nouns | self.cues.saying_nouns:
                owner = child(self.parsed, head, "poss")
                if owner is not None:
                    return Found(source_at(self.parsed, owner), head.span, "noun")
            token = head
        return None

    def _label(self, first: Token, sentence: Sentence) -> Found | None:
        """A name after a dash: "..." - Jane Doe."""
        tokens = self.parsed.tokens
        i = first.i + 1
        if i + 1 < sentence.last and tokens[i].text in {"—", "–", "-", "--", "―"} and tokens[i + 1].text[:1].isupper():
            j = i + 1
            while j < sentence.last and tokens[j].text[:1].isupper():
                j += 1
            return Found(Source(j - 1, Span(tokens[i + 1].start, tokens[j - 1].end)), None, "dash")
        return None


def _is_nominal(token: Token) -> bool:
    return token.text[:1].isupper() or token.dep in {"nsubj", "dobj", "pobj", "attr", "ROOT", "appos", "conj"}


def tokens_of_stretches(parsed: ParsedText) -> dict[int, tuple[Token, Token]]:
    """Return for each stretch its first and last token."""
    found: dict[int, tuple[Token, Token]] = {}
    for token in parsed.tokens:
        if token.stretch >= 0:
            first, _ = found.get(token.stretch, (token, token))
            found[token.stretch] = (first, token)
    return found


def is_reporting(parsed: ParsedText, sentence: Sentence, cues: Cues) -> Source | None:
    """Return the source of the first verb of saying of a sentence."""
    for token in parsed.tokens_of(sentence):
        if token.lower in cues.speech and (token.lower in cues.plain or is_verb(parsed, token)):
            found = subject(parsed, token)
            if found is not None and not found.is_quote and found.dep != "expl":
                return source_at(parsed, found)
    return None


__all__ = ["DirectRules", "Found", "is_reporting", "phrase", "tokens_of_stretches"]
