"""The catalogue: the TOML files of config/, with the operator's over the shipped ones, read into frozen records."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from config.records import (
    ActorSpec,
    Catalogue,
    ConfigError,
    Gender,
    Lexicon,
    OfficeSpec,
    PersonSpec,
    PublisherKind,
    PublisherSpec,
    Rank,
    Role,
    TopicSpec,
)
from config.rows import Row, nearest

__all__ = [
    "ActorSpec",
    "Catalogue",
    "ConfigError",
    "Lexicon",
    "OfficeSpec",
    "PersonSpec",
    "PublisherKind",
    "PublisherSpec",
    "Rank",
    "Role",
    "TopicSpec",
    "load_catalogue",
]

SHIPPED = Path(__file__).parent
RANKS: tuple[Rank, ...] = get_args(Rank)
KINDS: tuple[PublisherKind, ...] = get_args(PublisherKind)
GENDERS: tuple[Gender, ...] = get_args(Gender)
_TOP = ("topics.toml", "feeds.toml")
_FOLDERS = ("actors", "lexicon")


def load_catalogue(overlay: Path | None = None, *, shipped: Path = SHIPPED) -> Catalogue:
    """Read the shipped files and, over them, those of the operator's folder (docs/catalogue.md).

    Args:
        overlay: CONFIG_DIR; a row of the same id replaces the shipped one, or extends it with `extends = true`.
        shipped: the folder below it; nothing but a test has another.

    Raises:
        ConfigError: the first mistake found, with file, key and remedy.
    """
    folders = [shipped]
    if overlay is not None:
        _check_folder(overlay)
        folders.append(overlay)
    actors = {key: _actor(key, row) for key, row in _laid(folders, _actor_rows).items()}
    _check_people(actors)
    topics = {key: _topic(key, row, actors) for key, row in _laid(folders, _topic_rows).items()}
    publishers = {key: _publisher(key, row, actors, topics) for key, row in _laid(folders, _publisher_rows).items()}
    _check_feeds(publishers)
    return Catalogue(actors=actors, topics=topics, publishers=publishers, lexicons=_lexicons(folders))


# ---- files to rows ------------------------------------------------------------------------------------


def _read(path: Path) -> Row:
    """Read one file; one that is not there is an empty table."""
    try:
        return Row(str(path), "", _parsed(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        return Row(str(path), "", {})
    except tomllib.TOMLDecodeError as error:
        msg = f"{path}: not valid TOML: {error}; mend that line (dates are written 2024-05-14, text in quotes)"
        raise ConfigError(msg) from None
    except UnicodeDecodeError as error:
        msg = f"{path}: not UTF-8 text (byte {error.start}); save the file as UTF-8"
        raise ConfigError(msg) from None
    except OSError as error:
        msg = f"{path}: can't be read ({error.strerror}); check its permissions"
        raise ConfigError(msg) from None


@lru_cache(maxsize=64)
def _parsed(text: str) -> Mapping[str, Any]:
    """Parse once what is read often; a Row never changes its table, so that it can be shared."""
    return tomllib.loads(text)


def _laid(folders: Iterable[Path], rows_of: Callable[[Path], dict[str, Row]]) -> dict[str, Row]:
    """Return the rows of all folders by id, later folders over earlier ones."""
    laid: dict[str, Row] = {}
    for folder in folders:
        for key, row in rows_of(folder).items():
            laid[key] = row.over(laid.get(key))
    return laid


def _topic_rows(folder: Path) -> dict[str, Row]:
    return _read(folder / "topics.toml").allow("topics").tables("topics")


def _publisher_rows(folder: Path) -> dict[str, Row]:
    return _read(folder / "feeds.toml").allow("publishers").tables("publishers")


def _actor_rows(folder: Path) -> dict[str, Row]:
    return {path.stem: _read(path) for path in sorted((folder / "actors").glob("*.toml"))}


def _group_rows(folder: Path) -> dict[str, Row]:
    """Return the lexicon groups as "stem/group"."""
    return {
        f"{path.stem}/{name}": row
        for path in sorted((folder / "lexicon").glob("*.toml"))
        for name, row in _read(path).allow("groups").tables("groups").items()
    }


def _check_folder(overlay: Path) -> None:
    """Refuse a folder that is not there and files that nothing would read."""
    if not overlay.is_dir():
        msg = f"CONFIG_DIR {overlay}: no such folder; create it or unset CONFIG_DIR"
        raise ConfigError(msg)
    for path in sorted(overlay.glob("*.toml")):
        if path.name not in _TOP:
            msg = f"{path}: nothing reads a file of this name; {nearest(path.name, (*_TOP, 'actors/NAME.toml'))}"
            raise ConfigError(msg)
    for path in sorted(overlay.glob("*/*.toml")):
        if path.parent.name not in _FOLDERS:
            msg = f"{path}: nothing reads a folder of this name; {nearest(path.parent.name, _FOLDERS)}"
            raise ConfigError(msg)


# ---- rows to records ----------------------------------------------------------------------------------


def _actor(key: str, row: Row) -> ActorSpec:
    row.allow("origin", "name", "capital", "names", "adjectives", "places", "offices", "people", "excluded")
    name = row.text("name")
    return ActorSpec(
        id=key,
        name=name,
        capital=row.text("capital", ""),
        names=row.texts("names") or (name,),
        adjectives=row.texts("adjectives"),
        places=row.texts("places"),
        offices=tuple(_office(name, table) for name, table in row.tables("offices").items()),
        people=tuple(_person(name, table, key) for name, table in row.tables("people").items()),
        excluded=row.texts("excluded"),
    )


def _office(name: str, row: Row) -> OfficeSpec:
    row.allow("variants", "rank")
    return OfficeSpec(name=name, variants=row.texts("variants"), rank=row.choice("rank", RANKS, "ministry"))


def _person(key: str, row: Row, actor: str) -> PersonSpec:
    row.allow("name", "gender", "variants", "surnames", "roles")
    name = row.text("name")
    return PersonSpec(
        id=key,
        name=name,
        actor=actor,
        gender=row.choice("gender", GENDERS, "m") if "gender" in row.values else None,
        variants=row.texts("variants"),
        # "no surname of its own" is written surnames = []
        surnames=row.texts("surnames") if "surnames" in row.values else (name.split()[-1],),
        roles=tuple(_role(table) for table in row.listed("roles")),
    )


def _role(row: Row) -> Role:
    row.allow("title", "start", "end", "rank", "actor")
    start, end = row.day("start"), row.day("end")
    if start and end and end <= start:
        raise row.error(f"ends on {end}, not after its start on {start}; swap or mend the dates", "end")
    return Role(
        title=row.text("title"),
        start=start,
        end=end,
        rank=row.choice("rank", RANKS, "lower"),
        actor=row.optional("actor"),
    )


def _topic(key: str, row: Row, actors: Mapping[str, ActorSpec]) -> TopicSpec:
    row.allow("origin", "title", "actor", "section_title", "keywords", "names", "places", "aliases")
    row.check_known("actor", (row.text("actor"),), actors, "actor")
    actor = actors[row.text("actor")]
    topic = TopicSpec(
        id=key,
        title=row.text("title"),
        actor=actor.id,
        keywords=row.texts("keywords"),
        names=row.texts("names"),
        places=row.texts("places"),
        aliases=row.pairs("aliases"),
        section_title=row.text("section_title", f"{(*actor.adjectives, actor.name)[0]} response watch"),
    )
    if not (topic.keywords or topic.names or topic.places):
        raise row.error('no article can belong to it; add keywords = ["..."], names or places')
    return topic


def _publisher(name: str, row: Row, actors: Mapping[str, ActorSpec], topics: Mapping[str, TopicSpec]) -> PublisherSpec:
    row.allow("origin", "kind", "language", "carries", "feeds", "topics")
    watched = row.texts("topics")
    row.check_known("topics", watched, topics, "topic")
    return PublisherSpec(
        name=name,
        kind=row.choice("kind", KINDS, "media"),
        language=row.text("language", "en"),
        carries=row.reference("carries", actors, "actor"),
        feeds=row.urls("feeds"),
        topics=watched,
    )


def _lexicons(folders: list[Path]) -> dict[str, Lexicon]:
    """Read the word lists; only groups that the shipped files have are read by the code, so others are mistakes."""
    shipped = _group_rows(folders[0])
    groups: dict[str, dict[str, tuple[str, ...]]] = {}
    for key, row in _laid(folders, _group_rows).items():
        if key not in shipped:
            raise row.error(f"nothing reads the group '{key}'; {nearest(key, shipped)}")
        stem, _, group = key.partition("/")
        groups.setdefault(stem, {})[group] = _words(row)
    return {stem: Lexicon(name=stem, groups=found) for stem, found in groups.items()}


def _words(row: Row) -> tuple[str, ...]:
    row.allow("origin", "words").text("origin")
    if "words" not in row.values:
        raise row.error("missing key 'words'; add words = [\"...\"]")
    return row.texts("words")


# ---- checks between rows ------------------------------------------------------------------------------


def _check_people(actors: Mapping[str, ActorSpec]) -> None:
    """Refuse one id for two people, and roles for actors that are not there."""
    seen: dict[str, str] = {}
    for actor in actors.values():
        for person in actor.people:
            where = f"actors/{actor.id}.toml: people.{person.id}"
            if person.id in seen:
                msg = f"{where}: actors/{seen[person.id]}.toml has a person of this id; give this one another"
                raise ConfigError(msg)
            seen[person.id] = actor.id
            _check_role_actors(where, person, actors)


def _check_role_actors(where: str, person: PersonSpec, actors: Mapping[str, ActorSpec]) -> None:
    for role in person.roles:
        if role.actor is not None and role.actor not in actors:
            msg = f"{where}: role '{role.title}': no actor '{role.actor}'; {nearest(role.actor, actors)}"
            raise ConfigError(msg)


def _check_feeds(publishers: Mapping[str, PublisherSpec]) -> None:
    """Refuse one address under two publishers: its articles would count twice."""
    owners: dict[str, str] = {}
    for publisher in publishers.values():
        for url in publisher.feeds:
            if owners.setdefault(url, publisher.name) != publisher.name:
                msg = f"feeds.toml: publishers.{publisher.name}: feed {url} is also under {owners[url]}; remove one"
                raise ConfigError(msg)
