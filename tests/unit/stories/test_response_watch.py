"""The response watch: answered, silent by report, silent by our finding, or we cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from briefings.model import Article, Development, FeedCheck, StoredResponse, WatchLine
from briefings.stories.coverage import age_words
from briefings.stories.response_watch import WatchReport, WatchWindow, watch
from tests.unit.stories.invented import ORVIA, START, article, context, development, feed, response, three_feeds

PLEDGE = article(
    1,
    "League pledges 900 troops for the coast",
    "The League pledged to send 900 troops to the coast on Tuesday. The Copper Hall has repeatedly said that foreign "
    "troops would be targets. Orvia has yet to respond to the pledge.",
)
STANDING = response(
    1,
    PLEDGE,
    "The Copper Hall has repeatedly said that foreign troops would be targets.",
    "foreign troops",
    mode="standing",
    stance="THREATEN",
)
SILENT = response(
    2, PLEDGE, "Orvia has yet to respond to the pledge.", "the pledge", is_silence=True, stance="NO_RESPONSE"
)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def run(
    developments: Sequence[Development],
    responses: Sequence[StoredResponse],
    *,
    hours: float = 12,
    checks: Sequence[FeedCheck] | None = None,
) -> WatchReport:
    now = at(hours)
    feeds = three_feeds(now) if checks is None else checks
    return watch(
        developments, responses, feeds, ORVIA, context(), WatchWindow(as_of=now, start=now - timedelta(hours=24))
    )


def only(report: WatchReport) -> WatchLine:
    (line,) = report.lines
    return line


def answer(number: int, hours: float, speaker: str, sentence: str = "", **given: object) -> StoredResponse:
    words = sentence or f"{speaker} rejected the League's pledge of troops for the coast."
    where = article(50 + number, "Said in Tarn", words, hours=hours)
    return response(
        number, where, words, "the League's pledge of troops for the coast", speaker=speaker, stance="REJECT"
    )


def test_watch_when_silence_is_reported_then_its_sentence_and_the_earlier_position() -> None:
    line = only(run([development(3, PLEDGE)], [STANDING, SILENT], checks=()))
    assert (line.state, line.answer, line.earlier) == ("reported_silent", SILENT, STANDING)
    assert line.reason == "no feed that carries Orvia is watched"


def test_watch_when_answered_later_then_silence_ends() -> None:
    found = answer(3, 5, "Ana Vell")
    line = only(run([development(3, PLEDGE)], [STANDING, SILENT, found]))
    assert (line.state, line.answer, line.delay) == ("answered", found, 5 * 3600)


def test_watch_when_answer_was_shown_before_then_only_a_higher_rank_shows_again() -> None:
    spokesman = answer(3, 5, "Ana Vell")
    assert run([development(3, PLEDGE)], [SILENT, spokesman], hours=40).lines == ()
    president = answer(4, 35, "Janek Brod")
    assert only(run([development(3, PLEDGE)], [SILENT, spokesman, president], hours=40)).answer == president


def test_watch_when_only_a_standing_position_then_clock_goes_on() -> None:
    line = only(run([development(3, PLEDGE)], [STANDING]))
    assert (line.state, line.earlier, line.since) == ("no_answer_found", STANDING, START)
    assert len(line.checked) == 3


def test_watch_when_statement_is_about_another_development_then_untied() -> None:
    other = article(60, "Said in Tarn", "Ana Vell said that the fishing treaty with Ruvia was void.", hours=4)
    stray = response(5, other, other.text, "the fishing treaty with Ruvia", speaker="Ana Vell")
    report = run([development(3, PLEDGE)], [stray])
    assert only(report).state == "no_answer_found"
    assert report.untied == (stray,)


def test_watch_when_two_developments_fit_alike_then_neither_is_answered_nor_silent() -> None:
    first = article(1, "Missile hits Selm", "An Orvian missile hit houses in Selm on Tuesday.")
    second = article(2, "Missile hits Selm again", "An Orvian missile hit houses in Selm on Friday.", hours=72)
    text = "Orvia aims at no houses in Selm, Ana Vell said."
    vague = response(6, article(70, "Said", text, hours=80), text, "houses in Selm", speaker="Ana Vell")
    report = run([development(1, first), development(2, second)], [vague], hours=84)
    assert {w.state for w in report.lines} == {"cannot_tell"}
    assert report.untied == (vague,)


def test_watch_when_another_day_is_named_then_not_the_answer() -> None:
    first = article(1, "Missile hits Selm", "An Orvian missile hit a school in Selm on Tuesday.")
    text = "Ana Vell said that the missile which hit the school in Selm on Sunday was not Orvian."
    late = response(6, article(70, "Said", text, hours=10), text, "the missile which hit the school in Selm on Sunday")
    assert only(run([development(1, first)], [late])).state != "answered"


def test_watch_when_one_article_reports_silence_and_something_vague_then_the_silence_stands() -> None:
    text = f"{PLEDGE.text} Ana Vell said that troops are not needed."
    told = article(1, PLEDGE.title, text)
    silent = response(2, told, "Orvia has yet to respond to the pledge.", is_silence=True, stance="NO_RESPONSE")
    vague = response(9, told, "Ana Vell said that troops are not needed.", speaker="Ana Vell")
    assert only(run([development(3, told)], [silent, vague])).state == "reported_silent"
    assert only(run([development(3, told)], [vague])).state == "cannot_tell"


def test_watch_when_held_all_along_then_neither_answer_nor_doubt_however_it_was_marked() -> None:
    held = replace(STANDING, mention=replace(STANDING.mention, mode="new", development=None))
    line = only(run([development(3, PLEDGE)], [held]))
    assert (line.state, line.earlier) == ("no_answer_found", held)
    assert run([development(3, PLEDGE)], [held]).untied == ()


def test_watch_when_two_sentences_report_silence_then_the_one_that_says_on_what() -> None:
    text = f"{PLEDGE.text} Orvia has remained silent on recent overtures."
    told = article(1, PLEDGE.title, text)
    said = "Orvia has yet to respond to the pledge."
    first = response(2, told, said, is_silence=True, stance="NO_RESPONSE")
    last = response(3, told, "Orvia has remained silent on recent overtures.", is_silence=True, stance="NO_RESPONSE")
    assert only(run([development(3, told)], [first, last])).answer == first


def test_watch_when_the_speaker_goes_on_then_own_words_belong_to_the_answer() -> None:
    names = "Ana Vell rejected the League's pledge of troops for the coast."
    quote = '"It is a dangerous turn," Vell said.'
    where = article(51, "Said in Tarn", f"{names} {quote}", hours=5)
    found = response(3, where, names, speaker="Ana Vell", stance="REJECT")
    words = response(4, where, quote, speaker="Ana Vell", stance="ACCUSE")
    report = run([development(3, PLEDGE)], [SILENT, found, words])
    assert (only(report).answer, only(report).words, report.untied) == (found, words, ())


def test_watch_when_only_a_subheading_speaks_then_it_is_not_listed() -> None:
    told = article(1, PLEDGE.title, f"{PLEDGE.text}\n\nOrvia warns of revenge\n\nNothing more was said.")
    heading = response(9, told, "Orvia warns of revenge", stance="THREATEN")
    assert run([development(3, told)], [heading]).untied == ()


def test_watch_when_headline_is_the_actors_own_statement_then_no_line() -> None:
    own = article(1, "Orvia says coast must disarm", "Orvia wants the coast to disarm, Ana Vell said on Tuesday.")
    assert run([development(1, own)], []).lines == ()


def test_watch_when_actor_is_not_concerned_or_too_old_then_no_line() -> None:
    far = article(1, "Choir wins prize", "A choir won a prize in the mountains.")
    assert run([development(1, far)], []).lines == ()
    assert run([development(3, PLEDGE)], [], hours=15 * 24).lines == ()


def test_watch_when_replayed_then_later_articles_and_answers_are_unknown() -> None:
    found = answer(3, 5, "Ana Vell")
    late: Article = replace(found.article, known=at(30))
    line = only(run([development(3, PLEDGE)], [replace(found, article=late)], hours=12))
    assert line.state == "no_answer_found"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"last_success": at(3), "successes": tuple(at(n) for n in range(4))}, "Copper Gazette down 9 h"),
        ({"successes": (at(0), at(7), at(12))}, "Copper Gazette not read for 7 h"),
        ({"newest_entry": at(0), "usual_interval": 3600.0}, "Copper Gazette nothing new for 12 h"),
        ({"last_success": None, "successes": ()}, "no feed that carries Orvia has been read"),
    ],
)
def test_watch_when_the_carrier_feed_is_no_good_then_cannot_tell_and_why(
    change: dict[str, object], reason: str
) -> None:
    good = three_feeds(at(12))
    line = only(run([development(3, PLEDGE)], [], checks=(replace(good[0], **change), *good[1:])))
    assert (line.state, line.reason) == ("cannot_tell", reason)


def test_watch_when_fewer_than_two_others_are_read_then_cannot_tell() -> None:
    carrier, wire, _ = three_feeds(at(12))
    same = feed("Harbour Wire", at(12), kind="wire")
    line = only(run([development(3, PLEDGE)], [], checks=(carrier, wire, same)))
    assert line.state == "cannot_tell"
    assert "fewer than two" in line.reason


def test_age_words_when_long_then_days() -> None:
    assert [age_words(s) for s in (600, 14 * 3600, 47 * 3600, 72 * 3600)] == ["10 min", "14 h", "47 h", "3 d"]
