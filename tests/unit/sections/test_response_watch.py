from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from briefings.document import Item
from briefings.model import WatchLine
from briefings.sections.base import BriefingInput
from briefings.sections.response_watch import SHOWN, response_watch
from briefings.sections.watch_words import said_of, tone_of
from tests.fakes_briefing import (
    AS_OF,
    D_CABLE,
    D_PACT,
    ESTMARK,
    FAIR_GAME,
    FEES,
    NORLAND,
    SILENT,
    TOPIC,
    WATCH,
    empty_input,
    full_input,
    told,
)  # fmt: skip

UNKNOWN = replace(WATCH[3], development=D_PACT)  # reported today


def _told(given: BriefingInput) -> str:
    return told(response_watch(given).blocks)


def _with(*lines: WatchLine) -> BriefingInput:
    return replace(full_input(), watch=lines, untied=())


def test_response_watch_when_reported_silent_then_the_sentence_and_the_earlier_position_are_told_apart() -> None:
    text = _told(_with(WATCH[0]))
    assert "Varnholm has not answered, Northern Wire reports" in text
    assert "Varnholm has yet to respond to the pact. (Northern Wire, 4 Mar)" in text
    assert "Earlier position, not an answer: Any foreign warship in the Grey Strait is fair game" in text
    assert "Earlier position, not an answer: " in text


def test_response_watch_when_reported_silent_without_a_watched_feed_then_it_says_what_we_did_not_check() -> None:
    line = replace(WATCH[0], reason="no feed that carries Estmark is watched")
    assert "Not checked by us: no feed that carries Estmark is watched." in _told(_with(line))


def test_response_watch_when_answered_then_stance_speaker_rank_delay_and_words_are_shown() -> None:
    text = _told(_with(WATCH[1]))
    assert "D-29 Envoys propose outside monitors for the strait" in text
    who = "Jorund Kall, spokesman of the foreign ministry,"
    assert f"Varnholm answered after 27 hours: {who} rejected it (R-53)" in text
    assert "“There is no place for observers from third countries in our waters.”" in text


def test_response_watch_when_an_answer_was_shown_before_then_it_is_not_shown_again() -> None:
    assert "D-29" not in _told(replace(_with(WATCH[1]), shown=frozenset({"R-53"})))


def test_response_watch_when_an_answer_is_older_than_the_window_then_it_is_not_news() -> None:
    given = _with(WATCH[1])
    later = replace(given.window, start=AS_OF, end=AS_OF + timedelta(hours=24))
    assert "D-29" not in _told(replace(given, window=later, as_of=later.end))


def test_response_watch_when_no_answer_was_found_then_since_when_and_what_was_read() -> None:
    text = _told(_with(WATCH[2]))
    assert "Varnholm: no answer found in 3 days, since Sat 1 Mar, 22:00" in text
    assert "Last read: Estmark Press Agency 07:40, Harbour Post 07:51, Northern Wire 07:48." in text


def test_response_watch_when_silence_is_short_then_it_is_told_in_hours() -> None:
    line = replace(WATCH[2], since=AS_OF - timedelta(hours=47, minutes=59))
    assert "no answer found in 47 hours" in _told(_with(line))
    assert "no answer found in 2 days" in _told(_with(replace(line, since=AS_OF - timedelta(hours=48))))


def test_response_watch_when_we_cannot_tell_then_it_says_why_and_not_that_there_is_no_answer() -> None:
    text = _told(_with(UNKNOWN))
    assert "Varnholm: cannot tell if it answered: Coast Daily down 9 hours" in text
    assert "no answer" not in text


def test_response_watch_when_said_without_a_development_then_it_is_listed_apart() -> None:
    text = told(response_watch(replace(full_input(), watch=(), untied=(FEES,))).blocks)
    assert "R-54 Said by Varnholm, not tied to one development: “Whoever closes the strait" in text


