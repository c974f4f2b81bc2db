"""Passages of stored articles that answer a question: found by its words, ranked, or said to be missing."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefings.answers.frame import Freshness, answer
from briefings.answers.records import Reply
from briefings.document import Block, Item, Line, Link, Moment, Paragraph, Text, Verbatim
from briefings.extract.sentences import split_sentences
from briefings.model import Article, Evidence, Span
from briefings.sections.lines import SEPARATOR
from briefings.sections.wording import count, short
from briefings.stories.context import BACKGROUND, StoryContext
from briefings.stories.words import Term, stem, terms
from config.records import Catalogue

SHORTEST, LONGEST = 25, 600  # characters of a passage
SHOWN = 5
LEAST = 0.5  # share of the question's weight that a passage must bear
LEAST_OWN = 0.4  # of it by its own words, not by those of its title or of the sentence before
NAME_WEIGHT = 1.6  # of a name against a common word of the same rarity
NEARBY = 0.5  # of a word that stands in the title or in the sentence before
SAID_BY = 0.5  # for a statement of the one who is asked about
ON_POINT = 0.15  # for an issue or a response where the question is about one
CLOSE = 0.12  # passages whose scores differ by no more are ordered by time
ALIKE = 0.7  # share of common words from which two passages say the same
FALLBACK = "nothing in the stored articles answers this"

_ENDS = re.compile(r"[.!?…][\"”’')\]]*$|[\"”]$")  # a line without an end is a heading or a caption
_ASKS_NUMBER = re.compile(r"\bhow (many|much|long|far|old)\b", re.IGNORECASE)
_ASKS_TIME = re.compile(r"\bwhen\b|\bwhat (day|date|time|year)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskContext:
    """What answering knows of words: names and rarity from the stories, and what questions ask for."""

    stories: StoryContext
    asking: frozenset[str]
    abbreviations: frozenset[str]
    kinds: Mapping[str, re.Pattern[str]]  # speech, issues, responses in a question; numbers, times in a passage


def ask_context(catalogue: Catalogue, stories: StoryContext) -> AskContext:
    """Build the context; needs `lexicon/questions.toml` and the abbreviations of `lexicon/quotations.toml`."""
    lexicon = catalogue.lexicon("questions")

    def beginnings(group: str, more: str = "") -> re.Pattern[str]:
        words = "|".join(map(re.escape, lexicon.words(group)))
        return re.compile(rf"\b(?:{words}){more}", re.IGNORECASE)

    kinds = {g: beginnings(g) for g in ("speech", "issues", "responses")}
    kinds |= {"numbers": beginnings("numbers", r"|\d"), "times": beginnings("times", r"|\b(?:19|20)\d\d\b|\d:\d\d")}
    return AskContext(
        stories=stories,
        asking=frozenset(stem(w) for w in lexicon.words("asking")),
        abbreviations=frozenset(catalogue.lexicon("quotations").words("abbreviations")),
        kinds=kinds,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stretch of an article that was extracted: a statement with its speaker, an issue or a response."""

    kind: Literal["statement", "issue", "response"]
    span: Span
    speaker: str = ""  # words and names that stand for who says it


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of an article with how well they answer, from 0.

    `coverage` is the share of the question that they bear with title and sentence before, `own` without.
    """

    article: Article
    span: Span
    score: float
    coverage: float
    own: float

    @property
    def text(self) -> str:
        """The words."""
        return self.span.cut(self.article.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as words with their weights."""

    text: str
    weights: Mapping[str, float]
    names: frozenset[str]


def read_question(text: str, context: AskContext) -> Question:
    """Weigh the words of a question: rare ones and names more, those that only ask not at all."""
    stories = context.stories
    found = [t for t in terms(text, stories.vocabulary) if stem(t.text.lstrip("~")) not in context.asking]
    names = frozenset(t.text for t in found if _is_name(t, stories))
    weights = {t.text: _rarity(t.text, stories) * (NAME_WEIGHT if t.text in names else 1) for t in found}
    return Question(text=text, weights=weights, names=names)


def find_passages(
    question: Question, candidates: Iterable[tuple[Article, Sequence[Found]]], context: AskContext
) -> tuple[Passage, ...]:
    """Rank the sentences of some articles, best first; of passages that say the same the best one stays.

    Args:
        question: read before.
        candidates: articles with what was extracted from them.
        context: of the catalogue.
    """
    read = [(article, found, tuple(_sentences(article, context))) for article, found in candidates]
    weighed = _weighed(question, [s.words for _, _, sentences in read for s in sentences])
    scored = [p for article, found, sentences in read for p in _scored(weighed, (article, sentences), found, context)]
    scored.sort(key=lambda p: (-p.score, -_at(p.article), p.article.id, p.span.start))
    kept: list[Passage] = []
    for passage in scored:
        if len(kept) == 4 * SHOWN:
            break
        if not any(_alike(passage, other) for other in kept):
            kept.append(passage)
    return _newest_of_equals(kept)


