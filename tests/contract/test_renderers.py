"""What every renderer owes: all items with their ids, safe links, no hidden character, nothing cut from a quotation."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import jsonschema
import pytest
from markdown_it import MarkdownIt

from bot.console.render import render_html, render_json, render_markdown, render_text
from briefings.compose import compose, to_document
from briefings.document import (
    Document,
    Item,
    Link,
    Verbatim,
    clean,
    evidence_of,
    lines_of,
)
from tests.fakes_briefing import empty_input, full_input, quiet_input
from tests.hostile import TEXTS, URLS
from tests.hostile_documents import hostile_document
from tests.seen import RENDERERS, Page, Renderer, squeezed

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "briefing.schema.json").read_text(encoding="utf-8"))
ALLOWED_TAGS = set(
    "html head meta title style body main section h1 h2 div p ul li span strong em small a time img".split()  # noqa: SIM905
)
ALLOWED_ATTRIBUTES = set(
    "lang charset http-equiv content name class title href rel datetime alt src".split()  # noqa: SIM905
)


def _briefing(kind: str) -> Document:
    given = {"empty": empty_input, "quiet": quiet_input, "full": full_input, "first": empty_input}[kind]()
    return to_document(compose(given))


def _ids(document: Document) -> list[str]:
    return [b.id for b in (*document.blocks, *document.detail) if isinstance(b, Item)]


def _verbatims(document: Document) -> list[Verbatim]:
    blocks = (*document.blocks, *document.detail)
    return [x for b in blocks for line in lines_of(b) for x in line if isinstance(x, Verbatim)]


@pytest.fixture(params=RENDERERS, name="renderer")
def _renderer(request: pytest.FixtureRequest) -> Renderer:
    return RENDERERS[str(request.param)]


@pytest.mark.parametrize("kind", ["empty", "quiet", "full", "first"])
def test_render_when_a_briefing_is_given_then_every_id_and_every_word_is_there(renderer: Renderer, kind: str) -> None:
    document = _briefing(kind)
    words = squeezed(renderer.words(renderer.render(document)))
    assert squeezed(document.title) in words
    assert [i for i in _ids(document) if i not in words] == []
    assert [v.text for v in _verbatims(document) if squeezed(clean(v.text)) not in words] == []


def test_render_when_called_twice_then_it_is_the_same(renderer: Renderer) -> None:
    document = _briefing("full")
    assert renderer.render(document) == renderer.render(document)


def test_render_when_a_document_is_empty_then_its_title_is_shown(renderer: Renderer) -> None:
    assert "Nothing" in renderer.words(renderer.render(Document(title="Nothing", summary="", blocks=())))


def test_render_when_links_are_sound_then_they_are_all_kept(renderer: Renderer) -> None:
    document = _briefing("full")
    blocks = (*document.blocks, *document.detail)
    wanted = {x.url for b in blocks for line in lines_of(b) for x in line if isinstance(x, Link)}
    assert set(renderer.urls(renderer.render(document))) == wanted


@pytest.mark.parametrize("words", TEXTS, ids=range(len(TEXTS)))
def test_render_when_the_words_are_hostile_then_nothing_acts_and_nothing_is_lost(
    renderer: Renderer, words: str
) -> None:
    written = renderer.render(hostile_document(words))
    written.encode("utf-8")
    seen = renderer.words(written)
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]", seen) == []
    assert {"Q-1", "D-2"} <= set(re.findall(r"[QD]-\d", seen))
    assert all(url == "https://wire.example/1" for url in renderer.urls(written))
    assert squeezed(f"He said “{clean(words)}” twice.") in squeezed(seen)


@pytest.mark.parametrize("url", URLS, ids=range(len(URLS)))
def test_render_when_an_address_is_unsafe_then_it_is_no_link(renderer: Renderer, url: str) -> None:
    written = renderer.render(hostile_document("Wire", url))
    assert renderer.urls(written) == []
    assert "Wire" in renderer.words(written)


def test_render_when_the_label_names_another_host_then_the_true_host_is_shown(renderer: Renderer) -> None:
    item = Item("A-1", (Link("https://good.example/news", "https://evil.example/x"),))
    written = renderer.render(Document(title="t", summary="s", blocks=(item,)))
    assert "evil.example" in renderer.words(written)


def test_render_html_when_the_words_are_hostile_then_the_page_has_only_its_own_tags() -> None:
    for words in TEXTS:
        page = Page(render_html(hostile_document(words)))
        assert page.tags <= ALLOWED_TAGS, words[:60]
        assert page.attributes <= ALLOWED_ATTRIBUTES, words[:60]


def test_render_html_when_written_then_it_asks_for_nothing_from_outside() -> None:
    page = render_html(_briefing("full"))
    assert "default-src 'none'" in html.unescape(page)
    assert "<script" not in page
    assert re.findall(r"url\(|@import|<link", page) == []


@pytest.mark.parametrize("words", TEXTS, ids=range(len(TEXTS)))
def test_render_markdown_when_the_words_are_hostile_then_a_reader_of_it_sees_them_plain(words: str) -> None:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = [
        t for block in reader.parse(render_markdown(hostile_document(words))) for t in (block, *(block.children or ()))
    ]
    assert {t.attrs["href"] for t in tokens if t.type == "link_open"} <= {"https://wire.example/1"}
    assert {t.content for t in tokens if t.type in {"html_inline", "html_block"}} <= {"<br>"}
    allowed = {
        "heading_open",
        "paragraph_open",
        "bullet_list_open",
        "list_item_open",
        "link_open",
        "strong_open",
        "em_open",
    }
    assert {t.type for t in tokens if t.type.endswith("_open")} <= allowed
    assert [t for t in tokens if t.type in {"image", "fence", "code_block", "code_inline"}] == []
    shown = "".join(t.content for t in tokens if t.type == "text")
    assert squeezed(f"He said “{clean(words)}” twice.") in squeezed(shown)


@pytest.mark.parametrize("kind", ["empty", "quiet", "full", "first"])
def test_render_json_when_a_briefing_is_given_then_it_fits_the_schema(kind: str) -> None:
    jsonschema.validate(json.loads(render_json(_briefing(kind))), SCHEMA)


@pytest.mark.parametrize("words", TEXTS, ids=range(len(TEXTS)))
def test_render_json_when_the_words_are_hostile_then_it_fits_the_schema_and_keeps_them_exact(words: str) -> None:
    document = hostile_document(words)
    data = json.loads(render_json(document))
    jsonschema.validate(data, SCHEMA)
    found = [e for s in data["sections"] for i in s["items"] for e in i["evidence"]]
    shown = [(e.article, e.span.start, e.span.end) for e in evidence_of(document.blocks)]
    assert [(e["article"], e["start"], e["end"]) for e in found] == shown
    assert found[0]["text"] == words


@pytest.mark.parametrize("width", [20, 40, 80, 300])
def test_render_text_when_the_width_changes_then_no_line_is_wider(width: int) -> None:
    lines = render_text(_briefing("full"), width).splitlines()
    notes = [line for line in lines if re.match(r"\[\d+\] ", line)]
    assert max(len(line) for line in lines if line not in notes) <= max(30, min(width, 96))
