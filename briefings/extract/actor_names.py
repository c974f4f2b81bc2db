"""Names of a catalogue's actors, offices and people, found in the tokens of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from config.catalogue import ActorSpec, Catalogue, PersonSpec

NameKind = Literal["government", "adjective", "person", "office", "excluded"]
# as the tokeniser parts words: "U.S." and "St." are one
_PIECE = re.compile(r"'s\b|(?:[^\W\d_]\.){2,}|\b(?:st|mt|ft|gen|dr)\.|\w+|[^\w\s]")
_ORDER: tuple[NameKind, ...] = ("excluded", "person", "office", "government", "adjective")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the catalogue has it; `person` when it is one's."""

    kind: NameKind
    actor: str
    person: PersonSpec | None = None


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name in tokens `first` up to, not including, `last`."""

    name: Name
    first: int
    last: int


def _pieces(words: str) -> tuple[str, ...]:
    low = words.lower().replace("’", "'").removeprefix("the ")
    return tuple(_PIECE.findall(low))


def _rows(actor: ActorSpec) -> Iterable[tuple[str, Name]]:
    for words in actor.names:
        yield words, Name("government", actor.id)
    for words in actor.adjectives:
        yield words, Name("adjective", actor.id)
        yield words + "s", Name("government", actor.id)
    for words in actor.excluded:
        yield words, Name("excluded", actor.id)
    for office in actor.offices:
        for words in (office.name, *office.variants):
            yield words, Name("office", actor.id)
    for person in actor.people:
        for words in (person.name, *person.variants, *person.surnames):
            yield words, Name("person", actor.id, person)


class NameIndex:
    """All names of a catalogue by their first word. Built once a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Index the actors; a name that two people share stands for neither."""
        rows: dict[tuple[str, ...], list[Name]] = {}
        for actor in catalogue.actors.values():
            for words, name in _rows(actor):
                key = _pieces(words)
                if key:
                    rows.setdefault(key, []).append(name)
        self._by_first: dict[str, list[tuple[tuple[str, ...], Name]]] = {}
        for key, names in rows.items():
            chosen = _one(names)
            if chosen is not None:
                self._by_first.setdefault(key[0], []).append((key, chosen))
        for found in self._by_first.values():
            found.sort(key=lambda row: -len(row[0]))

    def find(self, lowers: Sequence[str], shown: Sequence[str]) -> list[NameFound]:
        """Return the names in a run of tokens, longest first at each place, none overlapping.

        Args:
            lowers: the tokens in lower case.
            shown: the tokens as written; a name has a capital somewhere.
        """
        lowers = [low.replace("’", "'") for low in lowers]
        found: list[NameFound] = []
        i = 0
        while i < len(lowers):
            hit = self._at(lowers, shown, i)
            if hit is None:
                i += 1
            else:
                found.append(hit)
                i = hit.last
        return found

    def _at(self, lowers: Sequence[str], shown: Sequence[str], i: int) -> NameFound | None:
        for key, name in self._by_first.get(lowers[i], ()):
            end = i + len(key)
            if tuple(lowers[i:end]) == key and (name.kind == "excluded" or any(w[:1].isupper() for w in shown[i:end])):
                return NameFound(name, i, end)
        return None


def _one(names: list[Name]) -> Name | None:
    """Return what a name stands for; None when different people share it."""
    for kind in _ORDER:
        same: Mapping[str, Name] = {n.person.id if n.person else n.actor: n for n in names if n.kind == kind}
        if len(same) == 1:
            return next(iter(same.values()))
        if same:
            return None
    return None
