"""Briefings and answers as Discord messages: inside the limits, whole quotations, steady colours, local times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord.markdown import escape, size, timestamp
from bot.discord.render import AMBER, BLUE, GREEN, PURPLE, RED
from bot.interactions import read_press
from briefings.compose import compose, to_document
from briefings.document import Action, Actions, Document, Heading, Item, Link, Moment, Paragraph, Text, Verbatim
from briefings.model import Evidence, Span
from tests.discord_limits import message_errors
from tests.discord_reading import bodies, discord_text, discord_words
from tests.fakes_briefing import full_input, quiet_input
from tests.hostile import TEXTS

AS_OF = datetime(2031, 3, 5, 6, tzinfo=UTC)
URL = "https://northern-wire.example/2031/03/05/" + "a-very-long-name-of-a-story-" * 12


def errors(document: Document) -> list[str]:
    return [e for b in bodies(document) for e in message_errors({k: v for k, v in b.items() if k != "thread"} | NONE)]


NONE = {"allowed_mentions": {"parse": []}}


def quote(words: str) -> Verbatim:
    return Verbatim(words, Evidence(article=1, revision=1, span=Span(0, len(words))))


def long_briefing(n: int) -> Document:
    """Return a briefing whose every section has many items with long addresses."""
    blocks: list[Heading | Item | Paragraph | Actions] = [Paragraph((Text("24 hours"),), True, "header")]
    for section, letter in (
        ("bottom_line", "D"),
        ("since_last", "D"),
        ("key_quotes", "Q"),
        ("unresolved", "U"),
        ("response_watch", "D"),
    ):
        blocks.append(Heading(section.replace("_", " ").title(), section))
        for i in range(1 if section == "bottom_line" else n):
            words = f"{section} {i}: we will keep *every* lighthouse lit and _say_ so"
            below = ((Link("Northern Wire", URL), Text(", "), Moment(AS_OF - timedelta(hours=i), "date")),)
            blocks.append(Item(f"{letter}-{i}", (quote(words),), below, section=section))
    blocks.append(Actions((Action("full", "Full briefing"), Action("ask", "Ask")), "footer"))
    return Document(
        title="Grey Strait", summary="s", blocks=tuple(blocks), detail=tuple(blocks[1:-1]), key="strait", as_of=AS_OF
    )


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


@pytest.mark.parametrize("n", [0, 1, 5, 40, 100])
def test_render_when_a_briefing_is_long_then_every_message_is_inside_the_limits_and_nothing_is_lost(n: int) -> None:
    document = long_briefing(n)
    assert errors(document) == []
    words = discord_words(discord_text(document))
    for b in (*document.blocks, *document.detail):
        if isinstance(b, Item):
            assert f"“{b.line[0].text}”" in words  # type: ignore[union-attr]
    first = bodies(document)[0]
    assert all(s in str(first) for s in ("Key Quotes", "Unresolved", "Response Watch")) or n == 0


def test_render_when_an_item_fits_an_embed_then_it_is_never_parted() -> None:
    for body in bodies(long_briefing(40)):
        for embed in body["embeds"]:
            assert embed["description"].count("“") == embed["description"].count("”")


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=6000), st.integers(1, 30))
def test_render_when_words_are_anything_then_it_is_inside_the_limits(words: str, n: int) -> None:
    item = Item("Q-1", (quote(words),), ((Text(words, "strong"), Link(words[:300], URL)),), section="key_quotes")
    blocks = (Heading(words, "key_quotes"), *[item] * n, Actions((Action("follow", words, "U-1"),)))
    document = Document(title=words, summary=words, blocks=blocks, detail=blocks[:-1], key=words, as_of=AS_OF)
    assert errors(document) == []


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
