"""What happened when, for an issue or a development, oldest first."""

from __future__ import annotations

from briefings.answers.frame import Freshness, answer
from briefings.answers.issues import event_item
from briefings.answers.records import Reply
from briefings.document import Block, Item, Line, Link, Moment, Text
from briefings.model import Article, Development, LedgerIssue, StoredResponse, WatchLine
from briefings.sections.base import BriefingInput
from briefings.sections.lines import SEPARATOR, headline_of, in_brackets, sentence_of, source_of
from briefings.sections.watch_words import said_of
from briefings.sections.wording import STANCES, STATUSES, capital_of, count, sentence_case, short

MOST = 40


def issue_timeline(issue: LedgerIssue, fresh: Freshness) -> Reply:
    """Answer /timeline U-7."""
    title = f"Timeline of U-{issue.id} {sentence_case(short(issue.label, 90))}"
    events = issue.history[-MOST:]
    items: tuple[Block, ...] = tuple(event_item(e) for e in events)
    summary = f"{title}: {STATUSES[issue.status]}, {count(len(issue.history), 'entry', 'entries')}"
    return answer(title, items, fresh, summary=summary, limit=MOST)


def development_timeline(
    development: Development,
    responses: tuple[StoredResponse, ...],
    line: WatchLine | None,
    given: BriefingInput,
    fresh: Freshness,
) -> Reply:
    """Answer /timeline D-31: its articles, the actor's answers and silences among them."""
    title = f"Timeline of D-{development.id} {headline_of(development, 90)}"
    entries = [(_at(a), 0, _article(a)) for a in development.articles]
    entries += [(_at(r.article), 1, _response(r, given)) for r in responses]
    ordered = sorted(entries, key=lambda e: e[:2])
    items: list[Block] = [*(item for _, _, item in ordered[-MOST:])]
    if line is not None:
        state = Text(said_of(line, given.actor, given.as_of), "strong")
        items.append(Item(f"D-{development.id}", (Moment(given.as_of), Text(" "), state)))
    return answer(title, tuple(items), fresh, limit=MOST)


def _at(article: Article) -> float:
    return (article.published or article.known).timestamp()


def _article(article: Article) -> Item:
    line: Line = (Moment(article.published or article.known), Text(" "), Link(short(article.title, 110), article.url))
    return Item(f"A-{article.id}", (*line, SEPARATOR, Text(article.publisher.name)))


def _response(response: StoredResponse, given: BriefingInput) -> Item:
    when = Moment(response.article.published or response.article.known)
    line: Line = (when, Text(f" {capital_of(given.actor)} {STANCES[response.mention.stance]}", "strong"))
    words = (sentence_of(response), *in_brackets(source_of(response.article, "date")))
    return Item(f"R-{response.id}", line, (words,))


__all__ = ["development_timeline", "issue_timeline"]
