"""What every section is given, what it returns, and the shape of a section: one record, one callable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from briefings.document import Block, Item
from briefings.model import (
    Article,
    Development,
    Difference,
    Evidence,
    FeedCheck,
    LedgerIssue,
    StoredQuotation,
    StoredResponse,
    WatchLine,
    Window,
)
from config.catalogue import ActorSpec, TopicSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingInput:
    """Everything that one briefing may speak of, as known by `as_of`; times are aware UTC.

    Args:
        topic: what it is about; actor: who is watched; actors: all of the catalogue, by id, for names and ranks.
        as_of: the time that the briefing speaks of; nothing known later is in here.
        window: what it covers, whether it is the first, why it is late.
        articles: of the topic, in the window.
        developments: with an article in the window, best first (most publishers, then newest).
        quotations: of the window; earlier_quotations: of the days before it, to tell repeats from news.
        issues: the ledger; watch: one line a development; untied: responses that fit no one development.
        differences: contradictions inside the developments; checks: what was seen of each feed.
        shown: ids of items that earlier briefings of this subscription showed ("R-5"): an answer is shown once.
        previous_key: id of the last briefing; next_at: when the next one is due.
        corrections: what was corrected in this briefing after it was sent, one plain sentence each.
        n_undated: articles left out because they have no date.
    """

    topic: TopicSpec
    actor: ActorSpec
    actors: Mapping[str, ActorSpec] = field(default_factory=dict)
    as_of: datetime
    window: Window
    zone: str = "UTC"
    articles: tuple[Article, ...] = ()
    developments: tuple[Development, ...] = ()
    quotations: tuple[StoredQuotation, ...] = ()
    earlier_quotations: tuple[StoredQuotation, ...] = ()
    issues: tuple[LedgerIssue, ...] = ()
    watch: tuple[WatchLine, ...] = ()
    untied: tuple[StoredResponse, ...] = ()
    differences: tuple[Difference, ...] = ()
    checks: tuple[FeedCheck, ...] = ()
    shown: frozenset[str] = frozenset()
    previous_key: str = ""
    next_at: datetime | None = None
    corrections: tuple[str, ...] = ()
    n_undated: int = 0

    def is_new(self, at: datetime) -> bool:
        """Tell whether a time lies inside the window."""
        return self.window.start < at <= self.window.end

    def article_of(self, evidence: Evidence) -> Article | None:
        """Return the article that an evidence stands in, among those given."""
        given = (a for d in self.developments for a in d.articles)
        wanted = (evidence.article, evidence.revision)
        return next((a for a in (*self.articles, *given) if (a.id, a.revision) == wanted), None)

    def development_of(self, article_id: int) -> Development | None:
        """Return the development that an article belongs to, among those given."""
        return next((d for d in self.developments if any(a.id == article_id for a in d.articles)), None)

    def movement_of(self, issue: LedgerIssue) -> Literal["", "new", "moved"]:
        """Tell whether an issue came up or changed its status by what became known in the window."""
        if self.is_new(issue.history[0].mention.article.first_known):
            return "new"
        moved = any(e.moved and self.is_new(e.mention.article.first_known) for e in issue.history[1:])
        return "moved" if moved else ""

    @property
    def is_quiet(self) -> bool:
        """Tell whether the window brought nothing: no development, no move of an issue, no new answer."""
        moved = any(self.movement_of(i) for i in self.issues)
        answers = (w.answer for w in self.watch if w.state in {"answered", "reported_silent"})
        said = any(a is not None and self.is_new(a.article.known) for a in answers)
        return not (self.developments or self.quotations or self.untied or moved or said)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionBlocks:
    """What a section shows: `blocks` in the channel's message, `detail` in its thread.

    `brief` has shorter forms of items in `blocks`, with the same ids: where the message is too long, they stand
    there in place of the whole items, which go to the thread. `is_empty`: there was nothing, and the blocks say so.
    """

    blocks: tuple[Block, ...] = ()
    detail: tuple[Block, ...] = ()
    brief: tuple[Item, ...] = ()
    is_empty: bool = False


class Section(Protocol):
    """A section: pure, one input, one result."""

    def __call__(self, given: BriefingInput, /) -> SectionBlocks:
        """Return what to show."""
        ...
