from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from briefings.document import Actions, Item
from briefings.model import Development
from briefings.sections.bottom_line import bottom_line, top_development, top_issue
from briefings.sections.footer import footer
from briefings.sections.header import header, title_of
from briefings.sections.quiet import quiet
from briefings.sections.since_last import since_last
from briefings.sections.sources_differ import sources_differ
from tests.fakes_briefing import (
    AGENCY,
    AS_OF,
    CHECKS,
    CREW,
    D_CABLE,
    D_FERRY,
    D_PACT,
    DAILY,
    DIFFERENCE,
    FERRY,
    ISLANDS,
    MANDATE,
    PACT,
    WATCH,
    WIRE,
    article,
    check,
    empty_input,
    full_input,
    quiet_input,
    told,
)  # fmt: skip


def test_title_of_when_a_zone_is_given_then_date_and_time_are_local() -> None:
    assert title_of(full_input()) == "Grey Strait · Wed 5 Mar 2031, 08:00 Helsinki time"
    assert title_of(replace(full_input(), zone="UTC")) == "Grey Strait · Wed 5 Mar 2031, 06:00 UTC"
    assert "Los Angeles time" in title_of(replace(full_input(), zone="America/Los_Angeles"))


def test_header_when_a_feed_is_down_then_it_is_named() -> None:
    assert told(header(full_input()).blocks) == (
        "24 hours to 08:00 · 5 articles from 4 publishers · 3 developments · feeds: 3 live, 1 down (Coast Daily)"
    )


def test_header_when_there_are_undated_articles_then_they_are_counted() -> None:
    assert "2 undated articles left out" in told(header(replace(full_input(), n_undated=2)).blocks)


def test_header_when_nothing_is_watched_then_it_says_so() -> None:
    assert told(header(empty_input()).blocks) == "24 hours to 08:00 · no new articles · no feeds are watched"


def test_bottom_line_when_there_is_news_then_lead_answer_and_open_issue_are_told() -> None:
    assert told(bottom_line(full_input()).blocks).splitlines() == [
        "# Bottom line",
        "D-31 Norland and Sund signed a pact on Tuesday to patrol the Grey Strait together once a truce with Estmark "
        "is agreed, after two days of talks in Aldby.",
        "Northern Wire, 4 Mar · 2 publishers, 1 agency copy",
        "Varnholm has not answered, Northern Wire reports.",
        "Still open: mandate of the monitors (U-12), now narrowed.",
    ]


def test_bottom_line_when_the_top_needs_no_answer_then_the_others_are_told() -> None:
    given = replace(full_input(), watch=WATCH[1:])
    text = told(bottom_line(given).blocks)
    assert (
        "Varnholm: answered after 27 hours: Jorund Kall, spokesman of the foreign ministry, rejected it (D-29); "
        "no answer found in 3 days (D-27)." in text
    )


def test_bottom_line_when_no_article_opens_with_a_sentence_then_the_headline_stands() -> None:
    bare = Development(id=50, headline="Only a headline", articles=(replace(PACT, text="Menu\n\nMore"),))
    assert "D-50 Only a headline" in told(bottom_line(replace(full_input(), developments=(bare,))).blocks)


def test_top_development_when_publishers_are_equal_then_the_newest_counts_and_copies_do_not() -> None:
    copies = tuple(replace(FERRY, id=200 + i, copy_of=4) for i in range(5))
    copied = replace(D_FERRY, articles=(FERRY, *copies))
    assert top_development(replace(full_input(), developments=(copied, D_PACT))) == D_PACT


def test_top_issue_when_none_moved_then_the_most_reported_counts() -> None:
    assert top_issue(full_input()) == MANDATE
    assert top_issue(replace(full_input(), issues=(CREW, ISLANDS))) == ISLANDS
    assert top_issue(empty_input()) is None


def test_since_last_when_it_is_the_first_briefing_then_it_says_so() -> None:
    text = told(since_last(full_input(is_first=True)).blocks)
    assert "This is the first briefing here; it looks back to Tue 4 Mar, 08:00." in text


def test_since_last_when_things_changed_then_each_is_named_once() -> None:
    assert told(since_last(full_input()).blocks).splitlines() == [
        "# Since the last briefing",
        "D-33 Estmark raises port fees for Norland ships · Estmark Press Agency, 5 Mar",
        "D-32 Ferry line to the Hollow Islands cut for a third day · Coast Daily, 4 Mar",
        "Mandate of the monitors (U-12): now narrowed",
        "Varnholm answered (rejected it): Envoys propose outside monitors for the strait (D-29)",
        "Nothing new on: fate of the crew of the Skarv (U-5, 4 days).",
    ]


def test_since_last_when_an_article_comes_late_or_changes_then_it_is_said() -> None:
    late = replace(article(90, WIRE, "Late", "t", hours=50), known=AS_OF - timedelta(hours=2))
    changed = replace(article(91, DAILY, "Changed", "t", hours=3), revision=2)
    given = replace(full_input(), developments=(D_PACT, Development(id=60, headline="Late", articles=(late, changed))))
    text = told(since_last(given).blocks)
    assert "1 article from before this window reached us only now." in text
    assert "Changed by the publisher since: 1 article (Coast Daily)." in text


