"""Direct messages: an item that somebody follows has moved, a problem that somebody reported was looked into."""

from __future__ import annotations

from datetime import datetime

from briefings.answers.issues import event_item
from briefings.document import Action, Actions, Block, Document, Paragraph, Text
from briefings.model import IssueEvent, LedgerIssue, WatchLine
from briefings.sections.base import BriefingInput
from briefings.sections.lines import headline_of
from briefings.sections.response_watch import watch_item
from briefings.sections.watch_words import state_of
from briefings.sections.wording import STATUSES, capital_of, sentence_case, short


def issue_moved(issue: LedgerIssue, events: tuple[IssueEvent, ...], zone: str, now: datetime) -> Document:
    """Return the message that an issue has moved, with the sentences that say so, newest first."""
    title = f"U-{issue.id} has moved: {STATUSES[issue.status]}"
    label = Paragraph((Text(sentence_case(short(issue.label, 120)), "strong"),))
    items: tuple[Block, ...] = tuple(event_item(e) for e in reversed(events))
    return _message(title, (label, *items), f"U-{issue.id}", zone, now)


def development_answered(line: WatchLine, given: BriefingInput, zone: str, now: datetime) -> Document:
    """Return the message that a development was answered, or that a silence was reported."""
    item = f"D-{line.development.id}"
    title = f"{item}: {capital_of(given.actor)} {state_of(line, now)}"
    headline = Paragraph((Text(headline_of(line.development, 120), "strong"),))
    return _message(title, (headline, watch_item(line, given)), item, zone, now)


def report_closed(number: int, item: str, answer: str, zone: str, now: datetime) -> Document:
    """Return the message that a report was looked into."""
    about = f" about {item}" if item else ""
    words = f"Your report {number}{about} was looked into: {short(answer, 500)}"
    return Document(title="Your report", summary=words, blocks=(Paragraph((Text(words),)),), zone=zone, as_of=now)


def _message(title: str, blocks: tuple[Block, ...], item: str, zone: str, now: datetime) -> Document:
    ending = Paragraph((Text(f"You follow {item}; /follow {item} ends it."),), is_context=True)
    button = Actions((Action("follow", f"Stop following {item}", item),))
    return Document(
        title=short(title, 140), summary=short(title, 140), blocks=(*blocks, ending, button), zone=zone, as_of=now
    )
