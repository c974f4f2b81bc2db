"""All that is extracted from one article, in one call."""

from __future__ import annotations

from datetime import datetime

from briefings.extract.context import ExtractContext
from briefings.extract.issues import issues_of
from briefings.extract.parse import Parser, prepare
from briefings.extract.quotations import find_quotations
from briefings.extract.reading import read
from briefings.extract.responses import responses_of
from briefings.model import Findings


def analyse(text: str, *, title: str, published: datetime | None, parser: Parser, context: ExtractContext) -> Findings:
    """Prepare an article once and find quotations, issues and responses in it.

    Args:
        text: the article; all spans are offsets into it.
        title: its headline.
        published: aware, or None when unknown; offices are looked up by its date.
        parser: from `load_parser`.
        context: from `ExtractContext.build`.
    """
    here = context.on(published)
    parsed = prepare(text, title, parser, here.lexicon("quotations"))
    quotations = find_quotations(parsed, here)
    reading = read(parsed, here, quotations)
    return Findings(quotations=quotations, issues=issues_of(reading), responses=responses_of(reading))
