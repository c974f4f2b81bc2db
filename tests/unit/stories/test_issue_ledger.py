"""The issue ledger: same matter, status over days, positions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from briefings.model import LedgerIssue, StoredIssueMention
from briefings.stories.issue_ledger import fold, place, quiet
from tests.unit.stories.invented import START, article, context, issue


def said(
    number: int, text: str, matter: str, status: str = "open", *, hours: float = 0, **given: object
) -> StoredIssueMention:
    paper = given.pop("paper", None)
    at = article(number, "t", text, hours=hours)
    if paper:
        at = article(number, "t", text, hours=hours, publisher=type(at.publisher)(name=str(paper)))
    return issue(number, at, matter, status, **given)


def ledger(number: int, *mentions: StoredIssueMention) -> LedgerIssue:
    return fold(number, mentions[0].mention.label, mentions)


LAND = said(1, "The issue of territorial concessions remains unresolved.", "territorial concessions")
TRUCE = said(2, "Whether a ceasefire comes first is still open.", "a ceasefire")
PLANT = said(3, "Who will run the nuclear power plant is unclear.", "the nuclear power plant")


@pytest.mark.parametrize(
    ("text", "matter", "expected"),
    [
        ("The question of land is unsettled.", "land", 1),
        ("They differ over the border.", "the border", 1),
        ("Truce terms are disputed.", "Truce terms", 2),
        ("The fate of the nuclear plant is open.", "the nuclear plant", 3),
        ("A dispute over fishing quotas goes on.", "fishing quotas", None),
        ("Key issues remain open.", "Key issues", None),
    ],
)
def test_place_when_same_matter_in_other_words_then_joins(text: str, matter: str, expected: int | None) -> None:
    issues = [ledger(n, m) for n, m in ((1, LAND), (2, TRUCE), (3, PLANT))]
    assert place(said(9, text, matter), issues, context()) == expected


@pytest.mark.parametrize(("number", "expected"), [(7, 1), (8, None)])
def test_place_when_one_article_says_a_matter_in_fewer_words_then_joins(number: int, expected: int | None) -> None:
    text = "Inspection of harbour cranes on Lake Ister by the League is open. Cranes remain a riddle."
    long = said(7, text, "Inspection of harbour cranes on Lake Ister by the League")
    assert place(said(number, text, "Cranes"), [ledger(1, long)], context()) == expected


VENUE = said(
    4, "There is no agreement yet on the place and date of the next round of talks.", "no agreement yet", hours=1
)


@pytest.mark.parametrize(
    ("text", "matter", "status"),
    [
        (
            "Orvia confirmed the place and date of the next round of talks.",
            "the place and date of the next",
            "resolved",
        ),
        ("There is no clarity on the talks and their venue.", "the talks and their venue", "open"),
    ],
)
def test_place_when_the_matter_itself_says_nothing_then_what_follows_it_names_it(
    text: str, matter: str, status: str
) -> None:
    issues = [ledger(1, LAND), ledger(4, VENUE)]
    claim = said(9, text, matter, status, hours=100)
    assert place(claim, issues, context()) == 4
    assert fold(4, "place and date", (VENUE, claim)).status == status


def test_place_when_a_settlement_only_touches_a_matter_then_it_settles_nothing() -> None:
    signed = "The League signed a paper on bases, airfields, radar stations and repair yards near the border."
    claim = said(9, signed, "bases, airfields, radar stations and repair yards near the border", "resolved")
    assert place(claim, [ledger(1, LAND)], context()) is None


def test_fold_when_one_article_calls_it_settled_and_open_then_open() -> None:
    both = article(7, "t", "Land was settled. Land remains open.")
    claim, doubt = (
        replace(said(n, "Land is open.", "Land", s), article=both) for n, s in ((1, "resolved"), (2, "open"))
    )
    found = ledger(1, claim, doubt)
    assert (found.status, [e.moved for e in found.history]) == ("open", [True, False])


def test_fold_when_narrowed_resolved_and_opened_again_then_each_step_has_its_sentence() -> None:
    found = ledger(
        1,
        said(1, "Land is open.", "Land"),
        said(2, "Land: progress was made.", "Land", "narrowed", hours=24),
        said(3, "Land is settled.", "Land", "resolved", hours=120, paper="A"),
        said(4, "Land is agreed.", "Land", "resolved", hours=121, paper="B"),
        said(5, "Land is open once more.", "Land", hours=200),
    )
    assert [(e.status, e.moved) for e in found.history] == [
        ("open", True),
        ("narrowed", True),
        ("resolved", True),
        ("resolved", False),
        ("reopened", True),
    ]
    assert found.moved == START + timedelta(hours=200)
    assert found.opened == START


def test_fold_when_one_outlet_says_resolved_and_others_open_then_open_with_its_name() -> None:
    found = ledger(
        1,
        said(1, "Land is open.", "Land", paper="A"),
        said(2, "Land is settled.", "Land", "resolved", hours=20, paper="B"),
        said(3, "Land is still open.", "Land", hours=30, paper="C"),
    )
    assert found.status == "open"
    assert found.resolved_by == ("B",)


def test_fold_when_narrowed_then_talks_collapse_then_reopened() -> None:
    found = ledger(
        1,
        said(1, "Land: closer.", "Land", "narrowed"),
        said(2, "No deal on land.", "land", hours=30, cue="no_agreement"),
    )
    assert found.status == "reopened"


def test_fold_when_position_changes_then_both_newest_first() -> None:
    found = ledger(
        1,
        said(1, "Orvia rejects any pull-back. Land is open.", "Land", positions={"Orvia": "rejects any pull-back"}),
        said(2, "Orvia repeats no. Land is open.", "Land", hours=5, positions={"Orvia": "repeats no"}),
        said(
            3,
            "Orvia would accept a pull-back. Land is open.",
            "Land",
            hours=50,
            positions={"Orvia": "would accept a pull-back"},
        ),
    )
    assert [p.evidence.span.cut(p.article.text) for p in found.positions] == [
        "would accept a pull-back",
        "rejects any pull-back",
    ]


def test_fold_when_position_only_reworded_then_the_newest_alone() -> None:
    found = ledger(
        1,
        said(1, "Orvia rejects any pull-back. Land is open.", "Land", positions={"Orvia": "rejects any pull-back"}),
        said(2, "Orvia rules out leaving. Land is open.", "Land", hours=50, positions={"Orvia": "rules out leaving"}),
    )
    assert len(found.positions) == 1


def test_quiet_when_nothing_known_in_window_then_listed() -> None:
    old, new = ledger(1, LAND), ledger(2, said(5, "A ceasefire is open.", "A ceasefire", hours=30))
    start = START + timedelta(hours=24)
    assert [i.id for i in quiet([old, new], start=start, end=start + timedelta(hours=24))] == [1]
