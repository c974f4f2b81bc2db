"""One article in short, and the articles that are related to it."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.answers.frame import Freshness, answer, nothing
from briefings.answers.records import Reply
from briefings.answers.watch import response_item
from briefings.document import Block, Heading, Item, Line, Link, Moment, Paragraph, Text, Verbatim
from briefings.model import Article, Development, Evidence, StoredIssueMention, StoredQuotation, StoredResponse
from briefings.sections.alike import groups_of
from briefings.sections.base import BriefingInput
from briefings.sections.key_quotes import quote_item
from briefings.sections.lead import lead_of
from briefings.sections.lines import SEPARATOR, headline_of
from briefings.sections.salience import is_candidate
from briefings.sections.wording import count, sentence_case, short

QUOTES, ISSUES, RESPONSES, RELATED = 5, 4, 4, 5
_TITLE_WORDS = 12  # a line of at most so many words without a stop at its end is a heading of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedArticle:
    """An article that is related, and why in words."""

    article: Article
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFindings:
    """Everything stored about one article."""

    article: Article
    development: Development | None = None
    quotations: tuple[StoredQuotation, ...] = ()
    issues: tuple[StoredIssueMention, ...] = ()
    responses: tuple[StoredResponse, ...] = ()
    related: tuple[RelatedArticle, ...] = ()
    others: tuple[Article, ...] = ()  # that the words asked for fit as well


def summary_answer(found: ArticleFindings, given: BriefingInput, fresh: Freshness) -> Reply:
    """Answer /summary: lead, structure, key quotes, issues, responses, related articles."""
    article = found.article
    title = f"A-{article.id} {short(article.title, 120)}"
    blocks: list[Block] = [Paragraph(_origin(article, found.development)), *_lead(article), *_structure(article)]
    groups = groups_of(q for q in found.quotations if is_candidate(q))
    own = given.development_of(article.id)
    blocks += _listed("Quotes", tuple(quote_item(g, given, common=own.id if own else 0) for g in groups), QUOTES)
    blocks += _listed("Issues", tuple(_issue(m) for m in found.issues), ISSUES)
    blocks += _listed("Responses", tuple(response_item(r) for r in found.responses), RESPONSES)
    if not (groups or found.issues or found.responses):
        blocks.append(Paragraph((Text("No quotation, unresolved issue or response was found in it."),)))
    blocks += _listed("Related articles", tuple(related_item(r) for r in found.related), RELATED)
    if found.others:
        blocks.append(_others(found.others))
    what = (count(len(groups), "quotation"), count(len(found.issues), "issue sentence"))
    return answer(title, tuple(blocks), fresh, summary=f"{title}: {', '.join(what)}", limit=30)


def related_answer(article: Article, related: tuple[RelatedArticle, ...], fresh: Freshness) -> Reply:
    """Answer /related, newest first."""
    title = f"Related to A-{article.id} {short(article.title, 100)}"
    if not related:
        return nothing(title, "No other stored article is related to this one.", fresh)
    items: tuple[Block, ...] = tuple(related_item(r) for r in related)
    return answer(title, items, fresh, summary=f"{title}: {count(len(related), 'article')}")


def related_item(found: RelatedArticle) -> Item:
    """Return a related article with the reason."""
    return Item(f"A-{found.article.id}", article_line(found.article), ((Text(found.why, "muted"),),))


def article_line(article: Article) -> Line:
    """Return title, publisher and time of an article."""
    when = Moment(article.published or article.known)
    undated = (Text(" (undated; time of arrival)", "muted"),) if article.published is None else ()
    head = (Link(short(article.title, 120), article.url), SEPARATOR, Text(f"{short(article.publisher.name, 60)}, "))
    return (*head, when, *undated)


def _origin(article: Article, development: Development | None) -> Line:
    part: Line = ()
    if development:
        is_same = development.headline == article.title
        about = "" if is_same else f" {headline_of(development, 80)}"
        part = (SEPARATOR, Text(f"part of D-{development.id}{about}"))
    changed = (SEPARATOR, Text(f"changed {count(article.revision - 1, 'time')}")) if article.revision > 1 else ()
    when = Moment(article.published or article.known)
    undated = (Text(" (undated; time of arrival)", "muted"),) if article.published is None else ()
    return (Link(short(article.publisher.name, 60), article.url), Text(", "), when, *undated, *part, *changed)


def _lead(article: Article) -> tuple[Block, ...]:
    span = lead_of(article)
    if span is None:
        return ()
    evidence = Evidence(article=article.id, revision=article.revision, span=span)
    return (Paragraph((Verbatim(span.cut(article.text), evidence, in_marks=False),)),)


def _structure(article: Article) -> tuple[Block, ...]:
    """Name the headings inside the text, where it has some."""
    lines = [line.strip() for line in article.text.split("\n")]
    titles = [
        x
        for x in lines
        if x and x != article.title and len(x.split()) <= _TITLE_WORDS and x[-1].isalnum() and x[0].isupper()
    ]
    listed = " · ".join(short(t, 60) for t in titles[:8])
    return (Paragraph((Text("Sections: ", "strong"), Text(listed))),) if len(titles) > 1 else ()


def _listed(title: str, items: tuple[Item, ...], most: int) -> tuple[Block, ...]:
    if not items:
        return ()
    n_more = len(items) - most
    more = (Paragraph((Text(f"{n_more} more."),), is_context=True),) if n_more > 0 else ()
    return (Heading(title), *items[:most], *more)


def _issue(stored: StoredIssueMention) -> Item:
    mention = stored.mention
    words = Verbatim(mention.span.cut(stored.article.text), stored.evidence, in_marks=False)
    label = (Text(f"{sentence_case(short(mention.label, 90))}, {mention.status}", "muted"),)
    return Item(f"U-{stored.issue}" if stored.issue else "", (words,), (label,))


def _others(articles: tuple[Article, ...]) -> Paragraph:
    names = "; ".join(f"A-{a.id} {short(a.title, 60)}" for a in articles[:3])
    return Paragraph((Text(f"These words also fit: {names}"),), is_context=True)
