from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.command_list import COMMANDS
from bot.commands import MAX_LENGTH, needs_manager, parse, respond, sentence
from briefings.answers.records import Asker, Query, Reply
from briefings.errors import BadInput, NotFound

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
MEMBER = Asker(tenant="T1", channel="slack:C1", user="U1")


@pytest.mark.parametrize(
    ("text", "command", "options"),
    [
        ("/briefing", "briefing", {}),
        ("briefing harbour", "briefing", {"topic": "harbour"}),
        ("/BRIEFING harbour", "briefing", {"topic": "harbour"}),
        ("/quotes Ilse Marten days:3", "quotes", {"speaker": "Ilse Marten", "days": "3"}),
        ("/quotes days:3 Ilse Marten", "quotes", {"speaker": "Ilse Marten", "days": "3"}),
        ("/quotes speaker:Ilse Marten days:3", "quotes", {"speaker": "Ilse Marten", "days": "3"}),
        ('/quotes speaker:"Ilse Marten" topic:harbour', "quotes", {"speaker": "Ilse Marten", "topic": "harbour"}),
        ("/quotes “Ilse Marten”", "quotes", {"speaker": "Ilse Marten"}),
        ("/briefing quotes Marten", "quotes", {"speaker": "Marten"}),
        ("/briefing help quotes", "help", {"command": "quotes"}),
        ("/watch selland d-31", "watch", {"actor": "selland", "development": "D-31"}),
        ("/watch D-31", "watch", {"development": "D-31"}),
        ("/issues U-7", "issues", {"issue": "U-7"}),
        ("/report wrong speaker Q-12", "report", {"problem": "wrong speaker", "item": "Q-12"}),
        ("/report note: Q-12 is not his", "report", {"problem": "note: is not his", "item": "Q-12"}),
        ("/why q-12", "why", {"item": "q-12"}),
        ("/sources add https://example.org/a:b.xml", "sources", {"action": "add https://example.org/a:b.xml"}),
        ("/subscribe harbour 08:00 Europe/Kyiv weekdays", "subscribe", {"topic": "harbour 08:00 Europe/Kyiv weekdays"}),
        ("/subscribe harbour time:08:00 zone:Europe/Kyiv", "subscribe",
         {"topic": "harbour", "time": "08:00", "zone": "Europe/Kyiv"}),
        ("/summary https://example.org/x?a=b:c", "summary", {"article": "https://example.org/x?a=b:c"}),
        ('/ask re: who said "clear step" at 10:30', "ask", {"question": 're: who said "clear step" at 10:30'}),
        ('/ask what now as-of:"2026-01-07 08:00"', "ask", {"question": "what now", "as_of": "2026-01-07 08:00"}),
        ("/status", "status", {}),
        ("/quotes\x00 Mar\x1bten\u202e", "quotes", {"speaker": "Mar ten"}),
    ],
)  # fmt: skip
def test_parse_of_what_people_type_gives_the_query(text: str, command: str, options: dict[str, str]) -> None:
    query = parse(text)
    assert (query.command, dict(query.options)) == (command, options)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/qoutes Marten", "did you mean /quotes?"),
        ("/xyz", "/help lists the commands"),
        ("", "type a command"),
        ("   ", "type a command"),
        ("\x00\x00", "type a command"),
        ("/quotes speker:Marten", "did you mean speaker:?"),
        ("/quotes colour:red", "it has: speaker, topic, days"),
        ("/status colour:red", "it takes none"),
        ("/status now", "takes no options"),
        ("/quotes days:0", "whole number from 1"),
        ("/quotes days:٣", "whole number from 1"),
        ("/quotes days:1e9", "whole number from 1"),
        ("/reports opne", "Did you mean open?"),
        ("/ask", "needs question"),
        ("/why", "needs item"),
        ("/report Q-12", "needs problem"),
        ('/quotes Marten speaker:"Ilse"', "speaker was given already"),
        ("/ask " + "a" * MAX_LENGTH, "2,005 characters long"),
    ],
)
def test_parse_of_a_mistake_says_what_and_the_nearest_right(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=r".") as caught:
        parse(text)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "text", ['/ask " OR NEAR(', "/ask *", "/ask -- ; DROP TABLE", "/ask @everyone <!channel>", '/ask "']
)
def test_parse_of_query_syntax_takes_it_as_words(text: str) -> None:
    assert parse(text).get("question") in {'" OR NEAR(', "*", "-- ; DROP TABLE", "@everyone <!channel>", '"'}


def given(query: Query, now: datetime, as_of: datetime | None = None) -> Reply:
    return sentence(f"{query.command} was answered")


def test_respond_to_a_member_who_subscribes_says_that_managers_may() -> None:
    reply = respond("/subscribe harbour 08:00", MEMBER, given, NOW)
    assert "managers" in reply.document.summary
    manager = Asker(tenant="T1", is_manager=True)
    assert respond("/subscribe harbour 08:00", manager, given, NOW).document.summary == "Subscribe was answered"


@pytest.mark.parametrize(
    ("text", "managed"),
    [("/sources", False), ("/sources list", False), ("/sources add https://example.org", True),
     ("/sources REMOVE x", True), ("/unsubscribe harbour", True),
     ("/reports", True), ("/schedule", False), ("/follow U-7", False)],
)  # fmt: skip
def test_needs_manager_by_command_and_action(text: str, managed: bool) -> None:
    assert needs_manager(parse(text)) is managed


def test_respond_to_an_error_says_its_message() -> None:
    def missing(query: Query, now: datetime, as_of: datetime | None = None) -> Reply:
        msg = "nothing has the id U-99"
        raise NotFound(msg)

    reply = respond("/issues U-99", MEMBER, missing, NOW)
    assert reply.document.summary == "Nothing has the id U-99"
    assert reply.is_private


def test_help_lists_every_command_and_one_with_its_options() -> None:
    shown = respond("/help", MEMBER, given, NOW).document
    assert {b.id for b in shown.blocks if hasattr(b, "id")} == {f"/{c}" for c in COMMANDS}
    one = respond("/help /quotes", MEMBER, given, NOW).document
    assert one.title == "/quotes [speaker] [topic] [days]"
    assert [b.id for b in one.blocks if hasattr(b, "id")] == ["speaker", "topic", "days"]
    assert "did you mean /quotes" in respond("/help qoutes", MEMBER, given, NOW).document.summary


def test_declarations_fit_what_platforms_allow() -> None:
    for c in COMMANDS.values():
        assert c.name.isalpha()
        assert c.name.islower()
        assert len(c.name) <= 32
        assert 1 <= len(c.help) <= 100
        assert all(1 <= len(o.help) <= 100 and len(o.choices) <= 25 for o in c.options)
        required = [o.is_required for o in c.options]
        assert required == sorted(required, reverse=True), "required options come first"
        assert parse(c.example).command == c.name
        assert not c.managed or c.who == "anyone"