def test_since_last_when_only_the_top_is_new_then_it_says_that_nothing_else_is() -> None:
    given = replace(full_input(), developments=(D_PACT,), issues=(), watch=())
    assert told(since_last(given).blocks) == "# Since the last briefing\nNothing else is new."


def test_since_last_when_developments_are_many_then_all_stand_in_the_thread() -> None:
    many = tuple(replace(D_FERRY, id=100 + i) for i in range(12))
    made = since_last(replace(full_input(), developments=(D_PACT, *many)))
    assert sum(isinstance(b, Item) for b in made.blocks) == 4
    assert sum(isinstance(b, Item) for b in made.detail) == 13


def test_sources_differ_when_two_numbers_contradict_then_both_sentences_are_shown() -> None:
    assert told(sources_differ(full_input()).blocks).splitlines() == [
        "# Sources differ",
        "D-31 Numbers · sailors killed",
        "At least 14 sailors were killed in the clash of last week, the coast guard said. (Harbour Post, 4 Mar)",
        "Twelve sailors were killed in the clash of last week. (Coast Daily, 4 Mar)",
    ]


def test_sources_differ_when_nothing_contradicts_then_it_is_not_shown() -> None:
    assert sources_differ(empty_input()).blocks == ()


def test_sources_differ_when_an_article_is_not_at_hand_then_the_difference_is_left_out() -> None:
    elsewhere = replace(DIFFERENCE, first=replace(DIFFERENCE.first, article=999))
    assert sources_differ(replace(full_input(), differences=(elsewhere,))).is_empty


def test_footer_when_all_is_well_then_method_id_and_next_time_are_told() -> None:
    assert told(footer(full_input()).blocks) == (
        "Extracted word for word from the articles, no AI text · Briefing strait-2031-03-05-0800 · "
        "Next: Thu 6 Mar, 08:00"
    )


def test_footer_when_late_or_corrected_then_it_says_so() -> None:
    given = full_input()
    given = replace(given, window=replace(given.window, late="the worker was down."), corrections=("Q-3 was removed.",))
    text = told(footer(given).blocks)
    assert "Sent late because the worker was down." in text
    assert "Corrected: Q-3 was removed." in text


def test_footer_when_an_issue_is_open_then_it_can_be_followed() -> None:
    actions = next(b.actions for b in footer(full_input()).blocks if isinstance(b, Actions))
    assert [(a.kind, a.item) for a in actions] == [
        ("full", ""),
        ("sources", ""),
        ("ask", ""),
        ("follow", "U-12"),
        ("report", ""),
    ]


def test_footer_when_sources_are_listed_then_each_publisher_stands_once() -> None:
    assert told(footer(full_input()).detail).splitlines()[:2] == ["# Sources", "Coast Daily, 4 Mar · 2 articles"]


def test_quiet_when_feeds_were_read_then_it_is_short_and_keeps_the_ledgers() -> None:
    made = quiet(quiet_input())
    assert told(made.blocks).splitlines() == [
        "A quiet day: nothing new on Grey Strait since Tue 4 Mar, 08:00.",
        "Still open: fate of the crew of the Skarv (U-5, 35 days) and control of the Hollow Islands (U-7, 19 days).",
        "Varnholm: no answer found in 3 days (D-27).",
    ]
    assert {b.id for b in made.detail if isinstance(b, Item)} == {"U-5", "U-7", "D-27"}


def test_quiet_when_every_feed_was_down_then_it_does_not_call_the_day_quiet_on_its_own_word() -> None:
    down = tuple(check(p, error="timeout") for p in (WIRE, AGENCY))
    text = told(quiet(replace(quiet_input(), checks=down)).blocks)
    assert "But none of 2 feeds could be read: the quiet is ours and says nothing about the day." in text


def test_quiet_when_one_feed_was_down_then_it_is_named() -> None:
    assert "1 of 4 feeds could not be read: Coast Daily." in told(quiet(replace(quiet_input(), checks=CHECKS)).blocks)


def test_quiet_when_many_wait_then_they_are_counted() -> None:
    of = {2: D_CABLE, 3: D_PACT}
    lines = tuple(replace(WATCH[n], development=replace(of[n], id=90 + i)) for i, n in enumerate((2, 2, 3, 3, 3)))
    text = told(quiet(replace(quiet_input(), watch=lines)).blocks)
    assert "Varnholm: no answer found on 2 developments, the longest for 3 days (D-90); cannot tell on 3 " in text


def test_header_when_no_feed_was_ever_read_then_it_does_not_list_them_as_down() -> None:
    never = tuple(replace(c, last_success=None) for c in CHECKS)
    assert "none of 4 feeds has been read" in told(header(replace(full_input(), checks=never)).blocks)


def test_quiet_when_no_feed_is_watched_then_it_says_what_the_quiet_rests_on() -> None:
    assert "No feeds are watched" in told(quiet(replace(quiet_input(), checks=())).blocks)
