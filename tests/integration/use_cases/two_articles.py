"""Two invented articles, who asks about them, and what a reader sees of an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.commands import respond
from briefings.answers.records import Asker, Reply
from briefings.document import Document, lines_of, shown
from briefings.model import ParsedArticle
from briefings.use_cases.answer import Answers
from briefings.use_cases.ingest import ingest
from briefings.use_cases.newsroom import Newsroom

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
BOSS = Asker(tenant="T1", channel="fake:C1", user="U1", is_manager=True)
MEMBER = replace(BOSS, user="U2", is_manager=False)
ARTICLE = ParsedArticle(
    title="Norland closes the strait",
    text=(
        "Norland closed the strait to foreign boats on Tuesday.\n\nThe fishing border remains unresolved.\n\n"
        '"We want no quarrel over the strait with our neighbours," said Ada Holm.\n\n'
        "Estmark has not replied to the closure."
    ),
    publisher="Norland Post",
    url="https://post.example/strait",
    published=NOW - timedelta(hours=3),
)
SECOND = replace(
    ARTICLE,
    title="Estmark studies the closure of the strait",
    text="Estmark looked at the closed strait through a spyglass.\n\nThe fishing border remains unresolved today.",
    url="https://post.example/second",
    published=NOW - timedelta(hours=1),
)
SETTLED = replace(
    ARTICLE,
    title="Fishing border of the strait agreed",
    text="The fishing border has been resolved.\n\nNorland and Estmark drew it through the strait on Wednesday.",
    url="https://post.example/settled",
    published=NOW + timedelta(hours=1),
)


def filled(room: Newsroom) -> Answers:
    for parsed in (ARTICLE, SECOND):
        ingest(room, parsed, now=NOW, is_import=True)
    return Answers(room=room, version="1.2.3")


def words(document: Document) -> str:
    """All that a reader sees."""
    blocks = (*document.blocks, *document.detail)
    text = " ".join(shown(x, document) for b in blocks for line in lines_of(b) for x in line)
    ids = " ".join(getattr(b, "id", getattr(b, "text", "")) for b in blocks)
    return f"{document.title} {text} {ids}"


def ask(answers: Answers, text: str, asker: Asker = BOSS, as_of: datetime | None = None) -> Reply:
    return respond(text, asker, answers, NOW, as_of)
