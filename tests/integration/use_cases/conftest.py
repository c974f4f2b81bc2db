"""A newsroom on a fresh SQLite file, with an extractor that finds what the test says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from briefings.errors import ExtractFailed
from briefings.model import Findings, IssueMention, Quotation, ResponseMention, Span, Speaker
from briefings.sources.sandbox import Sandbox
from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from briefings.stories.context import story_context
from briefings.use_cases.answer import Answers
from briefings.use_cases.newsroom import Newsroom
from config.catalogue import load_catalogue
from config.records import ActorSpec, Catalogue, PublisherSpec, TopicSpec
from tests.integration.sources.origin import Origin

from .two_articles import filled

ESTMARK = ActorSpec(
    id="estmark", name="Estmark", capital="Estborg", names=("Estmark", "Estborg"), adjectives=("Estmarkian",)
)
TOPIC = TopicSpec(
    id="strait",
    title="The strait",
    actor="estmark",
    keywords=("strait",),
    places=("Norland", "Estmark"),
    section_title="Estmarkian response watch",
)


class SentenceExtractor:
    """Finds by plain words: `remains unresolved`, `has not replied`, and one speaker's quotation in marks."""

    def __init__(self) -> None:
        self.n_asked = 0
        self.is_broken = False

    def extract(
        self, text: str, *, title: str = "", published: datetime | None = None, publisher: str = ""
    ) -> Findings:
        self.n_asked += 1
        if self.is_broken:
            msg = "the extractor took longer than 30 seconds; it starts anew with the next article"
            raise ExtractFailed(msg)
        spans = list(_sentences(text))
        return Findings(
            quotations=tuple(_quotation(text, s) for s in spans if '"' in s.cut(text)),
            issues=tuple(_issue(text, s) for s in spans if " remains unresolved" in s.cut(text))
            + tuple(_settled(text, s) for s in spans if " has been resolved" in s.cut(text)),
            responses=tuple(_silence(s) for s in spans if "has not replied" in s.cut(text)),
        )


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Span(start, start + len(line.rstrip()))
        start += len(line)


def _quotation(text: str, sentence: Span) -> Quotation:
    start = text.index('"', sentence.start) + 1
    name = text.index("Ada Holm")
    return Quotation(
        kind="direct",
        content=Span(start, text.index('"', start)),
        speaker=Speaker(mention=Span(name, name + 8), name="Ada Holm", role="envoy", actor="norland"),
    )


def _issue(text: str, sentence: Span) -> IssueMention:
    matter = Span(sentence.start, text.index(" remains", sentence.start))
    return IssueMention(span=sentence, matter=matter, label=matter.cut(text), status="open", cue="unresolved")


def _settled(text: str, sentence: Span) -> IssueMention:
    matter = Span(sentence.start, text.index(" has been resolved", sentence.start))
    return IssueMention(span=sentence, matter=matter, label=matter.cut(text), status="resolved", cue="settled")


def _silence(sentence: Span) -> ResponseMention:
    return ResponseMention(span=sentence, actor_id="estmark", actor="Estmark", stance="NO_RESPONSE", is_silence=True)


@pytest.fixture
def extractor() -> SentenceExtractor:
    return SentenceExtractor()


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(
        topics={"strait": TOPIC},
        actors={"estmark": ESTMARK},
        publishers={"Norland Post": PublisherSpec(name="Norland Post", kind="wire")},
        lexicons=load_catalogue().lexicons,
    )


@pytest.fixture
def room(tmp_path: Path, extractor: SentenceExtractor, catalogue: Catalogue) -> Iterator[Newsroom]:
    engine = open_engine(f"sqlite:///{tmp_path / 'briefings.db'}")
    migrate(engine)
    store = Store(engine)
    yield Newsroom(store=store, extractor=extractor, catalogue=catalogue, stories=story_context(catalogue))
    store.close()


@pytest.fixture
def answers(room: Newsroom) -> Answers:
    """Of a store of one's own."""
    return filled(room)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    """Of a store that many tests read, none of them for what another one wrote."""
    catalogue = Catalogue(
        topics={"strait": TOPIC}, actors={"estmark": ESTMARK}, publishers={}, lexicons=load_catalogue().lexicons
    )
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('answers') / 'briefings.db'}")
    migrate(engine)
    store = Store(engine)
    stories = story_context(catalogue)
    yield filled(Newsroom(store=store, extractor=SentenceExtractor(), catalogue=catalogue, stories=stories))
    store.close()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as opened:
        yield opened


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    async with Origin() as server:
        yield server
