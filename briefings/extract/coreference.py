"""Whom a pronoun or a description stands for; nobody where two would fit."""

from __future__ import annotations

from bisect import bisect_left

from briefings.extract.mentions import Mention
from briefings.extract.names import NameWords, Person, Registry, clean
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.people import folded
from briefings.extract.syntax import SUBJECTS, phrase
from briefings.model import Span

_PRONOUNS = {"he": "m", "she": "f"}
_DEFINITE = frozenset(("the", "this", "his", "her", "their"))
_NEAR = 4  # sentences that a pronoun looks back
_CLOSE = 2  # sentences that a description without a known office looks back
_RECENT = 12  # mentions looked at for a description
_LOOKED_AT = 40  # mentions looked at for a pronoun


class Coreference:
    """The mentions of one article, those by pronoun and description included."""

    def __init__(self, parsed: ParsedText, registry: Registry, named: list[Mention], speakers: set[int]) -> None:
        """Resolve.

        Args:
            parsed: the article.
            registry: its people.
            named: the mentions by name, in order.
            speakers: tokens that are heads of sources.
        """
        self.parsed = parsed
        self.registry = registry
        self.known: NameWords = registry.known
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
                self._add(self._pronoun(token))
            elif token.dep in SUBJECTS and self._is_human(token.lower):
                self._add(self._somebody(token, named_heads))
        for mention in named[position:]:
            self._add(mention)

    def _add(self, mention: Mention | None) -> None:
        if mention is not None:
            mention.is_speaker = mention.token in self.speakers
            self.mentions.append(mention)
            self.starts.append(mention.span.start)

    def _pronoun(self, token: Token) -> Mention | None:
        gender = _PRONOUNS[token.lower]
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
        below = self.parsed.subtree(token.i)
        if any(i in named_heads for i in below):
            return None
        span = self.parsed.span_of(phrase(self.parsed, token))
        person = self.described(span, token)
        return Mention(span, token.i, person, is_subject=True, gender=self.known.gender_of([token.lower]))

    # ---- descriptions ------------------------------------------------------------------------------------

    def described(self, span: Span, head: Token) -> Person | None:
        """Return whom a description stands for, if one only fits."""
        shown = span.cut(self.parsed.text).split()
        words = [clean(w) for w in shown]
        if not words or not self._is_human(words[-1]) or words[0] in self.known.indefinite:
            return None
        if words[0] not in _DEFINITE and not shown[0].endswith(("'s", "’s")):
            return None
        gender = self.known.gender_of([words[-1]])
        fitting = [p for p in self.registry.people if gender is None or p.gender in {gender, None}]
        by_role = self._by_role(words, fitting)
        near = self._near(head, fitting) if words[0] in {"the", "this"} else None
        if len(by_role) == 1 and (near in {None, by_role[0]} or self._is_recent(head, by_role[0])):
            return by_role[0]
        if len(by_role) == 1:
            return near
        return near if near is not None and (not by_role or near in by_role) else None

    def _is_human(self, noun: str) -> bool:
        return noun in self.known.human or noun.endswith("-year-old")

    def _by_role(self, words: list[str], fitting: list[Person]) -> list[Person]:
        """Return the people with this office; of several, those whose office shares most words with the description."""
        noun = words[-1]
        scored = [(max((len(set(r) & set(words)) for r in self._roles(p) if noun in r), default=0), p) for p in fitting]
        best = max((score for score, _ in scored), default=0)
        return [p for score, p in scored if score == best] if best else []

    def _roles(self, person: Person) -> list[list[str]]:
        return [[self.known.long.get(w, w) for w in folded(role).split()] for role in person.roles]

    def _before(self, head: Token) -> list[Mention]:
        """Return the last mentions before a token, newest first."""
        last = bisect_left(self.starts, head.start)
        return self.mentions[max(0, last - _RECENT) : last][::-1]

    def _distance(self, head: Token, mention: Mention) -> int:
        return head.sentence - self.parsed.tokens[mention.token].sentence

    def _is_recent(self, head: Token, person: Person) -> bool:
        return any(m.person is person and self._distance(head, m) <= _NEAR for m in self._before(head))

    def _near(self, head: Token, fitting: list[Person]) -> Person | None:
        """Return the last person who spoke or was a subject, a few sentences back at most."""
        for mention in self._before(head):
            if self._distance(head, mention) > _CLOSE:
                return None
            if mention.person in fitting and (mention.is_subject or mention.is_speaker):
                return mention.person
        return None

    # ---- looking up ------------------------------------------------------------------------------------------

    def within(self, span: Span) -> list[Mention]:
        """Return the mentions inside a span."""
        found = []
        for mention in self.mentions[bisect_left(self.starts, span.start) :]:
            if mention.span.start >= span.end:
                break
            found.append(mention)
        return found
