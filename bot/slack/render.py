"""Document -> Slack messages as JSON bodies: the channel's, then those of its thread. Pure.

Nothing is cut inside a quotation: what does not fit goes to the thread whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise

from bot.interactions import Press, press_of
from bot.slack.lines import Json, Piece, Row, broken, clipped, escape, mrkdwn, rich_text, row_of, units
from briefings.document import (
    Action,
    Actions,
    Block,
    Document,
    Heading,
    Item,
    Line,
    Paragraph,
    Picture,
    Tone,
    Verbatim,
    safe,
)

MAX_BLOCKS = 50
MAX_MESSAGE = 12_500  # characters of all blocks as JSON; Slack refuses somewhat above 13,000
MAX_HEADER = 150
MAX_SECTION = 3000
MAX_BUTTON = 75
MAX_BUTTONS = 25
MAX_OPTIONS = 5  # of an overflow menu
MAX_VALUE = 2000
MAX_ALT = 2000
MAX_FALLBACK = 600  # before it is escaped; chat.update refuses more than 4,000
GROUP = 2800  # characters of lines put into one section
LONGEST = 8000  # a piece of text longer than this is spread over several messages
PRESS = "press"  # action ids of buttons and menus begin with it
POST = "post"
FULL, MORE = "Full briefing", "More"

_TONES: dict[Tone, str] = {"plain": "", "answered": "✅", "waiting": "⏳", "alert": "🔴", "unknown": "❔"}
_OWN_BLOCK = frozenset({"response_watch", "unresolved", ""})  # items with a menu of their own; "" is an answer
_FRAME = frozenset({"header", "footer", ""})  # small print of these stands by itself


def render_slack(document: Document) -> tuple[str, ...]:
    """Return the body of each message as JSON text, the channel's first, the others for its thread."""
    return tuple(json.dumps(m, ensure_ascii=False) for m in messages_of(document))


def messages_of(document: Document, post: str = "", files: Sequence[str] = ()) -> tuple[Json, ...]:
    """Return the messages of a document.

    Args:
        document: as composed.
        post: what the button that posts an answer to the channel carries; "" for none.
        files: ids of its pictures in order, once uploaded; a picture without one is its words.
    """
    document = safe(document)
    uploaded = iter(files)
    head = _layout(document, document.blocks, document.title, with_menus=True, files=uploaded)
    if post and units(post) <= MAX_VALUE:
        button = {"type": "button", "action_id": POST, "text": _plain("Post to channel", MAX_BUTTON), "value": post}
        head.append({"type": "actions", "elements": [button]})
    title = FULL if document.key else MORE
    below = document.detail
    tail = _layout(document, below, title, with_menus=False, files=uploaded) if below else []
    texts = (_fallback(document.summary or document.title), _fallback(f"{title}: {document.title}"))
    first, *rest = _pages(head) or ([],)
    pages = [(texts[0], first), *((texts[1], page) for page in (*rest, *_pages(tail)))]
    return tuple({"text": text, **({"blocks": page} if page else {})} for text, page in pages)


def view_blocks(document: Document, limit: int = 100) -> list[Json]:
    """Return a document as blocks of a view, such as the Home tab; beyond the limit it says so."""
    document = safe(document)
    blocks = _layout(document, (*document.blocks, *document.detail), document.title, with_menus=False, files=iter(()))
    return blocks if len(blocks) <= limit else [*blocks[: limit - 1], _context("There is more; ask for it by command.")]


def _layout(
    document: Document, blocks: Sequence[Block], title: str, *, with_menus: bool, files: Iterator[str]
) -> list[Json]:
    writer = _Writer(document, with_menus=with_menus, files=files)
    out: list[Json] = [{"type": "header", "text": _plain(title, MAX_HEADER)}] if title.strip() else []
    for block in blocks:
        out += writer.add(block)
    return [*out, *writer.flush()]


