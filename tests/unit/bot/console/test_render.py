from __future__ import annotations

import json

import pytest

from bot.console.render import FORMATS, render_html, render_json, render_markdown, render_terminal, render_text
from bot.console.render_markdown import escape
from briefings.compose import compose, to_document
from briefings.document import Document, Heading, Item, Link, Paragraph, Picture, Text, Verbatim
from briefings.model import Evidence, Span
from tests.fakes_briefing import full_input, quiet_input

AT = Evidence(article=7, revision=2, span=Span(3, 8))
QUOTE = Document(
    title="Title",
    summary="s",
    blocks=(
        Heading("Key quotes"),
        Item(
            "Q-1",
            (Verbatim("words", AT),),
            ((Text("Ada Lo", "strong"), Text(" in "), Link("Wire", "https://w.example/1")),),
        ),
        Item("Q-2", (Verbatim("She left.", AT, in_marks=False),), ((Link("Wire", "https://w.example/1"),),)),
        Paragraph((Text("small"),), is_context=True),
    ),
    detail=(Heading("More"), Item("Q-3", (Text("three"),))),
)


def test_render_text_when_links_repeat_then_each_address_is_noted_once() -> None:
    assert render_text(QUOTE) == (
        "Title\n"
        "\n"
        "KEY QUOTES\n"
        "Q-1  “words”\n"
        "     Ada Lo in Wire [1]\n"
        "\n"
        "Q-2  She left.\n"
        "     Wire [1]\n"
        "\n"
        "small\n"
        "\n"
        "────────────────────────\n"
        "More\n"
        "\n"
        "MORE\n"
        "Q-3  three\n"
        "\n"
        "[1] https://w.example/1\n"
    )


@pytest.mark.parametrize("render", [render_text, render_terminal, render_markdown, render_html, render_json])
def test_render_when_the_thread_is_not_wanted_then_only_the_message_is_written(render: object) -> None:
    written = render(QUOTE, with_detail=False)  # type: ignore[operator]
    assert "Q-1" in written
    assert "Q-3" not in written


def test_render_terminal_when_a_line_holds_a_link_then_it_can_be_opened() -> None:
    assert "\x1b]8;;https://w.example/1\x1b\\" in render_terminal(QUOTE)
    assert "[1]" not in render_terminal(QUOTE)


def test_render_terminal_when_an_item_has_a_tone_then_it_has_a_colour() -> None:
    alert = Document(title="t", summary="s", blocks=(Item("D-1", (Text("x"),), tone="alert"),))
    assert "\x1b[1;31mD-1" in render_terminal(alert)


def test_render_markdown_when_words_are_given_then_they_are_marked_once() -> None:
    written = render_markdown(QUOTE)
    assert "- **Q-1** “words”\n  <br>**Ada Lo** in [Wire](<https://w.example/1>)" in written
    assert "- **Q-2** *She left.*" in written


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# a", "\\# a"),
        ("1. a", "1\\. a"),
        ("- a", "\\- a"),
        ("a - b", "a - b"),
        ("a*b_c", "a\\*b\\_c"),
        ("5 > 3", "5 \\> 3"),
        ("https://a.example", "https\\://a.example"),
        ("At 08:00 (local)", "At 08:00 (local)"),
    ],
)
def test_escape_when_a_character_has_a_meaning_then_it_loses_it(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_render_html_when_a_quotation_is_shown_then_its_place_can_be_seen() -> None:
    assert 'title="article 7, revision 2, characters 3 to 8">“words”</span>' in render_html(QUOTE)


def test_render_html_when_a_picture_is_shown_then_it_is_in_the_page_with_its_words() -> None:
    page = render_html(Document(title="t", summary="s", blocks=(Picture(b"\x89PNG", 'a "chart"'),)))
    assert '<img alt="a &quot;chart&quot;" src="data:image/png;base64,iVBORw==">' in page


def test_render_json_when_a_briefing_is_given_then_its_sections_are_named() -> None:
    data = json.loads(render_json(to_document(compose(full_input()))))
    assert [s["id"] for s in data["sections"]] == [
        "header", "bottom_line", "since_last", "key_quotes", "unresolved", "response_watch", "sources_differ", "footer",
    ]  # fmt: skip
    assert data["id"] == "strait-2031-03-05-0800"
    assert data["as_of"] == "2031-03-05T06:00:00Z"


def test_render_json_when_an_item_is_given_then_it_holds_evidence_links_and_tone() -> None:
    item = json.loads(render_json(QUOTE))["sections"][0]["items"][0]
    assert item["evidence"] == [{"article": 7, "revision": 2, "start": 3, "end": 8, "text": "words"}]
    assert item["links"] == [{"text": "Wire", "url": "https://w.example/1"}]
    assert (item["text"], item["below"][0]["text"], item["tone"]) == ("“words”", "Ada Lo in Wire", "plain")


def test_render_json_when_an_answer_has_headings_then_each_begins_a_section() -> None:
    document = Document(title="t", summary="s", blocks=(Heading("a"), Heading("b"), Item("A-1", (Text("x"),))))
    assert [s["title"] for s in json.loads(render_json(document))["sections"]] == ["a", "b"]


def test_formats_when_listed_then_each_writes_a_whole_briefing() -> None:
    document = to_document(compose(quiet_input()))
    assert set(FORMATS) == {"text", "markdown", "json", "html"}
    assert all("D-27" in render(document) for render in FORMATS.values())
