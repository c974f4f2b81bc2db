"""An invented world for the tests of issues and responses: Arda is watched, Belmar and Corvia are other parties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from briefings.extract.context import ExtractContext
from briefings.extract.issues import issues_of
from briefings.extract.parse import Parser, prepare
from briefings.extract.quotations import find_quotations
from briefings.extract.reading import Reading, read
from briefings.extract.responses import responses_of
from briefings.model import IssueMention, ResponseMention
from config.catalogue import load_catalogue
from config.records import ActorSpec, Catalogue, OfficeSpec, PersonSpec, Role, TopicSpec

DAY = datetime(2026, 3, 10, tzinfo=UTC)
ARDA = ActorSpec(
    id="arda",
    name="Arda",
    capital="Sol",
    names=("Arda", "Sol", "the White Keep"),
    adjectives=("Ardan",),
    offices=(OfficeSpec(name="Ardan foreign ministry"),),
    people=(
        PersonSpec(
            id="ruf-elder",
            name="Ruf Elder",
            actor="arda",
            gender="m",
            surnames=("Elder",),
            roles=(Role(title="President", start=date(2020, 1, 1), rank="head"),),
        ),
        PersonSpec(
            id="ana-most",
            name="Ana Most",
            actor="arda",
            gender="f",
            surnames=("Most",),
            roles=(Role(title="Foreign Minister", start=date(2015, 1, 1), end=date(2021, 1, 1), rank="ministry"),),
        ),
    ),
    excluded=("Ardan-installed", "Ardan forces", "Ardan state media"),
)
BELMAR = ActorSpec(
    id="belmar",
    name="Belmar",
    names=("Belmar", "Tarn"),
    adjectives=("Belmari",),
    people=(PersonSpec(id="jon-vale", name="Jon Vale", actor="belmar", gender="m", surnames=("Vale",), roles=()),),
)
CORVIA = ActorSpec(id="corvia", name="Corvia", names=("Corvia",), adjectives=("Corvian",))
TOPIC = TopicSpec(id="hills", title="The hills", actor="arda", keywords=("hills",))

Read = Callable[[str], Reading]
Issues = Callable[[str], tuple[IssueMention, ...]]
Responses = Callable[[str], tuple[ResponseMention, ...]]


@pytest.fixture(scope="session")
def watch_context() -> ExtractContext:
    """The invented world with the shipped lexicons."""
    lexicons = load_catalogue().lexicons
    actors = {a.id: a for a in (ARDA, BELMAR, CORVIA)}
    catalogue = Catalogue(topics={TOPIC.id: TOPIC}, actors=actors, publishers={}, lexicons=lexicons)
    return ExtractContext.build(catalogue).on(DAY)


@pytest.fixture(scope="session")
def reading(parser: Parser, watch_context: ExtractContext) -> Read:
    """Read a text for issues and responses."""

    def reader(text: str) -> Reading:
        parsed = prepare(text, "", parser, watch_context.lexicon("quotations"))
        return read(parsed, watch_context, find_quotations(parsed, watch_context))

    return reader


@pytest.fixture(scope="session")
def issues(reading: Read) -> Issues:
    """Find issues in a sentence; another names the watched actor and its talks, so that the text is on the story."""
    lead = "Talks on peace between Arda and Belmar were held in Corvia."

    def finder(text: str) -> tuple[IssueMention, ...]:
        found = issues_of(reading(f"{lead}\n\n{text}"))
        return tuple(m for m in found if m.span.start > len(lead))

    return finder


@pytest.fixture(scope="session")
def responses(reading: Read) -> Responses:
    """Find responses in a text."""
    return lambda text: responses_of(reading(text))
