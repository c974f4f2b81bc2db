"""Reports and follows: filed, confirmed, hidden, told; each workspace its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from briefings.document import Document
from briefings.use_cases.answer import Answers
from briefings.use_cases.ingest import ingest
from briefings.use_cases.notices import queue_messages

from .two_articles import BOSS, MEMBER, NOW, SETTLED, ask, words


def test_report_keeps_the_words_as_they_were_shown(answers: Answers) -> None:
    assert "Thank you for your feedback" in words(ask(answers, "/report wrong speaker Q-1", MEMBER).document)
    (filed,) = answers.room.store.reports.list("T1")
    assert (filed.kind, filed.item, filed.person) == ("wrong_speaker", "Q-1", "U2")
    assert "We want no quarrel" in filed.shown
    listed = words(ask(answers, "/reports").document)
    assert "Report 1 on Q-1: wrong speaker" in listed
    assert "We want no quarrel" in listed


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("wrong speaker", "wrong_speaker"),
        ("that was not him", "wrong_speaker"),
        ("she never said that", "not_said_so"),
        ("outdated", "outdated"),
        ("Estmark has answered", "missed_answer"),
        ("a typing mistake", "other"),
    ],
)
def test_report_tells_its_kind_from_its_words(answers: Answers, said: str, kind: str) -> None:
    ask(answers, f"/report {said} U-1", MEMBER)
    assert [r.kind for r in answers.room.store.reports.list("T1")] == [kind]


def test_a_report_that_a_manager_confirms_hides_the_quotation_everywhere(answers: Answers) -> None:
    ask(answers, "/report she never said that Q-1", MEMBER)
    assert "We want no quarrel" in words(ask(answers, "/quotes").document)
    assert "Q-1 is hidden everywhere" in words(ask(answers, "/reports confirm 1").document)
    for command in ("/quotes", "/briefing", "/summary A-1"):
        assert "We want no quarrel" not in words(ask(answers, command).document)
    assert "Hidden by a manager" in words(ask(answers, "/why Q-1").document)
    assert "Q-1 is shown again" in words(ask(answers, "/reports unhide q-1").document)
    assert "We want no quarrel" in words(ask(answers, "/quotes").document)


def test_a_quotation_that_a_manager_reports_wrong_is_hidden_at_once(answers: Answers) -> None:
    assert "Q-1 is hidden everywhere" in words(ask(answers, "/report wrong speaker Q-1").document)
    assert "We want no quarrel" not in words(ask(answers, "/quotes").document)
    assert "No report is open" in words(ask(answers, "/reports").document)


def test_a_report_of_another_workspace_is_not_there(answers: Answers) -> None:
    ask(answers, "/report wrong speaker Q-1", MEMBER)
    other = replace(BOSS, tenant="T2")
    for command in ("/reports resolve 1 done", "/reports confirm 1"):
        assert "no open report 1" in words(ask(answers, command, other).document)
    assert answers.room.store.reports.hidden() == frozenset()
    assert "say which report" in ask(answers, "/reports resolve").document.summary.lower()


def render(channel: str, document: Document) -> tuple[str, ...]:
    return (words(document),)


def queued(answers: Answers, now: datetime) -> list[tuple[str, str, str]]:
    """Queue what is due and return person, item and words of all that is queued."""
    queue_messages(answers.room, now, render)
    return [(m.person, m.item, m.body) for m, _, _ in answers.room.store.direct.list("T1")]


def test_whoever_reported_is_told_once_when_somebody_else_closes_it(answers: Answers) -> None:
    ask(answers, "/report outdated U-1", MEMBER)
    assert queued(answers, NOW) == []
    assert "is told" in words(ask(answers, "/reports resolve 1 the newer sentence is shown now").document)
    assert queue_messages(answers.room, NOW, lambda channel, document: ()) == 0  # the platform is off: later
    for _ in range(2):
        ((person, _, said),) = queued(answers, NOW)
        assert person == "U2"
        assert "the newer sentence is shown now" in said


def test_whoever_closes_their_own_report_is_not_told(answers: Answers) -> None:
    ask(answers, "/report outdated U-1")
    ask(answers, "/reports resolve 1 done")
    assert queued(answers, NOW) == []


def test_a_follower_hears_when_an_issue_moves_at_most_once_a_day(answers: Answers) -> None:
    ask(answers, "/follow U-1", MEMBER)
    assert queued(answers, NOW + timedelta(hours=1)) == []
    later = NOW + timedelta(hours=2)
    ingest(answers.room, SETTLED, now=later, is_import=False)
    ((person, item, said),) = queued(answers, later)
    assert (person, item) == ("U2", "U-1")
    assert "U-1 has moved: resolved" in said
    assert "has been resolved" in said
    for hours in (1, 25):  # nothing moved since
        assert len(queued(answers, later + timedelta(hours=hours))) == 1


def test_a_follower_hears_when_a_development_is_answered(answers: Answers) -> None:
    ask(answers, "/follow D-1", MEMBER)
    (follow,) = answers.room.store.reports.follows()
    assert (follow.person, follow.item) == ("U2", "D-1")
    assert queued(answers, NOW + timedelta(minutes=1)) == []  # its silence was known before


def test_follow_when_repeated_then_it_ends_also_from_a_direct_message(answers: Answers) -> None:
    assert "You follow U-1" in words(ask(answers, "/follow U-1", MEMBER).document)
    in_person = replace(MEMBER, tenant="person:U2", channel="fake:D2")
    assert "no longer follow U-1" in words(ask(answers, "/follow U-1", in_person).document)
    assert answers.room.store.reports.follows() == ()
    ask(answers, "/follow U-1", in_person)
    assert "no longer follow U-1" in words(ask(answers, "/follow U-1", MEMBER).document)
    ask(answers, "/follow U-1", MEMBER)
    other = replace(MEMBER, tenant="T2")
    assert "You follow U-1" in words(ask(answers, "/follow U-1", other).document)
    assert len(answers.room.store.reports.follows()) == 2
