from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from bot.interactions import (
    MAX_WRITTEN,
    Form,
    Press,
    act,
    ids_in,
    is_postable,
    press_of,
    read_press,
    repost,
    submit,
)
from briefings.answers.records import Asker, Query, Reply
from briefings.compose import compose, to_document
from briefings.document import Action, ActionKind, Document, Paragraph, Text
from briefings.errors import BadInput
from tests.fakes_briefing import full_input

NOW = datetime(2031, 3, 5, 6, tzinfo=UTC)
ASKER = Asker(tenant="T1", channel="slack:C1", user="U1")


class Desk:
    def __init__(self) -> None:
        self.asked: list[tuple[Query, datetime | None]] = []

    def __call__(self, query: Query, now: datetime, as_of: datetime | None = None) -> Reply:
        self.asked.append((query, as_of))
        if query.command == "briefing":
            return Reply(document=to_document(compose(full_input())))
        return Reply(document=Document(title="t", summary="s", blocks=(Paragraph((Text("x"),)),)))


def test_press_when_written_then_it_reads_back_and_fits() -> None:
    for kind in get_args(ActionKind):
        press = Press(kind=kind, item="U-123456789", topic="t" * 200, at=NOW)
        assert len(press.written) <= MAX_WRITTEN
        back = read_press(press.written)
        assert (back.kind, back.item, back.at) == (kind, press.item, NOW)


def test_press_of_when_a_briefing_has_the_button_then_topic_and_time_are_its_own() -> None:
    document = to_document(compose(full_input()))
    press = press_of(Action("full", "Full briefing"), document)
    assert (press.topic, press.at) == ("strait", document.as_of)
    assert (
        press_of(Action("report", "Report", "Q-1"), Document(title="", summary="", blocks=())).written == "report:Q-1::"
    )


@pytest.mark.parametrize("written", ["", "x", "full:Q-1;drop::", "full::1e9:", "full::999999999999:", "Full:::"])
def test_press_when_it_is_none_of_ours_then_it_is_refused(written: str) -> None:
    with pytest.raises(BadInput, match="another version"):
        read_press(written)


def test_act_when_full_is_pressed_then_the_briefing_of_that_time_is_asked_for() -> None:
    desk = Desk()
    assert isinstance(act(Press(kind="full", topic="strait", at=NOW), ASKER, desk, NOW), Reply)
    query, as_of = desk.asked[0]
    assert (query.command, query.options, query.asker, as_of) == ("briefing", {"topic": "strait"}, ASKER, NOW)


def test_act_when_sources_are_pressed_then_they_alone_are_shown() -> None:
    reply = act(Press(kind="sources", topic="strait", at=NOW), ASKER, Desk(), NOW)
    assert isinstance(reply, Reply)
    assert reply.document.title.startswith("Sources of")
    assert len(reply.document.blocks) == 4
    assert reply.document.detail == ()


def test_act_when_report_is_pressed_then_the_form_offers_what_is_shown() -> None:
    form = act(Press(kind="report", item="U-7"), ASKER, Desk(), NOW, ("Q-1", "U-7"))
    assert isinstance(form, Form)
    assert form.fields[0].choices == ("U-7", "Q-1")
    assert form.fields[0].value == "U-7"
    asked = act(Press(kind="ask"), ASKER, Desk(), NOW)
    assert isinstance(asked, Form)
    assert asked.command == "ask"


def test_submit_when_filled_in_then_the_command_is_answered_with_its_values() -> None:
    desk = Desk()
    submit("ask", {"question": 'who "won"? topic: x'}, ASKER, desk, NOW)
    submit("report", {"item": "Q-1", "kind": "Outdated", "problem": ""}, ASKER, desk, NOW)
    submit("report", {"kind": "Outdated", "problem": "see item:Q-9"}, ASKER, desk, NOW)
    assert [q.options for q, _ in desk.asked] == [
        {"question": "who 'won'? topic: x"},
        {"problem": "Outdated", "item": "Q-1"},
        {"problem": "Outdated: see item:Q-9"},
    ]
    submit("subscribe", {"topic": "x"}, ASKER, desk, NOW)
    assert len(desk.asked) == 3


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("/quotes Lavrov", True),
        ("/briefing watch", True),
        ("/sources list", True),
        ("/sources add https://a.example/rss", False),
        ("/subscribe strait 08:00", False),
        ("/briefing subscribe strait 08:00", False),
        ("/follow U-7", False),
        ("/report bad", False),
        ("/reports", False),
        ("/nonsense", False),
    ],
)
def test_postable_when_a_command_reads_for_anyone_then_only_it_may_be_posted(text: str, may: bool) -> None:
    desk = Desk()
    assert is_postable(text) == may
    assert repost(text, ASKER, desk, NOW, NOW).is_private == (not may)
    assert bool(desk.asked) == may


def test_ids_when_shown_in_a_text_then_each_is_named_once_in_order() -> None:
    assert ids_in("*U-7* then Q-12, U-7 and XQ-1, D-1x") == ("U-7", "Q-12")
