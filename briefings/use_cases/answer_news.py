"""Answers on the story: briefing, quotes, issues, watch, timeline, why."""

from __future__ import annotations

import difflib
from datetime import timedelta

from briefings.answers.frame import nothing
from briefings.answers.issues import issue_answer, issues_answer
from briefings.answers.quotes import quotes_answer
from briefings.answers.records import Reply
from briefings.answers.timeline import development_marks, development_timeline, issue_marks, issue_timeline
from briefings.answers.watch import development_answer, watch_answer
from briefings.answers.why import why_article, why_development, why_issue, why_quotation, why_response
from briefings.compose import compose, to_document
from briefings.errors import NotFound
from briefings.model import Development, LedgerIssue, StoredQuotation, StoredResponse, Window
from briefings.sections.base import BriefingInput
from briefings.sections.salience import scored
from briefings.stories.issue_ledger import fold
from briefings.use_cases.asking import Asked, item_of, missing, near, need_item
from briefings.use_cases.timeline_picture import draw
from config.records import ActorSpec, TopicSpec

QUOTE_DAYS = 7
MOST_QUOTES = 400


def briefing(asked: Asked) -> Reply:
    """Answer /briefing: the current one, as the channel would get it."""
    given = asked.gather(asked.topic(asked.get("topic")))
    return Reply(document=to_document(compose(given)))


def quotes(asked: Asked) -> Reply:
    """Answer /quotes: by speaker, office or actor, newest first."""
    words, days = asked.get("speaker"), int(asked.get("days") or QUOTE_DAYS)
    topic = asked.topic(asked.get("topic")) if asked.get("topic") else None
    actor = asked.actor(words) if words else None
    if words and actor is None and topic is None and words.lower() in asked.room.catalogue.topics:
        topic, words = asked.topic(words), ""
    since = asked.at - timedelta(days=days)
    found = asked.room.store.findings.quotations(
        as_of=asked.at,
        since=since,
        topic=topic.id if topic else None,
        speaker=None if actor else words or None,
        limit=None if actor else MOST_QUOTES,
    )
    if actor:
        found = tuple(q for q in found if _actor_of(q) == actor.id)[:MOST_QUOTES]
    if words and not found:
        return _no_quotes(asked, words, days)
    given = frame(asked, topic or asked.topic())
    return quotes_answer(found, given, asked.fresh, asked=words or (topic.title if topic else ""), days=days)


def _no_quotes(asked: Asked, words: str, days: int) -> Reply:
    names = {q.quotation.speaker.name for q in _recent(asked) if q.quotation.speaker and q.quotation.speaker.name}
    people = {p.name for p in asked.room.catalogue.people()}
    known = {n for n in names | people if words.lower() not in n.lower()}
    close = difflib.get_close_matches(words, known, n=1, cutoff=0.6)
    hint = f"did you mean {close[0]}?" if close else f"days:{min(days * 4, 3650)} looks further back"
    msg = f"No quotation of '{words[:40]}' in the last {days} days; {hint}"
    return nothing(f"Quotes of {words[:40]}", msg, asked.fresh)


def _recent(asked: Asked) -> tuple[StoredQuotation, ...]:
    since = asked.at - timedelta(days=QUOTE_DAYS)
    return asked.room.store.findings.quotations(as_of=asked.at, since=since, limit=MOST_QUOTES)


def issues(asked: Asked) -> Reply:
    """Answer /issues: the ledger, or one issue by its id or words of its label."""
    words = asked.get("issue")
    if not words:
        return issues_answer(asked.ledger(asked.topic()), asked.fresh)
    issue, topic = _issue_by(asked, words)
    return issue_answer(issue, frame(asked, topic), asked.fresh)


def watch(asked: Asked) -> Reply:
    """Answer /watch: one line a development, or all that the actor said about one."""
    words = asked.get("actor")
    if item_of(words) and not asked.get("development"):
        return _watch_development(asked, words, None)
    actor = _watched(asked, words) if words else None
    if asked.get("development"):
        return _watch_development(asked, asked.get("development"), actor)
    return watch_answer(asked.watch(_topic_watching(asked, actor)), asked.fresh)


