"""Direct messages: sent once, whoever can't be reached is recorded and holds no other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.direct import Messenger
from briefings.document import Document
from briefings.store.direct import DirectMessage
from briefings.use_cases.deliver import Times
from briefings.use_cases.notices import Render
from tests.fakes import FakeClock, FakePlatform


def message(number: int, channel: str = "fake:C1") -> DirectMessage:
    return DirectMessage(
        id=number, key=f"k{number}", tenant="T1", person=f"U{number}", channel=channel, item="U-1", body="{}"
    )


@dataclass
class Ledger:
    """Direct messages in memory."""

    waiting: list[tuple[DirectMessage, datetime]]
    outcomes: dict[int, str] = field(default_factory=dict)

    def claim(self, owner: str, now: datetime, lease: timedelta) -> DirectMessage | None:
        due = next((x for x in self.waiting if x[1] <= now), None)
        if due:
            self.waiting.remove(due)
        return due[0] if due else None

    def mark_sent(self, message: DirectMessage, owner: str, message_id: str) -> bool:
        self.outcomes[message.id] = f"sent {message_id}"
        return True

    def mark_unsent(self, message: DirectMessage, owner: str, error: str, *, is_known: bool) -> bool:
        self.outcomes[message.id] = f"{'refused' if is_known else 'unknown'}: {error}"
        return True

    def postpone(self, message: DirectMessage, owner: str, again: datetime, error: str) -> bool:
        self.waiting.append((message, again))
        return True

    def give_up(self, now: datetime) -> int:
        return 0


def messenger(platform: FakePlatform, *messages: DirectMessage, times: Times | None = None) -> tuple[Messenger, Ledger]:
    clock = FakeClock()
    ledger = Ledger([(m, clock()) for m in messages])
    made = Messenger(
        ledger=ledger,
        platforms={"fake": platform},
        queue=lambda now, render: 0,
        clock=clock,
        owner="w1",
        times=times or Times(),
    )
    return made, ledger


async def test_run_sends_each_message_to_its_person() -> None:
    platform = FakePlatform()
    made, ledger = messenger(platform, message(1), message(2))
    await made.run()
    assert [(p.channel, p.key) for p in platform.posts] == [("U1", "k1"), ("U2", "k2")]
    assert ledger.outcomes == {1: "sent m1", 2: "sent m2"}


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("refuse", "refused: msg_too_long"),
        ("close", "refused: channel_not_found"),
        ("drop", "unknown: connection reset"),
        ("lose", "unknown: connection reset"),
        ("hang", "unknown: no answer in time"),
    ],
)
async def test_a_person_who_can_not_be_reached_is_recorded_not_tried_again_and_holds_no_other(
    fault: str, outcome: str
) -> None:
    platform = FakePlatform(faults=[fault])
    made, ledger = messenger(platform, message(1), message(2), times=Times(publish=timedelta(seconds=0.05)))
    await made.run()
    await made.run()
    assert ledger.outcomes[1] == outcome
    assert ledger.outcomes[2].startswith("sent")
    assert platform.n_published == 2


async def test_a_platform_that_asks_to_wait_is_asked_again_no_sooner() -> None:
    platform = FakePlatform(faults=["limit"])
    made, ledger = messenger(platform, message(1))
    await made.run()
    ((_, again),) = ledger.waiting
    assert again == made.clock() + timedelta(seconds=60)
    assert ledger.outcomes == {}


async def test_a_platform_that_is_off_refuses_and_is_not_queued_for() -> None:
    made, ledger = messenger(FakePlatform(), message(1, "other:C1"))
    rendered: list[tuple[str, ...]] = []

    def queue(now: datetime, render: Render) -> int:
        document = Document(title="", summary="s", blocks=())
        rendered.extend(tuple(render(channel, document)) for channel in ("other:C1", "fake:C1"))
        return 1

    object.__setattr__(made, "queue", queue)
    await made.run()
    assert rendered == [(), ('{"text": "s"}',)]
    assert "is off here" in ledger.outcomes[1]
