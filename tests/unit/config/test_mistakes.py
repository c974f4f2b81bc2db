"""Every kind of mistake in a file is an error that names file, key and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.catalogue import ConfigError
from tests.unit.config.small import NORLAND, load, write

# what is wrong: file, its text, then file, key and remedy as the message has them
TOPIC = '[topics.ice]\ntitle = "Ice"\nactor = "norland"\nkeywords = ["ice"]\n'
FEED = '[publishers."Ice News"]\n'
PERSON = '[people.bo-lind]\nname = "Bo Lind"\n'
ACTOR = 'name = "Sudmark"\n'
MISTAKES = {
    "syntax": ("topics.toml", "[topics.ice\n", "topics.toml", "not valid TOML", "mend that line"),
    "key twice": ("topics.toml", TOPIC + 'title = "Ice"\n', "topics.toml", "not valid TOML", "mend that line"),
    "unknown key": ("topics.toml", TOPIC + 'keyword = ["x"]\n', "topics.ice", "'keyword'", "did you mean 'keywords'?"),
    "unknown table": ("topics.toml", "[topic.ice]\n", "topics.toml", "'topic'", "did you mean 'topics'?"),
    "unlike any key": ("topics.toml", TOPIC + "zzz = 1\n", "topics.ice", "'zzz'", "there are: actor, aliases"),
    "missing key": ("topics.toml", '[topics.ice]\nactor = "norland"\n', "topics.ice", "'title'", 'add title = "..."'),
    "blank": ("topics.toml", TOPIC.replace('"Ice"', '" "'), "topics.ice.title", "blank", "write something"),
    "number for text": ("topics.toml", TOPIC.replace('"Ice"', "7"), "topics.ice.title", "a number", "text in quotes"),
    "yes for text": ("topics.toml", TOPIC.replace('"Ice"', "true"), "topics.ice.title", "a yes/no", "text in quotes"),
    "text for list": (
        "topics.toml",
        TOPIC.replace('["ice"]', '"ice"'),
        "topics.ice.keywords",
        "not text",
        "a list like",
    ),
    "number in list": (
        "topics.toml",
        TOPIC.replace('"ice"]', "1]"),
        "topics.ice.keywords",
        "entry 1",
        "text in quotes",
    ),
    "blank in list": (
        "topics.toml",
        TOPIC.replace('"ice"]', '"ice", ""]'),
        "topics.ice.keywords",
        "entry 2",
        "remove it",
    ),
    "list for tables": ("topics.toml", "topics = []\n", "topics.toml: topics", "not a list", "[topics.NAME]"),
    "text for table": ("topics.toml", '[topics]\nice = "x"\n', "topics.ice", "not text", "a table like [topics.ice]"),
    "alias is no text": (
        "topics.toml",
        TOPIC + "aliases = { kyst = 4 }\n",
        "topics.ice.aliases.kyst",
        "a number",
        "text",
    ),
    "aliases are a list": (
        "topics.toml",
        TOPIC + "aliases = []\n",
        "topics.ice.aliases",
        "a list",
        '"words" = "meaning"',
    ),
    "unknown actor": (
        "topics.toml",
        TOPIC.replace("norland", "nordland"),
        "topics.ice.actor",
        "'nordland'",
        "'norland'?",
    ),
    "nothing to look for": ("topics.toml", TOPIC.replace('["ice"]', "[]"), "topics.ice", "no article", "add keywords"),
    "carries unknown": ("feeds.toml", FEED + 'carries = "sud"\n', "publishers.Ice News.carries", "'sud'", "norland"),
    "unknown topic": ("feeds.toml", FEED + 'topics = ["snow"]\n', "publishers.Ice News.topics", "'snow'", "strait"),
    "unknown kind": (
        "feeds.toml",
        FEED + 'kind = "offisial"\n',
        "publishers.Ice News.kind",
        "'offisial'",
        "'official'?",
    ),
    "feed by ftp": (
        "feeds.toml",
        FEED + 'feeds = ["ftp://ice.example/rss"]\n',
        "publishers.Ice News.feeds",
        "ftp://",
        "https://",
    ),
    "feed without scheme": (
        "feeds.toml",
        FEED + 'feeds = ["ice.example/rss"]\n',
        "publishers.Ice News.feeds",
        "ice.example",
        "https://",
    ),
    "feed without host": (
        "feeds.toml",
        FEED + 'feeds = ["https:///rss"]\n',
        "publishers.Ice News.feeds",
        "https:///rss",
        "in full",
    ),
    "feed with a bad port": (
        "feeds.toml",
        FEED + 'feeds = ["http://a.example:99999/"]\n',
        "publishers.Ice News.feeds",
        "99999",
        "in full",
    ),
    "feed of two": (
        "feeds.toml",
        FEED + 'feeds = ["https://harbour.example/rss"]\n',
        "publishers.Ice News",
        "under Harbour Post",
        "remove one",
    ),
    "extends nothing": (
        "topics.toml",
        TOPIC + "extends = true\n",
        "topics.ice.extends",
        "nothing shipped",
        "remove 'extends'",
    ),
    "extends is text": ("topics.toml", TOPIC + 'extends = "yes"\n', "topics.ice.extends", "must be true", "remove it"),
    "date in quotes": (
        "actors/sudmark.toml",
        ACTOR + PERSON + 'roles = [{ title = "Envoy", start = "2020-01-01" }]\n',
        "people.bo-lind.roles[1].start",
        "not text",
        "2024-05-14 without quotes",
    ),
    "date with a time": (
        "actors/sudmark.toml",
        ACTOR + PERSON + 'roles = [{ title = "Envoy", start = 2020-01-01T00:00:00 }]\n',
        "people.bo-lind.roles[1].start",
        "a date like",
        "2024-05-14",
    ),
    "no such day": (
        "actors/sudmark.toml",
        ACTOR + PERSON + 'roles = [{ title = "Envoy", start = 2020-02-30 }]\n',
        "sudmark.toml",
        "not valid TOML",
        "dates are written 2024-05-14",
    ),
    "end before start": (
        "actors/sudmark.toml",
        ACTOR + PERSON + 'roles = [{ title = "Envoy", start = 2021-01-01, end = 2020-01-01 }]\n',
        "people.bo-lind.roles[1].end",
        "2020-01-01",
        "swap or mend",
    ),
    "role without title": (
        "actors/sudmark.toml",
        ACTOR + PERSON + "roles = [{ start = 2020-01-01 }]\n",
        "people.bo-lind.roles[1]",
        "'title'",
        "add title",
    ),
    "role is text": (
        "actors/sudmark.toml",
        ACTOR + PERSON + 'roles = ["Envoy"]\n',
        "people.bo-lind.roles",
        "a list of tables",
        "title",
    ),
    "unknown rank": (
        "actors/sudmark.toml",
        ACTOR + PERSON + 'roles = [{ title = "Envoy", rank = "minister" }]\n',
        "people.bo-lind.roles[1].rank",
        "'minister'",
        "'ministry'?",
    ),
    "role for nobody": (
        "actors/sudmark.toml",
        ACTOR + PERSON + 'roles = [{ title = "Envoy", actor = "norlan" }]\n',
        "people.bo-lind",
        "'norlan'",
        "'norland'?",
    ),
    "unknown gender": (
        "actors/sudmark.toml",
        ACTOR + PERSON + 'gender = "x"\n',
        "people.bo-lind.gender",
        "'x'",
        "f, m",
    ),
    "person of two actors": (
        "actors/sudmark.toml",
        ACTOR + PERSON.replace("bo-lind", "ada-holm"),
        "people.ada-holm",
        "actors/norland.toml",
        "give this one another",
    ),
    "office rank": (
        "actors/sudmark.toml",
        ACTOR + '[offices."Mint"]\nrank = "top"\n',
        "offices.Mint.rank",
        "'top'",
        "there are: head",
    ),
    "no actor name": ("actors/sudmark.toml", 'capital = "Sud"\n', "sudmark.toml", "'name'", 'add name = "..."'),
    "word group unknown": (
        "lexicon/manners.toml",
        '[groups.greeting]\norigin = "x"\nwords = ["a"]\n',
        "groups.greeting",
        "'manners/greeting'",
        "'manners/greetings'?",
    ),
    "words without origin": (
        "lexicon/manners.toml",
        '[groups.greetings]\nwords = ["a"]\n',
        "groups.greetings",
        "'origin'",
        "add origin",
    ),
    "group without words": (
        "lexicon/manners.toml",
        '[groups.greetings]\norigin = "x"\n',
        "groups.greetings",
        "'words'",
        "add words",
    ),
    "file of no use": (
        "topic.toml",
        "",
        "topic.toml",
        "nothing reads a file of this name",
        "did you mean 'topics.toml'?",
    ),
    "folder of no use": (
        "actor/sudmark.toml",
        ACTOR,
        "actor/sudmark.toml",
        "nothing reads a folder",
        "did you mean 'actors'?",
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_mistake_when_loaded_then_one_line_names_file_key_and_remedy(case: str, tmp_path: Path) -> None:
    name, text, *wanted = MISTAKES[case]
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, {name: text})
    message = str(caught.value)
    assert name.rsplit("/", maxsplit=1)[-1] in message
    for words in wanted:
        assert words in message
    assert "\n" not in message
    assert len(message.replace(str(tmp_path), "")) < 250


def test_mistake_when_in_a_shipped_file_then_is_found_too(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"norland\.toml: unknown key 'capitol'; did you mean 'capital'\?"):
        load(tmp_path, norland=NORLAND.replace("capital", "capitol"))


def test_file_when_not_utf8_then_the_byte_is_named(tmp_path: Path) -> None:
    overlay = write(tmp_path / "mine", {})
    (overlay / "topics.toml").write_bytes('[topics.ice]\ntitle = "Eisb\xe4r"\n'.encode("latin-1"))
    with pytest.raises(ConfigError, match=r"topics\.toml: not UTF-8 text \(byte 26\); save the file as UTF-8"):
        load(tmp_path, {})


def test_file_when_it_cannot_be_read_then_says_so(tmp_path: Path) -> None:
    (tmp_path / "mine" / "topics.toml").mkdir(parents=True)
    with pytest.raises(ConfigError, match=r"topics\.toml: can't be read \(.*\); check its permissions"):
        load(tmp_path, {})
