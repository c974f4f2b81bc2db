"""Which party a noun phrase names: a government, an office, an official, a person; and for which actor it speaks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from briefings.extract.actor_names import NameFound
from briefings.extract.context import ExtractContext
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.phrase_heads import appositions, conjuncts, modifiers, phrase_span, prepositions
from briefings.model import Span
from config.catalogue import PersonSpec

PartyKind = Literal["government", "person", "office", "official", "other"]
_OF = frozenset(("of", "for", "from"))
_TO = frozenset(("to",))
_IN = frozenset(("in", "at"))
_NOBODY: frozenset[str] = frozenset()
_GUESTS = frozenset(
    ("embassy", "ambassador", "mission", "consulate", "consul", "envoy", "delegation", "attache", "team")
)
_MAX_NAME = 4  # words


@dataclass(frozen=True, slots=True)
class Party:
    """Who is meant: `actors` it officially speaks for, `person` its full name, `noun` its office in one word."""

    head: int
    span: Span
    kind: PartyKind
    actors: frozenset[str] = _NOBODY
    person: str | None = None
    gender: str | None = None
    noun: str = ""
    is_excluded: bool = False
    own: frozenset[str] = _NOBODY  # without those of coordinated subjects; empty when it has none

    @property
    def actor(self) -> str | None:
        """The one actor that the party itself is or speaks for."""
        return min(self.own or self.actors, default=None)


@dataclass(slots=True)
class _Known:
    """A person met in the article."""

    name: str
    actors: frozenset[str]
    gender: str | None
    noun: str = ""


class Parties:
    """Resolves the noun phrases of one article, pronouns and "the ministry" aside."""

    def __init__(self, parsed: ParsedText, context: ExtractContext) -> None:
        """Find the catalogue's names, and the people that the article introduces by office or full name."""
        rules = context.rules
        self._parsed = parsed
        self._day = context.published.date() if context.published else None
        self._names = context.names
        self._titles = frozenset(rules.lexicon.words("set_title_words"))
        self._officials = frozenset(rules.lexicon.words("set_official"))
        self._bodies = frozenset(rules.lexicon.words("set_body"))
        self._not_official = frozenset(rules.lexicon.words("set_not_official"))
        self._name_at: dict[int, NameFound] = {}
        tokens = parsed.tokens
        for found in rules.names.find([t.lower for t in tokens], [t.text for t in tokens]):
            for i in range(found.first, found.last):
                self._name_at[i] = found
        self._known: dict[str, _Known] = {}
        self._cache: dict[int, Party | None] = {}
        self._introduce()

    def at(self, i: int) -> Party | None:
        """Return the party that a noun phrase names by itself, None for a pronoun, a definite noun or no party."""
        if i not in self._cache:
            self._cache[i] = None  # a phrase that holds itself
            self._cache[i] = self._with_conjuncts(self._resolve(i), i)
        return self._cache[i]

    def name_at(self, i: int) -> NameFound | None:
        """Return the catalogue's name that covers a token."""
        return self._name_at.get(i)

    def role_noun(self, i: int) -> str:
        """Return the official noun of a phrase ("spokesman"), of its head before its modifiers, or ""."""
        for j in (i, *reversed(modifiers(self._parsed, i))):
            word = self._parsed.tokens[j].lower
            if word in self._officials or word in self._bodies:
                return word
        return ""

    # ---- people that the article introduces ----------------------------------------------------------------

    def _introduce(self) -> None:
        for token in self._parsed.tokens:
            if self._could_be_name(token) and token.dep not in {"compound", "amod", "det"}:
                self._introduce_at(token)

    def _could_be_name(self, token: Token) -> bool:
        """Tell a word with a capital that is no name of the catalogue, no office and no word of a title."""
        if not token.text[:1].isupper() or token.is_quote or token.i in self._name_at:
            return False
        return token.lower not in self._titles and not self._is_office_noun(token.i)

    def _introduce_at(self, token: Token) -> None:
        words = self._name_words(token.i)
        first = words[0].lower()
        gender = self._names.given.get(first)
        actors, noun = self._office_of(token.i)
        known = self._known.get(token.lower)
        is_name = noun in self._officials or (len(words) > 1 and gender is not None)
        if is_name and (known is None or (noun and not known.noun)):
            name = known.name if known is not None and len(words) == 1 else " ".join(words)
            gender = "f" if noun.endswith("woman") else gender
            self._known[token.lower] = _Known(name, actors, gender, noun)

    def _name_words(self, head: int) -> list[str]:
        """Return the words of a name up to its head: the words with capitals right before it that are no title."""
        words = [self._parsed.tokens[head].text]
        i = head - 1
        while (
            i >= 0
            and len(words) < _MAX_NAME
            and self._parsed.tokens[i].head >= head
            and self._could_be_name(self._parsed.tokens[i])
        ):
            words.insert(0, self._parsed.tokens[i].text)
            i -= 1
        return words

    def _office_of(self, i: int) -> tuple[frozenset[str], str]:
        """Return the actors and the noun of the office beside a name, before it or in apposition."""
        group = modifiers(self._parsed, i)
        places = [j for j in group if j != i and self._is_office_noun(j)]
        if places:
            return self._nations(group, places[-1]), self._parsed.tokens[places[-1]].lower
        for j in (*appositions(self._parsed, i), *self._owner(i)):
            if self._is_office_noun(j):
                return self._nations(modifiers(self._parsed, j), j), self._parsed.tokens[j].lower
        return _NOBODY, ""

    def _owner(self, i: int) -> tuple[int, ...]:
        token = self._parsed.tokens[i]
        return (token.head,) if token.dep == "appos" else ()

    def _is_office_noun(self, i: int) -> bool:
        word = self._parsed.tokens[i].lower
        return word in self._officials or word in self._bodies

    # ---- one phrase --------------------------------------------------------------------------------------------

    def _resolve(self, i: int) -> Party | None:
        token = self._parsed.tokens[i]
        if token.is_quote or not token.text[:1].isalpha():
            return None
        group = modifiers(self._parsed, i)
        span = phrase_span(self._parsed, i)
        if any(n is not None and n.name.kind == "excluded" for n in map(self._name_at.get, group)):
            return Party(i, span, "other", is_excluded=True)
        found = self._name_at.get(i)
        person = self._person(i, span, group, found)
        if person is not None:
            return person
        if self._is_office_noun(i):
            return self._office(i, span, group)
        if found is not None and found.name.kind in {"government", "office", "adjective"}:
            kind: PartyKind = "office" if found.name.kind == "office" else "government"
            return Party(i, span, kind, frozenset((found.name.actor,)), noun=token.lower)
        return self._by_apposition(i, span)

    def _person(self, i: int, span: Span, group: list[int], found: NameFound | None) -> Party | None:
        """Return a person of the catalogue, or one that the article has introduced."""
        if found is not None and found.name.kind == "person" and found.name.person is not None:
            return self._catalogue_person(i, span, found.name.person, group)
        token = self._parsed.tokens[i]
        known = self._known.get(token.lower) if token.text[:1].isupper() else None
        if known is None:
            return None
        return Party(i, span, "person", known.actors, known.name, known.gender, known.noun)

    def _catalogue_person(self, i: int, span: Span, person: PersonSpec, group: list[int]) -> Party:
        actors = frozenset((person.actor if self._day is None else person.actor_on(self._day),))
        is_former = any(self._parsed.tokens[j].lower in {"former", "ex", "late"} for j in group)
        holds = self._day is None or not person.roles or person.role_on(self._day) is not None
        if not holds or (is_former and not person.roles):
            actors = _NOBODY
        noun = self._title_noun(person) or self.role_noun(i)
        return Party(i, span, "person", actors, person.name, person.gender, noun)

    def _title_noun(self, person: PersonSpec) -> str:
        role = person.role_on(self._day) if self._day else (person.roles[-1] if person.roles else None)
        words = role.title.lower().replace(",", " ").split() if role else []
        return next((w for w in reversed(words) if w in self._officials), "")

    def _office(self, i: int, span: Span, group: list[int]) -> Party | None:
        tokens = self._parsed.tokens
        if any(tokens[j].lower in self._not_official for j in group if j != i):
            return Party(i, span, "other", noun=tokens[i].lower, is_excluded=True)
        actors = self._nations(group, i)
        for j in appositions(self._parsed, i):
            named = self.at(j)
            if named is not None and named.kind == "person":
                return replace(named, actors=actors | named.actors, noun=tokens[i].lower)
        if not actors and not self._has_other_nation(group):
            return None
        kind: PartyKind = "office" if tokens[i].lower in self._bodies else "official"
        return Party(i, span, kind, actors, noun=tokens[i].lower)

    def _by_apposition(self, i: int, span: Span) -> Party | None:
        actors, noun = self._office_of(i)
        token = self._parsed.tokens[i]
        if noun in self._bodies:
            return Party(i, span, "office", actors, noun=noun)
        if not token.text[:1].isupper() or token.lower in self._titles:
            return None
        words = self._name_words(i)
        is_person = bool(noun) or (len(words) > 1 and words[0].lower() in self._names.given)
        return Party(
            i,
            span,
            "person" if is_person else "other",
            actors,
            " ".join(words) if is_person else None,
            noun=noun or token.lower,
        )

    # ---- nationality ---------------------------------------------------------------------------------------------

    def _nations(self, group: list[int], head: int) -> frozenset[str]:
        """Return the actors named by the words of a phrase, else by `of`, `for`, `from`, last `in` behind it."""
        if any(self._parsed.tokens[j].lower in self._not_official for j in group if j != head):
            return _NOBODY
        actors = frozenset(n.name.actor for n in map(self._name_at.get, group) if n is not None)
        if actors or self._has_other_nation(group):
            return actors
        actors = self._behind(head, _OF, 0)
        if not actors:
            actors = self._served(head)
        is_guest = self._parsed.tokens[head].lower in _GUESTS  # an embassy in X is not X's
        return actors or (_NOBODY if is_guest else self._behind(head, _IN, 0))

    def _served(self, head: int) -> frozenset[str]:
        """Return for whom "an aide to X" speaks, where X is a person or an office."""
        found: frozenset[str] = _NOBODY
        for j in prepositions(self._parsed, head, _TO):
            names = [n for n in map(self._name_at.get, modifiers(self._parsed, j)) if n is not None]
            if self._is_office_noun(j) or any(n.name.kind == "person" for n in names):
                found |= frozenset(n.name.actor for n in names if n.name.kind != "excluded")
        return found

    def _behind(self, head: int, words: frozenset[str], depth: int) -> frozenset[str]:
        found: frozenset[str] = _NOBODY
        for j in prepositions(self._parsed, head, words):
            names = [self._name_at.get(k) for k in modifiers(self._parsed, j)]
            found |= frozenset(n.name.actor for n in names if n is not None and n.name.kind != "excluded")
            if not found and depth < 1:
                found |= self._behind(j, words, depth + 1)
        return found

    def _has_other_nation(self, group: list[int]) -> bool:
        """Tell a phrase that names a country or body which the catalogue does not have."""
        return any(self._could_be_name(self._parsed.tokens[j]) for j in group)

    def _with_conjuncts(self, party: Party | None, i: int) -> Party | None:
        """Add the actors of coordinated subjects; the first that speaks for an actor gives the name."""
        for j in conjuncts(self._parsed, i):
            other = self.at(j)
            if other is None or not other.actors or (party is not None and party.is_excluded):
                continue
            party = (
                other
                if party is None or not party.actors
                else replace(party, actors=party.actors | other.actors, own=party.own or party.actors)
            )
        return party
