"""A question as it is looked for: its names, its other words, what it asks for and whose words it wants."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Literal

from briefings.answers.asked_times import AskedTime, asked_time
from briefings.answers.context import AskContext
from briefings.answers.thesaurus import PHRASE
from briefings.stories.context import BACKGROUND, StoryContext
from briefings.stories.words import Term, stem

Focus = Literal["", "who", "where", "when", "why", "number", "money", "length"]
_MEASURED = (
    "result|score|margin|turnout|toll|price|cost|population|range|salary|size|age|percentage|number|share|length|amount"
)
_FOCUSES: tuple[tuple[Focus, str], ...] = (
    ("money", r"\bhow much\b.*\b(cost|worth|pay|paid|money|fine|fined|price|earn|raise|spend|spent|lend|lent)|"
              r"\bhow much (money|cash)|\bhow expensive"),
    ("length", r"\bhow (long|old)\b"),
    ("number", r"\b(how (many|much|big|large|high|tall|far|fast|heavy|deep|wide|strong|often|great|small|low|close|"
               r"effective|complete))\b|"
               r"\bwhat (number|share|percentage|proportion|size)\b|"
               rf"\bwhat (is|was|are|were) the (\w+ )?({_MEASURED})\b"),
    ("when", r"\bwhen\b|\b(what|which) (day|date|time|year|month|week)\b|\bsince when\b|\bhow soon\b"),
    ("where", r"\bwhere\b|\b(in )?(what|which) (city|town|place|village|region)\b"),
    ("who", r"\b(who|whom|whose)\b|"
            r"\b(what|which) (person|man|woman|politician|official|minister|leader|expert|group|company|firm|bank|"
            r"country|countries|nation|party|club|team|court|agency)\b"),
    ("why", r"\bwhy\b|\bwhat (caused|led to|prompted|made)\b|\b(for )?what reasons?\b|"
            r"\bwhat (is|was|are|were) the reasons?\b"),
)  # fmt: skip
RARITY = 0.4  # what each step of rarity adds to the weight of a word
LIGHT = 0.25  # what a light verb weighs against another word of its rarity
MANNER = 0.5  # what the verb weighs that says how somebody spoke
_CONSUMED = frozenset({"money", "cash", "date", "number", "amount"})  # said again by what is asked for
_PEOPLE = frozenset({"people", "person", "other"})
_OF = re.compile(r"\b(?:of|in|from|for|at)\b")
_DEGREES = "big|large|high|tall|far|fast|heavy|deep|wide|strong|often|great|small|low|close|long|old|soon"
_DEGREE = re.compile(rf"\bhow (?:(?:{_DEGREES})\b)?", re.IGNORECASE)
_NAMED = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as words with their weights.

    `names` are groups of words that stand for one person or place each; `weights` holds the other words. `speaker` are
    the words for the one whose statement is wanted, () when it is about nobody's words.
    """

    text: str
    weights: Mapping[str, float]
    names: tuple[tuple[str, ...], ...] = ()
    speaker: tuple[str, ...] = ()
    is_office: bool = False  # the speaker is an office, not a name: each of its words tells
    manner: frozenset[str] = frozenset()  # the verb for how it was spoken, when it tells more than that it was
    focus: Focus = ""
    counted: str = ""  # what is counted in "how many ..."
    time: AskedTime | None = None
    kin: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # what stands for a word, and how well

    def match(self, word: str, words: Collection[str], others: Collection[str]) -> float:
        """Return how well some words bear a word, from 0 to 1; what stands for it is looked for among the others."""
        if word in words:
            return 1.0
        return max((q for k, q in self.kin.get(word, {}).items() if k in others), default=0.0)

    @property
    def words(self) -> frozenset[str]:
        """Every word of it."""
        return frozenset((*self.weights, *self.speaker, *(w for group in self.names for w in group)))


@dataclass(frozen=True, slots=True)
class _Said:
    """Whose words are wanted, the verb that says how they were spoken, and what they are to be about."""

    speaker: tuple[str, ...]
    verb: str
    rest: str
    is_office: bool = False


