"""Whom a description may stand for: the office in it, the country and the party in it, against those of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from briefings.extract.name_words import NameWords, clean
from briefings.extract.names import Person
from briefings.extract.people import PeopleIndex, folded

_NATIONAL = ("ian", "ean", "ish", "ese", "an")
_STEM = 4  # letters that an adjective shares with its country
# offices that somebody in the catalogue has held there, if ever; nobody is called one as a manner of speaking
_HELD = frozenset((
    "president", "minister", "premier", "chancellor", "senator", "congressman", "congresswoman", "representative",
    "governor", "mayor", "ambassador", "envoy", "spokesman", "spokeswoman", "spokesperson", "king", "queen", "pope",
    "commissioner", "general", "admiral",
))  # fmt: skip
_WITH_PORTFOLIO = frozenset(("minister", "secretary"))
_PORTFOLIOS = {"defence": "defense", "labour": "labor", "external": "foreign", "premier": "prime"}
_ALL_PORTFOLIOS = frozenset((
    "foreign", "defense", "interior", "finance", "prime", "justice", "transport", "energy", "health", "education",
    "trade", "culture", "agriculture", "environment", "labor", "economy", "economic", "treasury", "commerce", "home",
    "state", "press", "infrastructure", "digital", "security", "housing", "sports", "science", "war",
))  # fmt: skip
_DETERMINERS = frozenset(("the", "this", "that", "his", "her", "their", "its", "our", "my"))


@dataclass(frozen=True, slots=True)
class Description:
    """The words of "the Ostranian foreign minister": `noun` is its head, `of` what hangs behind it."""

    noun: str
    words: tuple[str, ...]  # as written, from the determiner to the noun
    of: tuple[str, ...] = ()

    @property
    def all_words(self) -> set[str]:
        """All its words, folded."""
        return set(folded(" ".join((*self.words, *self.of))).split())

    @property
    def first(self) -> str:
        """The first word, in lower case."""
        return clean(self.words[0]) if self.words else ""

    @property
    def is_office(self) -> bool:
        """Whether the noun is an office that one holds or not."""
        return self.noun in _HELD

    @property
    def is_owned(self) -> bool:
        """Whether a possessive opens it: "Ostrania's president", "her lawyer"."""
        return bool(self.words) and self.words[0].endswith(("'s", "’s", "s'", "s’"))


class Fitting:
    """Compares descriptions with the people of one article."""

    def __init__(self, known: NameWords, index: PeopleIndex, day: date | None) -> None:
        self.known = known
        self.index = index
        self.day = day

    def roles(self, said: Description, person: Person) -> list[list[str]]:
        """Return the offices of a person in folded words: those of the text and the catalogue's.

        On a day that is not known the catalogue's count only for a description that names their country.
        """
        titles = list(person.roles)
        if self.day is not None or self._actor_of(said) is not None:
            titles.extend(self.index.titles_on(person.spec, self.day))
        return [self._words(title) for title in titles]

    def may_be(self, said: Description, person: Person) -> bool:
        """Tell whether nothing in the description speaks against the person: gender, country, party."""
        gender = self.known.gender_of_noun(said.noun)
        if gender is not None and person.gender not in {gender, None}:
            return False
        return not (
            self._is_elsewhere(said, person) or self._is_opposed(said, person) or self._is_other_office(said, person)
        )

    def is_from(self, said: Description, person: Person) -> bool:
        """Tell whether the description and the words beside the name have one country."""
        actor = self._actor_of(said)
        if actor is not None and actor in self._actors(person):
            return True
        return _has_kin(*self._both_nations(said, person))

    def score(self, said: Description, person: Person) -> int:
        """Return how many words the description shares with the office of a person that has its noun; 0 for none."""
        words = said.all_words
        return max((len(set(r) & words) for r in self.roles(said, person) if said.noun in r), default=0)

    def never_held(self, said: Description, person: Person) -> bool:
        """Tell an office that somebody whose offices are known never had, in the text or the catalogue."""
        if person.spec is None or not said.is_office:
            return False
        titles = (*person.roles, *self.index.titles_on(person.spec, None))
        return not any(said.noun in self._words(t) for t in titles)

    def _is_elsewhere(self, said: Description, person: Person) -> bool:
        """Tell "the Ostranian president" from the president of another country."""
        actor = self._actor_of(said)
        if actor is not None:
            actors = self._actors(person)
            if actors:
                return actor not in actors
        mine, theirs = self._both_nations(said, person)
        return bool(mine and theirs) and not _has_kin(mine, theirs)

    def _actor_of(self, said: Description) -> str | None:
        return self.index.actor_in(" ".join((*said.words, *said.of)))

    def _actors(self, person: Person) -> set[str]:
        if person.spec is not None:
            return {person.spec.actor, *(r.actor for r in person.spec.roles if r.actor)}
        return {actor for role in person.roles if (actor := self.index.actor_in(role))}

    def _words(self, title: str) -> list[str]:
        """Return the folded words of an office, those that news shortens in full."""
        return [self.known.in_full(w) for w in folded(title).split()]

    def _both_nations(self, said: Description, person: Person) -> tuple[set[str], set[str]]:
        """Return the words for a country in a description, and those beside the name of a person."""
        theirs = [w for r in (*person.roles, *person.ties) for w in r.split()]
        return self._nations((*said.words[:-1], *said.of)), self._nations(theirs)

    def _nations(self, words: Sequence[str]) -> set[str]:
        """Return the words that name a country: in "-ian" and the like, or "Ostrania's"."""
        found = set()
        for word in words:
            bare = clean(word)
            if not word[:1].isupper() or bare in self.known.camps or bare in _DETERMINERS:
                continue
            is_adjective = bare.endswith(_NATIONAL) and not self.known.is_human(bare)
            if is_adjective or (word.endswith(("'s", "’s")) and self.index.is_actor(bare)):
                found.add(bare)
        return found

    def _is_other_office(self, said: Description, person: Person) -> bool:
        """Tell "the foreign minister" from a minister of transport."""
        if said.noun not in _WITH_PORTFOLIO:
            return False
        mine = self._portfolio(said.all_words, said.noun, (*said.words, *said.of))
        theirs = [(set(folded(r).split()), r.split()) for r in person.roles]
        others = [
            p for words, shown in theirs if said.noun in words and (p := self._portfolio(words, said.noun, shown))
        ]
        return bool(mine and others) and not any(mine & p for p in others)

    def _portfolio(self, words: set[str], noun: str, shown: Sequence[str]) -> set[str]:
        nations = {folded(n) for n in self._nations(shown)}
        return {_PORTFOLIOS.get(w, w) for w in words - nations - {noun}} & _ALL_PORTFOLIOS

    def _is_opposed(self, said: Description, person: Person) -> bool:
        mine = self._camps(said.all_words)
        theirs = self._camps([w for role in person.roles for w in folded(role).split()])
        return bool(mine and theirs) and not mine & theirs

    def _camps(self, words: Sequence[str] | set[str]) -> set[str]:
        return {self.known.camps[w] for w in words if w in self.known.camps}


def _has_kin(ones: set[str], others: set[str]) -> bool:
    return not {w[:_STEM] for w in ones}.isdisjoint(w[:_STEM] for w in others)
