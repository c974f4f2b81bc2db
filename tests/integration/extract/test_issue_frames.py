"""Frames that say a matter is open, with what names it, and frames that say no such thing."""

import pytest

from tests.integration.extract.watched import Issues

NAMED = [
    ("The fate of the Sorrel dam remains one of the thorniest questions in the talks.", "Fate of the Sorrel dam"),
    ("Territory has emerged as the main stumbling block in the talks.", "Territory"),
    ("The two hardest points, territory and the dam, have still not been settled.", "Territory"),
    ("The status of the hills is no closer to being resolved.", "Status of the hills"),
    ("The status of the hills has dogged every round of negotiations since 2019.", "Status of the hills"),
    ("The “hills issue” remains unresolved after the talks in Corvia.", "Hills issue"),
    ('"The question of land is still not solved," Vale told reporters.', "Question of land"),
    ("The allies have clashed over how quickly Belmar should be admitted.", "How quickly Belmar should be admitted"),
    ("Ambassadors failed to reach agreement on a lower price cap for Ardan oil.", "Lower price cap for Ardan oil"),
    ("There is no unity within the bloc on the question of talking to Elder.", "Talking to Elder"),
    ("The proposal to seize the Ardan assets has divided allied capitals.", "Proposal to seize the Ardan assets"),
    ("Corvia continues to resist the plan to use Ardan assets.", "Plan to use Ardan assets"),
    ("It showed the divisions among members over giving Belmar an invitation.", "Giving Belmar an invitation"),
    ("The meeting produced no concrete result on the Sorrel dam.", "Sorrel dam"),
    ("The negotiations did not lead to any major breakthrough on the border.", "Border"),
    ("Direct talks on the port are stalled, although contacts on prisoners continue.", "Direct talks on the port"),
    ("The plan for a joint force collapsed after two days of argument.", "Plan for a joint force"),
    ("Uncertainty surrounds the next round of talks.", "Next round of talks"),
    ("Details of the proposed security guarantees are scarce.", "Proposed security guarantees"),
    ("Neither side has disclosed what was agreed on the territories.", "What was agreed on the territories"),
    ("Corvia did not say what guarantees it had offered to Belmar.", "What guarantees it had offered to Belmar"),
    ("It remains to be seen if Sol will accept the plan.", "Whether Sol will accept the plan"),
    ("It is uncertain how the 800,000 limit on troops would work.", "How the 800,000 limit on troops would work"),
    ("The bloc will decide in December whether to extend the sanctions.", "Whether to extend the sanctions"),
    ("The peace plan is still being refined, a Corvian official said.", "Peace plan"),
    ("Corvia still has not responded to the Belmari peace proposal.", "Belmari peace proposal"),
    ("Arda insists that Belmar withdraw, while Vale has ruled out territorial concessions.", "Territorial concessions"),
    ("Belmar wants a ceasefire first, while Sol says a treaty must come before any truce.", "Ceasefire"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "label"), NAMED)
def test_issue_when_a_frame_says_that_it_is_open_is_named_by_its_matter(
    issues: Issues, sentence: str, label: str
) -> None:
    assert [m.label for m in issues(sentence) if m.status != "resolved"] == [label]


def test_issue_when_it_is_called_so_only_before_is_named_by_the_fuller_phrase(issues: Issues) -> None:
    text = "Vale praised the plan for a joint force on the border.\n\nCorvia and Belmar are at odds over the plan."
    assert [m.label for m in issues(text)][-1] == "Plan for a joint force on the border"


NOTHING_OPEN = [
    "Leaders agreed to lend Belmar nine billion, ending months of wrangling over the Ardan assets.",
    '"To avoid a deadlock, the meeting has to be prepared well," Ruf Elder said.',
    "It is unclear who will win the battle for the hills.",
    "Last autumn Sol demanded a truce, which Belmar rejected in October.",
    "Vale called for tougher sanctions on Arda if it did not agree to a ceasefire.",
    "Sol has consistently stated its opposition to sending allied troops to Belmar.",
]


@pytest.mark.parametrize("sentence", NOTHING_OPEN)
def test_issue_when_a_frame_says_no_such_thing_is_not_given(issues: Issues, sentence: str) -> None:
    assert not [m for m in issues(sentence) if m.status != "resolved"]
