"""What Slack sends is done once, and whatever goes wrong with it is told, never raised into Bolt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from bot.slack.listener import FAILED, Once
from bot.slack.work import Work
from briefings.errors import BadInput, StoreError

BODY = {"command": "/quotes", "trigger_id": "t-1", "team_id": "T1", "channel_id": "C1", "user_id": "U1"}


@dataclass
class Told:
    """Stands for the work: keeps what a person was told."""

    words: list[str] = field(default_factory=list)

    def clock(self) -> datetime:
        return datetime(2026, 3, 2, 6, tzinfo=UTC)

    async def tell(self, place: object, words: str) -> None:
        self.words.append(words)


def no_database(event: str, now: datetime) -> bool:
    msg = "the database can't be reached"
    raise StoreError(msg)


async def fail(error: Exception) -> None:
    raise error


# Bolt forgets an acknowledgement that its listener gave when that listener then raises at once: Slack would time out.
@pytest.mark.parametrize(("error", "said"), [(KeyError("secret"), FAILED), (BadInput("no topic 'x'"), "no topic 'x'")])
async def test_once_when_the_work_fails_then_it_is_told_and_nothing_reaches_bolt(error: Exception, said: str) -> None:
    told = Told()
    once = Once(work=cast(Work, told), is_first=lambda event, now: True)
    await once(BODY, fail, error)
    assert told.words == [said]


async def test_once_when_the_store_fails_then_it_is_told_and_nothing_reaches_bolt() -> None:
    told = Told()
    asked: list[Any] = []

    async def note(given: object) -> None:
        asked.append(given)

    await Once(work=cast(Work, told), is_first=no_database)(BODY, note, BODY)
    assert asked == []
    assert told.words == ["the database can't be reached"]
