"""The response watch: has the actor answered each development, who says that it has not, or can we not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from briefings.model import Article, Development, FeedCheck, Statement, StoredResponse, WatchLine
from briefings.stories.actor_words import ActorWords, actor_words
from briefings.stories.answering import Answers, answers, has_words
from briefings.stories.context import StoryContext
from briefings.stories.coverage import Coverage, coverage, unread
from briefings.stories.earlier import Positions, before, earlier_position, positions
from briefings.stories.features import features
from briefings.stories.ranks import height
from briefings.stories.subjects import Ground, Subject, ground, subject
from briefings.stories.targets import Target, target
from briefings.stories.ties import SHARE_HOME, match, match_home, may_answer, tie
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
    silences: tuple[Target, ...]
    held: Positions
    answers: Answers
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
        responses: every mention of the actor known in the same days, standing positions and silences too, and those
            before that may be earlier positions (`held_before`).
        checks: what was seen of the topic's feeds by then, with the successes of the same days.
        actor: the one watched.
        context: of the catalogue.
        window: the briefing's; an answer known before its start has been shown already.
    """
    as_of = window.as_of
    known = _young(developments, as_of)
    heard = tuple(r for r in responses if r.mention.actor_id == actor.id and r.article.known <= as_of)
    about = ground(known, heard, actor, context)
    targets = tuple(target(r, about) for r in heard)
    desk = _Desk(
        actor=actor,
        window=window,
        about=about,
        silences=tuple(w for w in targets if w.response.mention.is_silence),
        held=positions(targets, about),
        answers=answers([w for w in targets if as_of - w.said.at < MAX_AGE], about),
        checks=tuple(checks),
    )
    lines = [line for s in about.subjects if (line := _line(s, desk)) is not None]
    lines.sort(key=lambda w: (-w.development.n_publishers, -w.development.last.timestamp(), w.development.id))
    return WatchReport(lines=tuple(lines), untied=_untied(desk))


def held_before(
    said: Sequence[Statement],
    developments: Sequence[Development],
    actor: ActorSpec,
    context: StoryContext,
    as_of: datetime,
) -> frozenset[int]:
    """Return the numbers of the statements that `watch` needs as earlier positions: only their words are compared.

    Args:
        said: the actor's, older than MAX_AGE.
        developments: those that are watched.
        actor: the one watched.
        context: of the catalogue.
        as_of: the time of judgement.
    """
    return before(said, (subject(d, context) for d in _young(developments, as_of)), actor_words(actor, context))


def _young(developments: Sequence[Development], as_of: datetime) -> list[Development]:
    """Return the developments that are watched, with the articles known by then."""
    known = (_known(d, as_of) for d in developments)
    return [d for d in known if d is not None and as_of - d.first < MAX_AGE]


def _known(development: Development, as_of: datetime) -> Development | None:
    articles = tuple(a for a in development.articles if a.known <= as_of)
    if len(articles) == len(development.articles):
        return development
    return replace(development, articles=articles) if articles else None


def _untied(desk: _Desk) -> tuple[StoredResponse, ...]:
    fresh = [w.response for w in desk.answers.loose if w.response.article.known > desk.window.start]
    return tuple(sorted(fresh, key=lambda r: (_at(r.article), r.id), reverse=True))


def _line(subject: Subject, desk: _Desk) -> WatchLine | None:
    found = desk.answers.tied.get(subject.development.id, ())
    if found:
        return _answered(subject, found, desk)
    if subject.is_own:
        return None
    silence, doubt = _silence(subject, desk), _doubt(subject, desk)
    if silence is not None and (doubt is None or _at(doubt.article) <= _at(silence.article)):
        return _reported(subject, silence, desk)
    if not concerns(subject.development, desk.about.actor):
        return None
    if doubt is not None:
        return _doubtful(subject, doubt, desk)
    return _unanswered(subject, desk)


def _doubt(subject: Subject, desk: _Desk) -> StoredResponse | None:
    """Return the newest statement, new and tied to nothing, that may be the answer."""
    fitting = [w.response for w in desk.answers.loose if may_answer(w, subject, desk.about)]
    return max(fitting, key=lambda r: (_at(r.article), r.id)) if fitting else None


