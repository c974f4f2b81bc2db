"""Answers from the whole archive: ask, summary, related."""

from __future__ import annotations

from datetime import timedelta

from briefings.answers.articles import ArticleFindings, RelatedArticle, related_answer, summary_answer
from briefings.answers.ask import ask_answer
from briefings.answers.choosing import find_passages
from briefings.answers.questions import read_question, search_text
from briefings.answers.reading import Found
from briefings.answers.records import Reply
from briefings.errors import NotFound
from briefings.model import Article, Development, StoredQuotation, StoredResponse
from briefings.sections.wording import short
from briefings.sources.addresses import canonical
from briefings.stories.related import Related, related
from briefings.stories.words import terms
from briefings.use_cases.answer_news import frame
from briefings.use_cases.asking import Asked, item_of, missing, read_moment
from briefings.use_cases.newsroom import Newsroom

HITS = 40  # articles that a question's words are looked for in
NEAR = timedelta(days=30)  # how far apart related articles may lie
CANDIDATES = 80
RELATED = 10


def ask(asked: Asked) -> Reply:
    """Answer /ask with passages of stored articles."""
    if asked.get("as_of"):
        as_of = read_moment(asked.get("as_of"), asked.zone, asked.now)
        asked = asked.back(as_of)
    words = asked.get("question")
    context = asked.words
    question = read_question(words, context, asked.at)
    hits = asked.room.store.search.search(search_text(question, context), as_of=asked.at, limit=HITS)
    found = _found(asked, tuple(hit.article.id for hit in hits))
    candidates = [(hit.article, found.get(hit.article.id, [])) for hit in hits]
    return ask_answer(question, find_passages(question, candidates, context), asked.fresh)


def summary(asked: Asked) -> Reply:
    """Answer /summary for an address, an id or words."""
    article, others = _article(asked)
    findings = asked.room.store.findings
    development = _development(asked, article)
    given = frame(asked, asked.topic())
    found = ArticleFindings(
        article=article,
        development=development,
        quotations=findings.quotations(as_of=asked.at, article=article.id),
        issues=findings.issue_mentions(as_of=asked.at, article=article.id),
        responses=findings.responses(as_of=asked.at, article=article.id),
        related=_related(asked, article, development),
        others=others,
    )
    return summary_answer(found, given, asked.fresh)


def related_to(asked: Asked) -> Reply:
    """Answer /related for an address, an id or words; newest first."""
    article, _ = _article(asked)
    found = _related(asked, article, _development(asked, article))
    newest = sorted(found, key=lambda r: (r.article.published or r.article.known, r.article.id), reverse=True)
    return related_answer(article, tuple(newest), asked.fresh)


def _article(asked: Asked) -> tuple[Article, tuple[Article, ...]]:
    """Return the article that is meant, and others that its words fit.

    Raises:
        NotFound: no stored article is meant.
    """
    words, store = asked.get("article"), asked.room.store
    found = item_of(words)
    if found and found[0] == "A":
        article = store.articles.get(found[1], as_of=asked.at)
        if article is None:
            raise missing(words.upper())
        return article, ()
    if "://" in words:
        article = store.articles.by_url(canonical(words) or words, as_of=asked.at)
        if article is None:
            msg = f"no stored article has the address {words[:120]}; try words of its title"
            raise NotFound(msg)
        return article, ()
    hits = store.search.search(words, as_of=asked.at, limit=4)
    if not hits:
        msg = f"no stored article has any of the words '{words[:60]}'"
        raise NotFound(msg)
    return hits[0].article, tuple(h.article for h in hits[1:])


def _development(asked: Asked, article: Article) -> Development | None:
    number = asked.room.store.stories.development_of(article.id)
    return asked.room.store.stories.development(number, as_of=asked.at) if number else None


