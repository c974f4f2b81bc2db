"""Problems, follows and hidden items belong to a tenant; what is hidden is shown nowhere."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from briefings.errors import BadInput
from briefings.store.store import Store
from tests.stored import NOON, TEXT, after, findings_in, parsed, save

HIDE = {"tenant": "T1", "person": "U1", "reason": "wrong speaker", "now": NOON}


def report(store: Store, tenant: str = "T1", **changes) -> int:
    told = {
        "tenant": tenant,
        "channel": "slack:C1",
        "person": "U2",
        "kind": "wrong_speaker",
        "item": "Q-1",
        "note": "she did not say so \0 '; DROP TABLE articles; --",
        "shown": "We will keep the lighthouse",
    }
    return store.reports.add(NOON, **told | changes)


def test_report_when_filed_then_its_tenant_lists_and_resolves_it(store: Store) -> None:
    first, second = report(store), report(store, kind="other", item="")
    assert [r.id for r in store.reports.list("T1")] == [second, first]
    assert store.reports.list("T2") == ()
    assert store.reports.resolve(first, "T2", "no", "U9", after(1)) is None
    resolved = store.reports.resolve(first, "T1", "corrected", "U9", after(1))
    assert resolved is not None
    assert (resolved.state, resolved.answer, resolved.resolved_by, resolved.person) == (
        "resolved", "corrected", "U9", "U2",
    )  # fmt: skip
    assert store.reports.resolve(first, "T1", "again", "U9", after(2)) is None
    assert [r.id for r in store.reports.list("T1", state="open")] == [second]
    assert store.reports.list("T1", state="resolved") == (resolved,)


@pytest.mark.parametrize("kind", ["quotations", "responses", "issue_mentions"])
def test_hide_when_an_item_is_hidden_then_no_read_has_it_until_it_is_shown_again(store: Store, kind: str) -> None:
    ids = save(store).findings
    letter, number = {
        "quotations": ("Q", ids.quotations[0]),
        "responses": ("R", ids.responses[0]),
        "issue_mentions": ("I", ids.issues[0]),
    }[kind]
    store.stories.assign_issue(ids.issues[0], None, topic="harbour", label="x", known=NOON)
    read = getattr(store.findings, kind)
    assert len(read(as_of=NOON)) == 1
    store.reports.hide(f"{letter}-{number}", **HIDE)
    store.reports.hide(f"{letter}-{number}", **HIDE)
    assert read(as_of=NOON) == ()
    assert store.reports.hidden() == {f"{letter}-{number}"}
    assert len(store.stories.issue_mentions_by_issue("harbour", as_of=NOON)) == (0 if letter == "I" else 1)
    assert store.reports.unhide(f"{letter}-{number}")
    assert not store.reports.unhide(f"{letter}-{number}")
    assert len(read(as_of=NOON)) == 1


def test_hide_when_the_article_is_revised_then_the_same_words_stay_hidden(store: Store) -> None:
    number = save(store).findings.quotations[0]
    store.reports.hide(f"Q-{number}", **HIDE)
    fixed = TEXT.replace("harbour minister", "minister of harbours")
    save(store, parsed(text=fixed), findings=findings_in(fixed), fetched=after(1), known=after(1))
    assert store.findings.quotations(as_of=after(1)) == ()


@pytest.mark.parametrize("item", ["", "Q", "Q-0", "Q-1 OR 1=1", "X-1", "Q-9999999999", "Q--1", "'; --"])
def test_hide_when_it_is_no_item_then_it_says_what_items_look_like(store: Store, item: str) -> None:
    with pytest.raises(BadInput, match="ids look like"):
        store.reports.hide(item, **HIDE)


def test_follow_when_followed_then_it_is_once_until_it_ends(store: Store) -> None:
    assert store.reports.follow("T1", "U1", "u-7", "slack:D1", NOON)
    assert not store.reports.follow("T1", "U1", "U-7", "slack:D1", NOON)
    assert store.reports.follow("T2", "U1", "U-7", "slack:D2", NOON)
    follow, other = store.reports.follows()
    assert (follow.item, follow.channel, follow.told) == ("U-7", "slack:D1", None)
    assert store.reports.follows(tenant="T2", person="U1") == (other,)
    assert store.reports.unfollow("T1", "U1", "U-7")
    assert not store.reports.unfollow("T1", "U1", "U-7")
    assert store.reports.follows() == (other,)


def test_marks_when_set_then_the_last_value_counts(store: Store) -> None:
    assert store.marks.get("tick") is None
    store.marks.set("tick", "1", NOON)
    store.marks.set("tick", "2", after(1))
    assert store.marks.get("tick") == "2"


def test_events_when_delivered_again_then_only_the_first_counts(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        firsts = list(pool.map(lambda _: store.marks.is_first("slack:Ev1", NOON), range(8)))
    assert firsts.count(True) == 1
    assert store.marks.forget_events(NOON) == 0
    assert store.marks.forget_events(after(1)) == 1
    assert store.marks.is_first("slack:Ev1", NOON)
