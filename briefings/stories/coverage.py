"""The blind-spot rule: whether the feeds that were read would have shown an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from briefings.model import FeedCheck
from config.records import ActorSpec

GAP = timedelta(hours=6)
STALE = 3  # times its usual interval without an entry
N_OTHERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Whether "no answer found" may be said, on which feeds, and if not why."""

    is_enough: bool
    checked: tuple[FeedCheck, ...] = ()
    reason: str = ""


def coverage(
    checks: Sequence[FeedCheck], actor: ActorSpec, *, since: datetime, as_of: datetime, fresh_hours: float = 2
) -> Coverage:
    """Judge the feeds: one that carries the actor and two other wires or media, three publishers in all.

    A feed counts when its last success is not older than `fresh_hours`, it had no gap over 6 hours since `since`, and
    it is not stale: nothing new for three times its usual interval.

    Args:
        checks: of the feeds of the topic, as known at `as_of`.
        actor: the one whose answer is looked for.
        since: the development's first article.
        as_of: the time of judgement.
        fresh_hours: how old the last success may be.
    """
    if blind := unread(checks, actor, as_of):
        return Coverage(is_enough=False, reason=blind)
    faults = [(c, fault(c, since=since, as_of=as_of, fresh=timedelta(hours=fresh_hours))) for c in checks]
    good = [c for c, found in faults if found is None]
    carriers = [c for c in good if c.publisher.carries == actor.id]
    others = {c.publisher.name for c in good if c.publisher.kind in {"wire", "media"}}
    enough = any(len(others - {c.publisher.name}) >= N_OTHERS for c in carriers)
    reason = "" if enough else _reason(faults, actor, bool(carriers))
    return Coverage(is_enough=enough, checked=tuple(good), reason=reason)


def unread(checks: Sequence[FeedCheck], actor: ActorSpec, as_of: datetime) -> str:
    """Return that no feed that carries an actor is watched or was ever read, "" when one was."""
    carriers = [c for c in checks if c.publisher.carries == actor.id]
    if not carriers:
        return f"no feed that carries {actor.name} is watched"
    was_read = any(t <= as_of for c in carriers for t in (*c.successes, *filter(None, [c.last_success])))
    return "" if was_read else f"no feed that carries {actor.name} has been read"


def fault(check: FeedCheck, *, since: datetime, as_of: datetime, fresh: timedelta) -> str | None:
    """Return what keeps a feed from counting, None when it counts."""
    reads = sorted(t for t in {*check.successes, *filter(None, [check.last_success])} if t <= as_of)
    if not reads:
        return "never read"
    if as_of - reads[-1] > fresh:
        return f"down {_age(as_of - reads[-1])}"
    gap = longest_gap(reads, since, as_of)
    if gap > GAP:
        return f"not read for {_age(gap)}"
    if _is_stale(check, as_of):
        return f"nothing new for {_age(as_of - (check.newest_entry or as_of))}"
    return None


def longest_gap(reads: Sequence[datetime], since: datetime, as_of: datetime) -> timedelta:
    """Return the longest time without a success between `since` and `as_of`."""
    inside = [t for t in reads if since < t <= as_of]
    edges = [since, *inside, as_of]
    return max((b - a for a, b in pairwise(edges)), default=timedelta(0))


def _is_stale(check: FeedCheck, as_of: datetime) -> bool:
    if check.newest_entry is None or check.usual_interval is None:
        return False
    return (as_of - check.newest_entry).total_seconds() > STALE * check.usual_interval


def _reason(faults: Sequence[tuple[FeedCheck, str | None]], actor: ActorSpec, has_carrier: bool) -> str:
    bad = [(c, why) for c, why in faults if why is not None]
    if not has_carrier:
        bad = [(c, why) for c, why in bad if c.publisher.carries == actor.id]
    named = ", ".join(dict.fromkeys(f"{c.publisher.name} {why}" for c, why in bad))
    if not has_carrier:
        return named
    return named or "fewer than two other wires or media are watched"


def _age(span: timedelta) -> str:
    return age_words(span.total_seconds())


def age_words(seconds: float) -> str:
    """Return a duration as it is shown: minutes, hours up to two days, then days."""
    minutes = int(seconds // 60)
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 48 else f"{hours // 24} d"
