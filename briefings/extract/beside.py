"""Rules on the tokens beside a quoted stretch: "...", X said; said X; X said: "..."; NAME: "..."."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.extract.clauses import is_verb
from briefings.extract.cues import Cues
from briefings.extract.doers import doer
from briefings.extract.labels import DASHES, PHRASE, PREPOSITIONS, Found, Labels
from briefings.extract.parsed import ParsedText, Sentence, Token
from briefings.extract.syntax import SUBJECTS, Source, child, own_subject, phrase, source_at
from briefings.model import Span

_SKIP_AFTER = frozenset((",", "!", "?", "—", "–", "-", "--", "…", ")"))
_SKIP_BEFORE = frozenset((",", ":", "that", "with", "—", "–", "-", "--", "―", "(", "...", "…"))
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
WORKS = frozenset(
    ("book", "books", "ad", "column", "article", "editorial", "essay", "op-ed", "blog", "speech", "report")
)
_WINDOW = 40
_TITLE_WORDS = 9
_ADJACENT = 4
_NEAR = 12  # tokens in which a verb of saying must have found its subject


class Beside:
    """The rules for one article."""

    def __init__(self, parsed: ParsedText, cues: Cues) -> None:
        self.parsed = parsed
        self.cues = cues
        self.verbs = cues.speech | cues.quoting
        self.labels = Labels(parsed, cues)

    def is_cue(self, token: Token) -> bool:
        """Tell a verb of saying."""
        if token.lower not in self.verbs or token.stretch >= 0:
            return False
        if token.i and self.parsed.tokens[token.i - 1].lower in {"-", "so"}:
            return False  # "so-called", "so called"
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
            if self.is_cue(token) or (start < i < start + _NEAR and self._closes(i, start, sentence)):
                source = self._leading(token, start) or self._inverted(token, start)
                if source:
                    return Found(source, token.span, "after", is_strong=last.is_quote and i <= start + _ADJACENT)
                if i - start > _NEAR:
                    return None
        return None

    def _has_comma(self, last: Token) -> bool:
        inner = self.parsed.stretches[last.stretch].inner
        return self.parsed.text[inner.end - 1] in ",!?"

    def _closes(self, i: int, start: int, sentence: Sentence) -> bool:
        """Tell a verb of saying that the parse takes for a noun: nothing follows it, or only a short name precedes."""
        tokens = self.parsed.tokens
        if tokens[i].lower not in self.verbs:
            return False
        is_last = i + 1 >= sentence.last or not tokens[i + 1].text[-1:].isalnum()
        words = tokens[start:i]
        is_phrase = words[0].text[:1].isupper() or words[0].lower in _DETERMINERS
        if words[-1].lower in _DETERMINERS:
            return False
        return (
            is_phrase
            and all(t.text[-1:].isalnum() or t.text in {"-", "."} for t in words)
            and (is_last or i <= start + 3)
        )

    def _leading(self, verb: Token, start: int) -> Source | None:
        """Return the subject between the stretch and its verb: "X said"."""
        found = own_subject(self.parsed, verb)
        if found is None and verb.i > start:
            found = doer(self.parsed, verb, self.cues)
        if found is not None and start <= found.i < verb.i:
            return source_at(self.parsed, found)
        return self._run(start, verb.i) if found is None or found.i < start else None

    def _inverted(self, verb: Token, start: int) -> Source | None:
        """Return the subject that follows its verb: "said X"."""
        tokens = self.parsed.tokens
        if verb.i > start + 1 and tokens[verb.i - 1].text != ",":
            return None
        following = [c for c in verb.children if c > verb.i and tokens[c].dep in SUBJECTS and not tokens[c].is_quote]
        if following:
            return source_at(self.parsed, tokens[following[0]])
        if own_subject(self.parsed, verb) is not None:
            return None
        if verb.dep in {"amod", "compound", "nmod"} and verb.i < verb.head <= verb.i + PHRASE:
            named = [i for i in phrase(self.parsed, tokens[verb.head]) if i > verb.i]
            return Source(verb.head, self.parsed.span_of(named))
        for c in verb.children:
            token = tokens[c]
            if token.i > verb.i and token.dep in {"dobj", "attr", "npadvmod", "oprd", "dep"} and _is_nominal(token):
                return source_at(self.parsed, token)
        return None

    def _run(self, start: int, stop: int) -> Source | None:
        """Return the noun phrase that opens a clause whose subject the parse does not know."""
        tokens = self.parsed.tokens[start:stop]
        comma = next((n for n, t in enumerate(tokens) if t.text in {",", "("}), None)
        return self._noun_phrase(tokens[:comma] if comma else tokens)

    def _noun_phrase(self, tokens: Sequence[Token]) -> Source | None:
        words = list(tokens)
        while words and words[-1].lower.endswith("ly"):
            words.pop()
        if not words or len(words) > PHRASE or any(t.stretch >= 0 for t in words):
            return None
        if words[-1].lower in _PRONOUNS:
            return Source(words[-1].i, words[-1].span)
        is_phrase = words[0].text[:1].isupper() or words[0].lower in _DETERMINERS
        if not is_phrase or words[0].lower in PREPOSITIONS or not words[-1].text[-1:].isalnum():
            return None
        cut = next((n for n, t in enumerate(words) if n and t.lower in PREPOSITIONS), len(words))
        return Source(words[cut - 1].i, Span(words[0].start, words[cut - 1].end))

    def _opening(self, sentence: Sentence, verb: int) -> Source | None:
        """Return the noun phrase nearest before a verb, among the parts between commas."""
        tokens = self.parsed.tokens
        stop = verb
        for i in range(verb - 1, max(sentence.first, verb - _WINDOW) - 2, -1):
            if i < sentence.first or tokens[i].text in {",", "-", "–", "—"} or tokens[i].is_quote:
                found = self._noun_phrase(tokens[i + 1 : stop])
                if found is not None:
                    return found
                if i < sentence.first or tokens[i].is_quote:
                    return None
                stop = i
        return None

    # ---- before the stretch -------------------------------------------------------------------------

    def before(self, first: Token, sentence: Sentence) -> Found | None:
        """Return who the words before the stretch name."""
        tokens, at = self.parsed.tokens, first.i - 1
        has_colon = has_dash = False
        while at >= sentence.first and (tokens[at].text in _SKIP_BEFORE or tokens[at].text.isspace()):
            has_colon = has_colon or ":" in tokens[at].text
            has_dash = has_dash or tokens[at].text in DASHES
            at -= 1
        has_colon = has_colon or (at >= sentence.first and tokens[at].text == "):")
        owner = self._owner(at, sentence)
        if owner is not None and self._is_titled(tokens[at], first):
            return None
        for i in range(at, max(sentence.first, first.i - _WINDOW) - 1, -1):
            token = tokens[i]
            if token.is_quote:
                break
            is_compound = i > 0 and tokens[i - 1].text == "-"
            is_beside = i == at and token.lower in self.verbs and token.lower.endswith("ed") and not is_compound
            if self.is_cue(token) or is_beside:
                source = self._subject(token, first)
                is_done = token.dep == "acl" and not token.lower.endswith("ing")  # "a play called"
                if source is None and not is_done and (is_beside or token.lower in self.cues.plain):
                    source = self._opening(sentence, i)
                if source:
                    return Found(source, token.span, "before", is_strong=has_colon or i == at)
        if owner is not None:
            return Found(owner, tokens[at].span, "noun", is_strong=True)
        if has_colon or (has_dash and first.is_quote):
            return self.labels.before(sentence, at) if at >= sentence.first else None
        return None

    def _subject(self, verb: Token, first: Token) -> Source | None:
        found = doer(self.parsed, verb, self.cues)
        if found is None or found.is_quote or found.dep == "expl" or verb.i < first.i <= found.i:
            return None
        if found.stretch == first.stretch:
            return None
        return source_at(self.parsed, found)

    def _owner(self, at: int, sentence: Sentence) -> Source | None:
        """Return whose remark it is: "her remark that ..."."""
        if at < sentence.first:
            return None
        noun = self.parsed.tokens[at]
        if noun.lower not in self.cues.message_nouns and noun.lower not in self.cues.saying_nouns:
            return None
        owner = child(self.parsed, noun, "poss")
        return source_at(self.parsed, owner) if owner is not None else None

    def _is_titled(self, noun: Token, first: Token) -> bool:
        """Tell the title of somebody's book or column from what they remarked."""
        return noun.lower in WORKS and is_capitalised(self.parsed.stretches[first.stretch].inner.cut(self.parsed.text))


def is_capitalised(words: str) -> bool:
    """Tell words written like the title of a work: capitals throughout, but for short words."""
    parts = words.split()
    if len(parts) > _TITLE_WORDS or not parts[0][:1].isupper():
        return False
    return all(w[:1].isupper() or len(w) < 5 or not w[:1].isalpha() for w in parts)


def _is_nominal(token: Token) -> bool:
    return token.text[:1].isupper() or token.dep in {"nsubj", "dobj", "pobj", "attr", "ROOT", "appos", "conj"}
