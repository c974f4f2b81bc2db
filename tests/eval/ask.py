"""Score /ask on an archive of invented articles: the right passage first, among three, or rightly nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from briefings.answers.records import Query
from briefings.extract.worker import Extractor
from briefings.model import ParsedArticle
from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from briefings.stories.context import story_context
from briefings.use_cases.answer import Answers
from briefings.use_cases.ingest import ingest
from briefings.use_cases.newsroom import Newsroom
from config.catalogue import load_catalogue
from config.settings import load_settings
from tests.eval.story_world import DATA, KORDAVIA, TOPIC, rows

NOW = datetime(2031, 12, 31, tzinfo=UTC)
UNDATED = datetime(2031, 1, 15, 12, tzinfo=UTC)
_MARKS = re.compile(r"\(\((?:\d[\d,~|-]*)|\)\)|\{\{(?:\d[\d,~|-]*)|\}\}|\[\[(?:\d[\d,~|-]*)|\]\]|\?\|", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what would be right and the passages that came."""

    question: str
    right: tuple[str, ...]
    is_held_out: bool
    is_later: bool  # written after the rules, with its articles
    texts: tuple[str, ...]

    def is_right(self, first: int) -> bool:
        """Say whether one of the first passages holds the answer."""
        return any(r in text for text in self.texts[:first] for r in self.right)


def archive() -> Iterator[ParsedArticle]:
    """Yield the articles of the archive: the story world, an autumn of talks, and those with labelled quotations."""
    for row in (*rows("developments.jsonl"), *rows("ask_articles.jsonl")):
        yield ParsedArticle(
            title=row["title"],
            text=row["text"],
            publisher=row["publisher"],
            url=f"https://news.example/{row['id']}",
            published=datetime.fromisoformat(row["published"]),
        )
    for path in sorted([*(DATA / "quotes").glob("*.txt"), *(DATA / "quotes_held").glob("*.txt")]):
        yield _quoted(path)


def _quoted(path: Path) -> ParsedArticle:
    """Return an article whose quotations are marked in its text, without the marks."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    named = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    day = named.get("published")
    return ParsedArticle(
        title=named["title"],
        text=_MARKS.sub("", re.split(r"^== ", body, flags=re.MULTILINE)[0]).strip(),
        publisher=named["outlet"],
        url=f"https://archive.example/{path.stem}",
        published=datetime.fromisoformat(f"{day[:10]}T12:00:00+00:00") if day else UNDATED,
    )


@contextmanager
def answers() -> Iterator[Answers]:
    """Yield what answers questions from the archive, stored and extracted like any other."""
    shipped = load_catalogue()
    catalogue = replace(
        shipped, topics={TOPIC.id: TOPIC}, actors={**shipped.actors, KORDAVIA.id: KORDAVIA}, publishers={}
    )
    with TemporaryDirectory() as folder, Extractor(load_settings({}).nlp_model, catalogue) as extractor:
        engine = open_engine(f"sqlite:///{folder}/ask.db")
        migrate(engine)
        room = Newsroom(store=Store(engine), extractor=extractor, catalogue=catalogue, stories=story_context(catalogue))
        for parsed in archive():
            ingest(room, parsed, now=NOW, is_import=True)
        yield Answers(room=room)
        room.store.close()


def ask_all() -> Iterator[Asked]:
    """Yield every question with its passages."""
    with answers() as answer:
        for row in rows("ask_questions.jsonl"):
            data: Any = answer(Query(command="ask", options={"question": row["question"]}), NOW).data
            texts = tuple(item["text"] for item in data["items"])
            yield Asked(row["question"], tuple(row["answers"]), row["held_out"], row.get("later", False), texts)


def figures(asked: Sequence[Asked], prefix: str = "") -> dict[str, float]:
    """Return the shares of answers that are right."""
    answerable = [a for a in asked if a.right]
    others = [a for a in asked if not a.right]
    return {
        f"{prefix}first": sum(a.is_right(1) for a in answerable) / len(answerable),
        f"{prefix}in_three": sum(a.is_right(3) for a in answerable) / len(answerable),
        f"{prefix}abstained": sum(not a.texts for a in others) / len(others),
    }


def measure() -> dict[str, float]:
    """Return the figures that floors.toml holds."""
    return shares(tuple(ask_all()))


def shares(asked: Sequence[Asked]) -> dict[str, float]:
    """Return the figures of the questions by when they were written and whether anybody tunes on them."""
    earlier, later = [a for a in asked if not a.is_later], [a for a in asked if a.is_later]
    return {
        **figures(earlier),
        **figures([a for a in earlier if a.is_held_out], "held_out_"),
        **figures(later, "later_"),
        **figures([a for a in later if a.is_held_out], "later_held_out_"),
    }


def mistakes(asked: Sequence[Asked]) -> Iterator[str]:
    """Yield what went wrong, the held-out questions left out."""
    for a in asked:
        if not a.is_held_out and not (a.is_right(1) if a.right else not a.texts):
            yield f"{a.question}\n   right: {' | '.join(a.right) or 'nothing'}\n   " + "\n   ".join(a.texts or ("-",))


if __name__ == "__main__":
    everything = tuple(ask_all())
    for mistake in mistakes(everything):
        print(mistake)  # noqa: T201 - the output of a script
    print(json.dumps({name: round(value, 3) for name, value in shares(everything).items()}, indent=1))  # noqa: T201
