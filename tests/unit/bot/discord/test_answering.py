"""What an answer on Discord consists of: which messages, which buttons, and what a post to the channel keeps."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import discord

from bot.commands import sentence
from bot.discord.replying import MESSAGES, bodies_of, postable_body
from briefings.answers.records import Reply
from briefings.compose import compose, to_document
from briefings.document import Action, Actions, Document, Item, Paragraph, Text
from tests.discord_limits import message_errors
from tests.fakes_briefing import full_input

BRIEFING = Reply(document=to_document(compose(full_input())))


def labels(body: dict[str, Any]) -> list[str]:
    return [b["label"] for row in body.get("components", []) for b in row["components"]]


def test_bodies_when_a_briefing_is_answered_then_its_rest_waits_for_the_button() -> None:
    (only,) = bodies_of(BRIEFING, is_full=False, is_postable=True)
    assert labels(only)[-1] == "Post to channel"
    rest = bodies_of(BRIEFING, is_full=True, is_postable=False)
    assert "All developments" in str(rest[0])
    assert not any("thread" in b for b in rest)


def test_bodies_when_a_short_briefing_has_no_rest_then_full_shows_it_again() -> None:
    assert bodies_of(sentence("quiet"), is_full=True, is_postable=False)


def test_bodies_when_an_answer_is_endless_then_it_ends_after_some_messages() -> None:
    items = tuple(Item(f"Q-{n}", (Text("x" * 3000),)) for n in range(60))
    reply = Reply(document=Document(title="t", summary="s", blocks=items))
    assert len(bodies_of(reply, is_full=False, is_postable=False)) == MESSAGES


def test_bodies_when_a_message_is_full_of_buttons_then_the_post_button_still_fits() -> None:
    for n in (1, 5, 24, 25, 30):
        buttons = Actions(tuple(Action("follow", f"U-{i}", f"U-{i}") for i in range(n)))
        reply = Reply(document=Document(title="t", summary="s", blocks=(Paragraph((Text("p"),)), buttons)))
        (body,) = bodies_of(reply, is_full=False, is_postable=True)
        assert list(message_errors({**body, "allowed_mentions": {"parse": []}})) == []
        assert ("Post to channel" in labels(body)) == (n < 25)


def test_post_when_an_answer_is_posted_then_words_and_colour_are_kept_and_buttons_are_not() -> None:
    embed = discord.Embed(title="Quotes", description="> “words”", color=5)
    embed.set_image(url="https://cdn.example/p.png")
    message: Any = SimpleNamespace(content="", embeds=[embed])
    body = postable_body(message, 42)
    assert body["content"] == "-# Posted by <@42>"
    assert body["embeds"] == [
        {"title": "Quotes", "description": "> “words”", "color": 5, "image": {"url": "https://cdn.example/p.png"}}
    ]
    assert "components" not in body
