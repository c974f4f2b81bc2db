from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from bot.slack.lines import escape
from bot.slack.render import MAX_BLOCKS, MAX_MESSAGE, messages_of, render_slack
from briefings.compose import compose, to_document
from briefings.document import Action, Actions, Document, Heading, Item, Link, Paragraph, Text, Verbatim
from briefings.model import Evidence, Span
from tests.fakes_briefing import empty_input, full_input, quiet_input
from tests.hostile import TEXTS
from tests.slack_rules import check_message
from tests.slack_words import words_of


def said(words: str, *, in_marks: bool = True) -> Verbatim:
    return Verbatim(words, Evidence(article=1, revision=1, span=Span(0, len(words))), in_marks)


def shown(document: Document, **given: Any) -> list[dict[str, Any]]:
    """Render and hold against Slack's rules and the SDK's own validators."""
    messages = [dict(m) for m in messages_of(document, **given)]
    for message in messages:
        check_message(message)
        for block in message.get("blocks", []):
            parsed = Block.parse(block)
            assert parsed is not None
            parsed.validate_json()
    return messages


def one(*blocks: Any, **given: Any) -> list[dict[str, Any]]:
    return list(shown(Document(title="Harbour", summary="s", blocks=blocks, **given))[0]["blocks"])


def crowded(n: int) -> Document:
    """Return a briefing with many developments, each of several lines."""
    quote = "We will keep the lighthouse, and the boats will sail again when the ice has gone. " * 3
    items = tuple(
        Item(
            f"D-{i}",
            (Text(f"Harbour talks, day {i}", "strong"),),
            ((said(quote), Text(" ("), Link("Lakeside Post", f"https://lakeside.example/{i}"), Text(")")),),
            "waiting",
            "response_watch",
        )
        for i in range(1, n + 1)
    )
    blocks = (Heading("Response watch", "response_watch"), *items[:5])
    return Document(title="Harbour", summary="s", blocks=blocks, detail=(Heading("All"), *items), key="harbour-x")


@pytest.mark.parametrize("given", [empty_input(), quiet_input(), full_input(), full_input(is_first=True)])
def test_render_when_it_is_a_briefing_then_slack_takes_it_in_under_twenty_blocks(given: Any) -> None:
    messages = shown(to_document(compose(given)))
    assert len(messages[0]["blocks"]) < 20
    assert messages[0]["text"]


def test_render_when_there_are_forty_developments_then_all_are_in_the_thread_and_no_limit_is_broken() -> None:
    document = crowded(40)
    messages = shown(document)
    assert all(len(m["blocks"]) <= MAX_BLOCKS for m in messages)
    assert all(len(json.dumps(m["blocks"], ensure_ascii=False)) <= MAX_MESSAGE + 200 for m in messages)
    below = "".join(words_of(m["blocks"]) for m in messages[1:])
    assert all(f"D-{i} " in below for i in range(1, 41))
    assert below.count("when the ice has gone. We will") == 80  # two in each: no quotation was cut


@pytest.mark.parametrize("words", TEXTS, ids=range(len(TEXTS)))
def test_render_when_words_are_hostile_then_slack_takes_them_and_they_do_nothing(words: str) -> None:
    line = (Text(words, "strong"), Link(words, "https://wire.example/1?a=1&b=|2"), Text(words, "emphasis"))
    item = Item("Q-1", (said(words),), (line, (said(words, in_marks=False),)), section="key_quotes")
    buttons = Actions((Action("report", words, "Q-1"),))
    document = Document(title=words, summary=words, blocks=(Heading(words), Paragraph(line, True), item, buttons))
    for message in shown(replace(document, detail=(item,), key=words[:40]), post="1 /quotes"):
        sections = [b["text"]["text"] for b in message["blocks"] if b["type"] == "section"]
        small = [b["elements"][0]["text"] for b in message["blocks"] if b["type"] == "context"]
        assert not any("<@" in text or "<!" in text for text in (message["text"], *sections, *small))


def test_escape_when_slack_would_read_markup_then_the_three_characters_are_entities() -> None:
    assert escape("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


@pytest.mark.parametrize("words", ["a *bold* word", "snake_case_name", "~gone~", "`code`", "a :smile: face"])
def test_item_when_its_words_would_be_markup_then_they_are_rich_text_with_the_menu_below(words: str) -> None:
    blocks = one(Item("D-1", (said(words),), section="response_watch"))
    assert [b["type"] for b in blocks] == ["header", "rich_text", "actions"]
    assert words in words_of(blocks)


def test_item_when_it_is_a_quotation_then_it_has_a_bar_and_its_id_beside_the_speaker() -> None:
    line = (Text("Mira Toval", "strong"), Text(", minister"))
    blocks = one(Heading("Key quotes", "key_quotes"), Item("Q-7", (said("We stay"),), (line,), section="key_quotes"))
    assert blocks[1]["text"]["text"] == "*Key quotes*\n>“We stay”\n*Q-7*  *Mira Toval*, minister"
    assert blocks[1]["accessory"]["options"][0]["value"] == "evidence:Q-7::"


def test_item_when_it_is_watched_then_it_has_a_mark_and_a_menu() -> None:
    blocks = one(
        Heading("Watch", "response_watch"), Item("D-7", (Text("x"),), tone="answered", section="response_watch")
    )
    assert blocks[1]["text"]["text"].startswith("*Watch*\n✅ *D-7*")
    values = [o["value"] for o in blocks[1]["accessory"]["options"]]
    assert values == ["evidence:D-7::", "follow:D-7::", "report:D-7::"]


def test_bold_when_it_touches_a_letter_then_it_is_rich_text() -> None:
    assert one(Paragraph((Text("re", "strong"), Text("open"))))[1]["type"] == "rich_text"
    assert one(Paragraph((Text("open ", "strong"), Text("now"))))[1]["text"]["text"] == "*open* now"


@pytest.mark.parametrize("words", ["plain", "a *bold* word", ""])
@pytest.mark.parametrize("item", ["", "Q-1"])
def test_item_when_id_or_words_are_missing_then_slack_still_takes_it(item: str, words: str) -> None:
    line = (Text(""), Text("", "strong"), Text(words))
    blocks = one(Item(item, line), Item(item, (said(words),) if words else (), (line,)))
    assert words_of(blocks).count(words) >= 2 or not words


def test_post_when_given_then_a_button_carries_it() -> None:
    document = Document(title="t", summary="s", blocks=(Paragraph((Text("x"),)),))
    (message,) = shown(document, post="17 /quotes")
    assert message["blocks"][-1]["elements"][0]["value"] == "17 /quotes"
    (message,) = shown(document, post="1" * 3000)
    assert message["blocks"][-1]["type"] == "section"


def test_title_when_it_is_too_long_then_it_is_cut_and_the_fallback_is_short() -> None:
    (message,) = shown(Document(title="x" * 400, summary="<" * 5000, blocks=()))
    assert len(message["blocks"][0]["text"]["text"]) == 150
    assert len(message["text"]) <= 4000


def test_render_when_nothing_is_given_then_there_is_still_a_message() -> None:
    (message,) = shown(Document(title="", summary="", blocks=()))
    assert message == {"text": "Briefing"}


def test_bodies_when_rendered_then_they_are_json_of_the_messages() -> None:
    document = to_document(compose(full_input()))
    assert [json.loads(b) for b in render_slack(document)] == list(messages_of(document))
