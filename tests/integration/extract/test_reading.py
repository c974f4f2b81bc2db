from datetime import date

import pytest

from briefings.extract.dating import is_dated_back
from briefings.extract.modality import modality_of
from briefings.extract.reading import Reading
from briefings.extract.subjects import subject_of
from tests.integration.extract.watched import DAY, Read


def verb_of(reading: Reading, word: str) -> int:
    return next(t.i for t in reading.parsed.tokens if t.lower == word)


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Arda rejected the plan.", "rejected", "Arda"),
        ("The plan was rejected by Arda.", "rejected", "Arda"),
        ("The plan that Arda rejected was short.", "rejected", "Arda"),
        ("Arda, which rejected the plan, was silent.", "rejected", "Arda"),
        ("Arda welcomed the truce and praised the hosts.", "praised", "Arda"),
        ("An agency quoted Ruf Elder as saying that he would wait.", "saying", "Elder"),
        ("The plan rejected by Arda was short.", "rejected", "Arda"),
    ],
)
def test_subject_of_a_verb(reading: Read, text: str, verb: str, subject: str) -> None:
    read = reading(text)
    found = subject_of(read.parsed, verb_of(read, verb))
    assert found is not None
    assert read.parsed.tokens[found].text == subject


def test_modality_tells_denied_hypothetical_perfect_and_present(reading: Read) -> None:
    read = reading("Arda has not replied. If Arda replies, we go. Arda denies it. Arda could reply.")
    replied, replies, denies, reply = (verb_of(read, w) for w in ("replied", "replies", "denies", "reply"))
    assert modality_of(read.parsed, replied).is_denied
    assert modality_of(read.parsed, replied).is_perfect
    assert modality_of(read.parsed, replies).is_hypothetical
    assert modality_of(read.parsed, denies).is_present
    assert modality_of(read.parsed, reply).modal == "could"


@pytest.mark.parametrize(
    ("text", "is_back"),
    [
        ("In 2019 Arda rejected the plan.", True),
        ("Last year Arda rejected the plan.", True),
        ("Arda rejected the plan in January.", True),
        ("Arda rejected the plan in March.", False),
        ("Arda rejected the plan on Tuesday.", False),
        ("Arda rejected a plan for April.", False),
    ],
)
def test_act_of_an_earlier_month_is_dated_back(reading: Read, text: str, is_back: bool) -> None:
    read = reading(text)
    assert is_dated_back(read.parsed, verb_of(read, "rejected"), DAY.date()) is is_back


def test_dated_back_without_a_day_knows_only_years(reading: Read) -> None:
    read = reading("In January Arda rejected the plan.")
    assert not is_dated_back(read.parsed, verb_of(read, "rejected"), None)
    assert is_dated_back(read.parsed, verb_of(read, "rejected"), date(2026, 3, 1))


def test_person_out_of_office_speaks_for_nobody(reading: Read) -> None:
    read = reading("Ana Most rejected the plan.")
    party = read.acts[0][0].party
    assert party is not None
    assert (party.person, party.actors) == ("Ana Most", frozenset())


def test_coordinated_subjects_speak_for_both(reading: Read) -> None:
    party = reading("Arda and Belmar praised the talks.").acts[0][0].party
    assert party is not None
    assert (party.actors, party.actor) == (frozenset({"arda", "belmar"}), "arda")


def test_its_ministry_is_of_the_country_named_in_the_sentence(reading: Read) -> None:
    read = reading("Arda will send envoys, its foreign ministry said.")
    said = next(a for a in read.acts[0] if read.parsed.tokens[a.verb].lower == "said")
    assert said.party is not None
    assert said.party.actors == {"arda"}


@pytest.mark.parametrize("text", ["no " * 900, "Arda's demand " * 300, 'Arda said "no" and ' * 200, "\n" * 9_000])
def test_hostile_text_is_read_within_bounds(reading: Read, text: str) -> None:
    read = reading(text)
    assert all(len(acts) <= 40 for acts in read.acts)
    assert all(u.span.end <= len(text) for u in read.units)
