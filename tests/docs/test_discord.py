"""docs/discord.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from bot.command_list import COMMANDS
from bot.discord.adapter import LEASE, RENEW_S, TRY_S
from bot.discord.api import NEEDED, names_of
from bot.discord.posting import PAGE, PAGES
from bot.discord.tree import GUILD_ONLY

DOC = " ".join((Path(__file__).parents[2] / "docs" / "discord.md").read_text(encoding="utf-8").split())


def test_permissions_are_those_of_the_invitation() -> None:
    table = DOC.split("## What is asked of Discord")[1].split("## Once")[0]
    named = {p for row in re.findall(r"\| ([A-Z][^|]*?) \|", table) for p in row.split(", ")}
    assert {n.title() for n in named} == set(names_of(NEEDED).split(", "))


def test_commands_for_managers_and_servers_are_named() -> None:
    managed = {c.name for c in COMMANDS.values() if c.who == "managers"}
    told = DOC.split(" are shown to whoever may manage channels")[0].rsplit("|", 1)[1]
    assert set(re.findall(r"`/(\w+)`", told)) == managed
    others = DOC.split(" work in servers only")[0].rsplit(".", 1)[1]
    assert set(re.findall(r"`/(\w+)`", others)) == GUILD_ONLY - managed


def test_times_and_limits_are_those_of_the_code() -> None:
    assert f"renews every {RENEW_S:g} seconds" in DOC
    assert f"within {LEASE.total_seconds() + TRY_S:g} seconds; when it is stopped, within {TRY_S:g}" in DOC
    assert f"more than {PAGE * PAGES:,} messages" in DOC
