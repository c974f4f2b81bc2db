"""Which development a statement is about: by the words that name what is answered. In doubt, none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from briefings.model import Span, StoredResponse
from briefings.stories.days import event_day
from briefings.stories.passages import lead_sentences, stretches
from briefings.stories.subjects import Ground, Subject
from briefings.stories.words import terms

_OLD = re.compile(
    r"\b(?:last|previous) (?:week|month|year|spring|summer|autumn|winter)\b|\b(?:weeks|months|years) ago\b", re.I
)
# Shares of the weight of the words that name what is answered which a development must hold.
SHARE = 0.6
SHARE_HOME = 0.34  # in an article of the development itself
SHARE_UNNAMED = 0.5  # of the words of the whole sentence, where it names nothing that it answers
SHARE_DOUBT, SHARE_DOUBT_HOME = 0.5, 0.25  # from which it may be the answer, though it is not tied
SHARE_POSITION, SHARE_POSITION_UNNAMED = 0.5, 0.3  # for an earlier position on the same matter
MARGIN = 0.15  # by which the best development must lead the second
N_WORDS = 2  # telling words in common outside the development's own articles
TELLING = 2.0  # weight from which a word tells something: it is in less than one article of seven
COUNTRY = 0.5  # a country tells little: most developments of a topic name the same two or three


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """What a statement names as the thing it answers, or its whole sentence where it names nothing."""

    response: StoredResponse
    at: datetime
    is_named: bool
    words: Mapping[str, float]  # telling words with their weights
    names: frozenset[str]
    day: date | None
    ordinals: frozenset[str]

    @property
    def is_back_reference(self) -> bool:
        """It says "the announcement" or "it", and leaves the rest to the article."""
        return self.is_named and not self.words


@dataclass(frozen=True, slots=True)
class Held:
    """The words that a development offers, and those of them that tell what it reports."""

    words: frozenset[str]
    main: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """How much of a target is found in a development, by weight; `n` telling words in what it reports."""

    share: float
    n: int


def target(response: StoredResponse, about: Ground) -> Target:
    """Read what a statement answers."""
    mention, article = response.mention, response.article
    at = article.published or article.known
    text = (mention.development or mention.span).cut(article.text)
    found = terms(text, about.context.vocabulary)
    telling = [t.text for t in found if t.text not in about.own and t.text not in about.empty]
    known = about.context.places
    names = {t.text for t in found if t.is_capital and (not t.opens or t.text in known)} - about.own
    return Target(
        response=response,
        at=at,
        is_named=mention.development is not None,
        words={w: about.weights.of(w) * (COUNTRY if w in about.context.countries else 1.0) for w in telling},
        names=frozenset(names - about.context.common),
        day=event_day(text, at),
        ordinals=frozenset(w for w in telling if w[0].isdigit() and w[-1].isalpha()),
    )


def match(wanted: Target, subject: Subject, about: Ground, held_by: Held | None = None) -> Match:
    """Measure how far a development holds a target; another day, number or name is no match at all.

    Args:
        wanted: the target.
        subject: the development.
        about: what ties are judged against.
        held_by: words to look in, instead of those of the development's titles and leads.
    """
    held_by = held_by or Held(subject.words, subject.main)
    if held_by.words.isdisjoint(wanted.words):
        return Match(0.0, 0)
    is_other_day = wanted.day is not None and bool(subject.days) and wanted.day not in subject.days
    is_other_number = bool(wanted.ordinals and subject.ordinals and not wanted.ordinals & subject.ordinals)
    is_other_name = wanted.is_named and bool(wanted.names) and not wanted.names & held_by.words
    if is_other_day or is_other_number or is_other_name:
        return Match(0.0, 0)
    held = [w for w in wanted.words if w in held_by.words]
    share = sum(wanted.words[w] for w in held) / sum(wanted.words.values())
    return Match(share, sum(1 for w in held if w in held_by.main and _is_telling(w, wanted, about)))


def _is_telling(word: str, wanted: Target, about: Ground) -> bool:
    return wanted.words[word] >= TELLING and word not in about.context.countries


def is_old(response: StoredResponse) -> bool:
    """Say whether the sentence dates the statement to an earlier week, month or year."""
    return _OLD.search(response.mention.span.cut(response.article.text)) is not None


def tie(wanted: Target, about: Ground) -> int | None:
    """Return the id of the one development that a statement answers, None when there is doubt.

    Its own article's development comes first, when what is answered is found in that development's titles and leads or
    only referred back to ("the announcement"), unless another fits clearly better. Otherwise one development must hold
    nearly all the words, and clearly more than any other.
    """
    if is_old(wanted.response):
        return None
    home = about.home.get(wanted.response.article.id)
    if home is not None and home.is_own:
        home = None
    others = sorted(
        (
            (match(wanted, s, about), s.development.id)
            for s in _open(wanted, about)
            if s is not home and wanted.is_named
        ),
        key=lambda pair: (-pair[0].share, -pair[0].n, pair[1]),
    )
    at_home = match_home(wanted, home, about) if home is not None else None
    if home is not None and at_home is not None and answers_home(wanted, at_home):
        better = bool(others) and others[0][0].n >= N_WORDS and others[0][0].share > at_home.share + MARGIN
        if not better or wanted.is_back_reference:
            return home.development.id
    return _clear_winner(others)


def _open(wanted: Target, about: Ground) -> Iterator[Subject]:
    """Yield the developments that hold a word of the target and had begun when it was said."""
    numbers = sorted({n for word in wanted.words for n in about.holders.get(word, ())})
    for number in numbers:
        subject = about.subjects[number]
        if not subject.is_own and subject.first <= wanted.at:
            yield subject


def _clear_winner(scored: Sequence[tuple[Match, int]]) -> int | None:
    if not scored or scored[0][0].share < SHARE or scored[0][0].n < N_WORDS:
        return None
    if len(scored) > 1 and scored[0][0].share - scored[1][0].share < MARGIN:
        return None
    return scored[0][1]


def match_home(wanted: Target, home: Subject, about: Ground) -> Match:
    """Measure a statement against the development of its own article, its own sentence left out."""
    return match(wanted, home, about, _words_besides(wanted.response, home, about))


def answers_home(wanted: Target, found: Match) -> bool:
    """Say whether a statement answers the very development that its article reports."""
    if wanted.is_back_reference:
        return True
    if wanted.is_named:
        return found.share >= SHARE_HOME and found.n >= 1
    return found.share >= SHARE_UNNAMED and found.n >= N_WORDS


def may_answer(wanted: Target, subject: Subject, about: Ground) -> bool:
    """Say whether a statement that is tied to nothing may be the answer all the same: then nobody was silent."""
    if wanted.at < subject.first:
        return False
    if wanted.response.article.id in subject.articles:
        found = match_home(wanted, subject, about)
        return found.share >= SHARE_DOUBT_HOME and found.n >= 1
    found = match(wanted, subject, about)
    return found.share >= SHARE_DOUBT and found.n >= 1


def _words_besides(response: StoredResponse, home: Subject, about: Ground) -> Held:
    """Return the words of a development without the sentence of the statement: that always holds its own words."""
    article, span = response.article, response.mention.span
    others = [m for m, a in zip(home.members, home.development.articles, strict=True) if a.id != article.id]
    kept = tuple(s for s in lead_sentences(article.text) if not _overlaps(s, article.text, span))
    own = [(s.is_main, about.context.canonical(s.text)) for s in stretches(article.title, kept)]
    return Held(
        words=frozenset(w for _, found in own for w in found).union(*(m.weights for m in others)),
        main=frozenset(w for is_main, found in own if is_main for w in found).union(*(m.main for m in others)),
    )


def _overlaps(sentence: str, text: str, span: Span) -> bool:
    start = text.find(sentence)
    return start < span.end and start + len(sentence) > span.start


def best_position(wanted: Iterable[Target], subject: Subject, about: Ground) -> StoredResponse | None:
    """Return the newest earlier statement on the same matter; of one time the one that fits best."""
    fitting: list[tuple[datetime, float, int, StoredResponse]] = []
    for one in wanted:
        found = match(one, subject, about)
        if found.n >= 1 and found.share >= (SHARE_POSITION if one.is_named else SHARE_POSITION_UNNAMED):
            fitting.append((one.at, found.share, -one.response.id, one.response))
    return max(fitting, key=lambda f: f[:3])[3] if fitting else None
