"""A delivery tells where it stands and why, stage by stage; one that went plainly well is one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.console.render_terminal import render_text
from briefings.answers.ledger import delivery_item
from briefings.document import Document, Item
from briefings.model import Delivery, Part
from tests.fakes import START

PART = Part(
    delivery=5, number=1, key="k", channel="fake:C1", body="{}", state="sent", attempts=1, message_id="m",
    sent=START + timedelta(seconds=9),
)  # fmt: skip
SENT = Delivery(
    id=5, subscription=1, tenant="T1", local_date="2026-03-02", slot="08:00", due=START, state="sent",
    window_start=START - timedelta(days=1), window_end=START, briefing="harbour-2026-03-02-0800", parts=(PART,),
)  # fmt: skip


def text(item: Item) -> str:
    return render_text(Document(title="Deliveries", summary="", blocks=(item,), zone="UTC", as_of=START), 200)


def test_a_delivery_that_was_sent_is_one_line() -> None:
    item = delivery_item(SENT, lead="5 fake:C1 ")
    assert item.below == ()
    assert "5 fake:C1 2026-03-02 08:00: sent" in text(item)


def test_a_delivery_in_doubt_shows_each_stage_and_how_often_was_looked() -> None:
    doubtful = replace(PART, state="unknown", sent=None, n_looks=3, last_error="missing_scope", attempts=2)
    later = replace(PART, number=2, state="pending", sent=None, attempts=0)
    shown = text(delivery_item(replace(SENT, state="unknown", parts=(doubtful, later))))
    assert "may or may not have been posted; not sent again by itself" in shown
    assert "planned for" in shown
    assert "drafted as harbour-2026-03-02-0800, 2 messages, for the window" in shown
    assert "message 1: may or may not have been posted (2 tries; looked for 3 times; missing_scope)" in shown
    assert "message 2: waiting to be sent" in shown


def test_a_skipped_delivery_says_why_and_that_it_was_not_drafted() -> None:
    skipped = replace(SENT, state="skipped", note="no worker was running at 08:00", parts=(), window_start=None)
    shown = text(delivery_item(skipped))
    assert "not sent" in shown
    assert "no worker was running at 08:00" in shown
    assert "not drafted" in shown


def test_a_corrected_delivery_says_what_and_why_and_its_notice_is_no_message_of_it() -> None:
    notice = replace(PART, number=2, is_notice=True, state="dead", sent=None, last_error="no")
    shown = text(delivery_item(replace(SENT, parts=(PART, notice)), corrected={"Q-1": "withdrawn"}))
    assert "corrected: Q-1, withdrawn" in shown
    assert "planned for" not in shown
