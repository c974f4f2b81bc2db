"""Sections to a briefing, a briefing to a document whose message stays short; a failed section stops no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from briefings.document import Block, Document, Heading, Item, Paragraph, Text, size_of
from briefings.model import Window
from briefings.sections.base import BriefingInput, Section, SectionBlocks
from briefings.sections.bottom_line import top_development, top_issue
from briefings.sections.footer import key_of
from briefings.sections.header import title_of
from briefings.sections.registry import QUIET_SECTIONS, SECTIONS
from briefings.sections.watch_words import said_of
from briefings.sections.wording import short

MESSAGE_LIMIT = 3000  # characters that a reader sees
# Where the message is too long, items beyond so many of a section take their brief form (the whole ones go to the
# thread) or go to the thread altogether, in this order.
_GIVES_WAY: tuple[tuple[str, int, Literal["brief", "thread"]], ...] = (
    ("since_last", 3, "thread"), ("sources_differ", 1, "thread"), ("response_watch", 3, "brief"),
    ("unresolved", 2, "brief"), ("since_last", 2, "thread"), ("response_watch", 2, "brief"),
    ("key_quotes", 4, "thread"), ("unresolved", 1, "brief"), ("response_watch", 1, "brief"),
    ("since_last", 1, "thread"), ("key_quotes", 3, "thread"), ("response_watch", 4, "thread"),
    ("unresolved", 3, "thread"), ("sources_differ", 0, "thread"), ("response_watch", 3, "thread"),
    ("since_last", 0, "thread"), ("unresolved", 2, "thread"), ("key_quotes", 2, "thread"),
    ("response_watch", 2, "thread"), ("unresolved", 0, "brief"), ("response_watch", 0, "brief"),
    ("key_quotes", 1, "thread"), ("unresolved", 1, "thread"), ("response_watch", 1, "thread"),
    ("unresolved", 0, "thread"), ("response_watch", 0, "thread"), ("key_quotes", 0, "thread"),
)  # fmt: skip
SectionOutcome = Literal["shown", "empty", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedSection:
    """One section as it came out. `error` is for the log: what a failed section raised, never article text."""

    name: str
    outcome: SectionOutcome
    blocks: tuple[Block, ...] = ()
    detail: tuple[Block, ...] = ()
    brief: Mapping[str, Item] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """The assembled briefing of one topic and window."""

    key: str
    topic: str
    title: str
    summary: str
    as_of: datetime
    window: Window
    zone: str
    sections: tuple[ComposedSection, ...]
    is_quiet: bool = False

    @property
    def failures(self) -> tuple[ComposedSection, ...]:
        """Return the sections that failed, for the log."""
        return tuple(s for s in self.sections if s.outcome == "failed")


def _stamped(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    return tuple(replace(b, section=name) for b in blocks)


def _run(name: str, section: Section, given: BriefingInput) -> ComposedSection:
    try:
        made: SectionBlocks = section(given)
    except Exception as error:  # noqa: BLE001  # the seam of a section: one that fails must not take the others along
        note = Paragraph((Text(f"The section '{name.replace('_', ' ')}' failed and is missing here.", "strong"),))
        return ComposedSection(
            name=name,
            outcome="failed",
            blocks=_stamped((note,), name),
            error=f"{type(error).__name__} in section {name}",
        )
    return ComposedSection(
        name=name,
        outcome="empty" if made.is_empty else "shown",
        blocks=_stamped(made.blocks, name),
        detail=_stamped(made.detail, name),
        brief={item.id: replace(item, section=name) for item in made.brief},
    )


def _summary(given: BriefingInput) -> str:
    top, issue = top_development(given), top_issue(given)
    if top is None:
        return f"{given.topic.title}: nothing new since the last briefing"
    watch = next((w for w in given.watch if w.development.id == top.id), None)
    parts = [f"{given.topic.title}: {short(top.headline, 120)}"]
    parts += [said_of(watch, given.actor, given.as_of)] if watch else []
    parts += [f"still open: {short(issue.label, 60)}"] if issue else []
    return "; ".join(parts)


def compose(given: BriefingInput, sections: Mapping[str, Section] | None = None) -> Briefing:
    """Run every section and assemble the briefing.

    Args:
        given: everything the briefing may speak of.
        sections: other sections than the registered ones, by name; a quiet day has its own.
    """
    chosen = sections if sections is not None else QUIET_SECTIONS if given.is_quiet else SECTIONS
    return Briefing(
        key=key_of(given),
        topic=given.topic.id,
        title=title_of(given),
        summary=_summary(given),
        as_of=given.as_of,
        window=given.window,
        zone=given.zone,
        sections=tuple(_run(name, section, given) for name, section in chosen.items()),
        is_quiet=given.is_quiet,
    )


def _shortened(section: ComposedSection, keep: int) -> ComposedSection:
    """Move the items beyond the first `keep` to the thread, whole."""
    moved = tuple(b for b in section.blocks if isinstance(b, Item))[keep:]
    return replace(_with_detail(section, moved), blocks=tuple(b for b in section.blocks if b not in moved))


def _in_brief(section: ComposedSection, keep: int) -> ComposedSection:
    """Show the items beyond the first `keep` in their brief form, and the whole ones in the thread."""
    items = tuple(b for b in section.blocks if isinstance(b, Item))[keep:]
    long = tuple(b for b in items if section.brief.get(b.id, b) != b)
    blocks = tuple(section.brief[b.id] if isinstance(b, Item) and b in long else b for b in section.blocks)
    return replace(_with_detail(section, long), blocks=blocks)


def _with_detail(section: ComposedSection, moved: tuple[Item, ...]) -> ComposedSection:
    """Put items that the message has no room for at the head of the thread's part, if they are not there."""
    if not moved:
        return section
    known = {b.id for b in section.detail if isinstance(b, Item)}
    heading = next((b for b in (*section.detail, *section.blocks) if isinstance(b, Heading)), None)
    return replace(
        section,
        detail=(
            *((heading,) if heading else ()),
            *(b for b in moved if b.id not in known),
            *(b for b in section.detail if b is not heading),
        ),
    )


