"""Document -> the bodies of Discord messages as JSON text: the channel's message first, then those of its thread."""

from __future__ import annotations

import json
from collections.abc import Iterable

from bot.discord.layout import Group, Piece, clipped, fitted, messages_of, pieces_of
from bot.discord.markdown import escape, item, paragraph, size
from bot.interactions import press_of
from briefings.document import Action, Actions, Block, Document, Heading, Item, Paragraph, Picture, safe

CONTENT = 2000
THREAD_NAME = 100
ROWS, BUTTONS = 5, 5  # rows of a message, buttons of a row
LABEL = 80

BLUE, PURPLE, AMBER, GREEN, GREY, RED = 0x2F6FDE, 0x7A5CC7, 0xD9922E, 0x2E9E6B, 0x6B7785, 0xC0392B
COLORS = {
    "key_quotes": PURPLE,
    "unresolved": AMBER,
    "response_watch": GREEN,
    "sources_differ": GREY,
    "sources": GREY,
}
BRIEF = frozenset({"header", "since_last", "quiet"})  # one embed under the title of the document

Body = dict[str, object]


def render_discord(document: Document) -> tuple[str, ...]:
    """Return the messages of a document: the channel's own, then those of the thread on it."""
    document = safe(document)
    content, blocks = _content(document)
    kept, moved = fitted(_groups(document, blocks))
    first: Body = {
        "content": content,
        "embeds": [e for m in messages_of(kept) for e in m],
        "components": _rows(document),
    }
    thread = messages_of([*moved, *_groups(document, document.detail, is_thread=True)])
    name = clipped(document.title or document.summary or "More", THREAD_NAME)
    bodies = [first]
    bodies += [{"embeds": embeds, "thread": name} for embeds in thread]
    return tuple(json.dumps({k: v for k, v in b.items() if v}, ensure_ascii=False) for b in bodies)


def button(action: Action, document: Document) -> Body:
    """Return a button whose id says all that is needed to act, so that it works after a restart."""
    style = 1 if action.kind == "full" else 2
    label = clipped(action.label, LABEL).strip() or action.kind
    return {"type": 2, "style": style, "label": label, "custom_id": press_of(action, document).written}


def _rows(document: Document) -> list[Body]:
    buttons = [button(a, document) for b in document.blocks if isinstance(b, Actions) for a in b.actions]
    unique = list({b["custom_id"]: b for b in buttons}.values())[: ROWS * BUTTONS]
    return [{"type": 1, "components": unique[i : i + BUTTONS]} for i in range(0, len(unique), BUTTONS)]


def _content(document: Document) -> tuple[str, tuple[Block, ...]]:
    """Return the words above the embeds, and the blocks that are left for those.

    In a briefing the words are its bottom line; in an answer there are none.
    """
    lines = [x for b in document.blocks if b.section == "bottom_line" for x in _lines(b, document)]
    content = "\n".join(lines)
    if content and size(content) <= CONTENT:
        return content, tuple(b for b in document.blocks if b.section != "bottom_line")
    is_briefing = any(b.section == "header" for b in document.blocks)
    return clipped(escape(document.summary), CONTENT) if is_briefing else "", document.blocks


def _lines(block: Block, document: Document) -> list[str]:
    match block:
        case Item():
            return item(block, document)
        case Paragraph():
            return paragraph(block, document)
        case Picture(png=png, alt=alt):  # a picture itself goes along with its words as its description
            return [f"*{escape(alt).strip()}*"] if alt.strip() and not png else []
        case _:
            return []


def _groups(document: Document, blocks: Iterable[Block], *, is_thread: bool = False) -> list[Group]:
    """Return one group a section of a briefing; an answer is one group."""
    groups: list[Group] = []
    last = ""
    for block in blocks:
        is_briefing = is_thread or bool(block.section)
        is_next = is_briefing and block.section not in {last, "footer"} and not {last, block.section} <= BRIEF
        is_next = is_next or (is_thread and isinstance(block, Heading))
        if not groups or is_next:
            groups.append(Group("" if is_thread else _title(document, block), COLORS.get(block.section, BLUE)))
        last = last if block.section == "footer" else block.section
        _add(groups[-1], block, document)
    groups = [g for g in groups if g.pieces or g.title]
    return groups if groups or is_thread else [Group(escape(document.title), BLUE)]


def _title(document: Document, block: Block) -> str:
    return escape(document.title) if block.section in BRIEF | {"", "footer"} else ""


def _add(group: Group, block: Block, document: Document) -> None:
    """Add a block to a group; its first heading is its title, a later one a bold line."""
    if isinstance(block, Heading):
        if not group.title and not group.pieces:
            group.title = escape(block.text)
        else:
            group.pieces.append(Piece(f"**{clipped(escape(block.text), 250)}**", is_heading=True))
    elif lines := _lines(block, document):
        group.pieces += pieces_of(lines, is_item=isinstance(block, Item))
        if isinstance(block, Item) and block.tone == "alert":
            group.color = RED
