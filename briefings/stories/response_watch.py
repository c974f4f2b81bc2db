"""The response watch: has the actor answered each development, who says that it has not, or can we not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from briefings.model import Article, Development, FeedCheck, StoredResponse, WatchLine
from briefings.stories.context import StoryContext, actor_names
from briefings.stories.coverage import Coverage, coverage
from briefings.stories.passages import lead
from briefings.stories.ranks import height
from briefings.stories.ties import Ground, Subject, answers_home, best_position, ground, informative, match, named, tie
from config.records import ActorSpec

MAX_AGE = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchReport:
    """The lines, weightiest development first, and what the actor said that no development claims, newest first."""

    lines: tuple[WatchLine, ...]
    untied: tuple[StoredResponse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchWindow:
    """The time of judgement, from when on answers have not been shown yet, how old a feed's last success may be."""

    as_of: datetime
    start: datetime
    fresh_hours: float = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """All that one line is drawn from."""

    actor: ActorSpec
    window: WatchWindow
    about: Ground
    tied: dict[int, list[StoredResponse]]
    responses: tuple[StoredResponse, ...]
    checks: tuple[FeedCheck, ...]


def watch(
    developments: Sequence[Development],
    responses: Sequence[StoredResponse],
    checks: Sequence[FeedCheck],
    actor: ActorSpec,
    context: StoryContext,
    window: WatchWindow,
) -> WatchReport:
    """Draw one line for every development that names the actor or calls for its answer.

    Args:
        developments: the topic's, 14 days back; what became known later is left out.
        responses: every mention of the actor known in the same days, standing positions and silences too; those
            before are welcome as earlier positions.
        checks: what was seen of the topic's feeds by then, with the successes of the same days.
        actor: the one watched.
        context: of the catalogue.
        window: the briefing's; an answer known before its start has been shown already.
    """
    as_of = window.as_of
    known = [d for d in (_known(d, as_of) for d in developments) if d is not None and as_of - d.first < MAX_AGE]
    heard = tuple(r for r in responses if r.mention.actor_id == actor.id and r.article.known <= as_of)
    about = ground(known, actor, context)
    desk = _Desk(
        actor=actor,
        window=window,
        about=about,
        tied=_tie_all(heard, about),
        responses=heard,
        checks=tuple(checks),
    )
    lines = [line for s in about.subjects if (line := _line(s, desk)) is not None]
    lines.sort(key=lambda w: (-w.development.n_publishers, -w.development.last.timestamp(), w.development.id))
    return WatchReport(lines=tuple(lines), untied=_untied(desk))


def _known(development: Development, as_of: datetime) -> Development | None:
    articles = tuple(a for a in development.articles if a.known <= as_of)
    return replace(development, articles=articles) if articles else None


def _tie_all(heard: Sequence[StoredResponse], about: Ground) -> dict[int, list[StoredResponse]]:
    tied: dict[int, list[StoredResponse]] = {}
    for response in heard:
        if response.mention.mode == "new" and not response.mention.is_silence:
            number = tie(response, about)
            if number is not None:
                tied.setdefault(number, []).append(response)
    return tied


def _untied(desk: _Desk) -> tuple[StoredResponse, ...]:
    ids = {r.id for group in desk.tied.values() for r in group}
    loose = [
        r
        for r in desk.responses
        if r.id not in ids
        and r.mention.mode == "new"
        and not r.mention.is_silence
        and r.article.known > desk.window.start
    ]
    return tuple(sorted(loose, key=lambda r: (r.article.published or r.article.known, r.id), reverse=True))


def _line(subject: Subject, desk: _Desk) -> WatchLine | None:
    answers = desk.tied.get(subject.development.id, [])
    if answers:
        return _answered(subject, answers, desk)
    if is_own_statement(subject.development, desk.actor, desk.about.context):
        return None
    silence = _silence(subject, desk)
    if silence is not None:
        return _reported(subject, silence, desk)
    if not concerns(subject.development, desk.actor, desk.about.context):
        return None
    return _unanswered(subject, desk)


# ---- answered -----------------------------------------------------------------------------------------------


