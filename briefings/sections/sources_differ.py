"""Where sources contradict each other: both places, no verdict. Shown only when there is something."""

from __future__ import annotations

from dataclasses import replace

from briefings.document import Block, Heading, Item, Line, Text, Verbatim
from briefings.model import Article, Difference, Evidence
from briefings.sections.base import BriefingInput, SectionBlocks
from briefings.sections.lead import sentence_around
from briefings.sections.lines import in_brackets, source_of
from briefings.sections.wording import short

SHOWN = 2  # in the message; the others stand in the thread
KINDS = {"number": "Numbers", "date": "Dates", "attribution": "Who said it", "wording": "Wording"}


def _side(article: Article, evidence: Evidence) -> Line:
    span = sentence_around(article.text, evidence.span)
    words = Verbatim(span.cut(article.text), replace(evidence, span=span), in_marks=False)
    return (words, *in_brackets(source_of(article)))


def difference_item(difference: Difference, given: BriefingInput) -> Item | None:
    """Return a difference with both places, None when one of its articles is not among those given."""
    first, second = given.article_of(difference.first), given.article_of(difference.second)
    if first is None or second is None:
        return None
    development = given.development_of(first.id)
    item_id = f"D-{development.id}" if development else f"A-{first.id}"
    title = (Text(KINDS[difference.kind], "strong"), Text(f" · {short(difference.about, 120)}"))
    return Item(item_id, title, (_side(first, difference.first), _side(second, difference.second)))


def sources_differ(given: BriefingInput) -> SectionBlocks:
    """List contradictions in numbers, dates and attributions."""
    found = (difference_item(d, given) for d in given.differences)
    items = tuple(i for i in found if i)
    if not items:
        return SectionBlocks(is_empty=True)
    detail: tuple[Block, ...] = (Heading("Sources differ: the rest"), *items[SHOWN:]) if items[SHOWN:] else ()
    return SectionBlocks(blocks=(Heading("Sources differ"), *items[:SHOWN]), detail=detail)
