"""Statements of an actor with what each answers, in words that compare."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.model import Statement, StoredResponse
from briefings.stories.features import features
from briefings.stories.subjects import Ground
from briefings.stories.wordings import Wording, read, wording


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A statement and what it names as the thing it answers, or its whole sentence where it names nothing."""

    response: StoredResponse
    said: Statement
    wording: Wording


def statement(response: StoredResponse) -> Statement:
    """Cut the words of a statement out of its article."""
    mention, article = response.mention, response.article
    return Statement(
        id=response.id,
        at=article.published or article.known,
        stance=mention.stance,
        mode=mention.mode,
        sentence=mention.span.cut(article.text),
        named=mention.development.cut(article.text) if mention.development else None,
        actor=mention.actor,
        speaker=mention.speaker,
    )


def target(response: StoredResponse, about: Ground) -> Target:
    """Read what a statement answers."""
    said = statement(response)
    return Target(response, said, wording(said, about.actor))


def heading_target(wanted: Target, about: Ground) -> Target:
    """Read what an article is about that reports a statement: title and first sentence, without who says it."""
    article, said = wanted.response.article, wanted.said
    text = " ".join((article.title, *features(article, about.context).lead[:1]))
    return Target(wanted.response, said, read(text, said.at, (said.actor or "", said.speaker or ""), about.actor))
