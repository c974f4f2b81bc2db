"""The issues that are still open: what, for how long, who wants what, and the sentence that says so."""

from __future__ import annotations

from dataclasses import replace

from briefings.document import Heading, Item, Line, Paragraph, Text, Verbatim
from briefings.model import IssueEvent, LedgerIssue, StatedPosition
from briefings.sections.base import BriefingInput, SectionBlocks
from briefings.sections.bottom_line import standing_of, weight_of
from briefings.sections.lines import capped, in_brackets, party_of, sentence_in, source_of
from briefings.sections.wording import STATUSES, age_in_days, count, listing, sentence_case, short

SHOWN = 4  # issues in the message; the others stand in the thread
SENTENCE = 130  # characters at which a sentence reads best
LISTED = 30  # issues in the thread
POSITIONS = 3  # positions of an issue in the message
HISTORY = 5  # latest entries of an issue's history in the thread


def ordered(given: BriefingInput) -> tuple[LedgerIssue, ...]:
    """Return the issues to list, heaviest first; resolved ones on the day that they moved only."""
    listed = (i for i in given.issues if i.status != "resolved" or given.movement_of(i))
    return tuple(sorted(listed, key=lambda i: weight_of(i, given), reverse=True))


def _title(issue: LedgerIssue, given: BriefingInput) -> Line:
    words = f" · {standing_of(issue, given)}"
    if given.movement_of(issue) == "moved":
        words += f" · {age_in_days(issue.opened, given.as_of, given.zone)} old"
    return (Text(sentence_case(short(issue.label, 120)), "strong"), Text(words))


def speaking(issue: LedgerIssue) -> IssueEvent:
    """Return the entry that says best how an issue stands: of the newest article, a whole sentence of some length."""
    last = issue.history[-1]
    article, status = last.mention.article, last.mention.mention.status
    own = [e for e in issue.history if (e.mention.article.id, e.mention.mention.status) == (article.id, status)]

    def rank(event: IssueEvent) -> tuple[bool, int]:
        words = event.mention.mention.span.cut(event.mention.article.text).rstrip('"”’») ')
        return (words.endswith((".", "!", "?")), -abs(len(words) - SENTENCE))

    return max(own, key=rank)


def _sentence(event: IssueEvent) -> Line:
    stored = event.mention
    return (sentence_in(stored.article, stored.mention.span), *in_brackets(source_of(stored.article)))


def _position(position: StatedPosition, issue: LedgerIssue, given: BriefingInput) -> Line:
    words = position.evidence.span.cut(position.article.text)
    names_itself = words.casefold().startswith(position.party.casefold())
    party = () if names_itself else (Text(f"{party_of(position.party, position.actor, given)}: ", "strong"),)
    is_elsewhere = position.article.id != issue.history[-1].mention.article.id
    source = in_brackets(source_of(position.article)) if is_elsewhere else ()
    return (*party, Verbatim(words, position.evidence, in_marks=False), *source)


def _disputed(issue: LedgerIssue) -> tuple[Line, ...]:
    if not issue.resolved_by or issue.status == "resolved":
        return ()
    n = len(issue.resolved_by)
    return (
        (Text(f"Called resolved by {count(n, 'publisher')} ({listing(issue.resolved_by, 3)}), not by the others."),),
    )


def issue_item(issue: LedgerIssue, given: BriefingInput, *, with_history: bool = False) -> Item:
    """Return an issue as one item: title, sentence, positions; `with_history` adds its latest entries."""
    best = speaking(issue)
    says = _sentence(best)
    positions = issue.positions if with_history else issue.positions[:POSITIONS]
    below = (says, *(_position(p, issue, given) for p in positions), *_disputed(issue))
    if with_history:
        earlier = [e for e in reversed(issue.history) if e is not best]
        below += tuple((Text(f"Earlier, {STATUSES[e.status]}: ", "muted"), *_sentence(e)) for e in earlier[:HISTORY])
    return Item(f"U-{issue.id}", _title(issue, given), below)


def _brief(whole: Item, issue: LedgerIssue) -> Item:
    """Return the item of an issue in one line: what, how it stands, and where that is said."""
    where = source_of(speaking(issue).mention.article)
    return replace(whole, line=(*whole.line, *in_brackets(where)), below=())


def unresolved(given: BriefingInput) -> SectionBlocks:
    """List the open issues: moved first, then those of most publishers and sentences, then oldest."""
    issues = ordered(given)
    heading = Heading("Unresolved issues")
    if not issues:
        nothing = Paragraph((Text("No article of the last 30 days calls an issue of this story unresolved."),))
        return SectionBlocks(blocks=(heading, nothing), is_empty=True)
    shown = tuple(issue_item(i, given) for i in issues[:SHOWN])
    full = [issue_item(i, given, with_history=True) for i in issues]
    detail = (Heading("All unresolved issues"), *capped(full, LISTED))
    return SectionBlocks(blocks=(heading, *shown), detail=detail, brief=tuple(map(_brief, shown, issues)))
