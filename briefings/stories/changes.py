"""What happened since the last briefing: new developments, issues that moved, answers that arrived, quiet issues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from briefings.model import Article, Development, LedgerIssue, WatchLine
from briefings.stories.issue_ledger import quiet


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Each newest first; `revised` are articles whose text changed in the window."""

    developments: tuple[Development, ...] = ()
    moved: tuple[LedgerIssue, ...] = ()
    answered: tuple[WatchLine, ...] = ()
    quiet: tuple[LedgerIssue, ...] = ()
    late: tuple[Article, ...] = ()
    revised: tuple[Article, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing new, moved, answered, late or revised."""
        return not (self.developments or self.moved or self.answered or self.late or self.revised)


def changes(
    developments: Sequence[Development],
    issues: Sequence[LedgerIssue],
    lines: Sequence[WatchLine],
    *,
    start: datetime,
    end: datetime,
) -> Changes:
    """Compare the window with what was there before it, by when things became known.

    Args:
        developments: of the topic, as known at `end`.
        issues: the ledger as known at `end`.
        lines: of the response watch.
        start: end of the last briefing.
        end: the time of this one.
    """
    inside = [a for d in developments for a in d.articles if start < a.known <= end]
    new = [d for d in developments if start < min(a.first_known for a in d.articles) <= end]
    moved = [i for i in issues if any(e.moved and start < e.mention.article.known <= end for e in i.history)]
    answered = [w for w in lines if w.state == "answered"]
    return Changes(
        developments=tuple(sorted(new, key=lambda d: (d.first, d.id), reverse=True)),
        moved=tuple(sorted(moved, key=lambda i: (i.moved, i.id), reverse=True)),
        answered=tuple(answered),
        quiet=quiet(issues, start=start, end=end),
        late=tuple(a for a in inside if a.published is not None and a.published <= start and a.revision == 1),
        revised=tuple(a for a in inside if a.revision > 1),
    )
