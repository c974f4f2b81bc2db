"""What a statement answers, in words that compare: what it names, or else its own sentence without who says it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from briefings.model import Statement
from briefings.stories.actor_words import ActorWords
from briefings.stories.days import event_day
from briefings.stories.words import Term, terms

_OLD = re.compile(
    r"\b(?:last|previous) (?:week|month|year|spring|summer|autumn|winter)\b|\b(?:weeks|months|years) ago\b", re.I
)
# the present perfect of what was said more than once, and what is held all the time
_STANDING = re.compile(
    r"\b(?:has|have|had)\s+(?:\w+\s+)?(?:(?:repeatedly|previously|consistently|long|always|often|frequently|earlier|"
    r"already|never)\s+\w+|insisted|maintained)\b|\b(?:has|have)\b[^.;]{0,60}\b(?:before|in the past|many times)\b"
    r"|\b(?:repeatedly|previously|consistently|always|long)\s+(?:said|stated|warned|rejected|denied|insisted|demanded|"
    r"called|ruled|refused|opposed|described|dismissed)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:asked about|asked to comment on|in response to|responding to|commenting on) (?:it|this)\b", re.I
)
# what was left without a comment is named, whoever reads the sentence
_COMMENT = re.compile(r"\b(?:comment(?:ing|ed)?|remarks?) (?:on|about) (?P<what>(?!it\b|this\b)[^,.;:\"“”]{4,120})")
_OBJECT = re.compile(
    r"\b(?:called|calls|described|dismissed|rejected|condemned|denounced|criticised|criticized|welcomed|praised|hailed|"
    r"slammed|mocked|branded|labelled|labeled) (?P<what>(?:the|this|that|these|those) [\w'’-]+(?: [\w'’-]+)?)"
    r"(?=\s+(?:as|an?)\b|\s*[,.;\"“'‘])"
)
_ENDS = frozenset(".!?…")
# "any such missiles", "further exchanges": a whole kind of thing, not the one that was reported
_GENERAL = re.compile(r"\b(?:all|any|every|each|further|future|such|more|other|another)\s+(?:[\w'’-]+\s+)?$", re.I)
GENERAL_REACH = 40  # characters before a word in which such a word is looked for
# the day on which something was said, not the day of what is answered
_SAID_ON = re.compile(
    r"\bon (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?=\s+\w+(?:ed|aid|old)\b)"
    r"|(?<=ed|id|ld|rs|ts) (?:late |early )?on (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
COUNTRY = 0.5  # a country tells little: most developments of a topic name the same two or three


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The words of what a statement names as the thing it answers, or of its whole sentence where it names nothing."""

    is_named: bool
    is_back: bool  # it says "the announcement" somewhere, which may stand for what the article reports
    is_back_reference: bool  # it answers "the announcement" or "it", and leaves the rest to the article
    words: Mapping[str, float]  # telling words with their weights
    kinds: Mapping[str, float]  # those that mean a whole kind of thing: "any such missiles"
    names: frozenset[str]
    day: date | None
    ordinals: frozenset[str]


def wording(said: Statement, actor: ActorWords) -> Wording:
    """Read what a statement answers: what it names, else what is left of its sentence without who says it."""
    named = said.named
    if named is None and said.stance == "NO_COMMENT" and (found := _COMMENT.search(said.sentence)):
        named = found["what"]
    return _wording(said.sentence, named, said.at, (said.actor or "", said.speaker or ""), actor)


@lru_cache(maxsize=8_000)  # some 20 MB; the statements of two busy months
def _wording(sentence: str, named: str | None, at: datetime, who: tuple[str, str], actor: ActorWords) -> Wording:
    if named is None:
        return read(sentence, at, who, actor)
    found = terms(named, actor.context.vocabulary)
    telling = [t for t in found if t.text not in actor.own and t.text not in actor.empty]
    if _is_weak(telling, actor):
        return read(sentence, at, who, actor)
    return Wording(
        is_named=True,
        is_back=not telling,
        is_back_reference=not telling,
        words=_weighed(telling, actor),
        kinds={},
        names=_names(found, actor.own, actor),
        day=event_day(named, at),
        ordinals=_ordinals(telling),
    )


def _is_weak(telling: Sequence[Term], actor: ActorWords) -> bool:
    """Say whether a name tells nothing, such as a day, a country or "officials" alone."""
    empty = actor.context.frame | actor.context.countries
    return bool(telling) and all(t.text in empty for t in telling)


def read(text: str, at: datetime, who: Sequence[str], actor: ActorWords) -> Wording:
    """Read running text: words of the frame tell nothing, nor those that mean a whole kind of thing.

    Args:
        text: a sentence, or title and first sentence of a report.
        at: when it was published.
        who: words for the actor and the speaker.
        actor: the one whose statement it is.
    """
    found = terms(text, actor.context.vocabulary)
    left = actor.own.union(actor.context.frame, (w for text in who for w in actor.context.canonical(text)))
    every = [t for t in found if t.text not in left]
    kinds = [t for t in every if _is_general(t, text)]
    telling = [t for t in every if t not in kinds]
    day = event_day(_SAID_ON.sub(" ", text), at)
    return Wording(
        is_named=False,
        is_back=actor.refers_back.search(text) is not None,
        is_back_reference=_refers_only_back(text, actor),
        words=_weighed(telling, actor),
        kinds=_weighed(kinds, actor),
        names=_names(found, left, actor),
        day=day if day != at.date() else None,
        ordinals=_ordinals(telling),
    )


def _is_general(term: Term, text: str) -> bool:
    return _GENERAL.search(text[max(0, term.start - GENERAL_REACH) : term.start]) is not None


def _refers_only_back(text: str, actor: ActorWords) -> bool:
    """Say whether the object of a reaction is nothing but "the move" or "it"."""
    if _ASKED.search(text):
        return True
    found = _OBJECT.search(text)
    if found is None:
        return False
    words = {t.text for t in terms(found["what"], actor.context.vocabulary)}
    return bool(words) and words <= actor.empty


def _weighed(found: Sequence[Term], actor: ActorWords) -> dict[str, float]:
    countries = actor.context.countries
    return {t.text: actor.weights.of(t.text) * (COUNTRY if t.text in countries else 1.0) for t in found}


def _names(found: Sequence[Term], left: frozenset[str], actor: ActorWords) -> frozenset[str]:
    known = actor.context.places
    capital = {t.text for t in found if t.is_capital and (not t.opens or t.text in known)}
    return frozenset(capital - left - actor.context.common)


def _ordinals(found: Sequence[Term]) -> frozenset[str]:
    return frozenset(t.text for t in found if t.text[0].isdigit() and t.text[-1].isalpha())


@lru_cache(maxsize=8_000)
def is_old(sentence: str) -> bool:
    """Say whether a sentence dates the statement to an earlier week, month or year."""
    return _OLD.search(sentence) is not None


def is_standing(said: Statement) -> bool:
    """Say whether the sentence reports what the actor holds all along, by the extractor or by its own words."""
    return said.mode == "standing" or _says_standing(said.sentence)


@lru_cache(maxsize=8_000)
def _says_standing(sentence: str) -> bool:
    return _STANDING.search(sentence) is not None


def is_sentence(text: str) -> bool:
    """Say whether it is a sentence of the text; a subheading or caption is none."""
    return text.rstrip().rstrip("\"'”’»)]")[-1:] in _ENDS
