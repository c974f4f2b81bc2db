"""The words that name an actor and the patterns made of them: built once, for every statement alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from briefings.stories.context import StoryContext, actor_names
from briefings.stories.likeness import Idf, idf
from config.records import ActorSpec


@dataclass(frozen=True, slots=True, eq=False)
class ActorWords:
    """What every statement of an actor is read with."""

    context: StoryContext
    weights: Idf  # of the background table alone: a tie must not come and go with what other developments there are
    own: frozenset[str]  # canonical names of the actor: they tell nothing
    empty: frozenset[str]  # back-references: the announcement, the decision
    refers_back: re.Pattern[str]  # the same as they stand in running text
    own_headline: re.Pattern[str]  # a headline that is the actor's own statement
    concern: re.Pattern[str]  # names of the actor; its group "asked" takes a call for the actor's answer
    calls: tuple[str, ...]  # of which one must stand in a text that holds such a call


@lru_cache(maxsize=16)
def actor_words(actor: ActorSpec, context: StoryContext) -> ActorWords:
    """Build the words and patterns of an actor."""
    return ActorWords(
        context=context,
        weights=idf((), context),
        own=_own_words(actor, context),
        empty=frozenset(t for w in context.lexicon.words("back_reference") for t in context.canonical(w)),
        refers_back=_reference_pattern(context),
        own_headline=_own_statement_pattern(actor, context),
        concern=_concern_pattern(actor, context),
        calls=(*context.lexicon.words("calls_for_answer"), "to answer", "to respond"),
    )


def _own_words(actor: ActorSpec, context: StoryContext) -> frozenset[str]:
    """Return the words that name the actor; those of its offices ("defence", "council") tell something all the same."""
    people = (n for p in actor.people for n in (p.name, *p.variants, *p.surnames))
    every = (actor.name, actor.capital, *actor.names, *actor.adjectives, *people)
    return frozenset(word for name in every for word in context.canonical(name))


def _reference_pattern(context: StoryContext) -> re.Pattern[str]:
    nouns = _alternatives(context.lexicon.words("back_reference"))
    return re.compile(
        rf"\b(?:the|this|that|these|those)\s+(?:[\w'’-]+\s+)?(?:{nouns})\b|\b(?:about|called) (?:it|this)\b", re.I
    )


def _own_statement_pattern(actor: ActorSpec, context: StoryContext) -> re.Pattern[str]:
    """Return a pattern for headlines that are the actor's own statement: "Moscow says ...", "..., Kremlin says"."""
    names = _alternatives(actor_names(actor))
    verbs = _alternatives(context.lexicon.words("states"))
    before = rf"^(?:[\w'’.-]+\s+){{0,3}}(?:{names})\b(?:['’]s)?(?:\s+[\w'’-]+){{0,4}}?\s+(?:{verbs})\b"
    people = _alternatives(name for p in actor.people for name in (p.name, *p.surnames))
    before = rf"{before}|^(?:{people})\s+on\b" if people else before
    after = rf"(?:,|—|–|-|:)\s*(?:[\w'’.-]+\s+){{0,3}}(?:{names})\b(?:\s+\w+)?(?:\s+(?:{verbs}))?\W*$"
    return re.compile(f"{before}|{after}")


def _concern_pattern(actor: ActorSpec, context: StoryContext) -> re.Pattern[str]:
    names = _alternatives(actor_names(actor))
    asks = _alternatives(context.lexicon.words("calls_for_answer"))
    asked = rf"\b(?:{asks})\s+(?:\w+\s+){{0,2}}(?:{names})\b|\b(?:{names})\b[^.\n]{{0,40}}\bto (?:answer|respond)\b"
    return re.compile(rf"(?P<asked>{asked})|\b(?:{names})\b")


def _alternatives(names: Iterable[str]) -> str:
    """Return the alternatives of a pattern, longest first."""
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True) if n)
