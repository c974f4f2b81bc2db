"""A query to a reply, over the store: one function a command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from briefings.answers.context import AskContext, ask_context
from briefings.answers.records import Query, Reply
from briefings.errors import BadInput
from briefings.use_cases.answer_articles import ask, related_to, summary
from briefings.use_cases.answer_channel import (
    schedule,
    status,
    subscribe,
    unsubscribe,
)
from briefings.use_cases.answer_news import briefing, issues, quotes, timeline, watch, why
from briefings.use_cases.answer_reports import follow, report, reports
from briefings.use_cases.answer_sources import sources
from briefings.use_cases.asking import Asked, Find
from briefings.use_cases.newsroom import Newsroom

ANSWERS: Mapping[str, Callable[[Asked], Reply]] = {
    "briefing": briefing,
    "quotes": quotes,
    "issues": issues,
    "watch": watch,
    "summary": summary,
    "ask": ask,
    "related": related_to,
    "timeline": timeline,
    "subscribe": subscribe,
    "unsubscribe": unsubscribe,
    "schedule": schedule,
    "sources": sources,
    "report": report,
    "reports": reports,
    "why": why,
    "follow": follow,
}


@dataclass(frozen=True)
class Answers:
    """Answers queries from what is stored. Thread-safe.

    Args:
        room: store and catalogue.
        fresh_hours: how old the last success of a feed may be for "no answer found" to rest on it.
        version: of the program, for /status.
        find: finds the feeds behind an address; without it an address is taken for a feed's.
    """

    room: Newsroom
    fresh_hours: float = 2
    version: str = ""
    find: Find | None = None

    def __call__(self, query: Query, now: datetime, as_of: datetime | None = None) -> Reply:
        """Answer a query; every span in the answer was checked against its stored text.

        Args:
            query: understood before.
            now: UTC.
            as_of: answer from what was known then; None is now.

        Raises:
            BriefingBotError: it can't be answered; the message says why and what to do.
        """
        asked = Asked(
            room=self.room,
            query=query,
            now=now,
            as_of=as_of,
            fresh_hours=self.fresh_hours,
            words=self._words,
            find=self.find,
        )
        if query.command == "status":
            return status(asked, self.version)
        if query.command not in ANSWERS:
            msg = f"/{query.command} is not answered here; /help lists the commands"
            raise BadInput(msg)
        return asked.verified(ANSWERS[query.command](asked))

    @cached_property
    def _words(self) -> AskContext:
        return ask_context(self.room.catalogue, self.room.stories)