def _related(asked: Asked, article: Article, development: Development | None) -> tuple[RelatedArticle, ...]:
    """Return articles of the same event, of the same open issue, and alike ones, with the reason."""
    reasons: dict[int, tuple[Article, str]] = {}
    for other in development.articles if development else ():
        reasons[other.id] = (other, f"reports the same event (D-{development.id})" if development else "")
    for other, label, number in _same_issue(asked, article):
        reasons.setdefault(other.id, (other, f"about the same issue: {short(label, 70)} (U-{number})"))
    at = article.published or article.known
    near = asked.room.store.articles.known_between(at - NEAR, at + NEAR, as_of=asked.at)
    hits = asked.room.store.search.search(article.title, as_of=asked.at, limit=CANDIDATES)
    candidates = {a.id: a for a in (*(h.article for h in hits), *near[-CANDIDATES:])}
    for like in related(article, tuple(candidates.values()), asked.room.stories, limit=RELATED):
        reasons.setdefault(like.article.id, (like.article, _reason(asked, like)))
    reasons.pop(article.id, None)
    return tuple(RelatedArticle(article=a, why=why) for a, why in list(reasons.values())[: 2 * RELATED])


def _reason(asked: Asked, like: Related) -> str:
    """Say which words are shared, as the other article writes them."""
    text = f"{like.article.title}\n{like.article.text}"
    written: dict[str, str] = {}
    for term in terms(text, asked.room.stories.vocabulary):
        written.setdefault(term.text.lstrip("~"), text[term.start : term.end])
    return "both speak of: " + ", ".join(dict.fromkeys(written.get(w, w) for w in like.shared))


def _same_issue(asked: Asked, article: Article) -> list[tuple[Article, str, int]]:
    found: list[tuple[Article, str, int]] = []
    for topic in asked.room.store.articles.topics(article.id):
        mentions = asked.room.store.findings.issue_mentions(as_of=asked.at, article=article.id, topic=topic)
        for number in {m.issue for m in mentions if m.issue is not None}:
            ledger = asked.room.store.stories.issue_mentions_by_issue(topic, as_of=asked.at, issue=number)
            found += [(m.article, i.label, i.id) for i in ledger for m in reversed(i.mentions)]
    return found


def _found(asked: Asked, articles: tuple[int, ...]) -> dict[int, list[Found]]:
    """Return what was extracted from some articles, by article."""
    findings, room = asked.room.store.findings, asked.room
    found: dict[int, list[Found]] = {}
    for q in findings.quotations(as_of=asked.at, articles=articles):
        said = Found(kind="statement", span=q.quotation.content, speaker=_names(room, q), is_named=_is_named(q))
        found.setdefault(q.article.id, []).append(said)
    for m in findings.issue_mentions(as_of=asked.at, articles=articles):
        found.setdefault(m.article.id, []).append(Found(kind="issue", span=m.mention.span))
    for r in findings.responses(as_of=asked.at, articles=articles):
        found.setdefault(r.article.id, []).append(Found(kind="response", span=r.mention.span, speaker=_party(room, r)))
    return found


def _party(room: Newsroom, stored: StoredResponse) -> str:
    """Return what the actor of a response may be called in a question, and who speaks for it."""
    mention = stored.mention
    actor = room.catalogue.actors.get(mention.actor_id)
    words = (mention.speaker or "", mention.actor or "", *((actor.name, actor.capital) if actor else ()))
    return " · ".join(w for w in words if w)


def _is_named(stored: StoredQuotation) -> bool:
    """Say whether a name stands beside the words; not so for an office or a pronoun."""
    speaker = stored.quotation.speaker
    if speaker is None or speaker.name:
        return speaker is not None
    mention = speaker.mention.cut(stored.article.text).split()
    return len(mention) < 2 or mention[-1][:1].isupper()


def _names(room: Newsroom, stored: StoredQuotation) -> str:
    """Return all that a speaker may be called by in a question: mention, name, role and party."""
    speaker = stored.quotation.speaker
    if speaker is None:
        return ""
    actor = room.catalogue.actors.get(speaker.actor or "")
    party = (actor.name, actor.capital) if actor else ()
    words = (speaker.mention.cut(stored.article.text), speaker.name or "", speaker.role or "", *party)
    return " · ".join(w for w in words if w)
