"""What the sentences on an issue make of its status over days: open, narrowed, resolved, reopened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from briefings.model import LedgerStatus, StoredIssueMention

DAYS = timedelta(days=3)  # how near a contradicting sentence must be to count
SETTLED = timedelta(hours=24)  # a sentence this long after a settlement that says "open" may reopen
COLLAPSE = frozenset({"no_agreement"})  # cues that undo a narrowing


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status after each sentence and whether it changed there; who calls it resolved while others do not."""

    steps: tuple[tuple[LedgerStatus, bool], ...]
    resolved_by: tuple[str, ...]


def fold_status(mentions: Sequence[StoredIssueMention]) -> Outcome:
    """Fold sentences, oldest first.

    Two publishers resolve an issue, or one that nobody contradicts within three days before or after. A contradiction
    counts publishers: as many "open" as "resolved" leave it open.
    """
    status: LedgerStatus = "open"
    steps: list[tuple[LedgerStatus, bool]] = []
    for number, mention in enumerate(mentions):
        new = _next(status, mention, mentions, is_first=number == 0)
        steps.append((new, new != status or number == 0))
        status = new
    return Outcome(tuple(steps), () if status == "resolved" else _claimants(mentions))


def _next(
    status: LedgerStatus, mention: StoredIssueMention, mentions: Sequence[StoredIssueMention], *, is_first: bool
) -> LedgerStatus:
    said = mention.mention.status
    if said == "resolved":
        return "resolved" if status == "resolved" or _is_settled(mention, mentions) else status
    if status == "resolved":
        return "reopened" if _is_reopened(mention, mentions) else "resolved"
    if said == "narrowed":
        return "narrowed"
    if status == "narrowed" and mention.mention.cue in COLLAPSE and not is_first:
        return "reopened"
    return status


def _at(mention: StoredIssueMention) -> datetime:
    return mention.article.published or mention.article.known


def _near(mention: StoredIssueMention, mentions: Sequence[StoredIssueMention], *, resolved: bool) -> set[str]:
    """Return the publishers that call it resolved (or not) within DAYS; the last word of each publisher counts."""
    last: dict[str, bool] = {}
    for other in mentions:
        if abs(_at(other) - _at(mention)) <= DAYS:
            last[other.article.publisher.name] = other.mention.status == "resolved"
    return {name for name, is_resolved in last.items() if is_resolved == resolved}


def _is_settled(mention: StoredIssueMention, mentions: Sequence[StoredIssueMention]) -> bool:
    """Say whether a claim settles the matter; not when its own article calls the matter unresolved too."""
    if any(m.article.id == mention.article.id and m.mention.status != "resolved" for m in mentions):
        return False
    claim = _near(mention, mentions, resolved=True) | {mention.article.publisher.name}
    deny = _near(mention, mentions, resolved=False) - {mention.article.publisher.name}
    return not deny or (len(claim) > 1 and len(claim) > len(deny))


def _is_reopened(mention: StoredIssueMention, mentions: Sequence[StoredIssueMention]) -> bool:
    settled = [m for m in mentions if m.mention.status == "resolved" and _at(m) <= _at(mention)]
    if not settled:
        return False
    is_later = _at(mention) - _at(settled[-1]) >= SETTLED
    changed_mind = mention.article.publisher.name in {m.article.publisher.name for m in settled}
    return is_later or changed_mind


def _claimants(mentions: Sequence[StoredIssueMention]) -> tuple[str, ...]:
    """Return the publishers whose last word, within DAYS of the newest sentence, is that it is resolved."""
    return tuple(sorted(_near(mentions[-1], mentions, resolved=True))) if mentions else ()
