"""The ledger of open issues, and the history of one."""

from __future__ import annotations

from briefings.answers.frame import Freshness, answer, nothing
from briefings.answers.records import Reply
from briefings.document import Action, Actions, Block, Heading, Item, Line, Moment, Text, Verbatim
from briefings.model import IssueEvent, LedgerIssue
from briefings.sections.base import BriefingInput
from briefings.sections.lines import in_brackets, source_of
from briefings.sections.unresolved import issue_item
from briefings.sections.wording import STATUSES, count, sentence_case, short


def issues_answer(given: BriefingInput, fresh: Freshness) -> Reply:
    """Answer /issues: what is not resolved, moved last first."""
    title = f"{given.topic.title}: unresolved issues"
    open_ = sorted((i for i in given.issues if i.status != "resolved"), key=lambda i: (i.moved, i.id), reverse=True)
    if not open_:
        return nothing(title, "No article of the last 30 days calls an issue of this story unresolved.", fresh)
    items: tuple[Block, ...] = tuple(issue_item(i, given) for i in open_)
    return answer(title, items, fresh, summary=f"{title}: {count(len(open_), 'issue')}", limit=8)


def issue_answer(issue: LedgerIssue, given: BriefingInput, fresh: Freshness) -> Reply:
    """Answer /issues U-7: where it stands, each party's position, its whole history with evidence."""
    title = f"U-{issue.id} {sentence_case(short(issue.label, 100))}"
    history = tuple(event_item(e) for e in reversed(issue.history))
    follow = Actions((Action("follow", f"Follow U-{issue.id}", f"U-{issue.id}"),))
    blocks: tuple[Block, ...] = (issue_item(issue, given), Heading("History, newest first"), *history, follow)
    return answer(title, blocks, fresh, summary=f"{title}: {STATUSES[issue.status]}")


def event_item(event: IssueEvent) -> Item:
    """Return one entry of an issue's history."""
    stored = event.mention
    words = Verbatim(stored.mention.span.cut(stored.article.text), stored.evidence, in_marks=False)
    moved = " (moved)" if event.moved else ""
    line: Line = (Moment(event.at), Text(f" {STATUSES[event.status]}{moved}", "strong"))
    return Item(f"A-{stored.article.id}", line, ((words, *in_brackets(source_of(stored.article))),))