def _noted(section: ComposedSection, above: frozenset[str]) -> ComposedSection:
    """Say, below what a section shows, how many of its items stand in the full briefing only."""
    own = {b.id for b in section.blocks if isinstance(b, Item)}
    n_more = len({b.id for b in section.detail if isinstance(b, Item)} - own - above)
    if not n_more:
        return section
    note = Paragraph((Text(f"{n_more} more in the full briefing.", "muted"),), is_context=True, section=section.name)
    blocks = list(section.blocks)
    last = max((i for i, b in enumerate(blocks) if not (isinstance(b, Paragraph) and b.is_context)), default=-1)
    return replace(section, blocks=(*blocks[: last + 1], note, *blocks[last + 1 :]))


def _laid(sections: tuple[ComposedSection, ...]) -> tuple[ComposedSection, ...]:
    """Add to each section how much of it stands in the full briefing only."""
    top = frozenset(b.id for s in sections if s.name == "bottom_line" for b in s.blocks if isinstance(b, Item))
    return tuple(_noted(s, top if s.name == "since_last" else frozenset()) for s in sections)


def _fitted(sections: tuple[ComposedSection, ...], frame: Document) -> tuple[ComposedSection, ...]:
    """Move items to the thread, least needed first, until the message is short enough."""

    def size(laid: tuple[ComposedSection, ...]) -> int:
        return len(frame.title) + sum(size_of(b, frame) for s in laid for b in s.blocks)

    for name, keep, how in _GIVES_WAY:
        if size(_laid(sections)) <= MESSAGE_LIMIT:
            break
        give = _in_brief if how == "brief" else _shortened
        sections = tuple(give(s, keep) if s.name == name else s for s in sections)
    return _laid(sections)


def to_document(briefing: Briefing) -> Document:
    """Lay a briefing out as a document: a message under the limit, everything else in its thread."""
    frame = Document(
        title=briefing.title,
        summary=briefing.summary,
        blocks=(),
        zone=briefing.zone,
        key=briefing.key,
        as_of=briefing.as_of,
    )
    laid = briefing.sections if briefing.is_quiet else _fitted(briefing.sections, frame)
    return replace(
        frame,
        blocks=tuple(b for s in laid for b in s.blocks),
        detail=tuple(b for s in laid for b in s.detail),
    )
