"""Posts that show what no longer stands are edited, and what can't be edited is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.corrections import Corrector
from briefings.document import Document, Heading, Item, Text, Verbatim
from briefings.errors import Ambiguous, NotFound, RateLimited, Refused
from briefings.model import Delivery, Evidence, Part, Span, Subscription, Window
from briefings.store.corrections import HIDDEN, REVISED, StaleDelivery, StaleItem
from briefings.use_cases.correct import correct, without, words_of
from tests.fakes import START, FakeClock, FakePlatform, subscription

GONE = Evidence(article=7, revision=1, span=Span(0, 4))
KEPT = Evidence(article=8, revision=1, span=Span(0, 4))


def stale(*items: StaleItem) -> StaleDelivery:
    delivery = Delivery(
        id=5, subscription=1, tenant="T1", local_date="2026-03-02", slot="08:00", due=START, state="sent",
        window_start=START - timedelta(days=1), window_end=START,
    )  # fmt: skip
    given = items or (StaleItem(item="Q-1", reason=HIDDEN, evidence=GONE),)
    return StaleDelivery(delivery=delivery, subscription=subscription(), items=given)


def item(name: str, evidence: Evidence, words: str = "said") -> Item:
    return Item(name, (Text(words), Verbatim("word", evidence)))


def document() -> Document:
    return Document(
        title="Briefing",
        summary="briefing",
        blocks=(
            Heading("Key quotes"), item("Q-1", GONE), item("Q-2", KEPT),
            Heading("Watch"), item("D-3", KEPT, "answered (Q-1)"),
        ),
        detail=(Heading("More"), item("Q-9", GONE)),
    )  # fmt: skip


@dataclass
class Ledger:
    """Corrections in memory."""

    found: list[StaleDelivery] = field(default_factory=list)
    edits: list[Part] = field(default_factory=list)
    written: list[tuple[int, Sequence[str], str, bool]] = field(default_factory=list)
    ended: list[tuple[int, str]] = field(default_factory=list)
    postponed: list[datetime] = field(default_factory=list)

    def stale(self, since: datetime) -> Sequence[StaleDelivery]:
        return self.found

    def write(
        self, stale: StaleDelivery, bodies: Sequence[str], notice: str, now: datetime, *, unchanged: bool = False
    ) -> bool:
        self.written.append((stale.delivery.id, bodies, notice, unchanged))
        return True

    def claim(self, owner: str, now: datetime, lease: timedelta) -> Part | None:
        return self.edits.pop(0) if self.edits else None

    def finish(self, part: Part, owner: str, error: str = "") -> bool:
        self.ended.append((part.number, error))
        return True

    def postpone(self, part: Part, owner: str, again: datetime, error: str) -> bool:
        self.postponed.append(again)
        return True


def redraft(s: Subscription, window: Window, now: datetime, corrections: tuple[str, ...]) -> Document:
    assert (window.end, now) == (START, START)
    return document()


def part(number: int) -> Part:
    return Part(
        delivery=5, number=number, key=f"k{number}", channel="fake:C1", body="new", state="sent", message_id="m"
    )


def corrector(ledger: Ledger, platform: FakePlatform, alerts: list[str], **given: object) -> Corrector:
    async def alert(words: str) -> None:
        alerts.append(words)

    values = {
        "ledger": ledger, "platforms": {"fake": platform}, "redraft": redraft, "alert": alert, "clock": FakeClock(),
        "owner": "w1",
    }  # fmt: skip
    return Corrector(**(values | given))  # type: ignore[arg-type]


def test_without_leaves_out_the_item_its_words_and_what_names_it() -> None:
    left = without(document(), stale())
    assert [getattr(b, "id", getattr(b, "text", "")) for b in left.blocks[:3]] == ["Key quotes", "Q-2", "Watch"]
    assert "Withdrawn." in str(left.blocks[3])
    assert "Q-9" not in str(left.detail)


def test_words_of_name_each_reason_once() -> None:
    given = stale(
        StaleItem(item="Q-1", reason=HIDDEN, evidence=GONE),
        StaleItem(item="U-2", reason=REVISED, evidence=GONE),
        StaleItem(item="Q-3", reason=HIDDEN, evidence=GONE),
    )
    assert words_of(given.items) == "Q-1, Q-3: withdrawn; U-2: its article was changed and no longer says this"


def test_correct_records_new_bodies_and_a_notice() -> None:
    ledger = Ledger()
    render = lambda d: (json.dumps({"text": d.summary}),)  # noqa: E731
    assert correct(ledger, stale(), redraft, render, START)
    (written,) = ledger.written
    assert written == (5, ('{"text": "Briefing (corrected)"}',), '{"text": "Corrected: Q-1: withdrawn"}', False)


async def test_posts_are_edited_and_recorded() -> None:
    ledger, platform, alerts = Ledger(found=[stale()], edits=[part(1), part(2)]), FakePlatform(), []
    await corrector(ledger, platform, alerts).run()
    assert [p.number for p in platform.edits] == [1, 2]
    assert (ledger.ended, alerts, len(ledger.written)) == ([(1, ""), (2, "")], [], 1)


@pytest.mark.parametrize(
    ("error", "minutes"), [(RateLimited("slow", retry_after=120), 2), (Ambiguous("reset"), 5), (TimeoutError(), 5)]
)
async def test_an_edit_that_fails_for_now_is_tried_again(error: Exception, minutes: int) -> None:
    class Failing(FakePlatform):
        async def edit(self, part: Part) -> None:
            raise error

    ledger, alerts = Ledger(edits=[part(1)]), []
    await corrector(ledger, Failing(), alerts).run()
    assert ledger.postponed == [START + timedelta(minutes=minutes)]
    assert (ledger.ended, alerts) == ([], [])


async def test_an_edit_that_is_refused_is_told() -> None:
    class Refusing(FakePlatform):
        async def edit(self, part: Part) -> None:
            msg = "message_not_found"
            raise Refused(msg)

    ledger, alerts = Ledger(edits=[part(1)]), []
    await corrector(ledger, Refusing(), alerts).run()
    assert ledger.ended == [(1, "not corrected: message_not_found")]
    assert "message_not_found" in alerts[0]


async def test_a_delivery_that_can_not_be_drafted_again_is_told_and_holds_no_other() -> None:
    def failing(*_: object) -> Document:
        msg = "there is no such topic any more"
        raise NotFound(msg)

    ledger, platform, alerts = Ledger(found=[stale()], edits=[part(1)]), FakePlatform(), []
    await corrector(ledger, platform, alerts, redraft=failing).run()
    assert "no such topic" in alerts[0]
    assert len(platform.edits) == 1
