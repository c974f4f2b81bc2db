"""docs/commands.md says what the declarations say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.command_list import COMMANDS, Command
from bot.commands import parse
from tests.docs.transcripts import SHOWN, played, transcripts, written

DOC = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
CHAPTERS = {m[1]: m[2] for m in re.finditer(r"^## /(\w+)\n(.*?)(?=^## |\Z)", DOC, re.MULTILINE | re.DOTALL)}


def test_every_command_has_a_heading_in_the_same_order() -> None:
    assert list(CHAPTERS) == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda c: c.name)
def test_a_chapter_says_what_the_declaration_says(command: Command) -> None:
    chapter = CHAPTERS[command.name]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|$", chapter, re.MULTILINE))
    assert command.help in chapter
    assert f"Example: `{command.example}`" in chapter
    assert rows == {o.name: o.help + (" (needed)" if o.is_required else "") for o in command.options}
    assert ("*Managers.*" in chapter) is (command.who == "managers")


@pytest.mark.parametrize("text", re.findall(r"`(/\w[^`<\n]*)`", DOC))
def test_every_command_line_in_the_docs_is_understood(text: str) -> None:
    if text.removeprefix("/") not in {c for c in COMMANDS if any(o.is_required for o in COMMANDS[c].options)}:
        parse(text)


def test_every_command_is_shown_with_its_answer() -> None:
    assert set(SHOWN) == set(COMMANDS)
    assert all(parse(typed).command == name for name, typed in SHOWN.items())


def test_the_answers_shown_are_those_on_the_data_of_the_demo() -> None:
    """After a change: `python -m tests.docs.transcripts` writes them anew; read them before you commit."""
    with played() as (answers, now):
        assert written(DOC, transcripts(answers, now)) == DOC
