"""Findings: what was extracted from one article, and the same as stored with the number that readers see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from briefings.model.articles import Article, Evidence, Span

QuotationKind = Literal["direct", "mixed", "indirect"]
Mode = Literal["new", "standing"]
IssueStatus = Literal["open", "narrowed", "resolved"]
IssueCue = Literal["unresolved", "disagreement", "no_agreement", "unclear", "pending", "position_clash", "settled"]
Stance = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "STATEMENT", "NO_COMMENT", "NO_RESPONSE",
]  # fmt: skip


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A response mention in the words that comparing needs, without its article's text."""

    id: int
    at: datetime  # of publication, else when it became known
    stance: Stance
    mode: Mode
    sentence: str
    named: str | None = None  # words for what is answered
    actor: str | None = None  # words that name the actor
    speaker: str | None = None