def timeline(asked: Asked) -> Reply:
    """Answer /timeline: of an issue or a development; without an item, of the issue that moved last."""
    words = asked.get("item")
    found = item_of(words)
    if found and found[0] == "D":
        development = _development(asked, found[1])
        given = _watch_of(asked, asked.topic(), development)
        said = _said_in(asked, development, given.actor)
        line = next((w for w in given.watch if w.development.id == development.id), None)
        picture = draw(development_marks(development, said[0], given, asked.fresh))
        return development_timeline(development, (said[0], line), given, asked.fresh, picture)
    if words:
        return _issue_timeline(asked, _issue_by(asked, words)[0])
    newest = max(asked.ledger(asked.topic()).issues, key=lambda i: (i.moved, i.id), default=None)
    if newest is None:
        none = "No article of the last 30 days calls an issue of this story unresolved."
        return nothing("Timeline", none, asked.fresh)
    return _issue_timeline(asked, newest)


def _issue_timeline(asked: Asked, issue: LedgerIssue) -> Reply:
    return issue_timeline(issue, asked.fresh, draw(issue_marks(issue, asked.fresh)))


def why(asked: Asked) -> Reply:
    """Answer /why: for any item that is shown."""
    letter, number = need_item(asked.get("item"), "QURDA")
    name, store = f"{letter}-{number}", asked.room.store
    is_hidden = name in store.reports.hidden()
    if letter == "Q" and (quotation := store.findings.quotation(number, as_of=asked.at)):
        points = _points(asked, quotation)
        return why_quotation(quotation, is_hidden=is_hidden, points=points, fresh=asked.fresh)
    if letter == "R" and (response := store.findings.response(number, as_of=asked.at)):
        return why_response(response, is_hidden=is_hidden, fresh=asked.fresh)
    if letter == "U":
        return why_issue(_issue_by(asked, name)[0], asked.fresh)
    if letter == "D":
        return why_development(_development(asked, number), asked.fresh)
    if letter == "A" and (article := store.articles.get(number, as_of=asked.at)):
        return why_article(article, store.articles.topics(number), _findings_of(asked, number), asked.fresh)
    raise missing(name)


def _findings_of(asked: Asked, article: int) -> tuple[tuple[StoredQuotation, ...], int, int]:
    """Return an article's quotations and how many issue sentences and responses it has."""
    findings = asked.room.store.findings
    quoted = findings.quotations(as_of=asked.at, article=article)
    n_issues = len(findings.issue_mentions(as_of=asked.at, article=article))
    return quoted, n_issues, len(findings.responses(as_of=asked.at, article=article))


def _points(asked: Asked, quotation: StoredQuotation) -> float | None:
    """Return the points of a quotation among the key quotes of the last day."""
    for topic in asked.room.store.articles.topics(quotation.article.id):
        if topic in asked.room.catalogue.topics:
            given = asked.quotes(asked.topic(topic))
            return next((s.points for s in scored(given) if s.stored.id == quotation.id), None)
    return None


def frame(asked: Asked, topic: TopicSpec) -> BriefingInput:
    """Return names and developments to show items with, without reading the findings of a whole window."""
    window = Window(start=asked.at - timedelta(days=1), end=asked.at)
    recent = asked.room.store.stories.developments(as_of=asked.at, since=asked.at - timedelta(days=QUOTE_DAYS))
    catalogue = asked.room.catalogue
    return BriefingInput(
        topic=topic,
        actor=catalogue.actors[topic.actor],
        actors=catalogue.actors,
        as_of=asked.at,
        window=window,
        zone=asked.zone,
        developments=recent,
    )


