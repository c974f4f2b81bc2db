"""Forgets old articles, but none that is evidence of what is still shown or told."""

from __future__ import annotations

from datetime import datetime, timedelta

from briefings.store.retention import Cutoffs
from briefings.stories.response_watch import MAX_AGE
from briefings.use_cases.ingest import LEDGER_DAYS
from briefings.use_cases.newsroom import Newsroom

EVERY = timedelta(hours=20)  # once a day, whenever the worker was started
_MARK = "retention"


def prune(room: Newsroom, now: datetime, days: int) -> int:
    """Delete articles that became known more than some days ago; return how many.

    Kept are those that a posted briefing showed, those of a development that moved within these days (at least 14)
    or of an issue that was talked of within them (at least 60), and those of what somebody follows.
    """
    age = timedelta(days=days)
    cutoffs = Cutoffs(articles=now - age, developments=now - max(age, MAX_AGE), issues=now - max(age, LEDGER_DAYS))
    count = room.store.retention.prune(cutoffs)
    room.store.retention.prune_fetches(now - age)
    return count


def prune_daily(room: Newsroom, now: datetime, days: int) -> int | None:
    """Do so when it was not done today; None when it was."""
    last = room.store.marks.get(_MARK)
    if last is not None and now - datetime.fromisoformat(last) < EVERY:
        return None
    room.store.marks.set(_MARK, now.isoformat(), now)
    return prune(room, now, days)