def test_response_watch_when_lines_are_many_then_five_are_in_the_message_and_all_in_the_thread() -> None:
    lines = tuple(replace(WATCH[2], development=replace(D_CABLE, id=100 + i)) for i in range(9))
    made = response_watch(_with(*lines))
    ids = [b.id for b in (*made.blocks, *made.detail) if isinstance(b, Item)]
    assert ids == [f"D-{100 + i}" for i in range(9)]
    assert sum(isinstance(b, Item) for b in made.blocks) == SHOWN


def test_response_watch_when_states_are_mixed_then_answers_come_first_and_what_we_cannot_tell_last() -> None:
    made = response_watch(full_input())
    assert [b.id for b in made.blocks if isinstance(b, Item)] == ["D-29", "D-31", "D-27", "R-54"]
    assert [b.id for b in made.detail if isinstance(b, Item)] == ["D-25"]


def test_response_watch_when_a_development_is_reported_in_the_window_then_it_comes_before_older_silences() -> None:
    made = response_watch(_with(WATCH[2], UNKNOWN))
    assert [b.id for b in made.blocks if isinstance(b, Item)] == ["D-31", "D-27"]


def test_response_watch_when_the_speaker_goes_on_in_own_words_then_these_are_shown() -> None:
    line = replace(WATCH[1], words=FEES)
    assert "Whoever closes the strait" in _told(_with(line))


def test_said_of_when_only_a_pronoun_speaks_then_the_stance_alone_follows() -> None:
    assert WATCH[1].answer is not None
    mention = replace(WATCH[1].answer.mention, speaker=None, actor="He")
    line = replace(WATCH[1], answer=replace(WATCH[1].answer, mention=mention))
    assert said_of(line, ESTMARK, AS_OF) == "Varnholm answered after 27 hours (rejected it)"
    named = replace(line, answer=replace(WATCH[1].answer, mention=replace(mention, actor="the Estmarkian embassy")))
    assert said_of(named, ESTMARK, AS_OF).endswith("27 hours: the Estmarkian embassy rejected it")


def test_response_watch_when_nothing_waits_then_it_says_so() -> None:
    made = response_watch(empty_input())
    assert made.is_empty
    assert "Nothing of the last 14 days that names Varnholm waits for an answer." in told(made.blocks)


def test_response_watch_when_another_actor_is_watched_then_only_its_names_appear() -> None:
    topic = replace(TOPIC, actor="norland", section_title="")
    given = replace(_with(replace(UNKNOWN, actor="norland")), topic=topic, actor=NORLAND)
    text = _told(given)
    assert "# Norland: response watch" in text
    assert "Aldby: cannot tell" in text
    assert "Varnholm" not in text
    assert "Moscow" not in text


def test_response_watch_when_the_actor_has_no_capital_then_its_name_stands() -> None:
    given = replace(_with(UNKNOWN), actor=replace(ESTMARK, capital=""))
    assert "Estmark: cannot tell" in _told(given)


def test_tone_of_when_a_silence_passes_72_hours_then_it_is_an_alert() -> None:
    line = WatchLine(development=D_PACT, actor="estmark", state="reported_silent", answer=SILENT, earlier=FAIR_GAME)
    assert tone_of(replace(line, since=AS_OF - timedelta(hours=72)), AS_OF) == "waiting"
    assert tone_of(replace(line, since=AS_OF - timedelta(hours=72, minutes=1)), AS_OF) == "alert"
    assert tone_of(WATCH[1], AS_OF) == "answered"
    assert tone_of(WATCH[3], AS_OF) == "unknown"


def test_response_watch_when_lines_share_a_reason_then_it_is_given_once() -> None:
    lines = tuple(replace(UNKNOWN, development=replace(D_PACT, id=100 + i)) for i in range(3))
    text = _told(_with(*lines))
    assert text.count("Coast Daily down 9 hours") == 1
    assert text.count("cannot tell if it answered: same reason as above") == 2
