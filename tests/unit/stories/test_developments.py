"""Which event an article reports."""

from __future__ import annotations

import pytest

from briefings.model import Article, Publisher
from briefings.stories.developments import place
from tests.unit.stories.invented import article, context, development

DESK = Publisher(name="Copper Desk", kind="wire")
STRIKE = article(
    1,
    "Orvian missiles hit Selm, five dead",
    "Orvian missiles hit the coastal capital on Tuesday, killing five people in an apartment block, the mayor said.",
)


def joins(new: Article, *olds: Article) -> bool:
    return place(new, [development(10 + a.id, a) for a in olds], context()) is not None


def test_place_when_one_event_in_other_words_then_joins() -> None:
    new = article(
        2, "Five killed in attack on coastal capital", "Missiles killed five people in Selm on Tuesday.", hours=3
    )
    assert place(new, [development(7, STRIKE)], context()) == 7


@pytest.mark.parametrize(
    ("title", "text", "hours"),
    [
        (
            "Second night of strikes on Selm",
            "Orvian drones hit the coastal capital on Wednesday, wounding ten people.",
            26,
        ),
        ("Orvian missiles hit Dorr, five dead", "Orvian missiles killed five people in Dorr on Tuesday.", 4),
        ("Coast and Orvia exchange 150 prisoners", "Orvia handed over 150 prisoners on Tuesday.", 5),
    ],
)
def test_place_when_look_alike_then_new(title: str, text: str, hours: float) -> None:
    assert not joins(article(2, title, text, hours=hours), STRIKE)


def test_place_when_another_package_number_then_new() -> None:
    old = article(
        1, "League adopts 19th sanctions package against Orvia", "The League adopted a 19th sanctions package."
    )
    new = article(
        2, "League drafts 20th sanctions package against Orvia", "The League drafted a 20th sanctions package."
    )
    assert not joins(new, old)


def test_place_when_another_partner_in_call_then_new() -> None:
    old = article(
        1, "Brod and Harlow speak by phone", "Janek Brod and Dale Harlow spoke by phone on Tuesday about a truce."
    )
    new = article(
        2, "Brod and Sorel speak by phone", "Janek Brod and Maret Sorel spoke by phone on Tuesday about a truce."
    )
    assert not joins(new, old)


def test_place_when_other_event_only_in_background_then_new() -> None:
    call = article(
        1, "Brod and Harlow speak by phone", "Janek Brod and Dale Harlow spoke by phone on Tuesday about a truce."
    )
    new = article(
        2,
        "Drones strike Selm hours after Brod-Harlow call",
        "Drones struck Selm late on Tuesday, hours after Janek Brod and Dale Harlow spoke by phone about a truce.",
        hours=12,
    )
    assert not joins(new, call)


def test_place_when_copy_or_revision_then_same_development() -> None:
    copy = article(2, "Another title", "Other words.", copy_of=1)
    assert place(copy, [development(7, STRIKE)], context()) == 7
    assert place(article(1, "Retitled", "Rewritten."), [development(7, STRIKE)], context()) == 7


def test_place_when_outside_window_or_no_candidates_then_new() -> None:
    assert not joins(article(2, STRIKE.title, STRIKE.text, hours=100), STRIKE)
    assert place(STRIKE, [], context()) is None


def test_place_when_one_outlet_reports_two_matters_of_one_spokeswoman_then_two_developments() -> None:
    remarks = article(
        1,
        "Vell on Harlow's remarks about Brod",
        "Copper Hall aide Ana Vell answered on Tuesday the remarks of Dale Harlow about shelling and Janek Brod.",
        publisher=DESK,
    )
    police = article(
        2,
        "Orvian and Ruvian police are in touch, Vell says",
        "Orvian and Ruvian police remain in touch, Copper Hall aide Ana Vell told reporters on Tuesday.",
        hours=4,
        publisher=DESK,
    )
    assert not joins(police, remarks)


def test_place_when_one_outlet_updates_its_report_then_one_development() -> None:
    first = article(
        1, "Fire at Selm paper mill, two missing", "A fire broke out at a paper mill in Selm.", publisher=DESK
    )
    update = article(
        2,
        "Three dead in Selm paper mill fire",
        "Three workers died in the fire at the paper mill in Selm.",
        hours=3,
        publisher=DESK,
    )
    assert joins(update, first)


def test_place_when_a_flood_is_told_of_the_day_after_then_joins_but_a_strike_does_not() -> None:
    flood = article(1, "Flood kills seven in Dorr", "A flood killed seven people in the town of Dorr on Tuesday.")
    toll = article(
        2, "Toll of flood in Dorr rises", "Survivors of the flood in Dorr told on Wednesday how it came.", hours=26
    )
    assert joins(toll, flood)
    again = "Orvian missiles hit the coastal capital on Wednesday. Rescuers were searching the rubble."
    assert not joins(article(3, "Orvian missiles hit Selm again", again, hours=26), STRIKE)


def test_place_when_what_one_reports_is_the_background_of_the_other_then_joins() -> None:
    verdict = article(
        1,
        "Ex-minister Carvel jailed for bribes in sale of land",
        "A court jailed former minister Dario Carvel on Tuesday for taking bribes in the sale of land.",
    )
    led = article(
        2,
        "Ex-minister led away in handcuffs",
        "Dario Carvel was led away in handcuffs on Tuesday after judges found that he had taken bribes for land.",
        hours=4,
    )
    assert joins(led, verdict)
