from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from briefings.document import Item
from briefings.sections.base import BriefingInput
from briefings.sections.unresolved import unresolved
from tests.fakes_briefing import (
    AS_OF,
    CREW,
    ISLANDS,
    MANDATE,
    PACT,
    PACT_POST,
    PRISONERS,
    empty_input,
    event,
    full_input,
    position,
    told,
)  # fmt: skip


def test_unresolved_when_issues_are_listed_then_moved_come_first_then_those_most_spoken_of_then_the_oldest() -> None:
    given = full_input()
    assert _ids(given) == ["U-12", "U-7", "U-5"]
    single = replace(ISLANDS, history=ISLANDS.history[-1:])
    older = replace(single, id=90, opened=single.opened - timedelta(days=30))
    assert _ids(replace(given, issues=(single, older))) == ["U-90", "U-7"]


def _ids(given: BriefingInput) -> list[str]:
    return [b.id for b in unresolved(given).blocks if isinstance(b, Item)]


def test_unresolved_when_an_issue_is_shown_then_age_status_positions_and_the_sentence_are_there() -> None:
    lines = told(unresolved(full_input()).blocks).splitlines()
    start = lines.index("U-7 Control of the Hollow Islands · open for 19 days")
    assert lines[start : start + 4] == [
        "U-7 Control of the Hollow Islands · open for 19 days",
        "The question of who controls the Hollow Islands remains unresolved. (Northern Wire, 4 Mar)",
        "Norland has ruled out giving up the islands",
        "Estmark insists that all Norland troops leave them",
    ]


def test_unresolved_when_the_status_moved_then_it_says_to_what() -> None:
    assert "U-12 Mandate of the monitors · now narrowed · 2 days old" in told(unresolved(full_input()).blocks)


def test_unresolved_when_an_issue_came_up_today_then_it_is_new() -> None:
    fresh = replace(ISLANDS, id=40, opened=PACT.published or AS_OF, history=ISLANDS.history[1:])
    text = told(unresolved(replace(full_input(), issues=(fresh,))).blocks)
    assert "U-40 Control of the Hollow Islands · new on the list" in text


def test_unresolved_when_it_was_reopened_then_the_words_say_so() -> None:
    reopened = event(80, PACT_POST, "Ships of Norland", "reopened", moved=True)
    again = replace(MANDATE, status="reopened", history=(*MANDATE.history[:1], reopened))
    assert "now open again" in told(unresolved(replace(full_input(), issues=(again,))).blocks)


def test_unresolved_when_resolved_today_then_it_is_told_once_more_and_later_no_longer() -> None:
    done = event(81, PACT_POST, "Ships of Norland and Sund are to patrol the Grey Strait", "resolved", moved=True)
    closed = replace(MANDATE, status="resolved", history=(*MANDATE.history[:1], done))
    given = replace(full_input(), issues=(closed,))
    assert "now resolved" in told(unresolved(given).blocks)
    later = replace(given.window, start=AS_OF, end=AS_OF + timedelta(days=1))
    assert unresolved(replace(given, window=later)).is_empty


def test_unresolved_when_only_one_publisher_calls_it_resolved_then_it_says_who() -> None:
    disputed = replace(ISLANDS, resolved_by=("Coast Daily",))
    text = told(unresolved(replace(full_input(), issues=(disputed,))).blocks)
    assert "Called resolved by 1 publisher (Coast Daily), not by the others." in text


def test_unresolved_when_a_position_changed_then_both_are_shown_with_their_places() -> None:
    changed = replace(
        ISLANDS,
        positions=(
            position(PACT, "Norland", "Norland has ruled out giving up the islands", "norland"),
            position(PRISONERS, "the government", "let the crew go before any further talks", "norland"),
        ),
    )
    text = told(unresolved(replace(full_input(), issues=(changed,))).blocks)
    assert "Norland: let the crew go before any further talks (Harbour Post, 1 Mar)" in text


def test_unresolved_when_issues_are_many_then_the_rest_stands_in_the_thread_with_history() -> None:
    many = tuple(replace(CREW, id=100 + i) for i in range(9))
    made = unresolved(replace(full_input(), issues=(*many, MANDATE)))
    assert sum(isinstance(b, Item) for b in made.blocks) == 4
    assert {b.id for b in made.detail if isinstance(b, Item)} == {f"U-{100 + i}" for i in range(9)} | {"U-12"}
    assert "Earlier, open: The mandate of the monitors is still being negotiated" in told(made.detail)


def test_unresolved_when_there_is_none_then_it_says_so() -> None:
    made = unresolved(empty_input())
    assert made.is_empty
    assert "No article of the last 30 days calls an issue of this story unresolved." in told(made.blocks)


def test_unresolved_when_an_article_says_it_twice_then_the_whole_sentence_is_shown() -> None:
    stub = event(91, PACT, "The question")
    issue = replace(ISLANDS, history=(*ISLANDS.history, stub))
    text = told(unresolved(replace(full_input(), issues=(issue,))).blocks)
    assert "The question of who controls the Hollow Islands remains unresolved." in text
