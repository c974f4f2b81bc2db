"""Stories: findings of many days joined into developments, issues, answers and differences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from briefings.model.articles import Article, Evidence, Publisher
from briefings.model.findings import StoredIssueMention, StoredResponse

LedgerStatus = Literal["open", "narrowed", "resolved", "reopened"]
WatchState = Literal["answered", "reported_silent", "no_answer_found", "cannot_tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """Articles that report one and the same event (D-31), oldest first; `headline` is the title of the first."""

    id: int
    headline: str
    articles: tuple[Article, ...]

    @property
    def first(self) -> datetime:
        """When its first article was published (known, when undated)."""
        return min(a.published or a.known for a in self.articles)

    @property
    def last(self) -> datetime:
        """When its newest article was published."""
        return max(a.published or a.known for a in self.articles)

    @property
    def n_publishers(self) -> int:
        """Publishers that reported it, agency copies counted once."""
        return len({a.publisher.name for a in self.articles if a.copy_of is None}) or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEvent:
    """One entry in an issue's history: a sentence and what it made of the status."""

    at: datetime
    status: LedgerStatus
    moved: bool  # the status changed here
    mention: StoredIssueMention


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPosition:
    """A party's position with where it is stated."""

    party: str
    actor: str | None
    at: datetime
    article: Article
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerIssue:
    """A question over days (U-7), folded from its mentions known by some time."""

    id: int
    label: str
    status: LedgerStatus
    opened: datetime
    moved: datetime
    history: tuple[IssueEvent, ...]  # oldest first, never empty
    positions: tuple[StatedPosition, ...] = ()  # newest first, one or two (changed) a party
    resolved_by: tuple[str, ...] = ()  # publishers that call it resolved while others do not


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCheck:
    """What was seen of one feed up to some time; the response watch rests on it."""

    feed: str
    publisher: Publisher
    last_success: datetime | None
    last_attempt: datetime | None
    last_error: str | None = None
    successes: tuple[datetime, ...] = ()  # in the window asked for, oldest first
    newest_entry: datetime | None = None
    usual_interval: float | None = None  # seconds that nine in ten gaps between entries stay under


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLine:
    """One development in the response watch. `reason` says why we cannot tell; `checked`: the feeds relied on."""

    development: Development
    actor: str
    state: WatchState
    answer: StoredResponse | None = None  # answered: the response; reported_silent: the sentence
    words: StoredResponse | None = None  # what goes on with the answer beside it, in the speaker's own words
    earlier: StoredResponse | None = None  # a standing or previous position, never an answer
    since: datetime | None = None
    delay: float | None = None  # seconds from the development's first article to the answer
    reason: str = ""
    checked: tuple[FeedCheck, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two spans that contradict each other, inside one development or one article."""

    kind: Literal["number", "date", "attribution", "wording"]
    about: str
    first: Evidence
    second: Evidence
