"""What people type by mistake or in bad faith is answered by a helpful sentence; nothing leaks, nothing breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.command_list import COMMANDS
from briefings.answers.records import Asker
from briefings.document import Verbatim, lines_of
from briefings.use_cases.answer import Answers

from .two_articles import BOSS, MEMBER, ask, words

HOSTILE = (
    '" OR NEAR(', "*", "--", "'; DROP TABLE articles; --", "a AND (b OR", 'title:"x" ^2', "{a b}: c", "%_%", "\\",
    "NEAR/2", "@everyone <!channel> <@U1>", "\x00\x1b[2J\x07", "\u202e\u2066gnp.exe", "\ud800", "\U0001f600" * 40,
    "\u0645\u0631\u062d\u0628\u0627", "?", "((((", "[", "1' OR '1'='1", "${jndi:ldap://x}", "{{7*7}}",
    "../../etc/passwd", "A-0", "A-99999999999", "Q--1", "u-1 OR 1=1",
)  # fmt: skip
FEED = "https://gazette.example/rss"
STRANGER = Asker(tenant="T2", channel="fake:C1", user="U1", is_manager=True)  # the same names in another workspace


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in {"status", "schedule"}])
def test_whatever_is_typed_after_a_command_is_answered(shared: Answers, command: str) -> None:
    for text in HOSTILE:
        reply = ask(shared, f"/{command} {text}", MEMBER)
        assert reply.document.summary, text
        assert len(reply.document.summary) < 700
        assert "\x1b" not in reply.document.summary
        leaks = ("Traceback", "sqlite", "SELECT", "syntax error", "fts5")
        assert not any(leak in words(reply.document) for leak in leaks), text
    assert shared.room.store.articles.count() == 2


@pytest.mark.parametrize("command", ["ask", "summary", "report", "quotes"])
def test_four_thousand_characters_are_too_many(shared: Answers, command: str) -> None:
    said = ask(shared, f"/{command} " + "strait " * 571).document.summary
    assert "characters long; a command may have 2,000" in said


def test_two_thousand_characters_are_answered(shared: Answers) -> None:
    assert ask(shared, "/ask " + "strait spyglass " * 120).document.summary


def test_what_was_typed_is_never_shown_as_words_of_an_article(shared: Answers) -> None:
    reply = ask(shared, "/ask who looked at the strait <@U1> `x` *bold*")
    said = [x for b in reply.document.blocks for line in lines_of(b) for x in line if isinstance(x, Verbatim)]
    assert all("<@" not in v.text for v in said)


@pytest.mark.parametrize(
    ("made", "asked", "answered"),
    [
        ("/report wrong speaker Q-1", "/reports all", "There is no such report"),
        ("/report wrong speaker Q-1", "/reports resolve 1 gone", "no open report 1"),
        ("/report wrong speaker Q-1", "/reports confirm 1", "no open report 1"),
        ("/subscribe strait 08:00", "/unsubscribe strait", "no subscription to"),
        ("/subscribe strait 08:00", "/schedule", "This channel has no subscription"),
        ("/sources add https://gazette.example/rss", "/sources remove https://gazette.example/rss", "not added here"),
        (
            "/sources add https://gazette.example/rss",
            "/sources check https://gazette.example/rss",
            "no feed has the address",
        ),
        ("/sources add https://gazette.example/rss", "/sources", "No feed is watched"),
        ("/follow U-1", "/follow U-1", "You follow U-1"),
    ],
)
def test_what_another_workspace_owns_is_not_there(answers: Answers, made: str, asked: str, answered: str) -> None:
    ask(answers, made, replace(BOSS, is_manager=not made.startswith("/report")))
    assert answered.lower() in words(ask(answers, asked, STRANGER).document).lower()


def test_what_a_stranger_tries_changes_nothing(answers: Answers) -> None:
    ask(answers, "/subscribe strait 08:00")
    ask(answers, "/follow U-1")
    ask(answers, "/report wrong speaker Q-1", MEMBER)
    for command in ("/unsubscribe strait", "/follow U-1", "/follow U-1", "/reports confirm 1", "/reports resolve 1 x"):
        ask(answers, command, STRANGER)
    store = answers.room.store
    assert len(store.subscriptions.list("T1")) == 1
    assert [f.tenant for f in store.reports.follows()] == ["T1"]
    assert [r.state for r in store.reports.list("T1")] == ["open"]
    assert store.reports.hidden() == frozenset()


@pytest.mark.parametrize(
    "command", ["/subscribe strait 08:00", "/unsubscribe", "/reports", "/sources add https://x.example"]
)
def test_a_member_may_not_manage(shared: Answers, command: str) -> None:
    assert "for managers of this channel" in ask(shared, command, MEMBER).document.summary
    assert shared.room.store.subscriptions.active() == ()
