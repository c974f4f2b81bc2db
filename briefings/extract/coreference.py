"""Whom a pronoun or a description stands for; nobody where two would fit."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from briefings.extract.descriptions import Description, Fitting
from briefings.extract.mentions import Mention
from briefings.extract.name_words import NameWords
from briefings.extract.names import Person, Registry
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.syntax import SUBJECTS, phrase
from briefings.model import Span

_PRONOUNS = {"he": "m", "she": "f"}
_OWNERS = {"his": "m", "him": "m", "her": "f"}  # stand for somebody only as a source: "her remark that ..."
_DEFINITE = frozenset(("the", "this", "his", "her", "their"))
_NEAR = 4  # sentences that a pronoun looks back
_CLOSE = 2  # sentences that a description without a known office looks back
_RECENT = 12  # mentions looked at for a description
_LOOKED_AT = 40  # mentions looked at for a pronoun


class Coreference:
    """The mentions of one article, those by pronoun and description included."""

    def __init__(
        self, parsed: ParsedText, registry: Registry, named: list[Mention], speakers: set[int], day: date | None
    ) -> None:
        """Resolve.

        Args:
            parsed: the article.
            registry: its people.
            named: the mentions by name, in order.
            speakers: tokens that are heads of sources.
            day: of the article, for the offices of the catalogue.
        """
        self.parsed = parsed
        self.registry = registry
        self.known: NameWords = registry.known
        self.fitting = Fitting(registry.known, registry.index, day)
        self.speakers = speakers
        self.mentions: list[Mention] = []
        self.starts: list[int] = []  # where each mention starts, for bisection
        self._resolve(named)

    def _resolve(self, named: list[Mention]) -> None:
        """Go through the text once; each mention found is what the next may rest on."""
        named_heads = {m.token for m in named}
        position = 0
        for token in self.parsed.tokens:
            while position < len(named) and named[position].span.start <= token.start:
                self._add(named[position])
                position += 1
            if token.stretch >= 0 or token.is_quote or token.i in named_heads:
                continue
            if token.lower in _PRONOUNS:
                self._add(self._pronoun(token, _PRONOUNS[token.lower]))
            elif token.lower in _OWNERS and token.i in self.speakers:
                self._add(self._pronoun(token, _OWNERS[token.lower]))
            elif (token.dep in SUBJECTS or token.i in self.speakers) and self.known.is_somebody(self._noun(token)):
                self._add(self._somebody(token, named_heads))
        for mention in named[position:]:
            self._add(mention)

    def _add(self, mention: Mention | None) -> None:
        if mention is not None:
            mention.is_speaker = mention.token in self.speakers
            self.mentions.append(mention)
            self.starts.append(mention.span.start)

    def _pronoun(self, token: Token, gender: str) -> Mention | None:
        best: tuple[float, Mention] | None = None
        for mention in reversed(self.mentions[-_LOOKED_AT:]):
            own = mention.person.gender if mention.person else mention.gender
            distance = token.sentence - self.parsed.tokens[mention.token].sentence
            if distance > _NEAR:
                break
            if own not in {gender, None}:
                continue
            score = -distance + 1.0 * mention.is_subject + 0.6 * mention.is_speaker + 0.3 * (own == gender)
            if best is None or score > best[0]:
                best = (score, mention)
        if best is None:
            return None
        return Mention(token.span, token.i, best[1].person, token.dep in SUBJECTS, gender=gender)

    def _somebody(self, token: Token, named_heads: set[int]) -> Mention | None:
        """A description as a subject; one that fits nobody known stands for somebody without a name."""
        own = [c for c in token.children if self.parsed.tokens[c].dep in {"compound", "flat", "appos", "nmod"}]
        if any(i in named_heads for c in own for i in self.parsed.subtree(c)):
            return None
        span = self.parsed.span_of(phrase(self.parsed, token))
        person = self.described(span, token)
        return Mention(span, token.i, person, is_subject=True, gender=self.known.gender_of_noun(self._noun(token)))

    # ---- descriptions ------------------------------------------------------------------------------------

    def described(self, span: Span, head: Token) -> Person | None:
        """Return whom a description stands for, if one only fits."""
        said = self._description(span, head)
        if said is None or said.first in self.known.indefinite or (said.first not in _DEFINITE and not said.is_owned):
            return None
        fitting = [p for p in self.registry.people if self.fitting.may_be(said, p)]
        kin = [p for p in fitting if self.fitting.is_from(said, p)]
        by_role = self._by_role(said, kin) or self._by_role(said, fitting)
        if not by_role and len(kin) == 1 and said.is_office and not kin[0].roles and kin[0].spec is None:
            return kin[0]
        near_by = [p for p in kin or fitting if not self.fitting.never_held(said, p)]
        near = self._near(head, near_by) if said.first in {"the", "this"} and not said.of else None
        if len(by_role) == 1 and (near in {None, by_role[0]} or self._is_recent(head, by_role[0])):
            return by_role[0]
        if len(by_role) == 1:
            return near
        return near if near is not None and (not by_role or near in by_role) else None

    def _description(self, span: Span, head: Token) -> Description | None:
        """Take a description apart, with the article that a comma parts from its noun."""
        noun = self._noun(head)
        if not self.known.is_somebody(noun):
            return None
        text = self.parsed.text
        words = text[span.start : head.end].split()
        first = next((self.parsed.tokens[c] for c in head.children if self.parsed.tokens[c].dep == "det"), None)
        if first is not None and first.start < span.start:
            words.insert(0, first.text)
        return Description(noun, tuple(words), tuple(text[head.end : span.end].split())) if words else None

    def _noun(self, token: Token) -> str:
        """Return a noun in lower case; "year-old" where the tokeniser cuts "the 60-year-old"."""
        is_age = token.lower == "old" and self.parsed.text[max(0, token.start - 5) : token.start] == "year-"
        return "year-old" if is_age else token.lower

    def _by_role(self, said: Description, fitting: list[Person]) -> list[Person]:
        """Return the people with this office; of several, those whose office shares most words with the description."""
        scored = [(self.fitting.score(said, p), p) for p in fitting]
        best = max((score for score, _ in scored), default=0)
        return [p for score, p in scored if score == best] if best else []

    def _before(self, head: Token) -> list[Mention]:
        """Return the last mentions before a token, newest first."""
        last = bisect_left(self.starts, head.start)
        return self.mentions[max(0, last - _RECENT) : last][::-1]

    def _distance(self, head: Token, mention: Mention) -> int:
        return head.sentence - self.parsed.tokens[mention.token].sentence

    def _is_recent(self, head: Token, person: Person) -> bool:
        return any(m.person is person and self._distance(head, m) <= _NEAR for m in self._before(head))

    def _near(self, head: Token, fitting: list[Person]) -> Person | None:
        """Return the last person who spoke or was a subject a few sentences back, else the only one mentioned there."""
        others: list[Person] = []
        for mention in self._before(head):
            if self._distance(head, mention) > _CLOSE:
                break
            if mention.person in fitting and (mention.is_subject or mention.is_speaker):
                return mention.person
            if mention.person is not None and mention.person not in others:
                others.append(mention.person)
        return others[0] if len(others) == 1 and others[0] in fitting else None

    # ---- looking up ------------------------------------------------------------------------------------------

    def within(self, span: Span) -> list[Mention]:
        """Return the mentions inside a span."""
        found = []
        for mention in self.mentions[bisect_left(self.starts, span.start) :]:
            if mention.span.start >= span.end:
                break
            found.append(mention)
        return found