def _issue_by(asked: Asked, words: str) -> tuple[LedgerIssue, TopicSpec]:
    """Return an issue by id or by words of its label.

    Raises:
        NotFound: there is none.
    """
    found = item_of(words)
    if found and found[0] == "U":
        for topic in asked.room.catalogue.topics.values():
            ledger = asked.room.store.stories.issue_mentions_by_issue(topic.id, as_of=asked.at, issue=found[1])
            if ledger:
                return fold(ledger[0].id, ledger[0].label, ledger[0].mentions), topic
        raise missing(words.upper())
    return _issue_in_words(asked, words)


def _issue_in_words(asked: Asked, words: str) -> tuple[LedgerIssue, TopicSpec]:
    topic, context = asked.topic(), asked.room.stories
    wanted = frozenset(context.canonical(words))
    ledger = asked.ledger(topic).issues
    fits = [(len(wanted & frozenset(context.canonical(i.label))), i.moved, i.id, i) for i in ledger]
    best = max(fits, key=lambda f: f[:3], default=None)
    if best is None or not best[0]:
        msg = f"no open issue is called '{words[:40]}'; /issues lists them with their ids"
        raise NotFound(msg)
    return best[3], topic


def _watched(asked: Asked, words: str) -> ActorSpec:
    actor = asked.actor(words)
    if actor is None:
        watched = {t.actor for t in asked.room.catalogue.topics.values()}
        msg = f"there is no actor '{words[:40]}'; {near(words.lower(), watched)}"
        raise NotFound(msg)
    return actor


def _topic_watching(asked: Asked, actor: ActorSpec | None) -> TopicSpec:
    """Return the topic in which an actor is watched, the channel's own first.

    Raises:
        NotFound: no topic watches it.
    """
    own = asked.topic()
    if actor is None or own.actor == actor.id:
        return own
    topics = asked.room.catalogue.topics.values()
    found = next((t for t in topics if t.actor == actor.id), None)
    if found is None:
        watched = ", ".join(sorted({t.actor for t in topics}))
        msg = f"no topic watches {actor.name}; watched: {watched}. /quotes {actor.id} shows what its people said"
        raise NotFound(msg)
    return found


def _watch_development(asked: Asked, words: str, actor: ActorSpec | None) -> Reply:
    development = _development(asked, need_item(words, "D")[1])
    given = _watch_of(asked, asked.topic() if actor is None else _topic_or_own(asked, actor), development)
    who = actor or given.actor
    line = next((w for w in given.watch if w.development.id == development.id and w.actor == who.id), None)
    return development_answer(development, line, _said_in(asked, development, who), given, asked.fresh)


def _topic_or_own(asked: Asked, actor: ActorSpec) -> TopicSpec:
    topics = asked.room.catalogue.topics.values()
    return next((t for t in topics if t.actor == actor.id), asked.topic())


def _watch_of(asked: Asked, topic: TopicSpec, development: Development) -> BriefingInput:
    """Return the watch of the topic that a development is in, that topic first which is asked for."""
    tags = {t for a in development.articles for t in asked.room.store.articles.topics(a.id)}
    known = [t for t in (topic.id, *sorted(tags)) if t in tags and t in asked.room.catalogue.topics]
    return asked.watch(asked.topic(known[0]) if known else topic)


def _development(asked: Asked, number: int) -> Development:
    development = asked.room.store.stories.development(number, as_of=asked.at)
    if development is None:
        raise missing(f"D-{number}")
    return development


def _said_in(
    asked: Asked, development: Development, actor: ActorSpec
) -> tuple[tuple[StoredResponse, ...], tuple[StoredQuotation, ...]]:
    """Return the responses and quotations of an actor in the articles of a development."""
    findings = asked.room.store.findings
    numbers = [a.id for a in development.articles]
    said = [r for n in numbers for r in findings.responses(as_of=asked.at, article=n, actor=actor.id)]
    quoted = [q for n in numbers for q in findings.quotations(as_of=asked.at, article=n) if _actor_of(q) == actor.id]
    return tuple(said), tuple(quoted)


def _actor_of(stored: StoredQuotation) -> str | None:
    return stored.quotation.speaker.actor if stored.quotation.speaker else None


__all__ = ["briefing", "frame", "issues", "quotes", "timeline", "watch", "why"]
