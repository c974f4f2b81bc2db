import pytest

from briefings.extract.issues import issues_of
from tests.integration.extract.watched import Issues, Read

OPEN = [
    ("unresolved", "The critical issue of water rights remains unresolved.", "Water rights"),
    ("unresolved", "The main sticking point is the status of the hills.", "Status of the hills"),
    ("unresolved", "Access to the port is still the biggest obstacle to a deal.", "Access to the port"),
    ("disagreement", "Arda and Belmar are at odds over the border.", "Border"),
    ("disagreement", "Members of the alliance are divided on a new aid package.", "New aid package"),
    ("disagreement", "The sides remain far apart on security guarantees.", "Security guarantees"),
    ("no_agreement", "The talks ended without an agreement on a ceasefire.", "Ceasefire"),
    ("no_agreement", "Negotiators failed to agree on the withdrawal of guns.", "Withdrawal of guns"),
    ("no_agreement", "Peace talks have stalled.", "Peace talks"),
    ("no_agreement", "There was no breakthrough on the prisoners.", "Prisoners"),
    ("unclear", "It is unclear whether Arda will attend the summit.", "Whether Arda will attend the summit"),
    ("unclear", "The future of the grain deal is in doubt.", "Future of the grain deal"),
    ("unclear", "Corvia did not say when the peacekeepers would arrive.", "When the peacekeepers would arrive"),
    ("pending", "Sanctions on Arda have not yet been approved.", "Sanctions on Arda"),
    ("pending", "Corvia has yet to decide on the delivery of tanks.", "Delivery of tanks"),
    ("pending", "A decision on frozen assets was postponed.", "Frozen assets"),
    ("pending", "The draft treaty is still being negotiated.", "Draft treaty"),
    ("pending", "No date has been set for the summit.", "Summit"),
]


@pytest.mark.parametrize(("cue", "sentence", "label"), OPEN)
def test_cue_and_label_of_an_open_matter(issues: Issues, cue: str, sentence: str, label: str) -> None:
    (found,) = issues(sentence)
    assert (found.cue, found.status, found.label) == (cue, "open", label)


CLASHES = [
    "Arda demands the hills, a claim that Belmar rejects.",
    "Arda wants a Corvian mission gone, but Belmar has ruled that out.",
    "Belmar is seeking to join the alliance. Arda has rejected that demand.",
]


@pytest.mark.parametrize("text", CLASHES)
def test_two_sides_that_ask_and_refuse_are_a_clash(issues: Issues, text: str) -> None:
    assert [m.cue for m in issues(text)] == ["position_clash"]


NO_ISSUE = [
    "It was unclear how many people were injured in the blast.",
    "The claims could not be independently verified.",
    "Corvia hopes to avoid a deadlock.",
    "If the talks stall, Belmar will turn to its allies.",
    "The border question is no longer unresolved.",
    "After weeks of stalled talks, Arda and Belmar signed a truce.",
    "Corvia is expected to welcome the envoys on Monday.",
    "Shares fell and analysts were divided over the price.",
    "Arda rejected the plan.",
    "Belmar could fail to agree on a budget.",
]


@pytest.mark.parametrize("sentence", NO_ISSUE)
def test_no_open_issue_where_the_guidelines_see_none(issues: Issues, sentence: str) -> None:
    assert [m.label for m in issues(sentence) if m.status != "resolved"] == []


def test_status_is_narrowed_when_there_is_movement(issues: Issues) -> None:
    (found,) = issues("Both accepted the truce in principle, but its monitoring remains unresolved.")
    assert found.status == "narrowed"


def test_status_is_open_when_movement_is_denied(issues: Issues) -> None:
    (found,) = issues("There was no progress on the border.")
    assert found.status == "open"


def test_settled_matter_is_resolved(issues: Issues) -> None:
    (found,) = issues("Arda and Belmar signed an agreement on the dam.")
    assert (found.status, found.cue) == ("resolved", "settled")


def test_question_about_the_future_is_unclear(issues: Issues) -> None:
    (found,) = issues("Could Corvia host peace talks between the two?")
    assert found.cue == "unclear"


def test_positions_are_given_by_party_with_its_actor(issues: Issues) -> None:
    text = (
        "The issue of territorial concessions remains unresolved.\n\n"
        "Ruf Elder has insisted that Belmar withdraw from the hills, "
        "while Jon Vale has ruled out territorial concessions."
    )
    first = issues(text)[0]
    assert [(p.party, p.actor) for p in first.positions] == [("Ruf Elder", "arda"), ("Jon Vale", "belmar")]


def test_heading_of_a_few_words_is_no_issue(issues: Issues) -> None:
    assert issues("Border dispute unresolved\n\nEnvoys flew home on Monday.") == ()


def test_issue_inside_a_quotation_is_its_own_sentence(issues: Issues) -> None:
    text = '"We met for hours. The border is still unresolved," an envoy said.'
    (found,) = issues(text)
    assert found.cue == "unresolved"


def test_silence_of_the_watched_actor_is_no_issue(issues: Issues) -> None:
    assert issues("Arda has yet to comment on the summit.") == ()


def test_article_without_the_watched_actor_has_no_issue(reading: Read) -> None:
    assert issues_of(reading("Talks between bakers and owners have stalled. It is unclear who will bake.")) == ()
