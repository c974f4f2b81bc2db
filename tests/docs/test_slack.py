"""docs/slack.md names every scope that the manifest asks for, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from bot.slack.manifest import SCOPES
from bot.slack.replies import MOST_PRIVATE

TEXT = (Path(__file__).parents[2] / "docs" / "slack.md").read_text(encoding="utf-8")


def test_docs_when_read_then_every_scope_is_explained() -> None:
    table = TEXT.partition("## What is asked of Slack")[2].partition("## What it does")[0]
    assert set(re.findall(r"`([a-z_:]+)`", table)) == set(SCOPES)


def test_docs_when_read_then_the_number_of_private_messages_is_right() -> None:
    assert MOST_PRIVATE == 4
    assert "at most four messages" in TEXT
