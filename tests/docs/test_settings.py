"""docs/settings.md and the settings say the same, both ways."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from config.settings import NAMES, Settings, load_settings

DOC = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
ROWS = {m[1]: (m[2], m[3]) for m in re.finditer(r"^\| `([A-Z_]+)` \| (.*?) \| (.*) \|$", DOC, re.MULTILINE)}
IN_WORDS = {"DATA_DIR": "the user's data folder", "DATABASE_URL": "SQLite in `DATA_DIR`"}


def shown(value: Any) -> str:
    """Return a default as the page writes it."""
    if value is None or value in ("", ()):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{' '.join(value) if isinstance(value, tuple) else value}`"


def test_names_when_compared_then_page_and_settings_have_the_same() -> None:
    assert sorted(ROWS) == sorted(NAMES)


def test_names_when_listed_then_each_has_one_row() -> None:
    assert len(re.findall(r"^\| `[A-Z_]+` \|", DOC, re.MULTILINE)) == len(ROWS)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_default_when_shown_then_is_the_real_one(name: str) -> None:
    default = Settings.model_fields[NAMES[name]].default
    assert ROWS[name][0] == IN_WORDS.get(name, shown(default))


@pytest.mark.parametrize("name", sorted(NAMES))
def test_secret_when_described_then_is_called_one(name: str) -> None:
    field = Settings.model_fields[NAMES[name]]
    is_secret = "SecretStr" in f"{field.annotation} {field.metadata}"
    assert ROWS[name][1].startswith("a secret") == is_secret


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([A-Z]+_[A-Z_]+)`", DOC)) - {"SLACK_", "DISCORD_"}))
def test_name_when_mentioned_anywhere_then_is_a_setting(name: str) -> None:
    assert name in NAMES


def test_channels_when_shown_as_examples_then_are_accepted() -> None:
    examples = re.findall(r"`((?:console|slack:|discord:)\S*)`", ROWS["OPS_CHANNEL"][1])
    assert len(examples) == 4
    for channel in examples:
        assert load_settings({"OPS_CHANNEL": channel}).ops_channel == channel
