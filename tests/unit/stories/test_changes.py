"""What happened since the last briefing."""

from __future__ import annotations

from datetime import timedelta

from briefings.stories.changes import changes
from briefings.stories.issue_ledger import fold
from tests.unit.stories.invented import START, article, development, issue

END = START + timedelta(hours=48)
WINDOW = {"start": END - timedelta(hours=24), "end": END}


def test_changes_when_new_moved_late_and_revised_then_each_in_its_place() -> None:
    old, new = development(1, article(1, "Old")), development(2, article(2, "New", hours=30))
    late = development(3, article(3, "Late", hours=2, known=START + timedelta(hours=40)))
    revised = development(4, article(4, "Revised", revision=2, known=START + timedelta(hours=40)))
    moved = fold(1, "land", [issue(1, article(5, "t", "Land is open.", hours=40), "Land")])
    still = fold(2, "truce", [issue(2, article(6, "t", "Truce is open."), "Truce")])
    found = changes([old, new, late, revised], [moved, still], (), **WINDOW)
    assert [d.id for d in found.developments] == [2, 3]  # a changed text makes nothing new
    assert ([i.id for i in found.moved], [i.id for i in found.quiet]) == ([1], [2])
    assert ([a.id for a in found.late], [a.id for a in found.revised]) == ([3], [4])
    assert not found.is_empty


def test_changes_when_nothing_happened_then_empty() -> None:
    assert changes([development(1, article(1, "Old"))], (), (), **WINDOW).is_empty
