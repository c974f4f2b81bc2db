"""Lines that several sections show: where something stands, what a development is called, a party's name."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.document import Block, Inline, Line, Link, Moment, MomentForm, Paragraph, Text, Verbatim
from briefings.model import Article, Development, Evidence, Span, StoredResponse
from briefings.sections.base import BriefingInput
from briefings.sections.lead import past_dateline
from briefings.sections.wording import count, short

SEPARATOR = Text(" · ", "muted")
SIGNED_LIMIT = 60  # characters of a publisher's or speaker's name


def source_of(article: Article, form: MomentForm = "date") -> Line:
    """Return the publisher as a link, and when it was published."""
    where: Inline = Link(short(article.publisher.name, SIGNED_LIMIT), article.url)
    return (where, Text(", "), Moment(article.published or article.known, form))


def sentence_in(article: Article, span: Span) -> Verbatim:
    """Return a sentence as the outlet wrote it, so with no marks but its own, and without a dateline before it."""
    shown = past_dateline(article.text, span)
    return Verbatim(
        shown.cut(article.text), Evidence(article=article.id, revision=article.revision, span=shown), in_marks=False
    )


def in_brackets(line: Line) -> Line:
    """Return a line in round brackets after a space."""
    return (Text(" ("), *line, Text(")"))


def sentence_of(response: StoredResponse) -> Verbatim:
    """Return the sentence of a response."""
    return sentence_in(response.article, response.mention.span)


def headline_of(development: Development, limit: int = 110) -> str:
    """Return what a development is called."""
    return short(development.headline, limit) or f"Development D-{development.id}"


def reported_by(development: Development) -> str:
    """Return "3 publishers" and the agency copies among its articles; "" when a single publisher has it."""
    n_copies = sum(a.copy_of is not None for a in development.articles)
    copies = [count(n_copies, "agency copy", "agency copies")] if n_copies else []
    several = development.n_publishers > 1 or n_copies
    return ", ".join([count(development.n_publishers, "publisher"), *copies]) if several else ""


def capped(blocks: Sequence[Block], limit: int) -> tuple[Block, ...]:
    """Return the first blocks of a long list, and how many are not listed."""
    n_more = len(blocks) - limit
    note = Paragraph((Text(f"{n_more} more are not listed here.", "muted"),), is_context=True)
    return (*blocks[:limit], note) if n_more > 0 else tuple(blocks)


def party_of(name: str, actor: str | None, given: BriefingInput) -> str:
    """Return a party as the catalogue calls it, else as the text does."""
    spec = given.actors.get(actor) if actor else None
    return spec.name if spec else short(name, SIGNED_LIMIT)
