"""Every command over a store with two invented articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.command_list import COMMANDS
from briefings.document import evidence_of
from briefings.use_cases.answer import ANSWERS, Answers
from briefings.use_cases.discover import Discovery, FoundFeed
from briefings.use_cases.newsroom import Newsroom

from .two_articles import BOSS, NOW, ask, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/briefing", ["Norland closes the strait", "D-1", "We want no quarrel", "The fishing border"]),
        ("/briefing strait", ["Norland closes the strait"]),
        ("/quotes", ["Ada Holm", "We want no quarrel", "Q-"]),
        ("/quotes Holm days:1", ["We want no quarrel"]),
        ("/quotes topic:strait", ["We want no quarrel"]),
        ("/quotes estmark", ["No quotation", "Estmark".lower()]),
        ("/quotes Hlom", ["No quotation of 'Hlom'"]),
        ("/issues", ["U-1", "fishing border"]),
        ("/issues U-1", ["History", "A-1", "A-2"]),
        ("/issues border", ["History", "U-1"]),
        ("/watch", ["Estmarkian response watch", "Estborg"]),
        ("/watch D-1", ["Estmark has not replied"]),
        ("/watch development:D-1 actor:Estmark", ["Estmark has not replied"]),
        ("/summary A-1", ["Norland closed the strait to foreign boats", "We want no quarrel", "U-1"]),
        ("/summary https://post.example/strait?utm_source=x", ["Norland closes the strait"]),
        ("/summary spyglass", ["Estmark studies the closure"]),
        ("/ask who looked through a spyglass", ["through a spyglass"]),
        ("/ask who won the football cup", ["Nothing in the stored articles answers this"]),
        ("/related A-1", ["Estmark studies the closure", "same issue", "(U-1)"]),
        ("/timeline U-1", ["Timeline of U-1"]),
        ("/timeline D-1", ["Timeline of D-1", "Estmark has not replied"]),
        ("/timeline", ["Timeline of U-1"]),
        ("/why Q-1", ["kind: direct", "Ada Holm", "score"]),
        ("/why U-1", ["the matter: The fishing border"]),
        ("/why D-1", ["one event"]),
        ("/why A-1", ["topics: strait", "found in it: 1 quotation"]),
        ("/sources", ["No feed is watched"]),
        ("/status", ["2 articles", "1.2.3"]),
        ("/schedule", ["no subscription"]),
        ("/reports", ["No report is open"]),
        ("/follow U-1", ["You follow U-1"]),
    ],
)  # fmt: skip
def test_a_command_answers_with_what_is_stored(shared: Answers, text: str, expected: list[str]) -> None:
    found = words(ask(shared, text).document)
    assert all(e in found for e in expected), found


@pytest.mark.parametrize("text", [c.example for c in COMMANDS.values()])
def test_every_example_is_answered_with_words_that_stand_in_the_articles(shared: Answers, text: str) -> None:
    document = ask(shared, text).document
    shown_ = evidence_of((*document.blocks, *document.detail))
    texts = shared.room.store.articles.texts((e.article, e.revision) for e in shown_)
    assert document.summary
    assert all(e.span.cut(texts[e.article, e.revision]) for e in shown_)


@pytest.mark.parametrize("text", ["/quotes", "/issues", "/watch", "/ask spyglass", "/related A-1", "/timeline U-1"])
def test_an_answer_says_how_fresh_it_is(shared: Answers, text: str) -> None:
    found = words(ask(shared, text).document)
    assert "newest article: Norland Post" in found
    assert "no feed is watched" in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/briefing starit", "did you mean strait?"),
        ("/issues U-99", "has the id U-99"),
        ("/issues zebra", "no open issue is called"),
        ("/watch atlantis", "there is no actor"),
        ("/watch development:U-1", "looks like D-12"),
        ("/summary A-99", "has the id A-99"),
        ("/summary https://post.example/other", "no stored article has the address"),
        ("/summary zebra", "no stored article has any of the words"),
        ("/why Z-1", "looks like Q-12"),
        ("/why Q-99", "has the id Q-99"),
        ("/follow Q-1", "looks like U-12"),
        ("/follow U-99", "has the id U-99"),
        ("/ask what as_of:tomorrow", "is not a time"),
        ("/ask what as_of:2099-01-01", "lies ahead"),
        ("/subscribe strait", "say at what time"),
        ("/subscribe starit 08:00", "did you mean strait?"),
        ("/subscribe strait time:25:00", "did you mean 01:00 or 23:00?"),
        ("/subscribe strait 08:00 zone:Europe/Kiyv", "did you mean Europe/Kyiv"),
        ("/sources add ftp://example.org", "is not an http(s) address"),
        ("/sources remove https://example.org/none", "was not added here"),
        ("/report wrong item:X-1", "looks like Q-12"),
    ],
)
def test_a_mistake_is_answered_by_a_helpful_sentence(shared: Answers, text: str, expected: str) -> None:
    summary = ask(shared, text).document.summary
    assert expected.lower() in summary.lower()
    assert len(summary) < 400


def test_as_of_answers_from_what_was_known_then(shared: Answers) -> None:
    before = NOW - timedelta(hours=2)
    assert "Estmark studies" not in words(ask(shared, "/related A-1", as_of=before).document)
    assert ask(shared, "/ask who looked through a spyglass", as_of=before).data == {"items": [], "abstained": True}
    back = ask(shared, '/ask who looked through a spyglass as_of:"2026-03-04 07:00"')
    assert back.data == {"items": [], "abstained": True}


def test_subscribe_then_schedule_then_unsubscribe(answers: Answers) -> None:
    said = words(ask(answers, "/subscribe strait 8am Helsinki weekdays").document)
    assert "weekdays at 08:00 Helsinki time (Europe/Helsinki)" in said
    assert "5 Mar, 08:00" in said
    assert "clock changes" in said
    assert "Changed" in words(ask(answers, "/subscribe strait 08:00 Kyiv").document)
    assert "Subscribed" in words(ask(answers, "/subscribe strait 18:00").document)
    listed = words(ask(answers, "/schedule").document)
    assert "Kyiv" in listed
    assert "18:00" in listed
    assert "2 subscriptions" in words(ask(answers, "/unsubscribe").document)
    assert "no subscription" in words(ask(answers, "/schedule").document)


def test_a_channel_sees_only_its_own_subscriptions_reports_and_follows(answers: Answers) -> None:
    ask(answers, "/subscribe strait 08:00")
    ask(answers, "/report wrong speaker Q-1")
    ask(answers, "/follow U-1")
    other = replace(BOSS, tenant="T2")
    assert "no subscription" in words(ask(answers, "/schedule", other).document)
    assert "No report is open" in words(ask(answers, "/reports", other).document)
    assert "no subscription to" in words(ask(answers, "/unsubscribe strait", other).document)
    assert "You follow U-1" in words(ask(answers, "/follow U-1", other).document)
    assert "no longer" in words(ask(answers, "/follow U-1").document)


def test_a_feed_added_here_is_listed_and_removed(answers: Answers) -> None:
    ask(answers, "/sources add https://gazette.example/rss.xml")
    assert "gazette.example : not read yet (added here)" in words(ask(answers, "/sources").document)
    assert "to be read within a minute: 1" in words(ask(answers, "/sources check").document)
    other = replace(BOSS, tenant="T2")
    assert "gazette" not in words(ask(answers, "/sources", other).document)
    assert "was not added here" in words(
        ask(answers, "/sources remove https://gazette.example/rss.xml", other).document
    )
    assert "Removed" in words(ask(answers, "/sources remove https://gazette.example/rss.xml").document)


@pytest.mark.parametrize(
    "text", ['" OR NEAR(', "*", "--", "'; DROP TABLE articles; --", "@everyone <!channel>", "\x00\x1b[2J", "%_%"]
)
@pytest.mark.parametrize(
    "command", ["ask", "quotes", "issues", "summary", "related", "watch", "why", "report", "briefing"]
)
def test_query_syntax_and_control_characters_break_nothing(shared: Answers, command: str, text: str) -> None:
    assert ask(shared, f"/{command} {text}").document.summary
    assert shared.room.store.articles.count() == 2


def test_a_page_is_answered_by_the_feeds_behind_it_and_a_feed_is_added(room: Newsroom) -> None:
    feed = FoundFeed(url="https://gazette.example/rss", title="Norland Gazette", n_entries=12, newest=NOW)

    def find(given: str, now: datetime) -> Discovery:
        return Discovery(asked=given, feeds=(feed,), is_feed=given.endswith("/rss"))

    answers = Answers(room=room, find=find)
    page = words(ask(answers, "/sources add gazette.example").document)
    assert "Norland Gazette" in page
    assert "/sources add https://gazette.example/rss" in page
    assert room.store.feeds.list("T1") == ()
    added = words(ask(answers, "/sources add https://gazette.example/rss").document)
    assert "as Norland Gazette (12 entries, newest of 2026-03-04)" in added
    assert [f.url for f in room.store.feeds.list("T1")] == ["https://gazette.example/rss"]


def test_every_declared_command_is_answered_somewhere() -> None:
    assert set(COMMANDS) == {*ANSWERS, "status", "help"}
