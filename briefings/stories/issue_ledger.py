"""The issue ledger: which open question a sentence is about, and what its sentences make of it over days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from briefings.model import IssueEvent, LedgerIssue, StoredIssueMention
from briefings.stories.context import StoryContext
from briefings.stories.issue_status import fold_status
from briefings.stories.matters import Matter, is_settled_by, matter_of, one_in_article, same_matter
from briefings.stories.positions import latest_positions


def place(mention: StoredIssueMention, issues: Sequence[LedgerIssue], context: StoryContext) -> int | None:
    """Return the id of the issue that a sentence is about, None for a new one.

    Args:
        mention: the sentence with its matter.
        issues: the topic's ledger; the best fit wins, of equals the one that moved last. What calls a matter settled
            must fit it closely. What an article says once more, in fewer or more words, is one matter.
        context: of the catalogue.
    """
    own = matter_of(mention, context)
    if own.is_empty:
        return None
    matters = [(_matter(issue, context), issue) for issue in issues]
    if mention.mention.status == "resolved":
        matters = [(matter, issue) for matter, issue in matters if is_settled_by(matter, own)]
    scored = [
        (float(_says_again(mention, own, issue, context)) or same_matter(own, matter), issue.moved, -issue.id)
        for matter, issue in matters
    ]
    best = max(scored, default=None)
    return -best[2] if best is not None and best[0] > 0 else None


def _says_again(mention: StoredIssueMention, own: Matter, issue: LedgerIssue, context: StoryContext) -> bool:
    """Say whether another sentence of the same article puts the same matter in fewer or more words."""
    others = (e.mention for e in issue.history if e.mention.article.id == mention.article.id)
    return any(one_in_article(own, matter_of(other, context)) for other in others)


def _matter(issue: LedgerIssue, context: StoryContext) -> Matter:
    """Return what most sentences of an issue name."""
    found = [matter_of(e.mention, context) for e in issue.history]
    return Matter(
        concepts=_common([m.concepts for m in found]),
        words=_common([m.words for m in found]),
        names=_common([m.names for m in found]),
    )


def _common(sets: Sequence[frozenset[str]]) -> frozenset[str]:
    every = {w for s in sets for w in s}
    return frozenset(w for w in every if 2 * sum(w in s for s in sets) >= len(sets))


def fold(issue_id: int, label: str, mentions: Sequence[StoredIssueMention]) -> LedgerIssue:
    """Fold the sentences known so far into one issue.

    Args:
        issue_id: its number (U-7).
        label: what it is called.
        mentions: at least one, in any order.
    """
    ordered = sorted(mentions, key=lambda m: (at(m), m.id))
    outcome = fold_status(ordered)
    history = tuple(
        IssueEvent(at=at(m), status=status, moved=moved, mention=m)
        for m, (status, moved) in zip(ordered, outcome.steps, strict=True)
    )
    return LedgerIssue(
        id=issue_id,
        label=label,
        status=history[-1].status,
        opened=history[0].at,
        moved=max((e.at for e in history if e.moved), default=history[0].at),
        history=history,
        positions=latest_positions(ordered),
        resolved_by=outcome.resolved_by,
    )


def at(mention: StoredIssueMention) -> datetime:
    """Return when a sentence was published (known, when undated)."""
    return mention.article.published or mention.article.known


def quiet(issues: Sequence[LedgerIssue], *, start: datetime, end: datetime) -> tuple[LedgerIssue, ...]:
    """Return the unresolved issues of which no sentence became known in the window: "nothing new on ..."."""
    return tuple(
        issue
        for issue in issues
        if issue.status != "resolved"
        and issue.opened <= start
        and not any(start < e.mention.article.known <= end for e in issue.history)
    )
