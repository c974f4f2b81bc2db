"""Posts that show what no longer stands: drafted again without it, with a line and a notice that say so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from briefings.document import Block, Document, Heading, Item, Paragraph, Text, Verbatim, lines_of
from briefings.model import Subscription, Window
from briefings.store.corrections import StaleDelivery
from briefings.use_cases.deliver import Render

NAMED = 8  # items named in one notice
_GONE = "Withdrawn."


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
    said = words_of(stale)
    window = Window(start=delivery.window_start, end=delivery.window_end, late=delivery.note)
    document = without(redraft(stale.subscription, window, delivery.window_end, (said,)), stale)
    notice = Document(
        title="Correction",
        summary=f"Corrected: {said}",
        blocks=(Paragraph((Text(f"Corrected: {said}."),)),),
        zone=document.zone,
        as_of=now,
    )
    return ledger.write(stale, render(document), render(notice)[0], now)


def words_of(stale: StaleDelivery) -> str:
    """Say what is corrected: "Q-12 withdrawn; U-7: its article was changed and no longer says this"."""
    reasons: dict[str, list[str]] = {}
    for item in stale.items:
        reasons.setdefault(item.reason, []).append(item.item)
    parts = []
    for reason, items in reasons.items():
        more = f" and {len(items) - NAMED} more" if len(items) > NAMED else ""
        parts.append(f"{', '.join(items[:NAMED])}{more}: {reason}")
    return "; ".join(parts)


def without(document: Document, stale: StaleDelivery) -> Document:
    """Leave out what shows a stale item or its words; a section that loses everything says so."""
    names = {i.item for i in stale.items}
    places = {i.evidence for i in stale.items}

    def is_stale(block: Block) -> bool:
        if isinstance(block, Item) and block.id in names:
            return True
        inlines = [x for line in lines_of(block) for x in line]
        inside = any(f"({name})" in x.text for x in inlines if isinstance(x, Text) for name in names)
        return inside or any(x.evidence in places for x in inlines if isinstance(x, Verbatim))

    return replace(document, blocks=_kept(document.blocks, is_stale), detail=_kept(document.detail, is_stale))


def _kept(blocks: tuple[Block, ...], is_stale: Callable[[Block], bool]) -> tuple[Block, ...]:
    kept: list[Block] = []
    for at, block in enumerate(blocks):
        if not is_stale(block):
            kept.append(block)
            continue
        is_last = at + 1 == len(blocks) or isinstance(blocks[at + 1], Heading)
        if is_last and kept and isinstance(kept[-1], Heading):
            kept.append(Paragraph((Text(_GONE, "muted"),), section=block.section))
    return tuple(kept)
