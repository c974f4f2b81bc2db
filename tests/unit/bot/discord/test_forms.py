"""Forms as modals, and what comes back."""

from __future__ import annotations

from bot.discord.forms import command_of, modal_of, values_of
from bot.interactions import ask_form, report_form
from tests.discord_limits import modal_errors


def test_modal_when_a_form_has_choices_then_they_are_a_list_of_at_most_25() -> None:
    modal = modal_of(report_form("Q-1", tuple(f"Q-{n}" for n in range(60))))
    assert list(modal_errors(modal)) == []
    items = modal["components"][0]["component"]  # type: ignore[index]
    assert (items["type"], len(items["options"])) == (3, 25)
    assert [o["value"] for o in items["options"] if o["default"]] == ["Q-1"]
    assert list(modal_errors(modal_of(ask_form()))) == []


def test_command_of_when_a_modal_is_ours_then_its_command_is_told() -> None:
    assert command_of(str(modal_of(ask_form())["custom_id"])) == "ask"
    assert command_of("another") == ""


def test_values_of_when_fields_and_choices_come_back_then_each_has_its_value() -> None:
    sent = [
        {"type": 18, "component": {"type": 3, "custom_id": "item", "values": ["Q-1"]}},
        {"type": 18, "component": {"type": 3, "custom_id": "kind", "values": []}},
        {"type": 1, "components": [{"type": 4, "custom_id": "problem", "value": "wrong"}]},
    ]
    assert values_of(sent) == {"item": "Q-1", "kind": "", "problem": "wrong"}
