"""The worked example of docs/catalogue.md loads, does what the page says, and the page names every key."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefings.stories.topics import topics_of
from config.catalogue import Catalogue, ConfigError, load_catalogue

DOC = (Path(__file__).parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")
FILES = {m[1]: m[2] for m in re.finditer(r"`([\w/]+\.toml)`:\n\n```toml\n(.*?)```", DOC, re.DOTALL)}
KEYS = {
    m[1]: re.findall(r"^\| `(\w+)` \|", m[2], re.MULTILINE)
    for m in re.finditer(r"^### ([^\n]*)\n(.*?)(?=^##|\Z)", DOC, re.MULTILINE | re.DOTALL)
}


def lay(folder: Path, files: dict[str, str]) -> Catalogue:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_catalogue(folder)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return lay(tmp_path_factory.mktemp("overlay"), FILES)


def test_example_when_read_then_has_its_files() -> None:
    assert set(FILES) == {
        "actors/norland.toml",
        "actors/sudmark.toml",
        "topics.toml",
        "feeds.toml",
        "actors/ukraine.toml",
    }


def test_example_when_loaded_then_the_actor_is_watched(catalogue: Catalogue) -> None:
    topic = catalogue.topic("strait")
    assert topic.actor == "norland"
    assert topic.section_title == "Norlandic response watch"
    assert {o.name for o in catalogue.actors["norland"].offices} == {"Norlandic Foreign Ministry", "Norlandic Ting"}
    assert [p.name for p in catalogue.publishers.values() if p.carries == "norland"] == ["Norlandic Foreign Ministry"]


def test_example_when_a_person_is_asked_for_then_the_role_is_that_of_the_day(catalogue: Catalogue) -> None:
    holm, may = catalogue.actors["norland"].people
    roles = [holm.role_on(date(year, 1, 1)) for year in (2016, 2019, 2026)]
    assert [role and role.title for role in roles] == [
        None,
        "Norlandic ambassador to Sudmark",
        "Norlandic Foreign Minister",
    ]
    assert may.surnames == ()


def test_example_when_an_actor_is_extended_then_the_shipped_people_stay(catalogue: Catalogue) -> None:
    names = {p.name for p in catalogue.actors["ukraine"].people}
    assert {"Oksana Vymyshlena", "Volodymyr Zelensky"} <= names


def test_example_when_an_article_names_a_place_then_belongs_to_the_topic(catalogue: Catalogue) -> None:
    assert topics_of("Sudhaven offers a lower toll", "The ferry talks go on.", catalogue) == ("strait",)
    assert topics_of("Toll for lorries", "Drivers pay more.", catalogue) == ()


def test_example_when_it_is_laid_over_then_the_shipped_topic_stays(catalogue: Catalogue) -> None:
    assert "ukraine" in catalogue.topics


def test_example_when_dates_are_compared_then_the_actor_is_the_one_spoken_for(catalogue: Catalogue) -> None:
    day = datetime(2026, 1, 10, tzinfo=UTC).date()
    assert {p.actor_on(day) for p in catalogue.actors["norland"].people} == {"norland"}


def test_word_group_example_when_loaded_then_adds_the_word(tmp_path: Path) -> None:
    (text,) = (b for b in re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL) if b.startswith("[groups."))
    speech = lay(tmp_path, {"lexicon/quotations.toml": text}).lexicon("quotations").words("speech")
    assert {"harrumph", "say"} <= set(speech)


# a row with a key that nothing reads; the error lists those that are read
UNREAD = {
    "Actor": ("actors/norland.toml", "zzz = 1\n"),
    "Office": ("actors/norland.toml", 'name = "N"\n[offices.a]\nzzz = 1\n'),
    "Person": ("actors/norland.toml", 'name = "N"\n[people.a]\nzzz = 1\n'),
    "Role": ("actors/norland.toml", 'name = "N"\n[people.a]\nname = "A B"\nroles = [{ zzz = 1 }]\n'),
    "Topic": ("topics.toml", "[topics.a]\nzzz = 1\n"),
    "Publisher": ("feeds.toml", "[publishers.a]\nzzz = 1\n"),
    "Word group": ("lexicon/quotations.toml", "[groups.speech]\nzzz = 1\n"),
}


def test_keys_when_listed_then_every_kind_of_row_has_a_table() -> None:
    assert set(KEYS) == set(UNREAD)


@pytest.mark.parametrize("kind", UNREAD)
def test_keys_when_compared_then_page_and_loader_have_the_same(kind: str, tmp_path: Path) -> None:
    name, text = UNREAD[kind]
    with pytest.raises(ConfigError, match="unknown key 'zzz'") as caught:
        lay(tmp_path, {name: text})
    read = str(caught.value).rsplit("there are: ", maxsplit=1)[1].split(", ")
    assert sorted(KEYS[kind]) == sorted(read)