class _Writer:
    """Gathers lines into sections and says when one is full."""

    def __init__(self, document: Document, *, with_menus: bool, files: Iterator[str]) -> None:
        self._document = document
        self._files = files
        self._with_menus = with_menus
        self._entries: list[tuple[Row, ...]] = []  # each kept together
        self._heading: tuple[Row, ...] = ()  # stands above the next entry
        self._menu: list[Press] = []
        self._ids = count(1)

    def add(self, block: Block) -> Iterator[Json]:
        """Take a block; yield what is complete."""
        match block:
            case Heading(text=text):
                yield from self.flush()
                self._heading = (Row((Piece(text.strip(), "strong"),)),) if text.strip() else ()
            case Paragraph(line=line, is_context=True) if block.section in _FRAME:
                yield from self.flush()
                yield from _small(row_of(line, self._document))
            case Paragraph(line=line):
                yield from self._take((row_of(line, self._document),))
            case Item():
                yield from self._item(block)
            case Picture(png=png, alt=alt):
                yield from self._picture(alt, next(self._files, "") if png else "")
            case Actions(actions=actions):
                yield from self.flush()
                yield from self._buttons(actions)

    def flush(self) -> Iterator[Json]:
        """Yield the lines gathered so far as blocks."""
        entries, menu = [*self._entries, *([self._heading] if self._heading else [])], self._menu
        self._entries, self._heading, self._menu = [], (), []
        for n, block in enumerate(_sections(entries)):
            if n == 0 and menu:
                yield from self._with_menu(block, menu)
            else:
                yield block

    def _item(self, item: Item) -> Iterator[Json]:
        rows = _item_rows(item, self._document)
        if not self._with_menus or (item.section not in _OWN_BLOCK and item.section != "key_quotes"):
            yield from self._take(rows)
        elif item.section == "key_quotes":
            yield from self._take(rows)
            self._menu = [*self._menu, Press(kind="evidence", item=item.id)][:MAX_OPTIONS]
        else:
            if self._entries:
                yield from self.flush()
            yield from self._take(rows)
            self._menu = _menu_of(item.id)
            yield from self.flush()

    def _picture(self, alt: str, number: str) -> Iterator[Json]:
        if number:
            yield from self.flush()
            yield {"type": "image", "slack_file": {"id": number}, "alt_text": clipped(alt or "picture", MAX_ALT)}
        else:
            yield from self._take((Row((Piece(alt, "emphasis"),) if alt else ()),))

    def _take(self, rows: tuple[Row, ...]) -> Iterator[Json]:
        rows, self._heading = (*self._heading, *(r for r in rows if r.pieces)), ()
        if self._entries and _size((*self._entries, rows)) > GROUP:
            yield from self.flush()
        if rows:
            self._entries.append(rows)

    def _buttons(self, actions: tuple[Action, ...]) -> Iterator[Json]:
        buttons = [
            {
                "type": "button",
                "action_id": self._id(),
                "text": _plain(a.label or a.kind, MAX_BUTTON),
                "value": press_of(a, self._document).written,
            }
            for a in actions[:MAX_BUTTONS]
        ]
        if buttons:
            yield {"type": "actions", "elements": buttons}

    def _with_menu(self, block: Json, menu: list[Press]) -> Iterator[Json]:
        is_one = len({p.item for p in menu}) == 1
        options = [{"text": _plain(_label(p, is_one=is_one), MAX_BUTTON), "value": p.written} for p in menu]
        overflow = {"type": "overflow", "action_id": self._id(), "options": options}
        if block["type"] == "section":
            yield {**block, "accessory": overflow}
        else:  # rich text has no place for a menu
            yield block
            yield {"type": "actions", "elements": [overflow]}

    def _id(self) -> str:
        return f"{PRESS}-{next(self._ids)}"


def _menu_of(item: str) -> list[Press]:
    if item[:2] not in {"Q-", "U-", "D-", "R-", "A-"}:
        return []
    follow = [Press(kind="follow", item=item)] if item[0] in "UD" else []
    return [Press(kind="evidence", item=item), *follow, Press(kind="report", item=item)]


