"""The command tree is the one declaration: types, choices, completion, who may, where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
import pytest

from bot.command_list import COMMANDS, Option
from bot.commands import parse
from bot.discord.tree import GUILD_ONLY, command_tree, digest_of, typed
from briefings.answers.records import CONSOLE
from tests.discord_limits import command_errors


async def on_command(interaction: discord.Interaction, name: str, options: Mapping[str, object]) -> None:
    """Do nothing."""


async def on_complete(interaction: discord.Interaction, option: Option, current: str) -> list[tuple[str, str]]:
    return []


def declared(guild: int | None = None) -> tuple[dict[str, dict[str, Any]], str]:
    client = discord.Client(intents=discord.Intents.none())
    tree = command_tree(client, on_command, on_complete, guild)
    place = discord.Object(guild) if guild else None
    found = {c.name: dict(c.to_dict(tree)) for c in tree.get_commands(guild=place)}
    return found, digest_of(tree, guild, "1")


async def test_tree_when_made_then_each_command_and_option_is_there_as_declared() -> None:
    made, _ = declared()
    assert set(made) == set(COMMANDS)
    assert list(command_errors(list(made.values()))) == []
    for command in COMMANDS.values():
        options = {o["name"]: o for o in made[command.name].get("options", [])}
        assert set(options) == {o.name for o in command.options}
        for option in command.options:
            shown = options[option.name]
            assert shown["type"] == (4 if option.type == "number" else 3)
            assert shown["required"] == option.is_required
            assert bool(shown.get("autocomplete")) == bool(option.completion)
            assert [c["value"] for c in shown.get("choices", [])] == list(option.choices)


async def test_tree_when_a_command_is_for_managers_then_others_do_not_see_it_and_it_is_for_guilds() -> None:
    made, _ = declared()
    managed = {name for name, c in made.items() if c["default_member_permissions"]}
    assert managed == {c.name for c in COMMANDS.values() if c.who == "managers"}
    assert {name for name, c in made.items() if not c["dm_permission"]} == GUILD_ONLY
    assert managed <= GUILD_ONLY


async def test_digest_when_the_declaration_or_the_place_changes_then_it_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = declared()[1]
    assert declared()[1] == one
    assert declared(guild=7)[1] != one
    monkeypatch.setattr("bot.discord.tree.COMMANDS", {n: c for n, c in COMMANDS.items() if n != "follow"})
    assert declared()[1] != one


@pytest.mark.parametrize(
    "options",
    [
        {"question": 'who said "never": and why?'},
        {"question": "what: is 10:30 days:3"},
        {"question": "a \\ b", "as_of": None},
    ],
)
def test_typed_when_values_hold_anything_then_the_parser_reads_them_back(options: dict[str, str]) -> None:
    query = parse(typed("ask", options | {"as_of": None}), CONSOLE)
    assert dict(query.options) == {"question": options["question"].replace('"', "'")}
