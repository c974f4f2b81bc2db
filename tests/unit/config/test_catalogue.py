"""The loader: what the files come to, and the operator's folder over them."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

from config.catalogue import ConfigError, OfficeSpec, Role, load_catalogue
from tests.unit.config.small import NORLAND, load, write


def test_actor_when_loaded_then_has_people_and_offices(tmp_path: Path) -> None:
    actor = load(tmp_path).actors["norland"]
    assert actor.id == "norland"
    assert actor.capital == "Skarhaven"
    assert actor.offices == (OfficeSpec(name="Norlandic Sea Office", variants=("Norland's Sea Office",)),)
    (person,) = actor.people
    assert person.actor == "norland"
    assert person.roles == (
        Role(title="Norlandic envoy", start=date(2020, 1, 1), end=date(2024, 1, 1), rank="ministry"),
    )


def test_actor_when_no_names_are_given_then_its_name_stands_for_it(tmp_path: Path) -> None:
    assert load(tmp_path).actors["norland"].names == ("Norland",)


def test_person_when_no_surnames_are_given_then_the_last_word_stands_alone(tmp_path: Path) -> None:
    assert load(tmp_path).actors["norland"].people[0].surnames == ("Holm",)


def test_person_when_surnames_are_empty_then_nothing_stands_alone(tmp_path: Path) -> None:
    norland = NORLAND.replace('gender = "f"', "surnames = []")
    (person,) = load(tmp_path, norland=norland).actors["norland"].people
    assert person.surnames == ()
    assert person.gender is None


def test_topic_when_it_has_no_section_title_then_the_adjective_of_its_actor_makes_one(tmp_path: Path) -> None:
    assert load(tmp_path).topic("strait").section_title == "Norlandic response watch"


def test_publisher_when_only_a_feed_is_given_then_it_is_english_media(tmp_path: Path) -> None:
    publisher = load(tmp_path).publishers["Harbour Post"]
    assert (publisher.kind, publisher.language, publisher.carries, publisher.topics) == ("media", "en", None, ())


def test_catalogue_when_loaded_then_can_be_handed_to_a_child_process(tmp_path: Path) -> None:
    catalogue = load(tmp_path)
    assert pickle.loads(pickle.dumps(catalogue)) == catalogue  # noqa: S301 -- our own bytes


def test_file_when_it_begins_with_a_byte_order_mark_then_is_read(tmp_path: Path) -> None:
    overlay = {"topics.toml": '\ufeff[topics.ice]\ntitle = "Ice"\nactor = "norland"\nplaces = ["the ice"]\n'}
    assert load(tmp_path, overlay).topic("ice").title == "Ice"


# ---- the operator's folder ------------------------------------------------------------------------------


def test_overlay_when_it_has_the_same_id_then_replaces_the_row(tmp_path: Path) -> None:
    overlay = {"topics.toml": '[topics.strait]\ntitle = "The ferry"\nactor = "norland"\nnames = ["Holm"]\n'}
    topic = load(tmp_path, overlay).topic("strait")
    assert (topic.title, topic.keywords, topic.names) == ("The ferry", (), ("Holm",))


def test_overlay_when_it_extends_then_adds_to_lists_and_tables(tmp_path: Path) -> None:
    more = 'extends = true\nadjectives = ["Norish"]\n[people.bo-lind]\nname = "Bo Lind"\n'
    actor = load(tmp_path, {"actors/norland.toml": more}).actors["norland"]
    assert actor.adjectives == ("Norlandic", "Norish")
    assert [p.name for p in actor.people] == ["Ada Holm", "Bo Lind"]
    assert actor.capital == "Skarhaven"


def test_overlay_when_it_extends_a_word_group_then_adds_words(tmp_path: Path) -> None:
    overlay = {"lexicon/manners.toml": '[groups.greetings]\nextends = true\nwords = ["hello"]\n'}
    assert load(tmp_path, overlay).lexicon("manners").words("greetings") == ("hail", "hello")


def test_overlay_when_it_adds_rows_then_the_shipped_ones_stay(tmp_path: Path) -> None:
    overlay = {
        "actors/sudmark.toml": 'name = "Sudmark"\n',
        "topics.toml": '[topics.salt]\ntitle = "Salt"\nactor = "sudmark"\nkeywords = ["salt"]\n',
        "feeds.toml": '[publishers."Salt Office"]\nkind = "official"\ncarries = "sudmark"\ntopics = ["salt"]\n',
    }
    catalogue = load(tmp_path, overlay)
    assert set(catalogue.topics) == {"strait", "salt"}
    assert catalogue.publishers["Salt Office"].topics == ("salt",)
    assert {"norland", "sudmark"} == set(catalogue.actors)


def test_overlay_when_empty_then_changes_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, {}) == load(tmp_path)


def test_overlay_when_it_is_no_folder_then_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"CONFIG_DIR .*missing: no such folder; create it or unset CONFIG_DIR"):
        load_catalogue(tmp_path / "missing", shipped=write(tmp_path, {}))


# ---- look-ups ---------------------------------------------------------------------------------------------


def test_topic_when_unknown_then_the_error_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no topic 'straight'; there are: strait"):
        load(tmp_path).topic("straight")


def test_lexicon_when_unknown_then_the_error_says_what_to_restore(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no lexicon/verbs\.toml; restore the shipped file"):
        load(tmp_path).lexicon("verbs")


def test_words_when_the_group_is_unknown_then_the_error_names_file_and_group(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"lexicon/manners\.toml has no group 'partings'"):
        load(tmp_path).lexicon("manners").words("partings")
