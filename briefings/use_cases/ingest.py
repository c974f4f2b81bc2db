"""One parsed article to a stored one with its findings, its development and its issues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from briefings.errors import ExtractFailed
from briefings.model import Article, Findings, ParsedArticle, StoredIssueMention
from briefings.sources.ownership import Claim, Source, claim_of
from briefings.store.articles import fingerprint
from briefings.stories import developments, issue_ledger
from briefings.stories.copies import copy_of
from briefings.stories.topics import topics_of
from briefings.use_cases.newsroom import Newsroom

NEAR = developments.WINDOW  # how far apart the articles of one event, and the copies of one text, may lie
LEDGER_DAYS = timedelta(days=60)  # an issue that nobody mentioned for so long before or after starts anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of one article; `note` is what a person should know of it, "" for nothing."""

    kind: Literal["new", "revision", "same"]
    article: Article
    note: str = ""


def ingest(room: Newsroom, parsed: ParsedArticle, *, now: datetime, is_import: bool) -> Ingested:
    """Store one article, extract it and give it its place in the stories.

    What has not changed is not extracted again. An article that was stored but never placed, because a worker was
    killed in between, is placed now.

    Args:
        room: store, extractor and catalogue.
        parsed: from a file or a feed.
        now: the fetch time.
        is_import: a stored article was known when it was published, one from a feed when it was fetched.
    """
    stored = room.store.articles.find(parsed)
    if stored is not None and stored.sha256 == fingerprint(parsed.title, parsed.text):
        with room.placing:
            if room.store.stories.development_of(stored.id) is None:
                _place(room, stored, now)
        return Ingested(kind="same", article=stored)
    claim: Claim = "none" if stored is None else _claim(room, parsed, stored)
    if stored is not None and claim == "none":
        return Ingested(
            kind="same", article=stored, note=f"it is an article of {stored.publisher.name}, left as it was"
        )
    findings, note = _findings(room, parsed)
    with room.placing:  # of two reports of one event that come in together, the second must find the first
        if stored is not None and claim == "take over":
            room.store.articles.hand_over(stored.id, room.publisher(parsed.publisher), parsed.origin)
        saved = room.store.articles.save(
            parsed,
            room.publisher(parsed.publisher),
            findings,
            fetched=now,
            known=parsed.published if is_import and parsed.published else now,
            topics=topics_of(parsed.title, parsed.text, room.catalogue),
            copy_of=_copied(room, parsed, now, stored),
        )
        if saved.kind != "same":
            _place(room, saved.article, now)
    return Ingested(kind=saved.kind, article=saved.article, note=note)


def _claim(room: Newsroom, parsed: ParsedArticle, stored: Article) -> Claim:
    """Tell whether what comes now may change what is stored: a feed can name any address as its article's."""
    named = {url for spec in room.catalogue.publishers.values() for url in spec.feeds}
    feeds = [f for f in room.store.feeds.list() if f.url in named]
    listed = {(f.publisher.name, place) for f in feeds for place in (f.url, f.moved_to) if place}
    first = Source(publisher=stored.publisher.name, origin=room.store.articles.origin(stored.id))
    return claim_of(Source(publisher=parsed.publisher, origin=parsed.origin), first, stored.url, listed)


def _findings(room: Newsroom, parsed: ParsedArticle) -> tuple[Findings, str]:
    if parsed.language != "en":
        return Findings(), f"in '{parsed.language}', which is stored and found by search but not extracted"
    try:
        found = room.extractor.extract(
            parsed.text, title=parsed.title, published=parsed.published, publisher=parsed.publisher
        )
    except ExtractFailed as error:
        return Findings(), str(error)
    return found, "" if parsed.published else "undated: stored and found by search, but in no briefing"


def _copied(room: Newsroom, parsed: ParsedArticle, now: datetime, stored: Article | None) -> int | None:
    """Return the article of which this is agency copy, among those of its days."""
    if stored is not None:
        return stored.copy_of
    at = parsed.published or now
    around = room.store.nearby.articles(at - NEAR, at + NEAR)
    draft = Article(
        id=0,
        publisher=room.publisher(parsed.publisher),
        url=parsed.url,
        title=parsed.title,
        text=parsed.text,
        published=parsed.published,
        fetched=now,
        known=at,
        revision=1,
        sha256="",
    )
    return copy_of(draft, around)


def _place(room: Newsroom, article: Article, now: datetime) -> None:
    stories = room.store.stories
    if stories.development_of(article.id) is None:
        at = article.published or article.known
        near = room.store.nearby.developments(at - NEAR, at + NEAR)
        stories.add_to_development(article.id, developments.place(article, near, room.stories), known=article.known)
    for topic in room.store.articles.topics(article.id):
        _enter(room, article, topic, now)


def _enter(room: Newsroom, article: Article, topic: str, now: datetime) -> None:
    """Enter the sentences of an article in the ledger of a topic.

    A sentence that calls a matter settled enters the history of that matter; it opens no issue where none was open.
    """
    mentions = room.store.findings.issue_mentions(as_of=None, article=article.id, topic=topic)
    fresh = [m for m in mentions if m.issue is None]
    if fresh:
        ledger = _Ledger(room, topic, article, now)
        for mention in sorted(fresh, key=lambda m: (m.mention.status == "resolved", m.mention.span)):
            ledger.enter(mention)


class _Ledger:
    """The issues of a topic around an article: read once, then kept up with each sentence that enters."""

    def __init__(self, room: Newsroom, topic: str, article: Article, now: datetime) -> None:
        at = article.published or article.known
        self._room, self._topic, self._known = room, topic, article.known
        histories = room.store.stories.issue_mentions_by_issue(
            topic, as_of=max(now, article.known), since=at - LEDGER_DAYS, until=at + LEDGER_DAYS
        )
        self._issues = {i.id: issue_ledger.fold(i.id, i.label, i.mentions) for i in histories}

    def enter(self, mention: StoredIssueMention) -> None:
        """Put a sentence into the issue that it is about."""
        issue = issue_ledger.place(mention, tuple(self._issues.values()), self._room.stories)
        if issue is None and mention.mention.status == "resolved":
            return
        label = mention.mention.label
        number = self._room.store.stories.assign_issue(
            mention.id, issue=issue, topic=self._topic, label=label, known=self._known
        )
        before = self._issues.get(number)
        told = tuple(e.mention for e in before.history) if before else ()
        self._issues[number] = issue_ledger.fold(number, before.label if before else label, (*told, mention))
