"""The check that every word shown as an article's stands in that article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from briefings.document.records import Block, Document, Heading, Paragraph, Text, Verbatim, lines_of

DROPPED_NOTE = "Left out: these words can no longer be found in the stored article."


def _holds(block: Block, texts: Mapping[tuple[int, int], str]) -> bool:
    said = (x for line in lines_of(block) for x in line if isinstance(x, Verbatim))
    return all(
        x.text != "" and x.text == x.evidence.span.cut(texts.get((x.evidence.article, x.evidence.revision), ""))
        for x in said
    )


def _kept(blocks: tuple[Block, ...], texts: Mapping[tuple[int, int], str]) -> tuple[Block, ...]:
    """Leave out the blocks whose words can't be found again; a section that loses all of them says so."""
    kept: list[Block] = []
    for i, block in enumerate(blocks):
        is_last = i + 1 == len(blocks) or isinstance(blocks[i + 1], Heading) or blocks[i + 1].section != block.section
        if _holds(block, texts):
            kept.append(block)
        elif is_last and kept and isinstance(kept[-1], Heading):
            kept.append(Paragraph((Text(DROPPED_NOTE, "muted"),), section=block.section))
    return tuple(kept)


def check(document: Document, texts: Mapping[tuple[int, int], str]) -> Document:
    """Drop what is not verbatim: an item or paragraph with a span that its stored text does not bear out.

    Args:
        document: as composed.
        texts: stored text by (article, revision); a missing one fails the span.
    """
    n_lost = sum(not _holds(b, texts) for b in (*document.blocks, *document.detail))
    return replace(
        document,
        blocks=_kept(document.blocks, texts),
        detail=_kept(document.detail, texts),
        n_dropped=document.n_dropped + n_lost,
    )


def with_dropped_note(document: Document) -> Document:
    """Say at the end how many items were left out by the check, so that nothing goes missing in silence."""
    n = document.n_dropped
    if not n:
        return document
    those = "1 item was left out: its words" if n == 1 else f"{n} items were left out: their words"
    note = Paragraph((Text(f"{those} can no longer be found in the stored article.", "muted"),), is_context=True)
    note = replace(note, section=document.blocks[-1].section if document.blocks else "")
    is_said = note in document.blocks
    return document if is_said else replace(document, blocks=(*document.blocks, note))
