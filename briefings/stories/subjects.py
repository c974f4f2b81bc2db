"""What developments are about, prepared once so that many statements can be compared with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from briefings.model import Article, Development, StoredResponse
from briefings.stories.actor_words import ActorWords, actor_words
from briefings.stories.context import StoryContext
from briefings.stories.features import Features, features
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
    """All that ties are judged against: the developments and the words that name the actor."""

    subjects: tuple[Subject, ...]
    holders: Mapping[str, tuple[int, ...]]  # word -> places in `subjects` of those that hold it
    home: Mapping[int, Subject]  # article -> its development
    actor: ActorWords
    context: StoryContext
    reports: frozenset[int]  # articles that report a statement of the actor: it opens them or stands in their headline


def ground(
    developments: Sequence[Development], responses: Sequence[StoredResponse], actor: ActorSpec, context: StoryContext
) -> Ground:
    """Prepare the developments once for many statements."""
    words = actor_words(actor, context)
    opened = _opened_by_actor(responses, context) | _headed(developments, actor, words)
    subjects = tuple(subject(d, context, is_own=d.articles[0].id in opened) for d in developments)
    return Ground(
        subjects=subjects,
        holders=_holders(subjects),
        home={number: s for s in subjects for number in s.articles},
        actor=words,
        context=context,
        reports=opened,
    )


def _headed(developments: Sequence[Development], actor: ActorSpec, words: ActorWords) -> frozenset[int]:
    """Return the articles whose headline or first sentence is a statement of the actor, or whose outlet carries it."""
    every = (a for d in developments for a in d.articles)
    return frozenset(a.id for a in every if a.publisher.carries == actor.id or _is_headed(a, words))


def _is_headed(article: Article, words: ActorWords) -> bool:
    return any(_is_own_headline(s, words) for s in (article.title, *features(article, words.context).lead[:1]))


@lru_cache(maxsize=10_000)  # titles and first sentences of a busy fortnight
def _is_own_headline(sentence: str, words: ActorWords) -> bool:
    return words.own_headline.search(sentence) is not None


def subject(development: Development, context: StoryContext, *, is_own: bool = False) -> Subject:
    """Return what a development is about."""
    members = tuple(features(a, context) for a in development.articles)
    words, main, core = _words_of(members)
    return Subject(
        development=development,
        first=development.first,
        last=development.last,
        members=members,
        words=words,
        main=main,
        core=core,
        days=frozenset(m.day for m in members if m.day),
        ordinals=frozenset(o for m in members for o in m.ordinals),
        articles=frozenset(a.id for a in development.articles),
        is_own=is_own,
    )


@lru_cache(maxsize=2_000)  # the developments of a busy fortnight
def _words_of(members: tuple[Features, ...]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return all words of some articles, those of what is reported, those of titles and first sentences."""
    return (
        frozenset(w for m in members for w in m.weights),
        frozenset(w for m in members for w in m.main),
        frozenset(w for m in members for w in m.core),
    )


def _holders(subjects: Iterable[Subject]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, one in enumerate(subjects):
        for word in one.words:
            found.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


def _opened_by_actor(responses: Sequence[StoredResponse], context: StoryContext) -> frozenset[int]:
    """Return the articles of which the first sentence is a statement or act of the actor."""
    return frozenset(
        r.article.id
        for r in responses
        if r.mention.mode == "new"
        and not r.mention.is_silence
        and r.mention.span.start <= features(r.article, context).opening
    )
