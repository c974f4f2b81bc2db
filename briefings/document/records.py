"""What a briefing or an answer is for any platform, buttons included. Never knows a platform's limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from briefings.model import Evidence

TextStyle = Literal["plain", "strong", "emphasis", "muted"]
MomentForm = Literal["time", "date", "datetime"]
ActionKind = Literal["full", "sources", "ask", "follow", "report", "evidence", "post"]
Tone = Literal["plain", "answered", "waiting", "alert", "unknown"]  # colours an item; "alert": silent for over 72 hours


@dataclass(frozen=True, slots=True)
class Text:
    """Words of ours, or a name or label taken from a source; renderers escape it."""

    text: str
    style: TextStyle = "plain"


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Words of an article. `in_marks` puts them in quotation marks; indirect speech never has them."""

    text: str
    evidence: Evidence
    in_marks: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an http(s) address; renderers show the words alone when the address is anything else."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in UTC; renderers show it in the document's zone."""

    at: datetime
    form: MomentForm = "datetime"


Inline = Text | Verbatim | Link | Moment
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section."""

    text: str
    section: str = ""  # stable name of the section: "key_quotes"; "" in an answer


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of running text; `is_context` is small print."""

    line: Line
    is_context: bool = False
    section: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered thing (Q-12, U-7, D-31): a main line and lines below it. Kept whole by every renderer."""

    id: str
    line: Line
    below: tuple[Line, ...] = ()
    tone: Tone = "plain"
    section: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with the words that stand for it."""

    png: bytes
    alt: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A button: what it does and to which item ("" for the whole document)."""

    kind: ActionKind
    label: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Actions:
    """A row of buttons."""

    actions: tuple[Action, ...]
    section: str = ""


Block = Heading | Paragraph | Item | Picture | Actions


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole message: `blocks` for the channel, `detail` for its thread.

    `summary` is one plain line for notifications and for platforms that show nothing else. `as_of` is the time that it
    speaks of; dates of that year are shown without the year.
    """

    title: str
    summary: str
    blocks: tuple[Block, ...]
    detail: tuple[Block, ...] = ()
    zone: str = "UTC"
    key: str = ""  # briefing id, "" for an answer
    n_dropped: int = 0  # items left out because a span did not hold
    as_of: datetime | None = None


def lines_of(block: Block) -> tuple[Line, ...]:
    """Return the lines of a block that hold inlines."""
    match block:
        case Paragraph(line=line):
            return (line,)
        case Item(line=line, below=below):
            return (line, *below)
        case _:
            return ()


def evidence_of(blocks: Iterable[Block]) -> tuple[Evidence, ...]:
    """Return every evidence that the blocks show, in order."""
    return tuple(x.evidence for b in blocks for line in lines_of(b) for x in line if isinstance(x, Verbatim))
