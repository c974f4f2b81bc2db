"""What happened when, for an issue or a development, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from briefings.answers.frame import Freshness, answer
from briefings.answers.issues import event_item
from briefings.answers.records import Reply
from briefings.document import Block, Item, Line, Link, Moment, Picture, Text
from briefings.model import Article, Development, IssueEvent, LedgerIssue, StoredResponse, WatchLine
from briefings.sections.base import BriefingInput
from briefings.sections.lines import SEPARATOR, headline_of, in_brackets, sentence_of, source_of
from briefings.sections.watch_words import state_of
from briefings.sections.wording import STANCES, STATUSES, capital_of, count, sentence_case, short

MOST = 40
DRAWN = 14  # entries in the picture, the newest

Kind = Literal["report", "open", "narrowed", "resolved", "answer", "silence", "earlier"]
_KINDS: dict[str, Kind] = {"open": "open", "reopened": "open", "narrowed": "narrowed", "resolved": "resolved"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One entry as it is drawn: when, of what kind, its id and a few words."""

    at: datetime
    kind: Kind
    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A timeline as it is drawn, oldest first, up to the time that it speaks of."""

    title: str
    marks: tuple[Mark, ...]
    as_of: datetime
    zone: str

    @property
    def alt(self) -> str:
        """The words that stand for the picture."""
        days = f"{self.marks[0].at:%Y-%m-%d} to {self.marks[-1].at:%Y-%m-%d}" if self.marks else "empty"
        told = "; ".join(f"{m.at:%d %b} {m.words}" for m in self.marks)
        return short(f"Timeline of {self.title}, {days}: {told}", 900)


def issue_marks(issue: LedgerIssue, fresh: Freshness) -> Timeline:
    """Return what is drawn of an issue: each sentence, with the status that it made."""
    marks = tuple(_issue_mark(e) for e in issue.history[-DRAWN:])
    title = f"U-{issue.id} {sentence_case(short(issue.label, 70))}"
    return Timeline(title=title, marks=marks, as_of=fresh.as_of, zone=fresh.zone)


def development_marks(
    development: Development, responses: tuple[StoredResponse, ...], given: BriefingInput, fresh: Freshness
) -> Timeline:
    """Return what is drawn of a development: its articles, the actor's answers and silences."""
    who = capital_of(given.actor)
    marks = [
        Mark(at=a.published or a.known, kind="report", id=f"A-{a.id}", words=f"{a.publisher.name}: {a.title}")
        for a in development.articles
    ]
    marks += [_response_mark(r, who) for r in responses]
    ordered = tuple(sorted(marks, key=lambda m: m.at)[-DRAWN:])
    title = f"D-{development.id} {headline_of(development, 70)}"
    return Timeline(title=title, marks=ordered, as_of=fresh.as_of, zone=fresh.zone)


def issue_timeline(issue: LedgerIssue, fresh: Freshness, picture: Picture | None = None) -> Reply:
    """Answer /timeline U-7."""
    title = f"Timeline of U-{issue.id} {sentence_case(short(issue.label, 90))}"
    events = issue.history[-MOST:]
    items: tuple[Block, ...] = tuple(event_item(e) for e in events)
    drawn: tuple[Block, ...] = (picture,) if picture else ()
    summary = f"{title}: {STATUSES[issue.status]}, {count(len(issue.history), 'entry', 'entries')}"
    return answer(title, (*items, *drawn), fresh, summary=summary, limit=MOST)


def development_timeline(
    development: Development,
    said: tuple[tuple[StoredResponse, ...], WatchLine | None],
    given: BriefingInput,
    fresh: Freshness,
    picture: Picture | None = None,
) -> Reply:
    """Answer /timeline D-31: its articles, the actor's answers and silences among them.

    Args:
        development: asked for.
        said: the actor's responses in its articles, and its line in the watch where it has one.
        given: names to show them with.
        fresh: what the answer rests on.
        picture: of the same.
    """
    responses, line = said
    title = f"Timeline of D-{development.id} {headline_of(development, 90)}"
    entries = [(_at(a), 0, _article(a)) for a in development.articles]
    entries += [(_at(r.article), 1, _response(r, given)) for r in responses]
    ordered = sorted(entries, key=lambda e: e[:2])
    items: list[Block] = [*(item for _, _, item in ordered[-MOST:])]
    if line is not None:
        state = Text(f"{capital_of(given.actor)}: {state_of(line, given.as_of)}", "strong")
        items.append(Item(f"D-{development.id}", (Moment(given.as_of), Text(" "), state)))
    drawn: tuple[Block, ...] = (picture,) if picture else ()
    return answer(title, (*items, *drawn), fresh, limit=MOST)


def _issue_mark(event: IssueEvent) -> Mark:
    stored = event.mention
    words = f"{STATUSES[event.status]}, {stored.article.publisher.name}: {stored.article.title}"
    return Mark(at=event.at, kind=_KINDS[event.status], id=f"A-{stored.article.id}", words=words)


def _response_mark(response: StoredResponse, who: str) -> Mark:
    mention, article = response.mention, response.article
    kind: Kind = "silence" if mention.is_silence else "earlier" if mention.mode == "standing" else "answer"
    by = f" ({mention.speaker})" if mention.speaker else ""
    words = f"{who} {STANCES[mention.stance]}{by}, {article.publisher.name}"
    return Mark(at=article.published or article.known, kind=kind, id=f"R-{response.id}", words=words)


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


__all__ = ["Mark", "Timeline", "development_marks", "development_timeline", "issue_marks", "issue_timeline"]
