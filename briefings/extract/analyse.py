"""All that is extracted from one article, in one call."""

from __future__ import annotations

from datetime import datetime

from briefings.extract.context import ExtractContext
from briefings.extract.issues import find_issues
from briefings.extract.parse import Parser, prepare
from briefings.extract.quotations import find_quotations
from briefings.extract.responses import find_responses
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
    return Findings(
        quotations=quotations,
        issues=find_issues(parsed, here),
        responses=find_responses(parsed, here, quotations),
    )
