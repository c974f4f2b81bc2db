from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefings.document import Block, Heading, Item, Text, paginate

BLOCKS = st.lists(st.one_of(st.just(Heading("h")), st.integers(1, 9).map(lambda n: Item("x" * n, (Text("t"),)))))


def _size(block: Block) -> int:
    return len(block.id) if isinstance(block, Item) else 1


@given(BLOCKS, st.integers(1, 30))
def test_paginate_when_blocks_are_laid_out_then_all_are_there_once_in_order(blocks: list[Block], limit: int) -> None:
    pages = paginate(blocks, _size, limit)
    assert [b for page in pages for b in page] == blocks
    assert all(page for page in pages)


@given(BLOCKS, st.integers(1, 30))
def test_paginate_when_a_page_is_over_the_limit_then_it_could_not_be_split(blocks: list[Block], limit: int) -> None:
    for page in paginate(blocks, _size, limit):
        n_headings = sum(isinstance(b, Heading) for b in page)
        assert sum(map(_size, page)) <= limit or len(page) - n_headings <= 1


@given(BLOCKS)
def test_paginate_when_a_heading_would_end_a_page_then_it_begins_the_next(blocks: list[Block]) -> None:
    for page in paginate(blocks, _size, 9)[:-1]:
        assert not isinstance(page[-1], Heading)
