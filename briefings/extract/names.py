"""Names of people in one article: full names, what stands for them, and whether she or he."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from briefings.extract.name_words import POSSESSIVE, NameWords, clean, is_person, stripped
from briefings.extract.people import PeopleIndex, folded
from briefings.extract.roles import is_described
from briefings.extract.spelling import PARTICLES, bare_surname, is_same_given, surname_parts
from config.catalogue import PersonSpec

_CAPITAL = r"(?:(?:[aeuAE][lnrstd]|ash|ad|d|de|bin)[-’'])?[A-ZÀ-ÖØ-ÞŁŚŽŠČĆĐŻŹİ][\w’'.-]*"
_PARTICLE = rf"(?:{'|'.join(sorted(PARTICLES))}|Ã±)"
# capitalised words in a row, with small particles between them
RUN = re.compile(rf"(?<![\w@#/.]){_CAPITAL}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,3}}{_CAPITAL}){{0,7}}")
# John "Jack" Doe: the nickname is no part of the names that others use
_NICKNAME = re.compile(r"(?<!\w)([A-Z]\w{1,30}(?: [A-Z]\.)?) [\"“'‘(]([A-Z]\w{1,30})[\"”'’)] ([A-Z]\w{1,30})")
_SUFFIX = frozenset(("jr", "sr", "ii", "iii", "iv", "esq", "phd"))
_MAX_NAME = 4
_SHORT = frozenset((
    "jr", "sr", "st", "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "sen", "sens", "rep", "reps", "gov", "gen", "col",
    "lt", "maj", "capt", "sgt", "adm", "cmdr", "brig", "pres", "amb", "atty", "det", "asst", "hon", "fr",
))  # fmt: skip


@dataclass(slots=True, eq=False)
class Person:
    """A person of this article: the full name as first written, other forms of it, offices beside it."""

    name: str
    spec: PersonSpec | None = None
    gender: str | None = None
    roles: list[str] = field(default_factory=list)
    ties: list[str] = field(default_factory=list)  # "Ostranian counterpart": tells a country, is no office
    n_seen: int = 0  # times that the full name stands in the text
    n_short: int = 0  # times that a surname or a given name was taken for it so far
    first_seen: int = 0
    is_sure: bool = True  # the first word is a given name, or the catalogue has the person

    @property
    def first(self) -> str:
        """The first word, folded."""
        return folded(self.name).split(" ")[0]

    @property
    def last(self) -> str:
        """The surname, folded."""
        parts = [p for p in folded(self.name).split(" ") if p not in _SUFFIX]
        return parts[-1] if parts else ""


class Registry:
    """The people of one article."""

    def __init__(self, known: NameWords, index: PeopleIndex) -> None:
        self.known = known
        self.index = index
        self.people: list[Person] = []
        self.loose: dict[str, str] = {}  # runs of capitals that may be names, by their last word
        self._by_name: dict[str, Person] = {}
        self._by_last: dict[str, list[Person]] = {}
        self._by_first: dict[str, list[Person]] = {}
        self._by_part: dict[str, list[Person]] = {}  # the middle of double surnames

    def read(self, text: str, end: int) -> None:
        """Take in every full name of the text."""
        for match in _NICKNAME.finditer(text, 0, end):
            first = clean(match[1].split()[0])
            if not self.known.is_unlike(first) and first not in self.known.offices:
                person = self.add(f"{match[1]} {match[3]}", match.start())
                self._by_first.setdefault(folded(match[2]), []).append(person)
        for match in RUN.finditer(text, 0, end):
            for part, _, _ in parts(match[0]):
                before = _word_before(text, match.start(), match.end())
                self._take(part, match.start(), before, is_described(text, match.start(), match.end(), self.known))

    def _take(self, part: list[str], at: int, before: str, has_office: bool) -> None:
        """Take a run of capitals for a person, or keep it in case its last word speaks alone."""
        words = stripped(part, self.known)
        titles = part[: len(part) - len(words)]
        name = self.bare(words)
        if self.index.person(self.bare(part)) is not None:
            self.add(self.bare(part), at)  # "Pope X": the title is a part of the name
        elif len(words) < 2:
            return
        elif is_person(words, self.known) or self.index.person(name) is not None:
            self.add(name, at, titles or (before,))
        elif self._could_be(words):
            if has_office or self.known.is_title(clean(titles[-1] if titles else before)):
                self.add(name, at, titles or (before,))
            else:
                self.loose.setdefault(folded(words[-1]), name)

    def _could_be(self, words: list[str]) -> bool:
        bare = [clean(w) for w in words]
        return (
            len(words) <= _MAX_NAME
            and not any(map(self.known.is_unlike, bare))
            and not self.index.is_actor(" ".join(words))
        )

    def add(self, name: str, at: int, titles: Collection[str] = ()) -> Person:
        """Return the person of a full name, new or known."""
        key = folded(name)
        person = self._by_name.get(key) or self._same(name)
        if person is None:
            person = self._new(name, at)
        elif not person.is_sure and self.known.is_given(name.split(" ", maxsplit=1)[0]):
            person.name, person.is_sure = name, True
        self._by_name[key] = person
        person.n_seen += 1
        said = next((g for t in titles if (g := self.known.gender_of_noun(clean(t)))), None)
        person.gender = said or person.gender
        return person

    def _new(self, name: str, at: int) -> Person:
        spec = self.index.person(name) or self.index.misspelt(name)
        person = Person(name=name, spec=spec, first_seen=at)
        person.gender = (spec.gender if spec else None) or self.known.gender_of_given(person.first)
        person.is_sure = spec is not None or self.known.is_given(name.split(" ", maxsplit=1)[0])
        self.people.append(person)
        surnames = {person.last, bare_surname(person.last), *(folded(s) for s in (spec.surnames if spec else ()))}
        for surname in surnames:
            self._by_last.setdefault(surname, []).append(person)
        self._by_first.setdefault(person.first, []).append(person)
        for part in surname_parts(folded(name)):
            if part not in self.known.given:
                self._by_part.setdefault(part, []).append(person)
        return person

    @staticmethod
    def bare(words: list[str]) -> str:
        """Return a name without a possessive ending and without stops, but for those of "Jr." and initials."""
        kept = [w if w.lower().startswith(("jr", "sr")) else w.rstrip(",'’") for w in words]
        kept[-1:] = [w if w.lower().startswith(("jr", "sr")) else w.rstrip(".") for w in kept[-1:]]
        return POSSESSIVE.sub("", " ".join(kept))

    def adopt(self, surname: str) -> Person | None:
        """Take a run of capitals for a person, now that its last word speaks alone."""
        name = self.loose.get(folded(surname))
        return self.add(name, 0) if name and not self.by_surname(surname) else None

    def is_end_of_known(self, words: list[str]) -> bool:
        """Tell a double surname of somebody whose full name is known."""
        key = " " + folded(" ".join(words))
        return any(folded(p.name).endswith(key) for p in self.people)

    def _same(self, name: str) -> Person | None:
        """Return a person known under another form: with a middle name, or another spelling of name or catalogue."""
        spec = self.index.person(name)
        words = [p for p in folded(name).split(" ") if p not in _SUFFIX]
        if len(words) < 2:
            return None
        for person in self.people:
            if spec is not None and person.spec is spec:
                return person
            if person.last == words[-1] and is_same_given(person.first, words[0], self.known):
                return person
        return None

    def full(self, name: str) -> Person | None:
        """Return the person of a full name that the article has."""
        return self._by_name.get(folded(name)) or self._same(name)

    def by_surname(self, word: str) -> list[Person]:
        """Return the people of a surname in any spelling; else those of whose double surname it is a part."""
        key = folded(word)
        return self._by_last.get(key) or self._by_last.get(bare_surname(key)) or []

    def by_first(self, word: str) -> list[Person]:
        """Return the people of a given name, else those of whose double surname it is a part."""
        key = folded(word)
        return self._by_first.get(key) or self._by_part.get(key, [])


def parts(run: str) -> list[tuple[list[str], int, int]]:
    """Split a run of capitals after a possessive and after a sentence end; with the place of each part."""
    found: list[tuple[list[str], int, int]] = []
    words: list[str] = []
    start = 0
    for match in re.finditer(r"\S+", run):
        start = start if words else match.start()
        words.append(match[0])
        if match[0].endswith(("'s", "’s", "s'", "s’")) or _ends_sentence(match[0]):
            found.append((words, start, match.end()))
            words = []
    if words:
        found.append((words, start, len(run)))
    return found


def _ends_sentence(word: str) -> bool:
    bare = word[:-1]
    is_short = len(bare) < 2 or "." in bare or bare.lower() in _SHORT
    return word.endswith(".") and not is_short


def _word_before(text: str, start: int, end: int) -> str:
    """Return the word before a run of capitals, also over a comma if one follows: "the envoy, X, ..."."""
    before = text[max(0, start - 30) : start].rstrip(" \u00a0")
    if before.endswith(",") and text[end : end + 1] == ",":
        before = before[:-1]
    word = before.rsplit(" ", 1)[-1]
    return word if word[-1:].isalpha() and "\n" not in word else ""
