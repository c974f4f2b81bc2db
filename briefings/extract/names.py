"""Names of people in one article: full names, what stands for them, and whether she or he."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from briefings.extract.people import PeopleIndex, folded
from config.catalogue import Lexicon, PersonSpec

# capitalised words in a row, with small particles between them
RUN = re.compile(
    r"(?<![\w@#/.])[A-ZÀ-ÖØ-ÞŁŚŽŠČĆĐŻŹİ][\w’'.-]*"
    r"(?:[ \u00a0](?:(?:de|la|del|della|di|da|dos|van|von|der|den|bin|ibn|al|el|le|y|Ã±)[ \u00a0])?"
    r"[A-ZÀ-ÖØ-ÞŁŚŽŠČĆĐŻŹİ][\w’'.-]*){0,7}"
)
# John "Jack" Doe: the nickname is no part of the names that others use
_NICKNAME = re.compile(r"(?<!\w)([A-Z]\w{1,30}(?: [A-Z]\.)?) [\"“'‘(]([A-Z]\w{1,30})[\"”'’)] ([A-Z]\w{1,30})")
_POSSESSIVE = re.compile(r"['’]s?$")
_SUFFIX = frozenset(("jr", "sr", "ii", "iii", "iv", "esq", "phd"))
_MAX_NAME = 4
_SHORT = frozenset(("jr", "sr", "st"))


@dataclass(slots=True, eq=False)
class Person:
    """A person of this article: the full name as first written, other forms of it, offices beside it."""

    name: str
    spec: PersonSpec | None = None
    gender: str | None = None
    roles: list[str] = field(default_factory=list)
    n_seen: int = 0
    first_seen: int = 0

    @property
    def first(self) -> str:
        """The first word, folded."""
        return folded(self.name).split(" ")[0]

    @property
    def last(self) -> str:
        """The surname, folded."""
        parts = [p for p in folded(self.name).split(" ") if p not in _SUFFIX]
        return parts[-1] if parts else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """Compiled lexicon "names" with the offices of "quotations"."""

    given: dict[str, str]  # name -> "f" or "m"
    bodies: frozenset[str]
    surnames: frozenset[str]
    never: frozenset[str]
    offices: frozenset[str]
    human: frozenset[str]
    long: dict[str, str]  # gov -> governor
    indefinite: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]

    @classmethod
    def build(cls, lexicon: Lexicon, offices: Collection[str]) -> NameWords:
        """Compile."""
        given = dict.fromkeys(lexicon.words("given_male"), "m") | dict.fromkeys(lexicon.words("given_female"), "f")
        return cls(
            given=given,
            bodies=frozenset(lexicon.words("bodies")),
            surnames=frozenset(lexicon.words("also_surnames")),
            never=frozenset(lexicon.words("never_names")),
            offices=frozenset(offices),
            long=dict(row.split() for row in lexicon.words("short_offices")),
            human=frozenset(lexicon.words("human_nouns")),
            indefinite=frozenset(lexicon.words("indefinite")),
            female=frozenset(lexicon.words("titles_female")),
            male=frozenset(lexicon.words("titles_male")),
        )

    def gender_of(self, words: Collection[str]) -> str | None:
        """Return what titles and given names among lower-case words say."""
        if any(w in self.female for w in words):
            return "f"
        if any(w in self.male for w in words):
            return "m"
        return None


def clean(word: str) -> str:
    """Return a word in lower case without full stops and a possessive ending."""
    return _POSSESSIVE.sub("", word).replace(".", "").lower()


def stripped(words: list[str], known: NameWords) -> list[str]:
    """Return a run of capitalised words without the titles and offices before the name."""
    start = 0
    for i, word in enumerate(words[:-1]):
        bare = clean(word)
        if bare in known.offices or bare in known.never or word.endswith(("'s", "’s")):
            start = i + 1
    kept = words[start:]
    while len(kept) > 2 and clean(kept[0]) in known.human and clean(kept[0]) not in known.given:
        kept = kept[1:]
    while len(kept) > 1 and (clean(kept[0]) in known.never or clean(kept[0]) in known.offices):
        kept = kept[1:]
    return kept


def is_person(words: list[str], known: NameWords) -> bool:
    """Tell a full name of a person by its words alone: a given name first, and no word for a body."""
    if not 2 <= len(words) <= _MAX_NAME + 1:
        return False
    bare = [clean(w) for w in words]
    if any(b in known.never or b in known.offices for b in bare[1:]):
        return False
    is_given = bare[0] in known.given or bare[0].split("-")[0] in known.given
    bodies = known.bodies - known.surnames if is_given else known.bodies
    return is_given and not any(b in bodies for b in bare)


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

    def read(self, text: str, end: int) -> None:
        """Take in every full name of the text."""
        for match in _NICKNAME.finditer(text, 0, end):
            first = clean(match[1].split()[0])
            if first not in self.known.never | self.known.bodies | self.known.offices:
                person = self.add(f"{match[1]} {match[3]}", match.start())
                self._by_first.setdefault(folded(match[2]), []).append(person)
        for match in RUN.finditer(text, 0, end):
            for part, _, _ in parts(match[0], self.known.offices):
                words = stripped(part, self.known)
                titles = part[: len(part) - len(words)]
                has_title = self._is_title(titles[-1] if titles else _word_before(text, match.start(), match.end()))
                name = self.bare(words)
                if len(words) >= 2 and (
                    is_person(words, self.known)
                    or self.index.person(name) is not None
                    or (has_title and self._could_be(words))
                ):
                    self.add(name, match.start(), titles)
                elif len(words) >= 2 and self._could_be(words):
                    self.loose.setdefault(folded(words[-1]), name)

    def _is_title(self, word: str) -> bool:
        bare = clean(word)
        return bare in self.known.offices or bare in self.known.human

    def _could_be(self, words: list[str]) -> bool:
        bare = [clean(w) for w in words]
        return len(words) <= _MAX_NAME and not any(b in self.known.bodies or b in self.known.never for b in bare)

    def add(self, name: str, at: int, titles: Collection[str] = ()) -> Person:
        """Return the person of a full name, new or known."""
        key = folded(name)
        person = self._by_name.get(key) or self._same(name)
        if person is None:
            spec = self.index.person(name)
            person = Person(name=name, spec=spec, first_seen=at)
            person.gender = (spec.gender if spec else None) or self._given_gender(key)
            self.people.append(person)
            self._by_last.setdefault(person.last, []).append(person)
            self._by_first.setdefault(person.first, []).append(person)
        self._by_name[key] = person
        person.n_seen += 1
        said = self.known.gender_of([clean(t) for t in titles])
        person.gender = said or person.gender
        return person

    @staticmethod
    def bare(words: list[str]) -> str:
        """Return a name without a possessive ending and without stops, but for those of "Jr." and initials."""
        kept = [w if w.lower().startswith(("jr", "sr")) else w.rstrip(",'’") for w in words]
        kept[-1:] = [w if w.lower().startswith(("jr", "sr")) else w.rstrip(".") for w in kept[-1:]]
        return _POSSESSIVE.sub("", " ".join(kept))

    def adopt(self, surname: str) -> Person | None:
        """Take a run of capitals for a person, now that its last word speaks alone."""
        name = self.loose.get(folded(surname))
        return self.add(name, 0) if name and not self.by_surname(surname) else None

    def is_end_of_known(self, words: list[str]) -> bool:
        """Tell a double surname of somebody whose full name is known."""
        key = " " + folded(" ".join(words))
        return any(folded(p.name).endswith(key) for p in self.people)

    def _given_gender(self, key: str) -> str | None:
        first = key.split(" ", maxsplit=1)[0]
        return self.known.given.get(first) or self.known.given.get(first.split("-")[0])

    def _same(self, name: str) -> Person | None:
        """Return a person known under another form: with a middle name, or another spelling of the catalogue."""
        spec = self.index.person(name)
        parts = [p for p in folded(name).split(" ") if p not in _SUFFIX]
        for person in self.people:
            if spec is not None and person.spec is spec:
                return person
            if len(parts) >= 2 and person.first == parts[0] and person.last == parts[-1]:
                return person
        return None

    def full(self, name: str) -> Person | None:
        """Return the person of a full name that the article has."""
        return self._by_name.get(folded(name)) or self._same(name)

    def by_surname(self, word: str) -> list[Person]:
        """Return the people of a surname."""
        return self._by_last.get(folded(word), [])

    def by_first(self, word: str) -> list[Person]:
        """Return the people of a given name."""
        return self._by_first.get(folded(word), [])


def parts(run: str, offices: Collection[str]) -> list[tuple[list[str], int, int]]:
    """Split a run of capitals after a possessive and after a sentence end; with the place of each part."""
    found: list[tuple[list[str], int, int]] = []
    words: list[str] = []
    start = 0
    for match in re.finditer(r"\S+", run):
        start = start if words else match.start()
        words.append(match[0])
        if match[0].endswith(("'s", "’s", "s'", "s’")) or _ends_sentence(match[0], offices):
            found.append((words, start, match.end()))
            words = []
    if words:
        found.append((words, start, len(run)))
    return found


def _ends_sentence(word: str, offices: Collection[str]) -> bool:
    bare = word[:-1]
    is_short = len(bare) < 2 or "." in bare or bare.lower() in offices or bare.lower() in _SHORT
    return word.endswith(".") and not is_short


def _word_before(text: str, start: int, end: int) -> str:
    """Return the word before a run of capitals, also over a comma if one follows: "the envoy, X, ..."."""
    before = text[max(0, start - 30) : start].rstrip(" \u00a0")
    if before.endswith(",") and text[end : end + 1] == ",":
        before = before[:-1]
    word = before.rsplit(" ", 1)[-1]
    return word if word[-1:].isalpha() and "\n" not in word else ""
