"""The people and bodies of the catalogue, indexed for look-up by what an article calls them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from briefings.extract.spelling import is_respelt
from config.catalogue import Catalogue, PersonSpec

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@lru_cache(maxsize=8_192)
def folded(text: str) -> str:
    """Return text in lower case without accents, words parted by one blank."""
    bare = text
    if not text.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(w.removesuffix("'s") for w in _WORD.findall(bare.casefold().replace("’", "'")))


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleIndex:
    """Look-up tables; keys are folded."""

    by_name: Mapping[str, PersonSpec] = field(default_factory=dict)
    by_surname: Mapping[str, tuple[PersonSpec, ...]] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)  # name, adjective or office -> id of the actor
    excluded: frozenset[str] = frozenset()

    @classmethod
    def build(cls, catalogue: Catalogue) -> PeopleIndex:
        """Index a catalogue."""
        by_name: dict[str, PersonSpec] = {}
        by_surname: dict[str, list[PersonSpec]] = {}
        for person in catalogue.people():
            for name in (person.name, *person.variants):
                by_name[folded(name)] = person
            for surname in {folded(s) for s in person.surnames}:
                by_surname.setdefault(surname, []).append(person)
        actors: dict[str, str] = {}
        for actor in catalogue.actors.values():
            offices = (n for o in actor.offices for n in (o.name, *o.variants))
            words = (actor.name, actor.capital, *actor.names, *actor.adjectives, *offices)
            actors.update({folded(w): actor.id for w in words if w})
        excluded = frozenset(folded(w) for a in catalogue.actors.values() for w in a.excluded)
        surnames = {k: tuple(v) for k, v in by_surname.items()}
        return cls(by_name=by_name, by_surname=surnames, actors=actors, excluded=excluded)

    def person(self, name: str) -> PersonSpec | None:
        """Return the person of a full name in any known spelling."""
        return self.by_name.get(folded(name))

    def is_actor(self, words: str) -> bool:
        """Tell the name of a country, a capital or an office, and one with a word before it: "Neither Ostrania"."""
        key = folded(words)
        return key in self.actors or key.rsplit(" ", 1)[-1] in self.actors

    def misspelt(self, name: str) -> PersonSpec | None:
        """Return the one person of a surname whose given name differs by a letter or by transliteration."""
        words = folded(name).split(" ")
        found = self.by_surname.get(words[-1], ()) if len(words) > 1 else ()
        fitting = [p for p in found if is_respelt(folded(p.name).split(" ")[0], words[0])]
        return fitting[0] if len(fitting) == 1 else None

    def actor_in(self, words: str) -> str | None:
        """Return the one actor that a description names, e.g. "Kremlin spokesman"; None for two or none."""
        parts = folded(words).split()
        found = set()
        for size in (1, 2, 3, 4, 5):
            for i in range(len(parts) - size + 1):
                run = " ".join(parts[i : i + size])
                if run in self.excluded:
                    return None
                actor = self.actors.get(run)
                if actor:
                    found.add(actor)
        return found.pop() if len(found) == 1 else None

    def role_on(self, person: PersonSpec, day: date | None) -> str | None:
        """Return the title of the office held on a day."""
        role = person.role_on(day) if day else None
        return role.title if role else None

    def titles_on(self, person: PersonSpec | None, day: date | None) -> tuple[str, ...]:
        """Return the titles held on a day and before; all there are where the day is not known."""
        roles = person.roles if person else ()
        return tuple(r.title for r in roles if day is None or r.start is None or r.start <= day)
