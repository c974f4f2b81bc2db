"""Direct messages that are due: to those who follow what has moved, to those whose report was looked into.

Each is queued in the store with a key of its own, so that it is queued once whichever worker finds that it is due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from briefings.answers.notices import development_answered, issue_moved, report_closed
from briefings.document import Document
from briefings.model import Window
from briefings.sections.base import BriefingInput
from briefings.store.direct import Addressed
from briefings.store.reports import Follow
from briefings.stories.issue_ledger import fold
from briefings.use_cases.draft import DraftRequest, gather_watch, verified
from briefings.use_cases.newsroom import Newsroom

PAUSE = timedelta(hours=24)  # between two messages on one item to one person
REPORTS_KEPT = timedelta(days=3)  # how long after it was closed a reporter is still told
DAY = timedelta(hours=24)

Gather = Callable[[str], BriefingInput]
Notice = tuple[Addressed, Document]  # whom it is for, and the message
Render = Callable[[str, Document], Sequence[str]]


def queue_messages(room: Newsroom, now: datetime, render: Render) -> int:
    """Queue every direct message that is due, and return how many were queued here.

    Args:
        room: store and catalogue.
        now: UTC.
        render: `render(channel, document)` returns the bodies for that channel's platform, none where it is off.
    """
    n_queued = 0
    for to, document in (*due_follow_messages(room, now), *due_report_messages(room, now)):
        bodies = render(to.channel, document)
        n_queued += bool(bodies) and room.store.direct.queue(to, bodies, now)
    return n_queued


def due_follow_messages(room: Newsroom, now: datetime) -> tuple[Notice, ...]:
    """Return the messages to those who follow an item that moved or was answered since they last heard."""
    follows = [f for f in room.store.reports.follows() if f.told is None or f.told <= now - PAUSE]
    inputs: dict[str, BriefingInput] = {}

    def given(topic: str) -> BriefingInput:
        if topic not in inputs:
            window = Window(start=now - DAY, end=now)
            inputs[topic] = gather_watch(room, DraftRequest(topic=topic, window=window, as_of=now))
        return inputs[topic]

    return tuple(n for f in follows if (n := _followed(room, f, given, now)))


def due_report_messages(room: Newsroom, now: datetime) -> Iterator[Notice]:
    """Yield the messages to those whose report somebody else has closed."""
    for filed in room.store.reports.closed_since(now - REPORTS_KEPT):
        if filed.person == filed.resolved_by:
            continue
        zone = _zone(room, filed.tenant, filed.channel)
        document = report_closed(filed.id, filed.item, filed.answer, zone, now)
        to = Addressed(
            key=f"report {filed.id}",
            tenant=filed.tenant,
            person=filed.person,
            channel=filed.channel,
            item=filed.item,
        )
        yield to, document


def _followed(room: Newsroom, follow: Follow, given: Gather, now: datetime) -> Notice | None:
    since = max(t for t in (follow.created, follow.told) if t)
    letter, _, number = follow.item.partition("-")
    zone = _zone(room, follow.tenant, follow.channel)
    found = _issue if letter == "U" else _development
    document = found(room, int(number), given, (since, now, zone))
    if document is None:
        return None
    to = Addressed(
        key=f"follow {follow.tenant} {follow.person} {follow.item} {since.isoformat()}",
        tenant=follow.tenant,
        person=follow.person,
        channel=follow.channel,
        item=follow.item,
        is_follow=True,
    )
    return to, verified(room, document)


def _issue(room: Newsroom, number: int, given: Gather, when: tuple[datetime, datetime, str]) -> Document | None:
    """Return the message when an issue's status changed by a sentence known since."""
    since, now, zone = when
    for topic in room.catalogue.topics:
        for history in room.store.stories.issue_mentions_by_issue(topic, as_of=now, issue=number):
            issue = fold(history.id, history.label, history.mentions)
            moved = tuple(e for e in issue.history if e.moved and e.mention.article.known > since)
            return issue_moved(issue, moved, zone, now) if moved else None
    return None


def _development(room: Newsroom, number: int, given: Gather, when: tuple[datetime, datetime, str]) -> Document | None:
    """Return the message when an answer, or the report of a silence, became known since."""
    since, now, zone = when
    development = room.store.stories.development(number, as_of=now)
    tags = {t for a in development.articles for t in room.store.articles.topics(a.id)} if development else set()
    for topic in sorted(tags & set(room.catalogue.topics)):
        seen = given(topic)
        for line in seen.watch:
            if line.development.id == number and line.answer is not None and line.answer.article.known > since:
                return development_answered(line, replace(seen, zone=zone), zone, now)
    return None


def _zone(room: Newsroom, tenant: str, channel: str) -> str:
    return next((s.zone for s in room.store.subscriptions.list(tenant, channel)), "UTC")
