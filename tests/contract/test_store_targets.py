"""A paused channel gets nothing until it is resumed; what was hidden or revised is corrected once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from briefings.model import Evidence, Span, Window
from briefings.store.delivery_rows import ShownItem
from briefings.store.store import Store
from tests.stored import NOON, TEXT, after, parsed, save

LEASE = timedelta(seconds=60)
WANTED = {
    "tenant": "T1",
    "channel": "slack:C1",
    "topic": "harbour",
    "time": "08:00",
    "zone": "Europe/Kyiv",
    "days": (0, 1, 2, 3, 4),
}
SAID = Span(TEXT.index("We will keep"), TEXT.index("We will keep") + 12)


def drafted(store: Store, day: str = "2031-05-04", n_parts: int = 2) -> int:
    """Plan and draft a delivery that shows Q-1."""
    subscription = store.subscriptions.add(after(-48), **WANTED)
    number = store.deliveries.plan(subscription, local_date=day, slot="08:00", due=NOON, note="", is_skipped=False)
    assert number is not None
    assert store.deliveries.claim_delivery("d", NOON, LEASE)
    shown = (ShownItem(item="Q-1", evidence=Evidence(article=1, revision=1, span=SAID)),)
    window = Window(start=after(-24), end=NOON)
    bodies = tuple(f"part {n}" for n in range(1, n_parts + 1))
    assert store.deliveries.write_parts(number, "d", bodies, window, NOON, shown=shown)
    return number


def send(store: Store) -> None:
    claimed = store.deliveries.claim_part("a", NOON, LEASE)
    assert claimed
    assert store.deliveries.mark_sending(claimed.part, "a", NOON)
    assert store.deliveries.mark_sent(claimed.part, "a", f"m{claimed.part.number}", NOON)


def posted(store: Store) -> int:
    save(store)
    number = drafted(store)
    send(store)
    send(store)
    return number


# ---- paused channels


def test_pause_when_messages_and_slots_wait_then_they_end_and_say_why(store: Store) -> None:
    save(store)
    begun = drafted(store)
    send(store)
    planned = store.deliveries.plan(
        store.subscriptions.active()[0], local_date="2031-05-05", slot="08:00", due=NOON, note="", is_skipped=False
    )
    assert store.targets.pause("T1", "slack:C1", "channel_not_found", NOON)
    assert not store.targets.pause("T1", "slack:C1", "again", after(1))
    assert store.targets.reason("T1", "slack:C1") == "channel_not_found"
    assert [(p.channel, p.since) for p in store.targets.list("T1")] == [("slack:C1", NOON)]
    assert store.targets.list("T2") == ()
    assert store.deliveries.claim_part("a", NOON, LEASE) is None
    first, second = (store.deliveries.get(n, "T1") for n in (begun, planned or 0))
    assert first
    assert second
    assert (first.state, [p.state for p in first.parts], second.state) == ("dead", ["sent", "dead"], "skipped")
    assert "channel_not_found" in second.note


def test_resume_when_subscribed_again_then_the_channel_is_posted_to(store: Store) -> None:
    store.subscriptions.add(after(-48), **WANTED)
    store.targets.pause("T1", "slack:C1", "is_archived", NOON)
    store.targets.pause("T2", "slack:C1", "another workspace's", NOON)
    store.subscriptions.add(NOON, **WANTED)
    assert [p.tenant for p in store.targets.list()] == ["T2"]
    assert store.targets.resume("slack:C1") == 1
    assert store.targets.resume("slack:C1") == 0


# ---- corrections


def test_stale_when_an_item_was_hidden_then_its_posts_are_corrected_once(store: Store) -> None:
    number = posted(store)
    assert store.corrections.stale(after(-48)) == ()
    store.reports.hide("Q-1", tenant="T1", person="U1", reason="", now=after(1))
    (stale,) = store.corrections.stale(after(-48))
    assert (stale.delivery.id, [i.item for i in stale.items], stale.items[0].reason) == (number, ["Q-1"], "withdrawn")
    assert store.corrections.write(stale, ("without", "part 2"), "a notice", after(1))
    assert not store.corrections.write(stale, ("twice", "part 2"), "a notice", after(1))  # another worker's
    assert store.corrections.stale(after(-48)) == ()
    assert store.corrections.of_delivery(number) == {"Q-1": "withdrawn"}

    edit = store.corrections.claim("a", after(1), LEASE)
    assert edit
    assert (edit.number, edit.body, edit.message_id) == (1, "without", "m1")
    assert store.corrections.claim("b", after(1), LEASE) is None  # held, and part 2 has not changed
    assert not store.corrections.finish(edit, "b")
    assert store.corrections.finish(edit, "a")
    assert store.corrections.claim("b", after(2), LEASE) is None

    notice = store.deliveries.claim_part("a", after(1), LEASE)
    assert notice
    assert (notice.part.number, notice.part.body, notice.part.is_notice) == (3, "a notice", True)
    delivery = store.deliveries.get(number, "T1")
    assert delivery
    assert (delivery.state, delivery.parts[0].body) == ("sent", "without")


def test_notice_when_it_is_refused_then_its_briefing_stays_sent(store: Store) -> None:
    number = posted(store)
    store.reports.hide("Q-1", tenant="T1", person="U1", reason="", now=after(1))
    (stale,) = store.corrections.stale(after(-48))
    store.corrections.write(stale, ("without", "part 2"), "a notice", after(1))
    notice = store.deliveries.claim_part("a", after(1), LEASE)
    assert notice
    assert store.deliveries.mark_refused(notice.part, "a", "no", after(1))
    delivery = store.deliveries.get(number, "T1")
    assert delivery
    assert (delivery.state, delivery.note) == ("sent", "")


def test_stale_when_a_message_is_under_way_then_it_is_corrected_later(store: Store) -> None:
    save(store)
    drafted(store)
    send(store)
    claimed = store.deliveries.claim_part("a", NOON, LEASE)
    assert claimed
    store.deliveries.mark_sending(claimed.part, "a", NOON)
    store.reports.hide("Q-1", tenant="T1", person="U1", reason="", now=after(1))
    assert store.corrections.stale(after(-48)) == ()
    store.deliveries.mark_sent(claimed.part, "a", "m2", NOON)
    assert len(store.corrections.stale(after(-48))) == 1


@pytest.mark.parametrize(("text", "n_stale"), [("Other words altogether, and nothing of it.", 1), (f"New. {TEXT}", 0)])
def test_stale_when_the_article_was_revised_then_only_lost_words_are_corrected(
    store: Store, text: str, n_stale: int
) -> None:
    posted(store)
    save(store, parsed(text=text), fetched=after(1), known=after(1))
    assert len(store.corrections.stale(after(-48))) == n_stale


def test_edit_when_it_fails_for_now_then_it_comes_back_and_when_for_good_then_it_ends(store: Store) -> None:
    posted(store)
    store.reports.hide("Q-1", tenant="T1", person="U1", reason="", now=after(1))
    store.corrections.write(store.corrections.stale(after(-48))[0], ("without", "x"), "n", after(1))
    first = store.corrections.claim("a", after(1), LEASE)
    assert first
    assert store.corrections.postpone(first, "a", after(2), "slow down")
    assert first.parent is None
    second = store.corrections.claim("a", after(1.5), LEASE)
    assert second
    assert (second.number, second.body, second.parent) == (2, "x", "m1")
    again = store.corrections.claim("a", after(2), LEASE)
    assert again
    assert store.corrections.finish(again, "a", "message_not_found")
    assert store.corrections.claim("a", after(3), LEASE)  # part 2, whose lease ran out
    assert store.corrections.claim("a", after(3), LEASE) is None


def test_slots_when_asked_then_each_has_number_and_state(store: Store) -> None:
    save(store)
    number = drafted(store)
    assert store.deliveries.slots(after(-1)) == {(1, "2031-05-04", "08:00"): (number, "sending")}
    assert store.deliveries.slots(NOON) == {}
