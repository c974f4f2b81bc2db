"""Briefings and answers as Discord messages: inside the limits, whole quotations, steady colours, local times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.discord.markdown import escape, size, timestamp
from bot.discord.render import AMBER, BLUE, GREEN, PURPLE, RED
from bot.interactions import read_press
from briefings.compose import compose, to_document
from briefings.document import Document, Heading, Item, Moment, Text
from tests.discord_reading import bodies
from tests.fakes_briefing import full_input, quiet_input
from tests.hostile import TEXTS

AS_OF = datetime(2031, 3, 5, 6, tzinfo=UTC)


def test_render_when_a_briefing_is_full_then_it_has_a_bottom_line_and_an_embed_a_section() -> None:
    first, *thread = bodies(to_document(compose(full_input())))
    assert first["content"].startswith("> Norland and Sund signed a pact")
    titles = [e.get("title", "") for e in first["embeds"]]
    assert titles[1:4] == ["Key quotes", "Unresolved issues", "Estmarkian response watch"]
    assert [e["color"] for e in first["embeds"][:4]] == [BLUE, PURPLE, AMBER, RED]  # one silence is over 72 hours old
    assert all("content" not in b and b["thread"] for b in thread)


def test_render_when_a_silence_is_an_alert_then_the_watch_is_red() -> None:
    item = Item("D-1", (Text("Pact"),), tone="alert", section="response_watch")
    blocks = (Heading("Watch", "response_watch"), item)
    assert [e["color"] for e in bodies(Document(title="t", summary="s", blocks=blocks))[0]["embeds"]] == [RED]


def test_render_when_no_silence_is_an_alert_then_the_watch_is_green() -> None:
    item = Item("D-1", (Text("Pact"),), tone="answered", section="response_watch")
    blocks = (Heading("Watch", "response_watch"), item)
    assert [e["color"] for e in bodies(Document(title="t", summary="s", blocks=blocks))[0]["embeds"]] == [GREEN]


def test_render_when_a_day_is_quiet_then_it_is_one_short_message() -> None:
    found = bodies(to_document(compose(quiet_input())))
    assert found[0]["content"]
    assert size(str(found[0])) < 2500


@pytest.mark.parametrize("words", TEXTS, ids=range(len(TEXTS)))
def test_escape_when_words_are_hostile_then_no_markup_is_left(words: str) -> None:
    left = escape(words)
    for i, char in enumerate(left):
        if char in "*_~|<>[]`@":
            n_before = len(left[:i]) - len(left[:i].rstrip("\\"))
            assert n_before % 2 == 1, left[max(0, i - 5) : i + 5]


def test_buttons_when_drawn_then_their_ids_say_all_and_are_the_same_each_time() -> None:
    document = to_document(compose(full_input()))
    once, again = bodies(document)[0], bodies(document)[0]
    assert once == again
    ids = [b["custom_id"] for row in once["components"] for b in row["components"]]
    read = [read_press(i) for i in ids]
    assert [p.kind for p in read] == ["full", "sources", "ask", "follow", "report"]
    assert read[3].item == "U-12"
    assert {p.at for p in read} == {document.as_of}


def test_timestamp_when_a_date_is_recent_then_it_is_relative_else_a_date() -> None:
    hours, days = AS_OF - timedelta(hours=5), AS_OF - timedelta(days=30)
    assert timestamp(Moment(hours, "date"), AS_OF).endswith(":R>")
    assert timestamp(Moment(days, "date"), AS_OF).endswith(":D>")
    assert timestamp(Moment(hours, "time"), AS_OF).endswith(":t>")
    assert timestamp(Moment(hours, "datetime"), AS_OF) == f"<t:{int(hours.timestamp())}:f>"


def test_render_when_an_item_has_no_id_then_no_empty_code_stands_before_it() -> None:
    document = Document(title="Sources", summary="s", blocks=(Item("", (Text("Northern Wire"),)),))
    assert bodies(document)[0]["embeds"][0]["description"] == "Northern Wire"
