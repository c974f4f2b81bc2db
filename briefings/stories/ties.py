"""Which development a statement is about: by the words that name what is answered. In doubt, none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from briefings.model import Development, StoredResponse
from briefings.stories.context import StoryContext, actor_names
from briefings.stories.days import event_day
from briefings.stories.features import Features, features
from briefings.stories.likeness import Idf, idf
from config.records import ActorSpec

SHARE = 0.6  # of the weight of the words that name what is answered
MARGIN = 0.15  # by which the best development must lead the second
N_WORDS = 2  # informative words in common outside the development's own articles
COUNTRY = 0.5  # a country tells little: most developments of a topic name the same two or three


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What a development is about."""

    development: Development
    members: tuple[Features, ...]
    words: frozenset[str]
    days: frozenset[date]
    ordinals: frozenset[str]
    articles: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """All that ties are judged against: the developments, word weights, and the words that name the actor."""

    subjects: tuple[Subject, ...]
    weights: Idf
    context: StoryContext
    own: frozenset[str]  # canonical names of the actor: they tell nothing
    empty: frozenset[str]  # back-references: the announcement, the decision


@dataclass(frozen=True, slots=True)
class Match:
    """How well the words of a statement are found in a development."""

    share: float
    n: int


def ground(developments: Sequence[Development], actor: ActorSpec, context: StoryContext) -> Ground:
    """Prepare the developments once for many statements."""
    subjects = tuple(_subject(d, context) for d in developments)
    own = frozenset(t for name in actor_names(actor) for t in context.canonical(name))
    empty = frozenset(t for w in context.lexicon.words("back_reference") for t in context.canonical(w))
    return Ground(subjects, idf((m for s in subjects for m in s.members), context), context, own, empty)


def _subject(development: Development, context: StoryContext) -> Subject:
    members = tuple(features(a, context) for a in development.articles)
    return Subject(
        development=development,
        members=members,
        words=frozenset(w for m in members for w in m.weights),
        days=frozenset(m.day for m in members if m.day),
        ordinals=frozenset(o for m in members for o in m.ordinals),
        articles=frozenset(a.id for a in development.articles),
    )


def named(response: StoredResponse) -> str:
    """Return the words that name what is answered, "" when the text names nothing."""
    span = response.mention.development
    return span.cut(response.article.text) if span is not None else ""


def informative(text: str, about: Ground) -> dict[str, float]:
    """Return the words of a phrase that tell developments apart, with their weights."""
    found = [w for w in about.context.canonical(text) if w not in about.own and w not in about.empty]
    return {w: about.weights.of(w) * (COUNTRY if w in about.context.countries else 1.0) for w in found}


def match(text: str, at: datetime, subject: Subject, about: Ground) -> Match:
    """Measure how far a development's titles and leads hold the words of a phrase; another day or ordinal is none."""
    target = informative(text, about)
    day = event_day(text, at)
    if day is not None and subject.days and day not in subject.days:
        return Match(0.0, 0)
    ordinals = {w for w in target if w[0].isdigit() and w[-1].isalpha()}
    if ordinals and subject.ordinals and not ordinals & subject.ordinals:
        return Match(0.0, 0)
    held = [w for w in target if w in subject.words]
    total = sum(target.values())
    return Match(sum(target[w] for w in held) / total if total else 0.0, _n_telling(held, about))


def _n_telling(held: Iterable[str], about: Ground) -> int:
    return sum(1 for w in held if w not in about.context.countries)


def tie(response: StoredResponse, about: Ground) -> int | None:
    """Return the id of the one development that a statement answers, None when there is doubt.

    Its own article's development comes first, when what is answered is named in that development's titles and leads or
    only referred back to ("the announcement"). Otherwise one development must hold nearly all the words, and clearly
    more than any other.
    """
    at = response.article.published or response.article.known
    open_then = [s for s in about.subjects if s.development.first <= at]
    home = next((s for s in open_then if response.article.id in s.articles), None)
    text = named(response)
    if home is not None and answers_home(response, home, about):
        return home.development.id
    if not text:
        return None
    scored = sorted(((match(text, at, s, about), s.development.id) for s in open_then if s is not home), key=_order)
    return _clear_winner(scored)


def _order(pair: tuple[Match, int]) -> tuple[float, int]:
    return (-pair[0].share, -pair[0].n)


def _clear_winner(scored: Sequence[tuple[Match, int]]) -> int | None:
    if not scored or scored[0][0].share < SHARE or scored[0][0].n < N_WORDS:
        return None
    if len(scored) > 1 and scored[0][0].share - scored[1][0].share < MARGIN:
        return None
    return scored[0][1]


def answers_home(response: StoredResponse, home: Subject, about: Ground) -> bool:
    """Say whether a statement answers the very development that its article reports."""
    at = response.article.published or response.article.known
    text = named(response)
    if text and not informative(text, about):
        return True
    sentence = response.mention.span.cut(response.article.text)
    found = match(text or sentence, at, home, about)
    return found.share >= (0.5 if text else SHARE) and found.n >= (1 if text else N_WORDS)


def best_position(
    responses: Sequence[StoredResponse], subject: Subject, about: Ground, weights: Mapping[int, float] | None = None
) -> StoredResponse | None:
    """Return the newest earlier statement on the same matter; of one article the one that fits best."""
    fitting: list[tuple[datetime, float, StoredResponse]] = []
    for response in responses:
        text = named(response) or response.mention.span.cut(response.article.text)
        at = response.article.published or response.article.known
        found = match(text, at, subject, about)
        if found.n >= 1 and found.share >= (0.5 if named(response) else 0.3):
            fitting.append((at, found.share, response))
    return max(fitting, key=lambda f: (f[0], f[1], -f[2].id))[2] if fitting else None
