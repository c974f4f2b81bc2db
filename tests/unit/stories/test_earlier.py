"""The earlier position: on the same matter or none."""

from __future__ import annotations

import pytest

from briefings.model import Article, Stance, StoredResponse
from briefings.stories.earlier import earlier_position, positions
from briefings.stories.subjects import ground
from briefings.stories.targets import target
from tests.unit.stories.invented import ORVIA, article, context, development, response

GARRISON = article(
    1,
    "League promises garrison for the coast",
    "The League promised on Tuesday to station a garrison on the coast once a truce holds.",
)


def shown(sentence: str, *, at: Article | None = None, stance: Stance = "THREATEN", hours: float = -48) -> bool:
    where = at or article(2, "Said in Tarn", sentence, hours=hours)
    held: StoredResponse = response(1, where, sentence, stance=stance)
    about = ground([development(3, GARRISON)], [held], ORVIA, context())
    return earlier_position(positions([target(held, about)], about), about.subjects[0], about) == held


@pytest.mark.parametrize(
    ("sentence", "stance", "expected"),
    [
        ("Orvia will accept no garrison that the League may station, Vell said.", "REJECT", True),
        ("Any garrison that the League wants to station would be a target, Vell said.", "THREATEN", True),
        ("Any garrison that the League wants to station was discussed, Vell said.", "CONSULT", False),
        ("Brod said that he was ready to negotiate a deal after a call with Harlow.", "AGREE", False),
        ("Vell thanked Ruvia for the conditions of the talks on the coast.", "SUPPORT", False),
    ],
)
def test_earlier_position_when_said_elsewhere_then_two_things_must_be_shared(
    sentence: str, stance: Stance, expected: bool
) -> None:
    assert shown(sentence, stance=stance) is expected


def test_earlier_position_when_the_article_itself_recalls_it_then_one_thing_will_do() -> None:
    recalled = "Orvia has repeatedly stated that any foreign garrison would be fair game."
    home = article(1, GARRISON.title, f"{GARRISON.text} {recalled}")
    held = response(1, home, recalled, stance="THREATEN")
    about = ground([development(3, home)], [held], ORVIA, context())
    assert earlier_position(positions([target(held, about)], about), about.subjects[0], about) == held
    assert not shown("Orvia has repeatedly stated that any foreign bases would be fair game.")


def test_earlier_position_when_new_and_later_then_it_is_none() -> None:
    assert not shown("Any garrison that the League wants to station would be a target, Vell said.", hours=5)
