"""Which development a statement is about: by the words that name what is answered. In doubt, none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from briefings.model import Span, StoredResponse
from briefings.stories.actor_words import ActorWords
from briefings.stories.subjects import Ground, Subject
from briefings.stories.targets import Target
from briefings.stories.wordings import Wording, is_old

# Shares of the weight of the words that name what is answered which a development must hold.
SHARE = 0.6
SHARE_HOME = 0.34  # in an article of the development itself
# of the words of the whole sentence, where it names nothing that it answers: elsewhere, at home, and where it says
# "the decision" in an article on one
SHARE_UNNAMED, SHARE_HOME_UNNAMED, SHARE_BACK = 0.45, 0.4, 0.2
SHARE_DOUBT, SHARE_DOUBT_HOME = 0.5, 0.25  # from which it may be the answer, though it is not tied
MARGIN = 0.15  # by which the best development must lead the second
LATE = timedelta(days=3)  # behind the last article of a development
FEW = 40  # developments: a word that more hold, and more than a quarter of all, leads to none
N_WORDS = 2  # telling words in common outside the development's own articles
TELLING = 2.0  # weight from which a word tells something: it is in less than one article of seven


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


def match(wanted: Wording, subject: Subject, actor: ActorWords, held_by: Held | None = None) -> Match:
    """Measure how far a development holds a statement's words; another day, number or name is no match at all.

    Args:
        wanted: the words of the statement.
        subject: the development.
        actor: the one whose statement it is.
        held_by: words to look in, instead of those of the development's titles and leads. A sentence that names
            nothing must share words with its titles and first sentences.
    """
    held_by = held_by or Held(subject.words, subject.main if wanted.is_named else subject.core)
    if held_by.words.isdisjoint(wanted.words):
        return Match(0.0, 0)
    is_other_day = wanted.day is not None and bool(subject.days) and wanted.day not in subject.days
    is_other_number = bool(wanted.ordinals and subject.ordinals and not wanted.ordinals & subject.ordinals)
    names = wanted.names if wanted.is_named else wanted.names - actor.context.countries
    is_other_name = bool(names) and not names & held_by.words
    if is_other_day or is_other_number or is_other_name:
        return Match(0.0, 0)
    held = [w for w in wanted.words if w in held_by.words]
    share = sum(wanted.words[w] for w in held) / sum(wanted.words.values())
    return Match(share, sum(1 for w in held if w in held_by.main and _is_telling(w, wanted, actor)))


def _is_telling(word: str, wanted: Wording, actor: ActorWords) -> bool:
    return wanted.words[word] >= TELLING and word not in actor.context.countries


def tie(wanted: Target, about: Ground) -> int | None:
    """Return the id of the one development that a statement answers, None when there is doubt.

    Its own article's development comes first, when what is answered is found in that development's titles and leads or
    only referred back to ("the announcement"), unless another fits clearly better. Otherwise one development must hold
    most of the words, and clearly more than any other. The actor's own statements and acts are no developments to
    answer; an article about one looks elsewhere.
    """
    if is_old(wanted.said.sentence):
        return None
    home = about.home.get(wanted.response.article.id)
    if home is not None and home.is_own:
        home = None
    others = sorted(
        ((match(wanted.wording, s, about.actor), s) for s in _open(wanted, about) if s is not home),
        key=lambda pair: (-pair[0].share, -pair[0].n, pair[1].development.id),
    )
    at_home = match_home(wanted, home, about) if home is not None else None
    if home is not None and at_home is not None and answers_home(wanted.wording, at_home):
        better = bool(others) and others[0][0].n >= N_WORDS and others[0][0].share > at_home.share + MARGIN
        if not better or wanted.wording.is_back_reference:
            return home.development.id
    return _clear_winner(others, wanted)


def _open(wanted: Target, about: Ground) -> Iterator[Subject]:
    """Yield the developments that hold a telling word of the target and had begun when it was said.

    A word that most developments hold leads to none of them: the topic's own name is in all.
    """
    most = max(FEW, len(about.subjects) // 4)
    words = wanted.wording
    held = (about.holders.get(word, ()) for word in words.words if _is_telling(word, words, about.actor))
    for number in sorted({n for numbers in held if len(numbers) <= most for n in numbers}):
        subject = about.subjects[number]
        if not subject.is_own and subject.first <= wanted.said.at:
            yield subject


def _clear_winner(scored: Sequence[tuple[Match, Subject]], wanted: Target) -> int | None:
    if not scored or not _is_enough(*scored[0], wanted):
        return None
    if len(scored) > 1 and scored[0][0].share - scored[1][0].share < MARGIN:
        return None
    return scored[0][1].development.id


def _is_enough(found: Match, subject: Subject, wanted: Target) -> bool:
    """Say whether a development holds enough; of a sentence that names nothing, more when days lie between."""
    if wanted.wording.is_named:
        return found.share >= SHARE and found.n >= N_WORDS
    if wanted.said.at - subject.last > LATE:
        return found.share >= SHARE and found.n > N_WORDS
    return found.share >= SHARE_UNNAMED and found.n >= N_WORDS


def match_home(wanted: Target, home: Subject, about: Ground) -> Match:
    """Measure a statement against the development of its own article, its own sentence left out."""
    return match(wanted.wording, home, about.actor, words_besides(wanted.response, home))


def answers_home(wanted: Wording, found: Match) -> bool:
    """Say whether a statement answers the very development that its article reports."""
    if wanted.is_back_reference:
        return True
    if wanted.is_named:
        return found.share >= SHARE_HOME and found.n >= 1
    if wanted.is_back:
        return found.share >= SHARE_BACK and found.n >= 1
    return found.share >= SHARE_HOME_UNNAMED and found.n >= N_WORDS


def may_answer(wanted: Target, subject: Subject, about: Ground) -> bool:
    """Say whether a statement that is tied to nothing may be the answer all the same: then nobody was silent."""
    if wanted.said.at < subject.first:
        return False
    if wanted.response.article.id in subject.articles:
        found = match_home(wanted, subject, about)
        return found.share >= SHARE_DOUBT_HOME and found.n >= 1
    found = match(wanted.wording, subject, about.actor)
    return found.share >= SHARE_DOUBT and found.n >= (1 if wanted.wording.is_named else N_WORDS)


def words_besides(response: StoredResponse, home: Subject) -> Held:
    """Return the words of a development without the sentence of the statement: that always holds its own words."""
    article, span = response.article, response.mention.span
    places = [(m, a.id == article.id) for m, a in zip(home.members, home.development.articles, strict=True)]
    others = [m for m, is_own in places if not is_own]
    own = next(m for m, is_own in places if is_own)
    left_out = {n for n, sentence in enumerate(own.lead) if _overlaps(sentence, article.text, span)}
    told = [t for t in own.told if t.sentence not in left_out]
    return Held(
        words=frozenset().union(*(t.words for t in told), *(m.weights for m in others)),
        main=frozenset().union(*(t.words for t in told if t.is_main), *(m.main for m in others)),
    )


def _overlaps(sentence: str, text: str, span: Span) -> bool:
    start = text.find(sentence)
    return start < span.end and start + len(sentence) > span.start
