"""A topic and a window to a checked document, from what was known by some time; the same path for worker and shell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from briefings.compose import Briefing, compose, to_document
from briefings.document import Document, check, evidence_of, with_dropped_note
from briefings.model import Article, Development, FeedCheck, LedgerIssue, StoredQuotation, StoredResponse, Window
from briefings.sections.base import BriefingInput
from briefings.stories.differences import differences
from briefings.stories.earlier import NO_POSITION
from briefings.stories.issue_ledger import fold
from briefings.stories.response_watch import MAX_AGE, WatchReport, WatchWindow, held_before, watch
from briefings.use_cases.newsroom import Newsroom
from config.records import TopicSpec

EARLIER = timedelta(days=7)  # quotations of these days tell repeats from news
POSITIONS = timedelta(days=60)  # how far back an earlier position may lie
LEDGER = timedelta(days=30)  # an issue that nobody mentioned for so long is left out


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRequest:
    """What to draft. `shown` are ids that earlier briefings of the subscription showed."""

    topic: str
    window: Window
    as_of: datetime
    zone: str = "UTC"
    shown: frozenset[str] = frozenset()
    previous_key: str = ""
    next_at: datetime | None = None
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The briefing as composed and the document in which every span was checked against its stored text."""

    briefing: Briefing
    document: Document


def draft(room: Newsroom, request: DraftRequest, fresh_hours: float = 2) -> Drafted:
    """Assemble a briefing.

    Args:
        room: store and catalogue.
        request: topic, window and the time that it speaks of.
        fresh_hours: how old the last success of a feed may be for "no answer found" to rest on it.

    Raises:
        ConfigError: there is no such topic.
    """
    briefing = compose(gather(room, request, fresh_hours))
    return Drafted(briefing=briefing, document=verified(room, to_document(briefing)))


def verified(room: Newsroom, document: Document) -> Document:
    """Drop every item with a span that its stored text does not bear out, and say how many there were."""
    shown = evidence_of((*document.blocks, *document.detail))
    return with_dropped_note(check(document, room.store.articles.texts((e.article, e.revision) for e in shown)))


def gather(room: Newsroom, request: DraftRequest, fresh_hours: float = 2) -> BriefingInput:
    """Read from the store all that a briefing may speak of."""
    topic = room.catalogue.topic(request.topic)
    window, as_of = request.window, request.as_of
    recent = room.store.stories.developments(as_of=as_of, since=as_of - MAX_AGE, topic=topic.id)
    in_window = _in_window(recent, window)
    new, earlier = _quotations(room, topic, request)
    checks = _checks(room, topic, as_of)
    report = _watch(room, topic, recent, checks, request, fresh_hours)
    return replace(
        _named(room, topic, request),
        articles=_articles(room, topic, request),
        developments=in_window,
        quotations=new,
        earlier_quotations=earlier,
        issues=_issues(room, topic, as_of),
        watch=report.lines,
        untied=report.untied,
        differences=tuple(x for d in in_window for x in differences(d, _of(d, new))),
        checks=checks,
        shown=request.shown,
        previous_key=request.previous_key,
        next_at=request.next_at,
        corrections=request.corrections,
        n_undated=sum(_is_known_in(a, window) for a in room.store.articles.undated()),
    )


def gather_issues(room: Newsroom, request: DraftRequest) -> BriefingInput:
    """Read only the ledger, for an answer that shows nothing else."""
    topic = room.catalogue.topic(request.topic)
    return replace(_named(room, topic, request), issues=_issues(room, topic, request.as_of))


def gather_watch(room: Newsroom, request: DraftRequest, fresh_hours: float = 2) -> BriefingInput:
    """Read only the response watch, for an answer that shows nothing else."""
    topic = room.catalogue.topic(request.topic)
    recent = room.store.stories.developments(as_of=request.as_of, since=request.as_of - MAX_AGE, topic=topic.id)
    report = _watch(room, topic, recent, _checks(room, topic, request.as_of), request, fresh_hours)
    return replace(_named(room, topic, request), watch=report.lines, untied=report.untied)


def gather_quotes(room: Newsroom, request: DraftRequest) -> BriefingInput:
    """Read only what key quotes are chosen by, for an answer that shows nothing else."""
    topic, window, as_of = room.catalogue.topic(request.topic), request.window, request.as_of
    recent = room.store.stories.developments(as_of=as_of, since=window.start, topic=topic.id)
    new, earlier = _quotations(room, topic, request)
    return replace(
        _named(room, topic, request),
        developments=_in_window(recent, window),
        quotations=new,
        earlier_quotations=earlier,
        issues=_issues(room, topic, as_of),
    )