def _label(press: Press, *, is_one: bool) -> str:
    words = {"evidence": "Show evidence", "follow": "Follow", "report": "Report a problem"}[press.kind]
    return f"{words}: {press.item}" if is_one else f"Evidence of {press.item}"


def _item_rows(item: Item, document: Document) -> tuple[Row, ...]:
    """Return the lines of an item: a quotation alone on its line has a bar, its id stands beside the speaker."""
    name = (Piece(item.id, "strong"), Piece("  ")) if item.id else ()
    mark = (Piece(f"{_TONES[item.tone]} "),) if _TONES[item.tone] else ()
    is_quoted = len(item.line) == 1 and _is_said(item.line) and item.section != "bottom_line"
    first = row_of(item.line, document, is_quoted=is_quoted).pieces
    below = [row_of(line, document, is_quoted=_is_said(line)) for line in item.below]
    if is_quoted:
        after = below[0].pieces if below and not below[0].is_quoted else ()
        rows = (Row(first, is_quoted=True), Row((*mark, *name, *after)), *below[1 if after else 0 :])
    else:
        rows = (Row((*mark, *name, *first)), *below)
    return tuple(r for r in rows if r.pieces)


def _is_said(line: Line) -> bool:
    return bool(line) and isinstance(line[0], Verbatim)


def _sections(entries: Sequence[tuple[Row, ...]]) -> Iterator[Json]:
    """Yield entries as sections; those that mrkdwn can't hold, or that are too long for it, as rich text."""
    held: list[str] = []
    for rows in entries:
        text = mrkdwn(rows)
        is_plain = text is not None and units(text) <= GROUP
        if held and (not is_plain or units(_joined([*held, text or ""])) > MAX_SECTION):
            yield _section(_joined(held))
            held = []
        if is_plain and text is not None:
            held.append(text)
        else:
            yield from _rich_blocks(rows)
    if held:
        yield _section(_joined(held))


def _joined(entries: Sequence[str]) -> str:
    """Set entries apart by an empty line, but not lines that stand alone from each other."""
    text = entries[0]
    for before, entry in pairwise(entries):
        text += ("\n\n" if "\n" in entry or before.count("\n") > 1 else "\n") + entry
    return text


def _rich_blocks(rows: Iterable[Row]) -> Iterator[Json]:
    held: list[Row] = []
    for row in (part for r in rows for part in broken(r, LONGEST)):
        if held and _size((held, (row,))) > LONGEST:
            yield rich_text(held)
            held = []
        held.append(row)
    if held:
        yield rich_text(held)


def _size(entries: Iterable[Iterable[Row]]) -> int:
    """Return about how long entries get: their words and addresses."""
    return sum(units(escape(p.text)) + units(p.url) + 6 for rows in entries for row in rows for p in row.pieces)


def _pages(blocks: Sequence[Json]) -> list[list[Json]]:
    """Fill messages with whole blocks."""
    pages: list[list[Json]] = []
    used = 0
    for block in blocks:
        cost = units(json.dumps(block, ensure_ascii=False))
        if not pages or used + cost > MAX_MESSAGE or len(pages[-1]) >= MAX_BLOCKS:
            pages.append([])
            used = 0
        pages[-1].append(block)
        used += cost
    return pages


def _section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}, "expand": True}


def _small(row: Row) -> Iterator[Json]:
    text = mrkdwn((row,))
    if text and units(text) <= GROUP:
        yield _context(text)
    elif row.pieces:
        yield from _rich_blocks((row,))


def _context(text: str) -> Json:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def _plain(text: str, limit: int) -> Json:
    return {"type": "plain_text", "text": clipped(text.strip() or "…", limit), "emoji": False}


def _fallback(text: str) -> str:
    return escape(clipped(text.strip() or "Briefing", MAX_FALLBACK))
