"""The records of the catalogue, frozen: topics, actors, people, publishers, lexicons. Reads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

PublisherKind = Literal["wire", "media", "official"]
Rank = Literal["head", "ministry", "spokesman", "lower"]
Gender = Literal["f", "m"]


class ConfigError(Exception):
    """A setting or a row of the catalogue can't be used; the message names file, key and remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An office that a person held, from `start` up to, not including, `end`; None is unbounded.

    `actor` is set when it was held for another actor than the one the person is listed under.
    """

    title: str
    start: date | None = None
    end: date | None = None
    rank: Rank = "lower"
    actor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSpec:
    """A person of an actor; `variants` are other spellings of the full name, `surnames` what stands alone for them."""

    id: str
    name: str
    actor: str
    gender: Gender | None = None
    variants: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()

    def role_on(self, day: date) -> Role | None:
        """Return the role held on a day, the newest first; None when the catalogue has none."""
        held = [r for r in self.roles if (r.start or date.min) <= day < (r.end or date.max)]
        return max(held, key=lambda r: r.start or date.min, default=None)

    def actor_on(self, day: date) -> str:
        """Return the id of the actor that the person speaks for on a day."""
        role = self.role_on(day)
        return (role.actor if role else None) or self.actor


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSpec:
    """A ministry, agency or body that speaks for an actor."""

    name: str
    variants: tuple[str, ...] = ()
    rank: Rank = "ministry"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorSpec:
    """A party: what it is called, who speaks for it and who does not."""

    id: str
    name: str  # "Russia"
    capital: str = ""  # what the messages call it as a government: "Moscow"
    names: tuple[str, ...] = ()  # stand for the government: Russia, Moscow, the Kremlin
    adjectives: tuple[str, ...] = ()  # Russian
    places: tuple[str, ...] = ()  # belong to it: cities, regions, buildings
    offices: tuple[OfficeSpec, ...] = ()
    people: tuple[PersonSpec, ...] = ()
    excluded: tuple[str, ...] = ()  # never speak for it: "Russian-installed", "Russian forces", state media names


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSpec:
    """What a briefing is about; docs/catalogue.md tells which articles belong to it."""

    id: str
    title: str
    actor: str  # watched
    keywords: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)  # "Ukrainian capital" -> "Kyiv"
    section_title: str = ""  # "Russian response watch"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherSpec:
    """A publisher and its feeds."""

    name: str
    kind: PublisherKind = "media"
    language: str = "en"
    carries: str | None = None
    feeds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # topics whose response watch may rest on it; () is all


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Word lists by group, lower case unless the group says otherwise; `name` is the file's stem."""

    name: str
    groups: Mapping[str, tuple[str, ...]]

    def words(self, group: str) -> tuple[str, ...]:
        """Return a group's entries.

        Raises:
            ConfigError: there is no such group.
        """
        try:
            return self.groups[group]
        except KeyError:
            msg = f"lexicon/{self.name}.toml has no group '{group}'; add it or restore the shipped file"
            raise ConfigError(msg) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything under config/, checked; plain dicts, so that it can be handed to a child process."""

    topics: Mapping[str, TopicSpec]
    actors: Mapping[str, ActorSpec]
    publishers: Mapping[str, PublisherSpec]  # by name
    lexicons: Mapping[str, Lexicon]

    def topic(self, topic_id: str) -> TopicSpec:
        """Return a topic.

        Raises:
            ConfigError: unknown id; the message lists those there are.
        """
        if topic_id not in self.topics:
            known = ", ".join(sorted(self.topics)) or "none"
            msg = f"no topic '{topic_id}'; there are: {known} (topics.toml)"
            raise ConfigError(msg)
        return self.topics[topic_id]

    def lexicon(self, name: str) -> Lexicon:
        """Return a lexicon by its file's stem.

        Raises:
            ConfigError: there is no such file.
        """
        if name not in self.lexicons:
            msg = f"no lexicon/{name}.toml; restore the shipped file"
            raise ConfigError(msg)
        return self.lexicons[name]

    def people(self) -> tuple[PersonSpec, ...]:
        """Return the people of all actors."""
        return tuple(person for actor in self.actors.values() for person in actor.people)
