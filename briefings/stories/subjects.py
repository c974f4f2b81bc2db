"""What developments are about, prepared once so that many statements can be compared with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from briefings.model import Development, StoredResponse
from briefings.stories.context import StoryContext, actor_names
from briefings.stories.features import Features, features
from briefings.stories.likeness import Idf, idf
from briefings.stories.passages import lead_sentences
from config.records import ActorSpec


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What a development is about."""

    development: Development
    first: datetime
    last: datetime
    members: tuple[Features, ...]
    words: frozenset[str]
    main: frozenset[str]  # those of what is reported, background left out
    core: frozenset[str]  # those of titles and first sentences
    days: frozenset[date]
    ordinals: frozenset[str]
    articles: frozenset[int]
    is_own: bool  # its first article reports a statement of the actor: nobody waits for its answer to itself


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """All that ties are judged against: the developments, word weights, and the words that name the actor."""

    subjects: tuple[Subject, ...]
    holders: Mapping[str, tuple[int, ...]]  # word -> places in `subjects` of those that hold it
    home: Mapping[int, Subject]  # article -> its development
    weights: Idf
    context: StoryContext
    own: frozenset[str]  # canonical names of the actor: they tell nothing
    empty: frozenset[str]  # back-references: the announcement, the decision
    refers_back: re.Pattern[str]  # the same as they stand in running text
    reports: frozenset[int]  # articles that report a statement of the actor: it opens them or stands in their headline


def ground(
    developments: Sequence[Development], responses: Sequence[StoredResponse], actor: ActorSpec, context: StoryContext
) -> Ground:
    """Prepare the developments once for many statements."""
    own_headline = own_statement_pattern(actor, context)
    opened = _opened_by_actor(responses) | _headed(developments, actor, own_headline)
    subjects = tuple(_subject(d, context, is_own=d.articles[0].id in opened) for d in developments)
    return Ground(
        subjects=subjects,
        holders=_holders(subjects),
        home={number: s for s in subjects for number in s.articles},
        # weights of the background table alone: a tie must not come and go with what other developments there are
        weights=idf((), context),
        context=context,
        own=_own_words(actor, context),
        empty=frozenset(t for w in context.lexicon.words("back_reference") for t in context.canonical(w)),
        refers_back=_reference_pattern(context),
        reports=opened,
    )


def _headed(developments: Sequence[Development], actor: ActorSpec, own_headline: re.Pattern[str]) -> frozenset[int]:
    """Return the articles whose headline or first sentence is a statement of the actor, or whose outlet carries it."""
    every = (a for d in developments for a in d.articles)
    return frozenset(
        a.id
        for a in every
        if a.publisher.carries == actor.id
        or any(own_headline.search(s) for s in (a.title, *lead_sentences(a.text)[:1]))
    )


def _reference_pattern(context: StoryContext) -> re.Pattern[str]:
    nouns = alternatives(context.lexicon.words("back_reference"))
    return re.compile(
        rf"\b(?:the|this|that|these|those)\s+(?:[\w'’-]+\s+)?(?:{nouns})\b|\b(?:about|called) (?:it|this)\b", re.I
    )


def _own_words(actor: ActorSpec, context: StoryContext) -> frozenset[str]:
    """Return the words that name the actor; those of its offices ("defence", "council") tell something all the same."""
    people = (n for p in actor.people for n in (p.name, *p.variants, *p.surnames))
    every = (actor.name, actor.capital, *actor.names, *actor.adjectives, *people)
    return frozenset(word for name in every for word in context.canonical(name))


def _subject(development: Development, context: StoryContext, *, is_own: bool) -> Subject:
    members = tuple(features(a, context) for a in development.articles)
    return Subject(
        development=development,
        first=development.first,
        last=development.last,
        members=members,
        words=frozenset(w for m in members for w in m.weights),
        main=frozenset(w for m in members for w in m.main),
        core=frozenset(w for m in members for w in m.core),
        days=frozenset(m.day for m in members if m.day),
        ordinals=frozenset(o for m in members for o in m.ordinals),
        articles=frozenset(a.id for a in development.articles),
        is_own=is_own,
    )


def _holders(subjects: Iterable[Subject]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, subject in enumerate(subjects):
        for word in subject.words:
            found.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


def _opened_by_actor(responses: Sequence[StoredResponse]) -> frozenset[int]:
    """Return the articles of which the first sentence is a statement or act of the actor."""
    return frozenset(
        r.article.id
        for r in responses
        if r.mention.mode == "new" and not r.mention.is_silence and r.mention.span.start <= _opening(r.article.text)
    )


def _opening(text: str) -> int:
    sentences = lead_sentences(text)
    return max(0, text.find(sentences[0])) if sentences else 0


def own_statement_pattern(actor: ActorSpec, context: StoryContext) -> re.Pattern[str]:
    """Return a pattern for headlines that are the actor's own statement: "Moscow says ...", "..., Kremlin says"."""
    names = alternatives(actor_names(actor))
    verbs = alternatives(context.lexicon.words("states"))
    before = rf"^(?:[\w'’.-]+\s+){{0,3}}(?:{names})\b(?:['’]s)?(?:\s+[\w'’-]+){{0,4}}?\s+(?:{verbs})\b"
    people = alternatives(name for p in actor.people for name in (p.name, *p.surnames))
    before = rf"{before}|^(?:{people})\s+on\b" if people else before
    after = rf"(?:,|—|–|-|:)\s*(?:[\w'’.-]+\s+){{0,3}}(?:{names})\b(?:\s+\w+)?(?:\s+(?:{verbs}))?\W*$"
    return re.compile(f"{before}|{after}")


def alternatives(names: Iterable[str]) -> str:
    """Return the alternatives of a pattern, longest first."""
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True) if n)
