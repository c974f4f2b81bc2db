"""Document: what a briefing or an answer is for any platform, buttons included. Never knows a platform's limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from briefings.model import Evidence

TextStyle = Literal["plain", "strong", "emphasis", "muted"]
MomentForm = Literal["time", "date", "datetime"]
ActionKind = Literal["full", "sources", "ask", "follow", "report", "evidence", "post"]


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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of running text; `is_context` is small print."""

    line: Line
    is_context: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered thing (Q-12, U-7, D-31): a main line and lines below it. Kept whole by every renderer."""

    id: str
    line: Line
    below: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with the words that stand for it."""

    png: bytes
    alt: str


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


Block = Heading | Paragraph | Item | Picture | Actions


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole message: `blocks` for the channel, `detail` for its thread.

    `summary` is one plain line for notifications and for platforms that show nothing else.
    """

    title: str
    summary: str
    blocks: tuple[Block, ...]
    detail: tuple[Block, ...] = ()
    zone: str = "UTC"
    key: str = ""  # briefing id, "" for an answer
    n_dropped: int = 0  # items left out because a span did not hold


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


def check(document: Document, texts: Mapping[tuple[int, int], str]) -> Document:
    """Drop what is not verbatim: an item or paragraph with a span that its stored text does not bear out.

    Args:
        document: as composed.
        texts: stored text by (article, revision); a missing one fails the span.
    """

    def holds(block: Block) -> bool:
        return all(
            x.text == x.evidence.span.cut(texts.get((x.evidence.article, x.evidence.revision), ""))
            for line in lines_of(block)
            for x in line
            if isinstance(x, Verbatim)
        )

    kept = tuple(b for b in document.blocks if holds(b))
    detail = tuple(b for b in document.detail if holds(b))
    n_lost = len(document.blocks) + len(document.detail) - len(kept) - len(detail)
    return replace(document, blocks=kept, detail=detail, n_dropped=document.n_dropped + n_lost)


def paginate(blocks: Iterable[Block], size: Callable[[Block], int], limit: int) -> tuple[tuple[Block, ...], ...]:
    """Fill pages with whole blocks in order; a heading never ends a page.

    Args:
        blocks: what to lay out.
        size: cost of a block in the platform's unit.
        limit: the most that a page may cost; a single larger block gets a page of its own.
    """
    pages: list[list[Block]] = [[]]
    used = 0
    for block in blocks:
        cost = size(block)
        if pages[-1] and used + cost > limit:
            carried = [pages[-1].pop()] if isinstance(pages[-1][-1], Heading) else []
            pages.append(carried)
            used = sum(map(size, carried))
        pages[-1].append(block)
        used += cost
    return tuple(tuple(p) for p in pages if p)