def answering(question: Question, passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return the passages that answer: they bear enough of the question, and none is far behind the best."""
    able = [p for p in passages if p.coverage >= LEAST and p.own >= LEAST_OWN]
    best, most = max((p.score for p in able), default=0.0), max((p.own for p in able), default=0.0)
    return tuple(p for p in able if p.score >= 0.6 * best and p.own >= 0.5 * most)[:SHOWN]


def ask_answer(question: Question, passages: tuple[Passage, ...], fresh: Freshness) -> Reply:
    """Answer /ask: at most five passages with their sources, or that nothing answers, naming the nearest articles."""
    chosen = answering(question, passages)
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
        blocks += [Item(f"A-{a.id}", _source(a)) for a in list(nearest.values())[:3]]
    return replace(answer(title, tuple(blocks), fresh, summary=FALLBACK), data=data)


def _is_name(term: Term, context: StoryContext) -> bool:
    return (term.is_capital and not term.opens) or term.text in context.countries or term.text in context.places


def _rarity(word: str, context: StoryContext) -> float:
    return math.log((BACKGROUND + 1) / (context.background.get(word, 0) + 1))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence as canonical words."""

    span: Span
    words: frozenset[str]


def _sentences(article: Article, context: AskContext) -> Iterator[_Sentence]:
    for span in _stretches(article.text, context.abbreviations):
        yield _Sentence(span, _words(span.cut(article.text), context.stories))


def _weighed(question: Question, sentences: Sequence[frozenset[str]]) -> Question:
    """Weigh a word less the more of these sentences have it: in one story its main names tell nothing."""
    most = math.log(1 + len(sentences))
    if not most:
        return question
    held = {word: sum(word in s for s in sentences) for word in question.weights}
    share = {word: math.log(1 + len(sentences) / (1 + n)) / most for word, n in held.items()}
    return replace(question, weights={word: w * share[word] for word, w in question.weights.items()})


def _scored(
    question: Question, read: tuple[Article, Sequence[_Sentence]], found: Sequence[Found], context: AskContext
) -> Iterator[Passage]:
    """Score the sentences of one article."""
    article, sentences = read
    weights, total = question.weights, sum(question.weights.values())
    nearby = _words(article.title, context.stories)
    before: frozenset[str] = frozenset()
    for sentence in sentences:
        borne = sum(w for word, w in weights.items() if word in sentence.words)
        close = sum(w for word, w in weights.items() if word not in sentence.words and word in before | nearby)
        before = sentence.words
        if borne:
            coverage = (borne + NEARBY * close) / total
            met = [f for f in found if _meets(f.span, sentence.span)]
            score = coverage + _bonus(question, sentence.span.cut(article.text), met, context)
            yield Passage(article=article, span=sentence.span, score=score, coverage=coverage, own=borne / total)


def _bonus(question: Question, text: str, found: Collection[Found], context: AskContext) -> float:
    """Return what speaks for a passage beside its words."""
    asks = {kind for kind in ("speech", "issues", "responses") if context.kinds[kind].search(question.text)}
    bonus = 0.0
    if "speech" in asks:
        speakers = frozenset(w for f in found if f.kind == "statement" for w in _words(f.speaker, context.stories))
        bonus += SAID_BY if speakers & question.names else 0
    kinds = {f.kind for f in found}
    bonus += ON_POINT if "issue" in kinds and "issues" in asks else 0
    bonus += ON_POINT if "response" in kinds and "responses" in asks else 0
    bonus += ON_POINT if _ASKS_NUMBER.search(question.text) and context.kinds["numbers"].search(text) else 0
    bonus += ON_POINT if _ASKS_TIME.search(question.text) and context.kinds["times"].search(text) else 0
    return bonus


def _stretches(text: str, abbreviations: Collection[str]) -> Iterator[Span]:
    """Yield the sentences, paragraph by paragraph; a longer one ends at a break before the limit."""
    start = 0
    for paragraph in [*re.finditer(r"\n\s*\n", text), None]:
        end = paragraph.start() if paragraph else len(text)
        for sentence in split_sentences(text, Span(start, end), abbreviations):
            if sentence.end - sentence.start > LONGEST:
                cut = max(text.rfind(c, sentence.start, sentence.start + LONGEST) for c in (". ", "; ", ", ", " "))
                yield Span(sentence.start, cut if cut > sentence.start else sentence.start + LONGEST)
            elif sentence.end - sentence.start >= SHORTEST and _ENDS.search(sentence.cut(text)):
                yield sentence
        start = paragraph.end() if paragraph else end


def _words(text: str, context: StoryContext) -> frozenset[str]:
    return frozenset(t.text for t in terms(text, context.vocabulary))


def _meets(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def _alike(one: Passage, two: Passage) -> bool:
    a, b = frozenset(one.text.lower().split()), frozenset(two.text.lower().split())
    return len(a & b) >= ALIKE * len(a | b)


def _newest_of_equals(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Put the newer one first where two answer about as well."""
    ordered: list[Passage] = []
    left = list(passages)
    while left:
        top = left[0].score
        group = [p for p in left if top - p.score <= CLOSE]
        ordered += sorted(group, key=lambda p: (-_at(p.article), -p.score))
        left = left[len(group) :]
    return tuple(ordered)


def _at(article: Article) -> float:
    return (article.published or article.known).timestamp()


def _source(article: Article) -> Line:
    when = Moment(article.published or article.known)
    return (Link(short(article.title, 110), article.url), SEPARATOR, Text(article.publisher.name), Text(", "), when)


def _item(passage: Passage) -> Item:
    article = passage.article
    evidence = Evidence(article=article.id, revision=article.revision, span=passage.span)
    return Item(f"A-{article.id}", (Verbatim(passage.text, evidence, in_marks=False),), (_source(article),))


def _plain(passage: Passage) -> dict[str, object]:
    article = passage.article
    return {
        "id": f"A-{article.id}",
        "title": article.title,
        "publisher": article.publisher.name,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "start": passage.span.start,
        "end": passage.span.end,
        "text": passage.text,
    }
