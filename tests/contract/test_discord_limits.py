"""Discord's limits, held by briefings of any length and words of any kind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.document import Action, Actions, Document, Heading, Item, Link, Moment, Paragraph, Text, Verbatim
from briefings.model import Evidence, Span
from tests.discord_limits import message_errors
from tests.discord_reading import bodies, discord_text, discord_words

AS_OF = datetime(2031, 3, 5, 6, tzinfo=UTC)
URL = "https://northern-wire.example/2031/03/05/" + "a-very-long-name-of-a-story-" * 12
NONE = {"allowed_mentions": {"parse": []}}


def errors(document: Document) -> list[str]:
    return [e for b in bodies(document) for e in message_errors({k: v for k, v in b.items() if k != "thread"} | NONE)]


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
