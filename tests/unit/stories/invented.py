"""Invented articles, findings and an actor for the story tests; the word lists are the shipped ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from briefings.model import (
    Article,
    Development,
    FeedCheck,
    IssueMention,
    Position,
    Publisher,
    ResponseMention,
    Span,
    StoredIssueMention,
    StoredResponse,
)
from briefings.stories.context import StoryContext, story_context
from config.catalogue import load_catalogue
from config.records import ActorSpec, Catalogue, OfficeSpec, PersonSpec, Role, TopicSpec

START = datetime(2031, 3, 4, 6, tzinfo=UTC)  # a Tuesday
ORVIA = ActorSpec(
    id="orvia",
    name="Orvia",
    capital="Tarn",
    names=("Orvia", "Tarn", "the Copper Hall"),
    adjectives=("Orvian",),
    offices=(OfficeSpec(name="Orvian foreign ministry", variants=("foreign ministry",)),),
    people=(
        PersonSpec(
            id="brod",
            name="Janek Brod",
            actor="orvia",
            surnames=("Brod",),
            roles=(Role(title="President", rank="head"),),
        ),
        PersonSpec(
            id="vell", name="Ana Vell", actor="orvia", surnames=("Vell",), roles=(Role(title="aide", rank="spokesman"),)
        ),
    ),
)
TOPIC = TopicSpec(
    id="coast", title="Coast", actor="orvia", places=("Selm", "Dorr"), aliases={"coastal capital": "Selm"}
)


@lru_cache(maxsize=1)
def context() -> StoryContext:
    """Return the context of the invented topic."""
    lexicons = load_catalogue().lexicons
    return story_context(Catalogue(topics={"coast": TOPIC}, actors={"orvia": ORVIA}, publishers={}, lexicons=lexicons))


def article(number: int, title: str, text: str = "", *, hours: float = 0, **given: Any) -> Article:
    """Return an article some hours after the start."""
    at = START + timedelta(hours=hours)
    fields: dict[str, Any] = {
        "publisher": Publisher(name=f"Paper {number}"),
        "url": "",
        "published": at,
        "fetched": at,
        "known": at,
        "revision": 1,
        "sha256": str(number),
    }
    return Article(id=number, title=title, text=text or f"{title}.", **{**fields, **given})


def development(number: int, *articles: Article) -> Development:
    """Return a development of articles."""
    return Development(id=number, headline=articles[0].title, articles=articles)


def span(words: str, text: str) -> Span:
    """Return where words stand."""
    return Span(text.index(words), text.index(words) + len(words))


def response(number: int, at: Article, sentence: str, about: str | None = None, **given: Any) -> StoredResponse:
    """Return a mention of the actor in an article."""
    mention = ResponseMention(
        span=span(sentence, at.text),
        actor_id="orvia",
        development=span(about, at.text) if about else None,
        **{"actor": "Orvia", **given},
    )
    return StoredResponse(id=number, article=at, mention=mention)


def issue(number: int, at: Article, matter: str, status: str = "open", **given: Any) -> StoredIssueMention:
    """Return an issue mention whose sentence is the whole text."""
    fields: dict[str, Any] = {"cue": "settled" if status == "resolved" else "unresolved", "label": matter, **given}
    stated = tuple(Position(party=p, actor=None, span=span(w, at.text)) for p, w in fields.pop("positions", {}).items())
    mention = IssueMention(
        span=Span(0, len(at.text)), matter=span(matter, at.text), status=status, positions=stated, **fields
    )
    return StoredIssueMention(id=number, article=at, mention=mention)


def feed(name: str, as_of: datetime, *, kind: str = "media", carries: str | None = None, **given: Any) -> FeedCheck:
    """Return a feed read every hour of the last three days."""
    fields: dict[str, Any] = {
        "successes": tuple(as_of - timedelta(hours=n) for n in range(72, -1, -1)),
        "last_success": as_of,
        "last_attempt": as_of,
        "newest_entry": as_of,
        "usual_interval": 3600.0,
    }
    publisher = Publisher(name=name, kind=kind, carries=carries)  # type: ignore[arg-type]  # a literal
    return FeedCheck(feed=name, publisher=publisher, **{**fields, **given})


def three_feeds(as_of: datetime) -> tuple[FeedCheck, ...]:
    """Return just enough feeds for silence to be found by us."""
    return (
        feed("Copper Gazette", as_of, kind="official", carries="orvia"),
        feed("Harbour Wire", as_of, kind="wire"),
        feed("The Ledger", as_of),
    )
