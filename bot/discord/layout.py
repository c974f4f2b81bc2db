"""Pieces of text -> embeds -> messages inside Discord's limits; a piece is whole unless it is larger than an embed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.discord.markdown import size

DESCRIPTION = 4096  # of an embed
TITLE = 256
EMBEDS = 10  # of a message
TOTAL = 6000  # characters over all embeds of a message
MARK = 60  # of them kept free for the mark by which a post is found again
ROOM = TOTAL - MARK

Embed = dict[str, object]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stays together: an item, a heading between items, or a line of running text."""

    text: str
    is_item: bool = False
    is_heading: bool = False

    def gap_after(self, before: Piece) -> str:
        """Return what parts it from the piece before it."""
        if before.is_heading:
            return "\n"
        return "\n\n" if self.is_item or self.is_heading or before.is_item else "\n"


@dataclass(slots=True)
class Group:
    """What one embed is made of, several where it is too long for one."""

    title: str
    color: int
    pieces: list[Piece] = field(default_factory=list)

    @property
    def cost(self) -> int:
        """The characters that it takes of a message."""
        return sum(size(p.text) + 2 for p in self.pieces) + size(self.title)


def clipped(text: str, limit: int) -> str:
    """Return a title or label inside its limit; never used for words of an article."""
    if size(text) <= limit:
        return text
    cut = text[: limit - 1]
    while size(cut) > limit - 1:
        cut = cut[:-1]
    return cut.rstrip("\\ ") + "…"


def pieces_of(lines: Sequence[str], *, is_item: bool) -> Iterator[Piece]:
    """Return the lines as one piece, or as several where they are longer than an embed may be."""
    held: list[str] = []
    for part in (x for line in lines for x in _broken(line)):
        if held and size("\n".join([*held, part])) > DESCRIPTION:
            yield Piece("\n".join(held), is_item)
            held = []
        held.append(part)
    if held:
        yield Piece("\n".join(held), is_item)


def _broken(line: str) -> Iterator[str]:
    """Break a line that no embed can hold, between words where there are some, never after a lone backslash."""
    before = "> " if line.startswith("> ") else ""
    while size(line) > DESCRIPTION:
        end = DESCRIPTION // 2 if size(line[:DESCRIPTION]) > DESCRIPTION else DESCRIPTION
        at = line.rfind(" ", end // 2, end)
        at = at if at > 0 else end
        while line[at - 1] == "\\":
            at -= 1
        yield line[:at]
        line = before + line[at:].lstrip()
    yield line


def embeds_of(group: Group) -> Iterator[Embed]:
    """Return a group as embeds; the title stands on the first."""
    title, held = clipped(group.title, TITLE), ""
    before: Piece | None = None
    for piece in group.pieces:
        joined = f"{held}{piece.gap_after(before)}{piece.text}" if held and before else piece.text
        if size(joined) > DESCRIPTION:
            yield _embed(title, held, group.color)
            title, joined = "", piece.text
        held, before = joined, piece
    if held or title:
        yield _embed(title, held, group.color)


def _embed(title: str, description: str, color: int) -> Embed:
    embed: Embed = {"title": title, "description": description, "color": color}
    return {k: v for k, v in embed.items() if v != ""}


def cost_of(embed: Embed) -> int:
    """Return the characters of an embed that count towards the limit of a message."""
    return size(str(embed.get("title", ""))) + size(str(embed.get("description", "")))


def messages_of(groups: Iterable[Group]) -> list[list[Embed]]:
    """Fill messages with embeds, in order."""
    messages: list[list[Embed]] = [[]]
    used = 0
    for embed in (e for g in groups for e in embeds_of(g)):
        cost = cost_of(embed)
        if messages[-1] and (used + cost > ROOM or len(messages[-1]) == EMBEDS):
            messages.append([])
            used = 0
        messages[-1].append(embed)
        used += cost
    return [m for m in messages if m]


def fitted(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """Return what fits one message and what leaves it for the thread: the last item of the longest section first."""
    kept = [Group(g.title, g.color, list(g.pieces)) for g in groups]
    moved = [Group(g.title, g.color) for g in groups]
    while sum(g.cost for g in kept) > ROOM or len([e for g in kept for e in embeds_of(g)]) > EMBEDS:
        place = max(range(len(kept)), key=lambda i: (_n_items(kept[i]) > 1, kept[i].cost))
        pieces = kept[place].pieces
        at = max((i for i, p in enumerate(pieces) if p.is_item), default=len(pieces) - 1)
        moved[place].pieces.insert(0, pieces.pop(at))
    shown = [k for k, g in zip(kept, groups, strict=True) if k.pieces or not g.pieces]
    return shown, [g for g in moved if g.pieces]


def _n_items(group: Group) -> int:
    return sum(p.is_item for p in group.pieces)
