"""What a statement answers, in words that compare: what it names, or else its own sentence without who says it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from briefings.model import StoredResponse
from briefings.stories.days import event_day
from briefings.stories.passages import lead_sentences
from briefings.stories.subjects import Ground
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
_OBJECT = re.compile(
    r"\b(?:called|calls|described|dismissed|rejected|condemned|denounced|criticised|criticized|welcomed|praised|hailed|"
    r"slammed|mocked|branded|labelled|labeled) (?P<what>(?:the|this|that|these|those) [\w'’-]+(?: [\w'’-]+)?)"
    r"(?=\s+(?:as|an?)\b|\s*[,.;\"“'‘])"
)
_WHOLE = re.compile(r"[.!?…][\"'”’»)\]]*$")
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
class Target:
    """What a statement names as the thing it answers, or its whole sentence where it names nothing."""

    response: StoredResponse
    at: datetime
    is_named: bool
    is_back: bool  # it says "the announcement" somewhere, which may stand for what the article reports
    is_back_reference: bool  # it answers "the announcement" or "it", and leaves the rest to the article
    words: Mapping[str, float]  # telling words with their weights
    kinds: Mapping[str, float]  # those that mean a whole kind of thing: "any such missiles"
    names: frozenset[str]
    day: date | None
    ordinals: frozenset[str]


def target(response: StoredResponse, about: Ground) -> Target:
    """Read what a statement answers: what it names, else what is left of its sentence without who says it."""
    mention, article = response.mention, response.article
    text = (mention.development or mention.span).cut(article.text)
    found = terms(text, about.context.vocabulary)
    telling = [t for t in found if t.text not in about.own and t.text not in about.empty]
    if mention.development is None or _is_weak(telling, about):
        return _read(response, mention.span.cut(article.text), about)
    at = article.published or article.known
    return Target(
        response=response,
        at=at,
        is_named=True,
        is_back=not telling,
        is_back_reference=not telling,
        words=_weighed(telling, about),
        kinds={},
        names=_names(found, about.own, about),
        day=event_day(text, at),
        ordinals=_ordinals(telling),
    )


def _is_weak(telling: Sequence[Term], about: Ground) -> bool:
    """Say whether a name tells nothing, such as a day, a country or "officials" alone."""
    empty = about.context.frame | about.context.countries
    return bool(telling) and all(t.text in empty for t in telling)


def _read(response: StoredResponse, text: str, about: Ground) -> Target:
    """Read running text: words of the frame tell nothing, nor those that mean a whole kind of thing."""
    article = response.article
    at = article.published or article.known
    found = terms(text, about.context.vocabulary)
    left = about.own | _frame(response, about)
    every = [t for t in found if t.text not in left]
    kinds = [t for t in every if _is_general(t, text)]
    telling = [t for t in every if t not in kinds]
    day = event_day(_SAID_ON.sub(" ", text), at)
    return Target(
        response=response,
        at=at,
        is_named=False,
        is_back=about.refers_back.search(text) is not None,
        is_back_reference=_refers_only_back(text, about),
        words=_weighed(telling, about),
        kinds=_weighed(kinds, about),
        names=_names(found, left, about),
        day=day if day != at.date() else None,
        ordinals=_ordinals(telling),
    )


def _is_general(term: Term, text: str) -> bool:
    return _GENERAL.search(text[max(0, term.start - GENERAL_REACH) : term.start]) is not None


def _refers_only_back(text: str, about: Ground) -> bool:
    """Say whether the object of a reaction is nothing but "the move" or "it"."""
    if _ASKED.search(text):
        return True
    found = _OBJECT.search(text)
    if found is None:
        return False
    words = {t.text for t in terms(found["what"], about.context.vocabulary)}
    return bool(words) and words <= about.empty


def _frame(response: StoredResponse, about: Ground) -> frozenset[str]:
    """Return the words that only say who speaks and how."""
    mention = response.mention
    named = (w for text in (mention.actor, mention.speaker) if text for w in about.context.canonical(text))
    return about.context.frame.union(named)


def _weighed(found: Sequence[Term], about: Ground) -> dict[str, float]:
    countries = about.context.countries
    return {t.text: about.weights.of(t.text) * (COUNTRY if t.text in countries else 1.0) for t in found}


def _names(found: Sequence[Term], left: frozenset[str], about: Ground) -> frozenset[str]:
    known = about.context.places
    capital = {t.text for t in found if t.is_capital and (not t.opens or t.text in known)}
    return frozenset(capital - left - about.context.common)


def _ordinals(found: Sequence[Term]) -> frozenset[str]:
    return frozenset(t.text for t in found if t.text[0].isdigit() and t.text[-1].isalpha())


def heading_target(response: StoredResponse, about: Ground) -> Target:
    """Read what an article is about that reports a statement: title and first sentence, without who says it."""
    article = response.article
    text = " ".join((article.title, *lead_sentences(article.text)[:1]))
    return _read(response, text, about)


def is_old(response: StoredResponse) -> bool:
    """Say whether the sentence dates the statement to an earlier week, month or year."""
    return _OLD.search(_sentence(response)) is not None


def is_standing(response: StoredResponse) -> bool:
    """Say whether the sentence reports what the actor holds all along, by the extractor or by its own words."""
    return response.mention.mode == "standing" or _STANDING.search(_sentence(response)) is not None


def is_sentence(response: StoredResponse) -> bool:
    """Say whether it is a sentence of the text; a subheading or caption is none."""
    return _WHOLE.search(_sentence(response).rstrip()) is not None


def _sentence(response: StoredResponse) -> str:
    return response.mention.span.cut(response.article.text)
