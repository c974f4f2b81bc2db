"""The answer to /ask: passages with their sources, or that nothing answers and what comes nearest."""

from __future__ import annotations

from dataclasses import replace

from briefings.answers.choosing import answering
from briefings.answers.frame import Freshness, answer
from briefings.answers.passages import Passage
from briefings.answers.questions import Question
from briefings.answers.records import Reply
from briefings.document import Block, Item, Line, Link, Moment, Paragraph, Text, Verbatim
from briefings.model import Article, Evidence
from briefings.sections.lines import SEPARATOR
from briefings.sections.wording import count, short

SHOWN = 5
NEAREST = 3
FALLBACK = "nothing in the stored articles answers this"


def ask_answer(question: Question, passages: tuple[Passage, ...], fresh: Freshness) -> Reply:
    """Answer /ask: at most five passages with their sources, or that nothing answers, naming the nearest articles."""
    chosen = answering(question, passages, SHOWN)
    title = f"Question: {short(question.text, 120)}"
    data = {"items": [_plain(p) for p in chosen], "abstained": not chosen}
    if chosen:
        items: tuple[Block, ...] = tuple(_item(p) for p in chosen)
        summary = f"{count(len(chosen), 'passage')} of stored articles"
        return replace(answer(title, items, fresh, summary=summary), data=data)
    blocks: list[Block] = [Paragraph((Text(f"{FALLBACK[0].upper()}{FALLBACK[1:]}."),))]
    nearest = {p.article.id: p.article for p in passages}
    if nearest:
        blocks.append(Paragraph((Text("The nearest, which do not answer it:", "muted"),)))
        blocks += [Item(f"A-{a.id}", _source(a)) for a in list(nearest.values())[:NEAREST]]
    return replace(answer(title, tuple(blocks), fresh, summary=FALLBACK), data=data)


def _source(article: Article) -> Line:
    when = Moment(article.published or article.known)
    return (Link(short(article.title, 110), article.url), SEPARATOR, Text(article.publisher.name), Text(", "), when)


def _item(passage: Passage) -> Item:
    article = passage.article
    span = passage.shown
    evidence = Evidence(article=article.id, revision=article.revision, span=span)
    return Item(f"A-{article.id}", (Verbatim(span.cut(article.text), evidence, in_marks=False),), (_source(article),))


def _plain(passage: Passage) -> dict[str, object]:
    article, span = passage.article, passage.shown
    return {
        "id": f"A-{article.id}",
        "title": article.title,
        "publisher": article.publisher.name,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "start": span.start,
        "end": span.end,
        "text": span.cut(article.text),
    }
