from __future__ import annotations

import json

from bot.interactions import ask_form, report_form
from bot.slack.people import Place
from bot.slack.views import home_view, modal, read_modal
from briefings.document import Document, Heading, Item, Paragraph, Text
from tests.slack_acts import People
from tests.slack_rules import check_view

PLACE = Place(user="U1", channel="C1", response_url="https://hooks.example/1")


def test_modal_when_sent_then_its_command_values_and_place_come_back() -> None:
    view = modal(report_form("", ("Q-1", "U-7")), PLACE)
    check_view(view, "modal")
    filled = People().sent(view, item="U-7", kind="Outdated")["view"]
    assert read_modal(filled) == ("report", {"item": "U-7", "kind": "Outdated", "problem": ""}, PLACE)


def test_modal_when_an_item_was_chosen_before_then_it_is_set() -> None:
    view = modal(report_form("Q-9"), PLACE)
    check_view(view, "modal")
    assert view["blocks"][0]["element"]["initial_option"]["value"] == "Q-9"


def test_modal_when_there_are_many_items_or_a_long_address_then_slack_still_takes_it() -> None:
    long = Place(user="U1", channel="C1", response_url="https://hooks.example/" + "x" * 4000)
    check_view(modal(report_form("", tuple(f"Q-{n}" for n in range(300))), long), "modal")
    check_view(modal(ask_form(), long), "modal")


def test_home_when_it_is_long_then_it_fits_and_channels_can_be_clicked() -> None:
    items = tuple(Item(f"slack:T1/C{n}", (Text("harbour, 08:00 Europe/Kyiv"),)) for n in range(300))
    blocks = (Heading("Briefings"), *items, *(Paragraph((Text(f"p{n}"),), is_context=True) for n in range(300)))
    view = home_view(Document(title="Home", summary="s", blocks=blocks))
    check_view(view, "home")
    assert "*<#C7>*" in json.dumps(view)
