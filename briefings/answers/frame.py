"""The frame of every answer: what it says, and how fresh that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from briefings.answers.records import Reply
from briefings.document import Block, Document, Heading, Inline, Item, Moment, Paragraph, Text
from briefings.model import Article
from briefings.sections.lines import SEPARATOR
from briefings.sections.wording import count, short

SHOWN = 12  # items in the message; the others stand below it


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """What an answer rests on: the time it speaks of, the newest article, when feeds were read and how many fail."""

    as_of: datetime
    newest: Article | None = None
    last_fetch: datetime | None = None
    n_feeds: int = 0
    n_down: int = 0
    zone: str = "UTC"


def fresh_line(fresh: Freshness) -> Paragraph:
    """Return the small print that says how fresh an answer is."""
    parts: list[tuple[Inline, ...]] = [(Text("As of "), Moment(fresh.as_of))]
    if fresh.newest is None:
        parts.append((Text("no dated article is stored"),))
    else:
        at = Moment(fresh.newest.published or fresh.newest.known)
        parts.append((Text(f"newest article: {short(fresh.newest.publisher.name, 60)}, "), at))
    if not fresh.n_feeds:
        parts.append((Text("no feed is watched"),))
    elif fresh.last_fetch is None:
        parts.append((Text("no feed has been read yet"),))
    else:
        down = f", {fresh.n_down} of {count(fresh.n_feeds, 'feed')} down" if fresh.n_down else ""
        parts.append((Text("feeds last read "), Moment(fresh.last_fetch), Text(down)))
    line = tuple(x for i, part in enumerate(parts) for x in ((SEPARATOR, *part) if i else part))
    return Paragraph(line, is_context=True)


def answer(title: str, blocks: tuple[Block, ...], fresh: Freshness, *, summary: str = "", limit: int = SHOWN) -> Reply:
    """Return an answer: its blocks, the items beyond `limit` below it, and how fresh it is.

    Args:
        title: what it is an answer to.
        blocks: in the order in which they are read.
        fresh: what it rests on.
        summary: one plain line; the title when there is none.
        limit: the most items in the message itself.
    """
    items = [n for n, b in enumerate(blocks) if isinstance(b, Item)]
    cut = items[limit] if len(items) > limit else len(blocks)
    while cut < len(blocks) and cut and isinstance(blocks[cut - 1], Heading):
        cut -= 1  # a heading goes with its items
    shown, rest = blocks[:cut], blocks[cut:]
    n_more = sum(isinstance(b, Item) for b in rest)
    more = (Paragraph((Text(f"{n_more} more below."),), is_context=True),) if n_more else ()
    document = Document(
        title=short(title, 140),
        summary=summary or title,
        blocks=(*shown, *more, fresh_line(fresh)),
        detail=rest,
        zone=fresh.zone,
        as_of=fresh.as_of,
    )
    return Reply(document=document)


def done(title: str, blocks: tuple[Block, ...], fresh: Freshness, *, summary: str) -> Reply:
    """Return an answer that tells what was done, which needs no freshness; times are shown in its zone."""
    return Reply(document=Document(title=title, summary=summary, blocks=blocks, zone=fresh.zone, as_of=fresh.as_of))


def nothing(title: str, words: str, fresh: Freshness) -> Reply:
    """Return an answer that says that there is nothing, and why."""
    return answer(title, (Paragraph((Text(words),)),), fresh, summary=words)
