"""Invented articles and findings to put into a store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from briefings.model import (
    Findings,
    IssueMention,
    ParsedArticle,
    Position,
    Publisher,
    Quotation,
    ResponseMention,
    Span,
    Speaker,
)
from briefings.store.articles import Saved
from briefings.store.engine import open_engine
from briefings.store.store import Store

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
PUBLISHER = Publisher(name="Lakeside Post", kind="media")
OFFICIAL = Publisher(name="Orvian Chancellery", kind="official", carries="orvia")
TEXT = (
    'The harbour talks ended without agreement on Tuesday. "We will keep the lighthouse," said Mira Toval, '
    "the harbour minister. Orvia rejected the plan for the lighthouse."
)


def after(hours: float) -> datetime:
    """Return a time some hours after noon of the first day."""
    return NOON + timedelta(hours=hours)


def span_of(words: str, text: str = TEXT) -> Span:
    """Return where words stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


def findings_in(text: str = TEXT) -> Findings:
    """Return the quotation, the issue and the response of the sample text."""
    speaker = Speaker(
        mention=span_of("Mira Toval", text), name="Mira Toval", person="mira-toval", role="minister", actor="coast"
    )
    quotation = Quotation(
        kind="direct",
        content=span_of("We will keep the lighthouse", text),
        cue=span_of("said", text),
        speaker=speaker,
    )
    issue = IssueMention(
        span=span_of("The harbour talks ended without agreement on Tuesday.", text),
        matter=span_of("harbour talks", text),
        label="the harbour",
        status="open",
        cue="no_agreement",
        cue_span=span_of("without agreement", text),
        positions=(Position(party="Orvia", actor="orvia", span=span_of("Orvia rejected the plan", text)),),
    )
    response = ResponseMention(
        span=span_of("Orvia rejected the plan for the lighthouse.", text),
        actor_id="orvia",
        actor="Orvia",
        stance="REJECT",
        development=span_of("the plan for the lighthouse", text),
    )
    return Findings(quotations=(quotation,), issues=(issue,), responses=(response,))


def parsed(number: int = 1, **changes: Any) -> ParsedArticle:
    """Return an article that nothing has stored."""
    values: dict[str, Any] = {
        "title": f"Harbour talks, day {number}",
        "text": TEXT,
        "publisher": PUBLISHER.name,
        "url": f"https://lakeside.example/{number}",
        "published": NOON,
    }
    return ParsedArticle(**(values | changes))


def save(store: Store, article: ParsedArticle | None = None, **changes: Any) -> Saved:
    """Store an article; unless told otherwise with the sample's findings, known when published."""
    article = article or parsed()
    arrival: dict[str, Any] = {
        "publisher": PUBLISHER,
        "findings": findings_in(article.text) if article.text == TEXT else Findings(),
        "fetched": NOON,
        "known": article.published or NOON,
        "topics": ("harbour",),
    } | changes
    return store.articles.save(article, arrival.pop("publisher"), arrival.pop("findings"), **arrival)


def let_slot_pass(url: str, tenant: str) -> None:
    """Put a tenant's subscriptions into the past, as if the day had gone on: their time was a minute ago."""
    now = datetime.now(UTC)  # noqa: TID251 - a worker runs by the real clock
    store = Store(open_engine(url))
    for s in store.subscriptions.list(tenant):
        given = {"tenant": s.tenant, "channel": s.channel, "topic": s.topic, "days": s.days}
        store.subscriptions.remove(tenant, s.channel, s.topic)
        store.subscriptions.add(
            now - timedelta(hours=1), **given, time=f"{now - timedelta(minutes=1):%H:%M}", zone="UTC"
        )
    store.close()
