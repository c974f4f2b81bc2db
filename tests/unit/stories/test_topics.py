"""Which topics an article belongs to."""

from __future__ import annotations

import pytest

from briefings.stories.topics import topics_of
from config.records import Catalogue, TopicSpec

STRAIT = TopicSpec(
    id="strait", title="Strait", actor="estmark", keywords=("ceasefire", "ferry"), names=("Holm",), places=("Norland",)
)
WORDS_ONLY = TopicSpec(id="ferries", title="Ferries", actor="estmark", keywords=("ferry",))
CATALOGUE = Catalogue(topics={t.id: t for t in (STRAIT, WORDS_ONLY)}, actors={}, publishers={}, lexicons={})


@pytest.mark.parametrize(
    ("title", "text", "topics"),
    [
        ("Talks in Norland", "They met.", ("strait",)),
        ("Talks", "Norland's envoy met them.", ("strait",)),
        ("A ceasefire elsewhere", "The ceasefire holds. A second ceasefire and a third ceasefire.", ()),
        ("Norlanders abroad", "Holmes is not Holm-like? No.", ("strait",)),
        ("Norlanders abroad", "Holmes is a detective.", ()),
        ("Long", "x" * 800 + " The ceasefire in Norland broke the ceasefire rules.", ("strait",)),
        ("Long", "x" * 800 + " Norland once.", ()),
        ("A ferry sank", "Far away.", ("ferries",)),
        ("", "", ()),
    ],
)
def test_topics_of_when_words_stand_so_then_belongs(title: str, text: str, topics: tuple[str, ...]) -> None:
    assert topics_of(title, text, CATALOGUE) == topics
