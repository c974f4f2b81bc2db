"""Fill pages with whole blocks, so that nothing is cut inside a quotation."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from briefings.document.records import Block, Heading


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
            carried: list[Block] = []
            while pages[-1] and isinstance(pages[-1][-1], Heading):
                carried.insert(0, pages[-1].pop())
            pages.append(carried)
            used = sum(map(size, carried))
        pages[-1].append(block)
        used += cost
    return tuple(tuple(p) for p in pages if p)
