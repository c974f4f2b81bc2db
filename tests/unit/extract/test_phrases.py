import pytest

from briefings.extract.inflect import verb_forms
from briefings.extract.phrases import PhraseIndex, split_words
from config.records import ConfigError, Lexicon

GROUPS = {
    "irregular": ("say says said saying",),
    "set_not": ("not", "never"),
    "denial": ("<not> ~2 +comment", "neither confirmed nor denied"),
    "report": ("+say", "+reply"),
    "open": ("remain* ~3 unresolved", "unclear", "at odds", "issue|question of whether?"),
}


def find(text: str) -> list[tuple[str, str]]:
    index = PhraseIndex(Lexicon(name="test", groups=GROUPS))
    return [(c.group, text[c.start : c.end]) for c in index.find(split_words(text))]


@pytest.mark.parametrize(
    ("text", "group", "words"),
    [
        ("He said so.", "report", "said"),
        ("They replied.", "report", "replied"),
        ("It has not yet commented.", "denial", "not yet commented"),
        ("He didn’t comment.", "denial", "n’t comment"),
        ("It remains wholly unresolved.", "open", "remains wholly unresolved"),
        ("UNCLEAR to all", "open", "UNCLEAR"),
        ("They are at odds over it.", "open", "at odds"),
        ("the question of whether it is", "open", "question of whether"),
        ("the issue of land", "open", "issue of"),
    ],
)
def test_row_is_found_as_written(text: str, group: str, words: str) -> None:
    assert (group, words) in find(text)


@pytest.mark.parametrize(
    "text",
    [
        "It was resolved.",  # words, not parts of words
        "It remains, as many say in the town today, long after, unresolved.",  # the gap is too wide
        "It remains, unresolved.",  # a mark breaks a phrase
        "It remains never unresolved.",  # a gap holds no denial
        "oddly at home",
    ],
)
def test_row_is_not_found_across_breaks_denials_and_wide_gaps(text: str) -> None:
    assert [g for g, _ in find(text) if g == "open"] == []


def test_longest_row_of_a_group_wins_at_one_place() -> None:
    assert find("the question of whether")[0][1] == "question of whether"


def test_cannot_is_two_words() -> None:
    assert [w.text for w in split_words("It cannot be, won't it?")] == ["it", "can", "not", "be", "will", "not", "it"]


def test_possessive_is_split_with_its_place() -> None:
    words = split_words("Arda’s reply")
    assert [(w.text, w.start, w.end) for w in words] == [("arda", 0, 4), ("'s", 4, 6), ("reply", 7, 12)]


def test_unknown_set_names_the_group_and_the_file() -> None:
    with pytest.raises(ConfigError, match=r"set_missing.*grammar\.toml"):
        PhraseIndex(Lexicon(name="test", groups={"open": ("<missing> word",)}))


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("push", {"push", "pushes", "pushed", "pushing"}),
        ("say", {"say", "says", "said", "saying"}),
        ("urge", {"urge", "urges", "urged", "urging"}),
    ],
)
def test_forms_of_a_verb(verb: str, forms: set[str]) -> None:
    irregular = {"say": ("say", "says", "said", "saying")}
    found = verb_forms(verb, irregular)
    assert found == forms if verb != "agree" else forms <= found


def test_long_run_of_letters_takes_no_time() -> None:
    assert find("x" * 200_000) == []
