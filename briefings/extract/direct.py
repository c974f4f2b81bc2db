"""Who is quoted, from the sentence of the quotation: token rules beside it first, the parse where they abstain."""

from __future__ import annotations

from briefings.extract.beside import WORKS, Beside, is_capitalised
from briefings.extract.clauses import is_verb
from briefings.extract.cues import Cues
from briefings.extract.doers import doer
from briefings.extract.labels import Found
from briefings.extract.parsed import ParsedText, Sentence, Token
from briefings.extract.syntax import Source, child, source_at

_MAX_CLIMB = 8


class DirectRules:
    """The rules for one article."""

    def __init__(self, parsed: ParsedText, cues: Cues) -> None:
        self.parsed = parsed
        self.cues = cues
        self.beside = Beside(parsed, cues)

    def find(self, first: Token, last: Token) -> Found | None:
        """Return who said the stretch whose first and last tokens these are."""
        sentence = self.parsed.sentences[first.sentence]
        before = self.beside.before(first, sentence)
        if before and before.is_strong:
            return before
        if self.is_title(first):
            return None
        return (
            self.beside.labels.signed(last, sentence)
            or self.beside.after(last, sentence)
            or before
            or self._according(sentence, first)
            or self._governor(first)
        )

    def is_title(self, first: Token) -> bool:
        """Tell the title of a work or a nickname: capitals throughout, no punctuation that sets it off."""
        if not is_capitalised(self.parsed.stretches[first.stretch].inner.cut(self.parsed.text)):
            return False
        previous = self.parsed.tokens[first.i - 1] if first.i else None
        if previous is not None and previous.text == "," and self.parsed.tokens[first.i - 2].lower in WORKS:
            return True  # her book, "A Bridge of Salt and Iron"
        return previous is not None and previous.sentence == first.sentence and previous.text[-1:].isalnum()

    def _according(self, sentence: Sentence, first: Token) -> Found | None:
        for token in self.parsed.tokens_of(sentence):
            if token.lower != "according":
                continue
            to = next((self.parsed.tokens[c] for c in token.children if self.parsed.tokens[c].lower == "to"), None)
            by = child(self.parsed, to, "pobj") if to else None
            is_apart = first.i not in self.parsed.subtree(token.i) or self.parsed.tokens[first.i - 1].text == ","
            if to and by and not by.is_quote and is_apart:
                return Found(source_at(self.parsed, by), to.span, "according")
        return None

    def _governor(self, first: Token) -> Found | None:
        """Climb to a verb of saying, thinking or judging, or to somebody's statement."""
        token = first
        for _ in range(_MAX_CLIMB):
            head = self.parsed.tokens[token.head]
            if head.i == token.i:
                return None
            source = self._owner(head) or (self._doer(head, first) if token.dep not in {"nsubj", "nsubjpass"} else None)
            if source:
                return Found(source, head.span, "governor")
            token = head
        return None

    def _doer(self, verb: Token, first: Token) -> Source | None:
        if verb.stretch >= 0:
            return None
        thinks = verb.lower in self.cues.thought or verb.lower in self.cues.stance
        if not (self.beside.is_cue(verb) or (thinks and is_verb(self.parsed, verb))):
            return None
        found = doer(self.parsed, verb, self.cues)
        if found is None or found.is_quote or found.dep == "expl" or verb.i < first.i <= found.i:
            return None
        return source_at(self.parsed, found)

    def _owner(self, noun: Token) -> Source | None:
        if noun.lower not in self.cues.message_nouns and noun.lower not in self.cues.saying_nouns:
            return None
        owner = child(self.parsed, noun, "poss")
        return source_at(self.parsed, owner) if owner else None