def read_question(text: str, context: AskContext, now: datetime | None = None) -> Question:
    """Weigh the words of a question: rare ones more, those that only ask not at all.

    Args:
        text: as typed.
        context: of the catalogue.
        now: what "yesterday" is seen from; None leaves such words as they are.
    """
    plain = text.strip().rstrip("?!. ")
    time, timeless = asked_time(plain, now)
    focus: Focus = next((f for f, p in _FOCUSES if re.search(p, plain, re.IGNORECASE)), "")
    said = _said_by(timeless, context) if focus in {"", "why"} else _Said((), "", _DEGREE.sub(" ", timeless))
    found = _terms(said.rest, context)
    names = tuple(_names(said.rest, found, context.stories))
    named = {w for group in names for w in group}
    manner = frozenset(t.text for t in _terms(said.verb, context))
    weights = {word: MANNER * _weight(word, context) for word in manner}
    weights |= {t.text: _weight(t.text, context) for t in found if t.text not in named and t.text not in _CONSUMED}
    return Question(
        text=text,
        weights=weights,
        names=names,
        speaker=said.speaker,
        is_office=said.is_office,
        manner=manner,
        focus="" if said.speaker else focus,
        counted=_counted(timeless, context) if focus == "number" else "",
        time=time,
    )


def _counted(text: str, context: AskContext) -> str:
    """Return the word for what is counted or measured, "" for people: they are counted under many names."""
    if asked := re.search(r"\bhow many\b(.*)", text, re.IGNORECASE):
        return next((t.text for t in _terms(asked[1], context) if not t.is_capital and t.text not in _PEOPLE), "")
    measured = re.search(rf"\b(?:{_MEASURED})\b", text, re.IGNORECASE)
    return next((t.text for t in _terms(measured[0], context)), "") if measured else ""


def _said_by(text: str, context: AskContext) -> _Said:
    for pattern in context.saying:
        if (asked := pattern.match(text)) and (speaker := tuple(t.text for t in _terms(asked["who"], context))):
            parts = asked.groupdict(default="")
            named = context.terms(asked["who"])
            is_office = not named[-1].is_capital or bool(_OF.search(asked["who"]))
            return _Said(speaker, parts.get("verb", ""), f"{parts.get('object', '')} {asked['what']}", is_office)
    return _Said((), "", text)


def search_text(question: Question, context: AskContext, most: int = 12) -> str:
    """Return what is searched for: the question, names as articles write them, and other forms of its words."""
    thesaurus = context.thesaurus
    named = [w for group in (question.speaker, *question.names) for w in group]
    others = [w for name in named for w in sorted(context.parties.get(name, ()))]
    forms = [w for word in question.weights for w in sorted(thesaurus.forms.get(word, ()))]
    more = dict.fromkeys(w for w in (*named, *others, *forms) if w[0] not in "~=")
    return " ".join((question.text, *list(more)[:most]))


def _weight(word: str, context: AskContext) -> float:
    """Return how much a word tells, by how few news articles have it."""
    rarity = math.log((BACKGROUND + 1) / (context.stories.background.get(word, 0) + 1))
    return (1 + RARITY * rarity) * (LIGHT if word in context.light else 1)


def _terms(text: str, context: AskContext) -> list[Term]:
    """Return the words that tell something; a phrase stands for its words when no more than one of them tells."""
    found = [t for t in context.terms(text) if stem(t.text.lstrip("~")) not in context.asking]
    phrases = {
        p: [t for t in found if t != p and p.start <= t.start and t.end <= p.end] for p in found if _is_phrase(p)
    }
    left_out = {id(t) for p, inside in phrases.items() for t in (inside if len(inside) < 2 else [p])}
    return [t for t in found if id(t) not in left_out]


def _is_phrase(term: Term) -> bool:
    return term.text.startswith(PHRASE)


def _names(text: str, found: Sequence[Term], context: StoryContext) -> Iterator[tuple[str, ...]]:
    """Yield capitalised words, those side by side together, and known places."""

    def is_name(term: Term) -> bool:
        is_written = term.is_capital and term.start > 0 and not term.text.startswith(PHRASE)
        return is_written or term.text in context.countries or term.text in context.places

    at = 0
    for named, group in groupby(found, is_name):
        if not named:
            continue
        together: list[str] = []
        for term in group:
            if together and _NAMED.search(text, at, term.start):
                yield tuple(together)
                together = []
            together.append(term.text)
            at = term.end
        if together:
            yield tuple(together)
