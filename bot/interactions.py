"""What a button does and what a form asks, the same on every platform; a platform only draws and passes on.

A button's meaning travels in at most 100 characters, so that it works after a restart and on any worker.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import get_args

from bot.commands import Answer, needs_manager, parse, respond, sentence
from briefings.answers.records import Asker, Reply
from briefings.document import Action, ActionKind, Block, Document, Heading
from briefings.errors import BadInput
from briefings.sections.wording import short

MAX_WRITTEN = 100  # characters of a Discord custom_id
PROBLEMS = ("Wrong speaker", "Not said so", "Outdated", "Missed answer", "Something else")
MAX_QUESTION = 500
MAX_PROBLEM = 1000
READING = frozenset(
    {"briefing", "quotes", "issues", "watch", "summary", "ask", "related", "timeline", "schedule", "sources"}
    | {"status", "why", "help"}
)
_ITEM = re.compile(r"[QUDRA]-\d{1,9}")
_SOURCES = "Sources"
_COMMANDS = {"evidence": "why", "follow": "follow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button as it was drawn: what it does, to which item, of the briefing of which topic and time."""

    kind: ActionKind
    item: str = ""
    topic: str = ""
    at: datetime | None = None

    @property
    def written(self) -> str:
        """The press as text, at most 100 characters."""
        stamp = str(int(self.at.timestamp())) if self.at else ""
        fixed = f"{self.kind}:{self.item}:{stamp}:"
        return fixed + self.topic[: MAX_WRITTEN - len(fixed)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that a form asks for; with choices it is one of them."""

    name: str
    label: str
    choices: tuple[str, ...] = ()
    is_required: bool = True
    is_long: bool = False
    value: str = ""
    max_length: int = MAX_PROBLEM


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a person is asked before a command is answered; its values go to `submit`."""

    command: str
    title: str
    fields: tuple[Field, ...]


def press_of(action: Action, document: Document) -> Press:
    """Return what a button of a document means."""
    topic = re.sub(r"-\d{4}-\d\d-\d\d-\d{4}$", "", document.key) if document.key else ""
    return Press(kind=action.kind, item=action.item, topic=topic, at=document.as_of if document.key else None)


def read_press(written: str) -> Press:
    """Read what a button carried.

    Raises:
        BadInput: no button of ours carries that.
    """
    kind, _, rest = written[:MAX_WRITTEN].partition(":")
    item, _, rest = rest.partition(":")
    stamp, _, topic = rest.partition(":")
    known = {k: k for k in get_args(ActionKind)}
    if kind not in known or (item and not _ITEM.fullmatch(item)) or not re.fullmatch(r"\d{0,11}", stamp):
        msg = "that button is of another version; ask again for what it stood under"
        raise BadInput(msg)
    at = datetime.fromtimestamp(int(stamp), UTC) if stamp else None
    return Press(kind=known[kind], item=item, topic=topic, at=at)


def act(press: Press, asker: Asker, answer: Answer, now: datetime, items: tuple[str, ...] = ()) -> Reply | Form:
    """Do what a button says.

    Args:
        press: the button.
        asker: who pressed it and where.
        answer: `answer(query, now, as_of=None)`.
        now: UTC.
        items: ids shown where it stands, to choose from in a report.

    Returns:
        The answer, or the form to show first.
    """
    match press.kind:
        case "ask":
            return ask_form()
        case "report":
            return report_form(press.item, items)
        case "full":
            return _briefing(press, asker, answer, now)
        case "sources":
            return _sources(_briefing(press, asker, answer, now))
        case "evidence" | "follow":
            return respond(f"/{_COMMANDS[press.kind]} {press.item}", asker, answer, now)
        case _:
            return sentence("this can't be posted from here; type the command again and use the button of its answer")


def ask_form() -> Form:
    """Return the form of a question."""
    field = Field(name="question", label="Your question", is_long=True, max_length=MAX_QUESTION)
    return Form(command="ask", title="Ask", fields=(field,))


def report_form(item: str, items: tuple[str, ...] = ()) -> Form:
    """Return the form of a problem; the item is chosen already or one of those shown."""
    known = tuple(dict.fromkeys(x for x in (item, *items) if x))
    about = (Field(name="item", label="Which item", choices=known, is_required=False, value=item),) if known else ()
    kind = Field(name="kind", label="What is wrong", choices=PROBLEMS, value=PROBLEMS[0])
    note = Field(name="problem", label="In your words", is_required=False, is_long=True)
    return Form(command="report", title="Report a problem", fields=(*about, kind, note))


def submit(command: str, values: Mapping[str, str], asker: Asker, answer: Answer, now: datetime) -> Reply:
    """Answer a form that was filled in."""
    plain = {name: value.replace('"', "'").strip() for name, value in values.items()}
    if command == "ask":
        return respond(f'/ask question:"{plain.get("question", "")}"', asker, answer, now)
    if command == "report":
        words = ": ".join(w for w in (plain.get("kind", ""), plain.get("problem", "")) if w)
        item = f" item:{plain['item']}" if plain.get("item") else ""
        return respond(f'/report problem:"{words}"{item}', asker, answer, now)
    return sentence("that form is of another version; open it again")


def is_postable(text: str) -> bool:
    """Say whether the answer to a command as typed may be shown to a whole channel: it reads, and anyone may ask it."""
    try:
        query = parse(text)
    except BadInput:
        return False
    return query.command in READING and not needs_manager(query)


def repost(text: str, asker: Asker, answer: Answer, now: datetime, as_of: datetime | None) -> Reply:
    """Answer a command again for the whole channel, from what was known when it was first answered."""
    if not is_postable(text):
        return sentence("this answer can't be posted to a channel")
    return replace(respond(text, asker, answer, now, as_of=as_of), is_private=False)


def ids_in(text: str) -> tuple[str, ...]:
    """Return the item ids that a message shows, in order."""
    return tuple(dict.fromkeys(re.findall(rf"\b{_ITEM.pattern}\b", text)))


def _briefing(press: Press, asker: Asker, answer: Answer, now: datetime) -> Reply:
    topic = f' topic:"{press.topic}"' if press.topic else ""
    return respond(f"/briefing{topic}", asker, answer, now, as_of=press.at)


def _sources(reply: Reply) -> Reply:
    """Return the list of sources of a briefing alone."""
    every = (*reply.document.blocks, *reply.document.detail)
    found: list[Block] = []
    for block in every:
        if isinstance(block, Heading) and found:
            break
        if found or (isinstance(block, Heading) and block.text == _SOURCES):
            found.append(block)
    if not found:
        return sentence("this briefing rests on no article") if reply.document.key else reply
    title = short(f"Sources of {reply.document.title}", 140)
    return replace(reply, document=replace(reply.document, title=title, blocks=tuple(found[1:]), detail=()))
