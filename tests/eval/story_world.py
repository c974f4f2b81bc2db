"""The invented world of the story evaluations: its topic, its watched actor and the shipped word lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from briefings.model import Article, Publisher
from briefings.stories.context import StoryContext, story_context
from config.catalogue import load_catalogue
from config.records import ActorSpec, Catalogue, Lexicon, OfficeSpec, PersonSpec, Role, TopicSpec

DATA = Path(__file__).parent / "data"


def _person(name: str, title: str, rank: str, *variants: str) -> PersonSpec:
    key = name.lower().replace(" ", "-")
    role = Role(title=title, rank=rank)  # type: ignore[arg-type]  # a literal of the four ranks
    return PersonSpec(
        id=key, name=name, actor="kordavia", variants=variants, surnames=(name.rsplit(maxsplit=1)[-1],), roles=(role,)
    )


KORDAVIA = ActorSpec(
    id="kordavia",
    name="Kordavia",
    capital="Tessen",
    names=("Kordavia", "Tessen", "the Amber House", "Amber House"),
    adjectives=("Kordavian",),
    places=("Tessen",),
    offices=(OfficeSpec(name="Kordavian foreign ministry", variants=("Foreign Ministry", "foreign ministry")),),
    people=(
        _person("Tomas Brekk", "President", "head"),
        _person("Anja Korvald", "Foreign Minister", "ministry"),
        _person("Piet Lund", "spokesman", "spokesman"),
        _person("Mirko Hals", "member of parliament", "lower"),
    ),
)

TOPIC = TopicSpec(
    id="velmaria",
    title="Velmaria: war and peace talks",
    actor="kordavia",
    keywords=("Velmaria", "Velmarian"),
    places=("Sorrin", "Lutva", "Bressk", "Marnov", "Port Halden", "Vasa", "Lake Ister"),
    aliases={
        "the Amber House": "Tessen",
        "Amber House": "Tessen",
    },
)

COUNTRIES = (
    "velmaria = velmarian, velmarians = sorrin",
    "kordavia = kordavian, kordavians = tessen",
    "ralonia = ralonian, ralonians = port halden",
    "astermark = astermarker = graymouth",
    "hestland = hestlandic = vasa",
    "ruvia = ruvian = monte sele",
    "zemra = zemran = zemra city",
    "nkembe = nkemban = odu",
    "ostmere = ostmeric = ostmere city",
    "pell = pellish = pell town",
    "tamoro = tamoran = lanui",
)


def world() -> StoryContext:
    """Return the story context of the invented topic, with the shipped word lists."""
    lexicons = dict(load_catalogue().lexicons)
    shipped = lexicons["stories"]
    countries = (*COUNTRIES, *shipped.words("countries"))
    lexicons["stories"] = Lexicon(name="stories", groups={**shipped.groups, "countries": countries})
    return story_context(
        Catalogue(topics={TOPIC.id: TOPIC}, actors={KORDAVIA.id: KORDAVIA}, publishers={}, lexicons=lexicons)
    )


def rows(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a data file."""
    with (DATA / name).open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def article(row: dict[str, Any]) -> Article:
    """Return the article of a row."""
    at = datetime.fromisoformat(row["published"])
    return Article(
        id=row["id"],
        publisher=Publisher(name=row["publisher"], kind=row.get("kind", "media")),
        url=f"https://news.example/{row['id']}",
        title=row["title"],
        text=row["text"],
        published=at,
        fetched=at,
        known=at,
        revision=1,
        sha256=str(row["id"]),
    )