def _named(room: Newsroom, topic: TopicSpec, request: DraftRequest) -> BriefingInput:
    """Return topic, actors, time and zone, and nothing that was read."""
    return BriefingInput(
        topic=topic,
        actor=room.catalogue.actors[topic.actor],
        actors=room.catalogue.actors,
        as_of=request.as_of,
        window=request.window,
        zone=request.zone,
    )


def _watch(
    room: Newsroom,
    topic: TopicSpec,
    recent: tuple[Development, ...],
    checks: tuple[FeedCheck, ...],
    request: DraftRequest,
    fresh_hours: float,
) -> WatchReport:
    as_of, actor = request.as_of, room.catalogue.actors[topic.actor]
    said = room.store.findings.responses(as_of=as_of, since=as_of - MAX_AGE, actor=actor.id, topic=topic.id)
    return watch(
        recent,
        (*said, *_held_before(room, topic, recent, as_of)),
        checks,
        actor,
        room.stories,
        WatchWindow(as_of=as_of, start=request.window.start, fresh_hours=fresh_hours),
    )


def _held_before(
    room: Newsroom, topic: TopicSpec, recent: tuple[Development, ...], as_of: datetime
) -> tuple[StoredResponse, ...]:
    """Return the positions of the weeks before the developments that may be shown beneath one of them.

    They are chosen by their words alone; only the articles of those chosen are read.
    """
    findings, actor = room.store.findings, room.catalogue.actors[topic.actor]
    said = findings.statements(
        NO_POSITION, as_of=as_of, since=as_of - POSITIONS, until=as_of - MAX_AGE, actor=actor.id, topic=topic.id
    )
    numbers = tuple(held_before(said, recent, actor, room.stories, as_of))
    return findings.responses(as_of=as_of, actor=actor.id, topic=topic.id, numbers=numbers) if numbers else ()


def _articles(room: Newsroom, topic: TopicSpec, request: DraftRequest) -> tuple[Article, ...]:
    """Return the articles of the window: published in it, or before it and known only now."""
    window, as_of = request.window, request.as_of
    store = room.store.articles
    in_time = store.known_between(window.start, window.end, as_of=as_of, topic=topic.id)
    late = store.late_between(window.start, window.end, as_of=as_of, topic=topic.id)
    return tuple({a.id: a for a in (*late, *in_time)}.values())


def _issues(room: Newsroom, topic: TopicSpec, as_of: datetime) -> tuple[LedgerIssue, ...]:
    history = room.store.stories.issue_mentions_by_issue(topic.id, as_of=as_of, since=as_of - LEDGER)
    return tuple(fold(i.id, i.label, i.mentions) for i in history)


def _checks(room: Newsroom, topic: TopicSpec, as_of: datetime) -> tuple[FeedCheck, ...]:
    """Return what a fortnight saw of the feeds that a topic may rest on: those added, and the catalogue's for it."""
    others = {p.name for p in room.catalogue.publishers.values() if p.topics and topic.id not in p.topics}
    return tuple(c for c in room.store.feeds.checks(as_of, as_of - MAX_AGE) if c.publisher.name not in others)


def _is_known_in(article: Article, window: Window) -> bool:
    return window.start < article.known <= window.end


def _in_window(recent: tuple[Development, ...], window: Window) -> tuple[Development, ...]:
    """Return the developments with an article that became known in the window, best first."""
    return tuple(sorted((d for d in recent if any(_is_known_in(a, window) for a in d.articles)), key=_weight))


def _weight(development: Development) -> tuple[int, float]:
    return -development.n_publishers, -development.last.timestamp()


def _of(development: Development, quotations: tuple[StoredQuotation, ...]) -> tuple[StoredQuotation, ...]:
    members = {a.id for a in development.articles}
    return tuple(q for q in quotations if q.article.id in members)


def _quotations(
    room: Newsroom, topic: TopicSpec, request: DraftRequest
) -> tuple[tuple[StoredQuotation, ...], tuple[StoredQuotation, ...]]:
    """Return the quotations of the window, and those of the days before it."""
    since = request.window.start - EARLIER
    every = room.store.findings.quotations(as_of=request.as_of, since=since, topic=topic.id)
    new = tuple(q for q in every if _is_known_in(q.article, request.window))
    return new, tuple(q for q in every if not _is_known_in(q.article, request.window))
