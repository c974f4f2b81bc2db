"""Posts that show what no longer stands: drafted again without it, with a line and a notice that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from briefings.document import (
    Block,
    Document,
    Heading,
    Inline,
    Item,
    Line,
    Link,
    Paragraph,
    Text,
    Verbatim,
    lines_of,
)
from briefings.model import Evidence, Subscription, Window
from briefings.store.corrections import StaleDelivery, StaleItem
from briefings.use_cases.deliver import Render

NAMED = 8  # items named in one notice
_GONE, _STRUCK = "Withdrawn.", "[withdrawn article]"
_TITLE = 60  # characters of a title that tell it; a briefing may shorten it


class Redraft(Protocol):
    """Drafts a briefing of an earlier time once more."""

    def __call__(
        self, subscription: Subscription, window: Window, now: datetime, corrections: tuple[str, ...]
    ) -> Document:
        """Return the document as of `now`, with the corrections in its footer."""
        ...


class CorrectionLedger(Protocol):
    """Where corrections are recorded."""

    def write(
        self, stale: StaleDelivery, bodies: Sequence[str], notice: str, now: datetime, *, unchanged: bool = False
    ) -> bool:
        """Record new bodies and a notice; False when another worker did."""
        ...


def correct(ledger: CorrectionLedger, stale: StaleDelivery, redraft: Redraft, render: Render, now: datetime) -> bool:
    """Record the correction of one delivery; say whether it was ours to make.

    The briefing is drafted as of its own time, so that nothing else changes.
    """
    delivery = stale.delivery
    if delivery.window_start is None or delivery.window_end is None:
        return ledger.write(stale, (), "", now, unchanged=True)
    window = Window(start=delivery.window_start, end=delivery.window_end, late=delivery.note)
    said = words_of((*stale.earlier, *stale.items))
    document = without(redraft(stale.subscription, window, delivery.window_end, (said,)), stale)
    bodies = render(document)
    emptied = render(_said("This message was withdrawn.", document.zone, now))[0]
    bodies += (emptied,) * (len(delivery.parts) - len(bodies))  # fewer than were posted: the others must go too
    notice = render(_said(f"Corrected: {words_of(stale.items)}.", document.zone, now))[0]
    return ledger.write(stale, bodies, notice, now)


def _said(words: str, zone: str, now: datetime) -> Document:
    blocks = (Paragraph((Text(words),)),)
    return Document(title="Correction", summary=words.removesuffix("."), blocks=blocks, zone=zone, as_of=now)


def words_of(items: Sequence[StaleItem]) -> str:
    """Say what is corrected: "Q-12: withdrawn; U-7: its article was changed and no longer says this"."""
    reasons: dict[str, dict[str, None]] = {}
    for item in items:
        reasons.setdefault(item.reason, {})[item.item.partition(".")[0]] = None
    parts = []
    for reason, names in reasons.items():
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        parts.append(f"{', '.join(list(names)[:NAMED])}{more}: {reason}")
    return "; ".join(parts)


def without(document: Document, stale: StaleDelivery) -> Document:
    """Leave out what shows a stale item or its words; a section that loses everything says so.

    Of an article that was taken down no word is kept; where something else names or links it, that is struck out.
    """
    stales = (*stale.earlier, *stale.items)
    gone = _Gone(
        names=frozenset(i.item for i in stales),
        places=frozenset(i.evidence for i in stales),
        articles=frozenset(i.evidence.article for i in stales if i.is_retracted),
        urls=frozenset(i.url for i in stales if i.is_retracted and i.url),
        titles=frozenset(i.title for i in stales if i.is_retracted and i.title),
    )
    return replace(
        document,
        summary=f"{document.title} (corrected)",  # its one line may have named what is gone
        blocks=_kept(document.blocks, gone),
        detail=_kept(document.detail, gone),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gone:
    """What no longer stands: items, words, and whole articles with their addresses and titles."""

    names: frozenset[str]
    places: frozenset[Evidence]
    articles: frozenset[int]
    urls: frozenset[str]
    titles: frozenset[str]

    def holds(self, block: Block) -> bool:
        """Say whether a block shows something of it."""
        if isinstance(block, Item) and block.id in self.names:
            return True
        inlines = [x for line in lines_of(block) for x in line]
        if any(f"({name})" in x.text for x in inlines if isinstance(x, Text) for name in self.names):
            return True
        shown = [x.evidence for x in inlines if isinstance(x, Verbatim)]
        return any(e in self.places or e.article in self.articles for e in shown)

    def struck(self, block: Block) -> Block:
        """Return a block that names or links none of the articles."""
        match block:
            case Paragraph(line=line):
                return replace(block, line=self._line(line))
            case Item(line=line, below=below):
                return replace(block, line=self._line(line), below=tuple(self._line(x) for x in below))
            case _:
                return block

    def _line(self, line: Line) -> Line:
        return tuple(self._inline(x) for x in line)

    def _inline(self, inline: Inline) -> Inline:
        if isinstance(inline, Link):
            text = self._text(inline.text)
            return Text(_STRUCK) if inline.url in self.urls else replace(inline, text=text)
        return replace(inline, text=self._text(inline.text)) if isinstance(inline, Text) else inline

    def _text(self, text: str) -> str:
        for title in self.titles:
            text = text.replace(title, _STRUCK)
            start = text.find(title[:_TITLE])  # shortened, it ends with an ellipsis
            if len(title) > _TITLE and start >= 0:
                text = text[:start] + _STRUCK + text[start:].partition("…")[2]
        return text


def _kept(blocks: tuple[Block, ...], gone: _Gone) -> tuple[Block, ...]:
    kept: list[Block] = []
    for at, block in enumerate(blocks):
        if not gone.holds(block):
            kept.append(gone.struck(block))
            continue
        is_last = at + 1 == len(blocks) or isinstance(blocks[at + 1], Heading)
        if is_last and kept and isinstance(kept[-1], Heading):
            kept.append(Paragraph((Text(_GONE, "muted"),), section=block.section))
    return tuple(kept)
