"""Words of names: what is a given name, a title, an office, a body, and where in a run of capitals a name begins."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from config.catalogue import Lexicon

POSSESSIVE = re.compile(r"['’]s?$")
_MAX_NAME = 4
_SHORT_NAME = 2
_PLACES = frozenset((
    "school", "college", "park", "street", "bank", "house", "lake", "beach", "valley", "bay", "forest", "hall",
    "church", "town", "lane", "post", "works", "team", "tech", "parliament", "north", "south", "east", "west",
))  # fmt: skip
_MIN_STEM = 6  # letters of a word in -man or -woman that is taken for somebody: "radioman"
_SUFFIX = re.compile(r"(?:wo)?man$")
_NO_PERSON = frozenset(("german", "roman", "ottoman", "human", "talisman", "norman", "caiman", "layman"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """Compiled lexicon "names" with the offices of "quotations"."""

    given: dict[str, str]  # name -> "f" or "m"
    short: dict[str, frozenset[str]]  # mike -> {michael}
    bodies: frozenset[str]
    surnames: frozenset[str]
    never: frozenset[str]
    offices: frozenset[str]
    half_titles: frozenset[str]
    human: frozenset[str]
    long: dict[str, str]  # gov -> governor
    camps: dict[str, str]  # gop -> republican
    indefinite: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]

    @classmethod
    def build(cls, lexicon: Lexicon, offices: Collection[str]) -> NameWords:
        """Compile."""
        given = dict.fromkeys(lexicon.words("given_male"), "m") | dict.fromkeys(lexicon.words("given_female"), "f")
        short = {(words := row.split())[0]: frozenset(words[1:]) for row in lexicon.words("short_given")}
        return cls(
            given=given,
            short=short,
            bodies=frozenset(lexicon.words("bodies")),
            surnames=frozenset(lexicon.words("also_surnames")),
            never=frozenset(lexicon.words("never_names")),
            offices=frozenset(offices),
            half_titles=frozenset(lexicon.words("half_titles")),
            long=dict(row.split() for row in lexicon.words("short_offices")),
            camps={word: row.split()[0] for row in lexicon.words("camps") for word in row.split()},
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

    def gender_of_noun(self, noun: str) -> str | None:
        """Return what a noun for somebody says: "spokeswoman", "radioman"."""
        said = self.gender_of([noun])
        if said is None and noun not in self.human and self.is_somebody(noun):
            return "f" if noun.endswith("woman") else "m" if noun.endswith("man") else None
        return said

    def in_full(self, bare: str) -> str:
        """Return an office that news shortens in full, any other word as it is."""
        return self.long.get(bare, bare)

    def is_unlike(self, bare: str) -> bool:
        """Tell a word that speaks against a person: one of a body, or none of a name."""
        return bare in self.bodies or bare in self.never

    def is_human(self, bare: str) -> bool:
        """Tell a noun for one person, in lower case; it can stand before a name too."""
        return bare in self.human or ("-" in bare and bare.rsplit("-", 1)[-1] in self.human)

    def is_somebody(self, noun: str) -> bool:
        """Tell a noun for one person that stands in place of a name: "the 60-year-old", "the radioman"."""
        if self.is_human(noun) or noun.endswith("year-old"):
            return True
        return len(noun) > _MIN_STEM and bool(_SUFFIX.search(noun)) and noun not in _NO_PERSON

    def is_office(self, bare: str) -> bool:
        """Tell a title that stands before a name, "secretary-general" too."""
        return bare in self.offices or ("-" in bare and bare.rsplit("-", 1)[-1] in self.offices | self.human)

    def is_title(self, bare: str) -> bool:
        """Tell an office or a noun that a name can follow."""
        return (self.is_office(bare) and bare not in self.half_titles) or self.is_human(bare)

    def is_given(self, word: str) -> bool:
        """Tell a given name as written, "Jean-Luc" too, not "Oscar-winner"."""
        bare = clean(word)
        first, _, second = word.partition("-")
        return bare in self.given or (second[:1].isupper() and clean(first) in self.given)

    def gender_of_given(self, first: str) -> str | None:
        """Return the gender of a folded given name."""
        return self.given.get(first) or self.given.get(first.split("-", maxsplit=1)[0])


def clean(word: str) -> str:
    """Return a word in lower case without full stops and a possessive ending."""
    return POSSESSIVE.sub("", word).replace(".", "").lower()


def stripped(words: list[str], known: NameWords) -> list[str]:
    """Return a run of capitalised words without the titles and offices before the name."""
    start = 0
    for i, word in enumerate(words[:-1]):
        bare = clean(word)
        is_noun = 0 < i < len(words) - 2 and known.is_human(bare)
        if is_noun or known.is_office(bare) or bare in known.never or word.endswith(("'s", "’s")):
            start = i + 1
    kept = words[start:]
    while len(kept) > 1 and known.is_human(clean(kept[0])) and not known.is_given(kept[0]):
        kept = kept[1:]
    while len(kept) > 1 and (clean(kept[0]) in known.never or known.is_office(clean(kept[0]))):
        kept = kept[1:]
    return _from_given(kept, known)


def _from_given(kept: list[str], known: NameWords) -> list[str]:
    """Leave out a body or letters before a given name: "Arms Control Jane Doe", "NATO Jane Doe"."""
    if len(kept) > 2 and not known.is_given(kept[0]):
        for i in range(1, len(kept) - 1):
            if known.is_given(kept[i]) and _is_body(kept[i - 1], known):
                return kept[i:]
    return kept


def _is_body(word: str, known: NameWords) -> bool:
    bare = clean(word)
    is_letters = word.isupper() and len(word) > 1 and word.isalpha()
    return is_letters or known.is_human(bare) or (bare in known.bodies and bare not in known.surnames)


def is_person(words: list[str], known: NameWords) -> bool:
    """Tell a full name of a person by its words alone: a given name first, and no word for a body."""
    if not 2 <= len(words) <= _MAX_NAME + 1 or not known.is_given(words[0]):
        return False
    bare = [clean(w) for w in words]
    is_short = len([b for b in bare if len(b) > 1]) == _SHORT_NAME  # "Jack Park", not "Jack London Park"
    unlike = (b for b in bare[1:] if known.is_unlike(b) or b in known.offices)
    if any(b not in known.surnames for b in unlike) or (bare[-1] in _PLACES and not is_short):
        return False
    return bare[0] not in known.bodies or bare[0] in known.surnames