def _answered(subject: Subject, answers: Sequence[StoredResponse], desk: _Desk) -> WatchLine | None:
    """Show an answer that became known in the window and is the first, higher than those before, or different."""
    before = [r for r in answers if r.article.known <= desk.window.start]
    fresh = [r for r in answers if r.article.known > desk.window.start and _is_news(r, before, desk)]
    if not fresh:
        return None
    best = min(fresh, key=lambda r: (-height(r, desk.actor), not r.mention.is_quoted, _at(r.article), r.id))
    development = subject.development
    return WatchLine(
        development=development,
        actor=desk.actor.id,
        state="answered",
        answer=best,
        since=development.first,
        delay=(_at(best.article) - development.first).total_seconds(),
    )


def _is_news(response: StoredResponse, before: Sequence[StoredResponse], desk: _Desk) -> bool:
    if not before:
        return True
    highest = max(height(r, desk.actor) for r in before)
    return height(response, desk.actor) > highest or all(r.mention.stance != response.mention.stance for r in before)


def _at(article: Article) -> datetime:
    return article.published or article.known


# ---- not answered ----------------------------------------------------------------------------------------------


def _silence(subject: Subject, desk: _Desk) -> StoredResponse | None:
    """Return the newest sentence that reports silence on this development."""
    fitting = [r for r in desk.responses if r.mention.is_silence and _is_silent_on(r, subject, desk.about)]
    return max(fitting, key=lambda r: (_at(r.article), r.id)) if fitting else None


def _is_silent_on(response: StoredResponse, subject: Subject, about: Ground) -> bool:
    text = named(response)
    if response.article.id in subject.articles:
        return not text or not informative(text, about) or answers_home(response, subject, about)
    return (
        bool(text)
        and match(text, _at(response.article), subject, about).n >= 2
        and tie(response, about) == (subject.development.id)
    )


def _reported(subject: Subject, silence: StoredResponse, desk: _Desk) -> WatchLine:
    has_carrier = any(c.publisher.carries == desk.actor.id for c in desk.checks)
    return WatchLine(
        development=subject.development,
        actor=desk.actor.id,
        state="reported_silent",
        answer=silence,
        earlier=_earlier(subject, desk),
        since=subject.development.first,
        reason="" if has_carrier else f"no feed that carries {desk.actor.name} is watched",
    )


def _unanswered(subject: Subject, desk: _Desk) -> WatchLine:
    first = subject.development.first
    seen: Coverage = coverage(
        desk.checks, desk.actor, since=first, as_of=desk.window.as_of, fresh_hours=desk.window.fresh_hours
    )
    return WatchLine(
        development=subject.development,
        actor=desk.actor.id,
        state="no_answer_found" if seen.is_enough else "cannot_tell",
        earlier=_earlier(subject, desk),
        since=first,
        reason=seen.reason,
        checked=seen.checked,
    )


def _earlier(subject: Subject, desk: _Desk) -> StoredResponse | None:
    first = subject.development.first
    before = [
        r
        for r in desk.responses
        if not r.mention.is_silence and (r.mention.mode == "standing" or _at(r.article) < first)
    ]
    return best_position(before, subject, desk.about)


# ---- which developments -----------------------------------------------------------------------------------------


def concerns(development: Development, actor: ActorSpec, context: StoryContext) -> bool:
    """Say whether a development names the actor in a title or lead, or calls for its answer further down."""
    names = _alternatives(actor_names(actor))
    asks = _alternatives(context.lexicon.words("calls_for_answer"))
    asked = re.compile(
        rf"\b(?:{asks})\s+(?:\w+\s+){{0,2}}(?:{names})\b|\b(?:{names})\b[^.\n]{{0,40}}\bto (?:answer|respond)\b"
    )
    plain = re.compile(rf"\b(?:{names})\b")
    return any(plain.search(f"{a.title}\n{lead(a.text)}") or asked.search(a.text) for a in development.articles)


def is_own_statement(development: Development, actor: ActorSpec, context: StoryContext) -> bool:
    """Say whether the headline is the actor's own statement: nobody waits for its answer to itself."""
    names = _alternatives(actor_names(actor))
    verbs = _alternatives(context.lexicon.words("states"))
    before = rf"^(?:[\w'’.-]+\s+){{0,3}}(?:{names})\b(?:['’]s)?(?:\s+[\w'’-]+){{0,4}}?\s+(?:{verbs})\b"
    after = rf"(?:,|—|–|-|:)\s*(?:[\w'’.-]+\s+){{0,3}}(?:{names})\b(?:\s+\w+)?(?:\s+(?:{verbs}))?\W*$"
    headline = development.headline
    return re.search(before, headline) is not None or re.search(after, headline) is not None


def _alternatives(names: Sequence[str]) -> str:
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True) if n)
