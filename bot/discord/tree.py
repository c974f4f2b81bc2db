"""The one declaration of commands -> Discord's command tree: types, choices, completion, who may, where."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from typing import Any

import discord
from discord import app_commands

from bot.command_list import COMMANDS, MAX_DAYS, Command, Option

DESCRIPTION = 100
CHOICES = 25
CHOICE = 100
TEXT = 1000  # characters of an option
GUILD_ONLY = frozenset({"subscribe", "unsubscribe", "schedule", "sources", "reports"})
MANAGER = discord.Permissions(manage_channels=True)  # what shows a command; the handler checks again

OnCommand = Callable[[discord.Interaction, str, Mapping[str, object]], Awaitable[None]]
OnComplete = Callable[[discord.Interaction, Option, str], Awaitable[list[tuple[str, str]]]]  # (value, label)


def command_tree(
    client: discord.Client, on_command: OnCommand, on_complete: OnComplete, guild: int | None = None
) -> app_commands.CommandTree:
    """Return the tree of every command.

    Args:
        client: that hears of the interactions.
        on_command: `on_command(interaction, command, options)`.
        on_complete: `on_complete(interaction, option, typed so far)` returns what to offer.
        guild: the one guild that has the commands, None for all.
    """
    tree = app_commands.CommandTree(client, fallback_to_global=True)
    place = discord.Object(guild) if guild else None
    for command in COMMANDS.values():
        tree.add_command(_command(command, on_command, on_complete), guild=place)
    return tree


def digest_of(tree: app_commands.CommandTree, guild: int | None, application: str) -> str:
    """Return what tells one declaration, as registered for an application and guild, from another."""
    place = discord.Object(guild) if guild else None
    payload = [c.to_dict(tree) for c in tree.get_commands(guild=place)]
    written = json.dumps([application, guild, payload], sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def typed(command: str, options: Mapping[str, object]) -> str:
    """Return the command as a person would type it; a quotation mark inside a value becomes a single one."""
    given = (f"{name}:{_quoted(value)}" for name, value in options.items() if value is not None)
    return " ".join([f"/{command}", *given])


def _quoted(value: object) -> str:
    return '"' + str(value).replace('"', "'") + '"'


def _command(declared: Command, on_command: OnCommand, on_complete: OnComplete) -> app_commands.Command[Any, ..., None]:
    async def call(interaction: discord.Interaction, **options: object) -> None:
        await on_command(interaction, declared.name, options)

    call.__signature__ = _signature(declared.options)  # type: ignore[attr-defined]
    made: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=declared.name,
        description=declared.help[:DESCRIPTION],
        callback=app_commands.describe(**{o.name: o.help[:DESCRIPTION] for o in declared.options})(
            app_commands.choices(**_choices(declared.options))(call)
        ),
    )
    made.guild_only = declared.name in GUILD_ONLY
    made.default_permissions = MANAGER if declared.who == "managers" else None
    for option in declared.options:
        if option.completion:
            made.autocomplete(option.name)(_completer(option, on_complete))
    return made


def _signature(options: Iterable[Option]) -> inspect.Signature:
    """Return the parameters as discord.py reads them; those needed come first."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    first = inspect.Parameter("interaction", kind, annotation=discord.Interaction)
    ordered = sorted(options, key=lambda o: not o.is_required)
    others = (
        inspect.Parameter(o.name, kind, annotation=_type(o), default=inspect.Parameter.empty if o.is_required else None)
        for o in ordered
    )
    return inspect.Signature([first, *others])


def _type(option: Option) -> Any:
    if option.type == "number":
        return app_commands.Range[int, 1, MAX_DAYS]
    return str if option.type == "choice" else app_commands.Range[str, 1, TEXT]


def _choices(options: Iterable[Option]) -> dict[str, list[app_commands.Choice[str | int | float]]]:
    return {o.name: [app_commands.Choice(name=c, value=c) for c in o.choices[:CHOICES]] for o in options if o.choices}


def _completer(
    option: Option, on_complete: OnComplete
) -> Callable[[discord.Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]:
    async def complete(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        offered = [(v, label) for v, label in await on_complete(interaction, option, current) if len(v) <= CHOICE]
        return [app_commands.Choice(name=label[:CHOICE], value=value) for value, label in offered[:CHOICES]]

    return complete
