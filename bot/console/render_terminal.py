"""Document -> lines for a terminal, in colour with links, or as plain text with numbered addresses below."""

from __future__ import annotations

import re
from io import StringIO

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text as RichText

from bot.console.layout import Notes, detail_title, prepared
from briefings.document import (
    Actions,
    Block,
    Document,
    Heading,
    Inline,
    Item,
    Line,
    Link,
    Paragraph,
    Picture,
    Text,
    TextStyle,
    Tone,
    Verbatim,
    shown,
)  # fmt: skip

Row = RichText | Table
_LINK_ID = re.compile(r"\x1b\]8;id=[^;]*;")  # rich draws one at random; the same document must give the same text
MAX_WIDTH = 96  # longer lines are hard to read
MIN_WIDTH = 30
_STYLES: dict[TextStyle, str] = {"plain": "", "strong": "bold", "emphasis": "italic", "muted": "dim"}
_TONES: dict[Tone, str] = {
    "plain": "dim", "answered": "green", "waiting": "yellow", "alert": "bold red", "unknown": "magenta",
}  # fmt: skip


class _Writer:
    """Turn blocks into rich renderables; links are OSC 8 in colour and numbered notes in plain text."""

    def __init__(self, document: Document, *, is_plain: bool, id_width: int) -> None:
        self.document, self.is_plain, self.id_width = document, is_plain, id_width
        self.notes = Notes()

    def inline(self, inline: Inline) -> RichText:
        words = shown(inline, self.document)
        match inline:
            case Text(style=style):
                return RichText(words, style=_STYLES[style])
            case Verbatim():
                return RichText(words, style="" if inline.in_marks else "italic")
            case Link(url=url) if self.is_plain:
                return RichText(f"{words} [{self.notes.number_of(url)}]")
            case Link(url=url):
                return RichText(words, style=Style(link=url, underline=True))
            case _:
                return RichText(words)

    def line(self, line: Line, style: str = "") -> RichText:
        joined = RichText(style=style, overflow="fold")
        for inline in line:
            joined.append_text(self.inline(inline))
        return joined

    def item(self, item: Item) -> Table:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=self.id_width, no_wrap=True)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_row(RichText(item.id, style=_TONES[item.tone]), self.line(item.line))
        for line in item.below:
            grid.add_row("", self.line(line))
        return grid

    def block(self, block: Block) -> list[Row]:
        match block:
            case Heading(text=text):
                return [RichText(), RichText(text.upper() if self.is_plain else text, style="bold cyan")]
            case Paragraph(line=line, is_context=is_context):
                return [self.line(line, "dim" if is_context else "")]
            case Item():
                return [self.item(block)]
            case Picture(alt=alt):
                return [RichText(f"[picture: {alt}]", style="dim")]
            case _:
                return []


def _needs_space(block: Block, previous: Block | None) -> bool:
    """Tell whether a blank line goes before a block: between items, and where a section without a title begins."""
    if previous is None or isinstance(block, Actions):
        return False
    is_new_section = block.section != previous.section and not isinstance(block, Heading)
    if is_new_section or not isinstance(previous, Item):
        is_first = isinstance(block, Item) and isinstance(previous, Paragraph) and not block.section
        return is_new_section or is_first
    if isinstance(block, Item):
        return bool(block.below or previous.below or block.section)  # lines of a list stand close together
    return isinstance(block, Paragraph) and not block.section


def _rows(writer: _Writer, document: Document) -> list[Row]:
    rows: list[Row] = [RichText(document.title, style="bold", overflow="fold")] if document.title else []
    for part, blocks in (("", document.blocks), (detail_title(document), document.detail)):
        if part and blocks:
            rows += [RichText(), RichText("─" * 24, style="dim"), RichText(part, style="bold")]
        previous: Block | None = None
        for block in (b for b in blocks if not isinstance(b, Actions)):
            rows += [RichText()] if _needs_space(block, previous) else []
            rows += writer.block(block)
            previous = block
    return rows


def _written(document: Document, width: int, *, is_plain: bool, with_detail: bool) -> str:
    document = prepared(document, with_detail=with_detail)
    ids = [len(b.id) for b in (*document.blocks, *document.detail) if isinstance(b, Item)]
    writer = _Writer(document, is_plain=is_plain, id_width=min(max(ids, default=4), 14))
    target = StringIO()
    console = Console(
        file=target,
        width=max(MIN_WIDTH, min(width, MAX_WIDTH)),
        force_terminal=not is_plain,
        color_system=None if is_plain else "standard",
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    for row in _rows(writer, document):
        console.print(row)
    for number, url in enumerate(writer.notes.urls, start=1):
        if number == 1:
            console.print()
        console.print(RichText(f"[{number}] {url}"), soft_wrap=True)
    written = _LINK_ID.sub("\x1b]8;;", target.getvalue())
    lines = (line.rstrip() for line in written.split("\n"))
    return "\n".join(lines).strip("\n") + "\n"


def render_terminal(document: Document, width: int = 80, *, with_detail: bool = True) -> str:
    """Return a document for a terminal: colour, and links that can be opened (OSC 8)."""
    return _written(document, width, is_plain=False, with_detail=with_detail)


def render_text(document: Document, width: int = 80, *, with_detail: bool = True) -> str:
    """Return a document as plain text: no escape codes, addresses as numbered notes at the end."""
    return _written(document, width, is_plain=True, with_detail=with_detail)