def _doubtful(subject: Subject, doubt: StoredResponse, desk: _Desk) -> WatchLine:
    return WatchLine(
        development=subject.development,
        actor=desk.actor.id,
        state="cannot_tell",
        earlier=_earlier(subject, desk),
        since=subject.first,
        reason=f"R-{doubt.id} may be an answer to it",
    )


# ---- answered -----------------------------------------------------------------------------------------------


def _answered(subject: Subject, found: Sequence[StoredResponse], desk: _Desk) -> WatchLine | None:
    """Show an answer that became known in the window and is the first, higher than those before, or different."""
    before = [r for r in found if r.article.known <= desk.window.start]
    fresh = [r for r in found if r.article.known > desk.window.start and _is_news(r, before, desk)]
    if not fresh:
        return None
    best = min(fresh, key=lambda r: (-height(r, desk.actor), not has_words(r), _at(r.article), r.id))
    development = subject.development
    return WatchLine(
        development=development,
        actor=desk.actor.id,
        state="answered",
        answer=best,
        words=_own_words(best, desk),
        since=development.first,
        delay=(_at(best.article) - development.first).total_seconds(),
    )


def _own_words(answer: StoredResponse, desk: _Desk) -> StoredResponse | None:
    """Return the first sentence that goes on with an answer in the speaker's own words, where the answer has none."""
    further = desk.answers.further.get(answer.id, ())
    return None if has_words(answer) else next((r for r in further if has_words(r)), None)


def _is_news(response: StoredResponse, before: Sequence[StoredResponse], desk: _Desk) -> bool:
    if not before:
        return True
    highest = max(height(r, desk.actor) for r in before)
    return height(response, desk.actor) > highest or all(r.mention.stance != response.mention.stance for r in before)


def _at(article: Article) -> datetime:
    return article.published or article.known


# ---- not answered ----------------------------------------------------------------------------------------------


def _silence(subject: Subject, desk: _Desk) -> StoredResponse | None:
    """Return the sentence that reports silence on this development: of the newest article the one that says it best."""
    fitting = [w for w in desk.silences if _is_silent_on(w, subject, desk.about)]

    def rank(wanted: Target) -> tuple[datetime, float, int]:
        return wanted.said.at, match_home(wanted, subject, desk.about).share, -wanted.response.mention.span.start

    return max(fitting, key=rank).response if fitting else None


def _is_silent_on(wanted: Target, subject: Subject, about: Ground) -> bool:
    words = wanted.wording
    if wanted.response.article.id in subject.articles:
        return not words.is_named or words.is_back_reference or match_home(wanted, subject, about).share >= SHARE_HOME
    is_near = words.is_named and match(words, subject, about.actor).n >= 1
    return is_near and tie(wanted, about) == subject.development.id


def _reported(subject: Subject, silence: StoredResponse, desk: _Desk) -> WatchLine:
    return WatchLine(
        development=subject.development,
        actor=desk.actor.id,
        state="reported_silent",
        answer=silence,
        earlier=_earlier(subject, desk),
        since=subject.first,
        reason=unread(desk.checks, desk.actor, desk.window.as_of),
    )


def _unanswered(subject: Subject, desk: _Desk) -> WatchLine:
    first = subject.first
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
    return earlier_position(desk.held, subject, desk.about)


# ---- which developments -----------------------------------------------------------------------------------------


def concerns(development: Development, actor: ActorWords) -> bool:
    """Say whether a title or lead names the actor, or the text calls for its answer further down."""
    return any(_names_actor(a, actor) or _calls_actor(a, actor) for a in development.articles)


def _names_actor(article: Article, actor: ActorWords) -> bool:
    lead = " ".join(features(article, actor.context).lead)
    return actor.concern.search(f"{article.title}\n{lead}") is not None


def _calls_actor(article: Article, actor: ActorWords) -> bool:
    text = article.text
    return any(call in text for call in actor.calls) and any(m["asked"] for m in actor.concern.finditer(text))
