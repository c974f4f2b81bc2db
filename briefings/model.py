"""Every core record, frozen. Never reads the clock, the disk or the network."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

PublisherKind = Literal["wire", "media", "official"]
QuotationKind = Literal["direct", "mixed", "indirect"]
Mode = Literal["new", "standing"]
IssueStatus = Literal["open", "narrowed", "resolved"]
LedgerStatus = Literal["open", "narrowed", "resolved", "reopened"]
IssueCue = Literal["unresolved", "disagreement", "no_agreement", "unclear", "pending", "position_clash", "settled"]
Stance = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "STATEMENT", "NO_COMMENT", "NO_RESPONSE",
]  # fmt: skip
WatchState = Literal["answered", "reported_silent", "no_answer_found", "cannot_tell"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points: `text[start:end]` is what is shown."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """Return the words of this span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where an item shown stands: an article's revision and a span of its text."""

    article: int
    revision: int
    span: Span


# ---- articles: parsed (from outside), then stored ---------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """An outlet or office whose feed or files we read."""

    name: str
    kind: PublisherKind = "media"
    language: str = "en"
    carries: str | None = None  # id of the actor whose statements it publishes


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedArticle:
    """One article as read from a file or a feed; nothing about it has been stored.

    `published` is aware UTC or None (undated). `url` is canonical, or "" when the article has no address.
    `is_teaser` marks feed text that is only a summary of a page.
    """

    title: str
    text: str
    publisher: str
    url: str = ""
    published: datetime | None = None
    language: str = "en"
    is_teaser: bool = False
    origin: str = ""  # file name or feed address, for messages
    guid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One stored revision of an article.

    `known` is when we could know of it: the fetch time for an article from a feed, `published` for an imported one,
    the time of its revision for a changed text. Undated articles have `published` None and enter no briefing.
    """

    id: int
    publisher: Publisher
    url: str
    title: str
    text: str
    published: datetime | None
    fetched: datetime
    known: datetime
    revision: int
    sha256: str
    language: str = "en"
    copy_of: int | None = None


# ---- findings of one article -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who said it: the mention beside the cue and, where certain, the person it stands for."""

    mention: Span
    name: str | None = None  # full name, or None when two would fit
    person: str | None = None  # id in the catalogue
    role: str | None = None
    actor: str | None = None  # id of the actor the speaker belongs to


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One attribution: source, cue and content. Only `direct` and the marked part of `mixed` are words in marks."""

    kind: QuotationKind
    content: Span
    cue: Span | None = None
    speaker: Speaker | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a named party wants in a matter, as the text states it."""

    party: str  # as named in the text
    actor: str | None  # id in the catalogue
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMention:
    """A sentence that says a matter is not settled (or, `resolved`, that it now is)."""

    span: Span
    matter: Span
    label: str
    status: IssueStatus
    cue: IssueCue
    cue_span: Span | None = None
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseMention:
    """A sentence that reports what an actor said or did diplomatically, or that it said nothing."""

    span: Span
    actor_id: str
    actor: str | None = None  # words in the span that name it
    speaker: str | None = None
    stance: Stance = "STATEMENT"
    mode: Mode = "new"
    is_quoted: bool = False
    is_silence: bool = False
    development: Span | None = None  # what is being answered, where the text names it
    recipient: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that was extracted from one revision of an article."""

    quotations: tuple[Quotation, ...] = ()
    issues: tuple[IssueMention, ...] = ()
    responses: tuple[ResponseMention, ...] = ()


# ---- findings as stored, with the id that readers see -----------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredQuotation:
    """A quotation with its number (Q-12) and its article."""

    id: int
    article: Article
    quotation: Quotation

    @property
    def evidence(self) -> Evidence:
        """The span of the content."""
        return Evidence(article=self.article.id, revision=self.article.revision, span=self.quotation.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredIssueMention:
    """An issue mention with its number and article; `issue` is the ledger's issue it belongs to."""

    id: int
    article: Article
    mention: IssueMention
    issue: int | None = None

    @property
    def evidence(self) -> Evidence:
        """The span of the sentence."""
        return Evidence(article=self.article.id, revision=self.article.revision, span=self.mention.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredResponse:
    """A response mention with its number (R-5) and article."""

    id: int
    article: Article
    mention: ResponseMention

    @property
    def evidence(self) -> Evidence:
        """The span of the sentence."""
        return Evidence(article=self.article.id, revision=self.article.revision, span=self.mention.span)


# ---- stories: over days -------------------------------------------------------------------------------------


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
    usual_interval: float | None = None  # seconds between entries, median


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLine:
    """One development in the response watch. `reason` says why we cannot tell; `checked`: the feeds relied on."""

    development: Development
    actor: str
    state: WatchState
    answer: StoredResponse | None = None  # answered: the response; reported_silent: the sentence
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


# ---- delivery ---------------------------------------------------------------------------------------------------

DeliveryState = Literal["pending", "sending", "sent", "unknown", "reconciled", "skipped", "dead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Channel x topic x schedule x time zone. `channel` is written `console`, `slack:C123`, `discord:456`."""

    id: int
    tenant: str
    channel: str
    topic: str
    time: str  # "08:00", local
    zone: str  # IANA name
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)  # Monday is 0
    created: datetime
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What one briefing covers, in UTC: after `start`, up to `end`; `late` says why it comes late."""

    start: datetime
    end: datetime
    is_first: bool = False  # no briefing was sent to this subscription before
    late: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message of a delivery with its rendered body (JSON text of the platform) and its state."""

    delivery: int
    number: int
    key: str  # stable, opaque: what find(key) looks for
    channel: str
    body: str
    state: DeliveryState
    attempts: int = 0
    message_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One briefing for one slot of one subscription; unique by (subscription, local_date, slot)."""

    id: int
    subscription: int
    tenant: str
    local_date: str  # ISO date intended
    slot: str  # subscribed local time
    due: datetime
    state: DeliveryState
    window_start: datetime | None = None
    window_end: datetime | None = None
    note: str = ""
    parts: tuple[Part, ...] = field(default=())
