from __future__ import annotations

import pytest

from bot.command_list import COMMANDS
from bot.console.completing import offers

KNOWN = {"speakers": ("Ada Holm", "Bo Rask"), "topics": ("harbour",), "items": ("Q-1", "U-7")}


def values(completion: str, typed: str) -> list[str]:
    return [v for v in KNOWN.get(completion, ()) if v.lower().startswith(typed.lower())]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("/quo", ["/quotes"]),
        ("quo", ["/quotes"]),
        ("/repo", ["/report", "/reports"]),
        ("/nothing ", []),
        ("/quotes A", ['"Ada Holm"']),
        ("/quotes speaker:b", ['speaker:"Bo Rask"']),
        ("/quotes days:3 ", ["speaker:", "topic:"]),
        ("/quotes Ada to", ["topic:"]),
        ("/quotes topic:", ["topic:harbour"]),
        ("/quotes nothing:x", []),
        ("/briefing quotes B", ['"Bo Rask"']),
        ("/briefing sche", ["schedule"]),
        ("/briefing har", ["harbour"]),
        ("/sources re", ["remove"]),
        ("/help /quo", ["quotes"]),
        ("/why Q", ["Q-1"]),
        ("/report item:U", ["item:U-7"]),
        ("/status ", []),
    ],
)
def test_offers_when_a_line_is_typed_then_its_last_word_is_completed(line: str, found: list[str]) -> None:
    assert offers(line, values) == found


def test_offers_when_nothing_is_typed_then_all_commands_are_offered() -> None:
    assert offers("", values) == [f"/{name}" for name in COMMANDS]
