"""What an open question is about, in words that compare: concepts of the lexicon, names, and the words left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefings.model import StoredIssueMention
from briefings.stories.context import StoryContext
from briefings.stories.words import terms

DICE = 0.6  # of the words left, when no concept is named
SETTLES = 0.34  # of all words: what is settled must be the matter itself
_BEHIND = re.compile(r"\s+(?:\w+\s+){0,2}?(?:on|over|about|regarding|concerning|as to)\s+(?P<what>[^,.;]{3,120})")


@dataclass(frozen=True, slots=True)
class Matter:
    """The words of a matter; `names` are places and parties other than countries."""

    concepts: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]

    @property
    def is_empty(self) -> bool:
        """Nothing in it tells one matter from another."""
        return not (self.concepts or self.words or self.names)


def matter_of(mention: StoredIssueMention, context: StoryContext) -> Matter:
    """Return the matter that a sentence names: in its label and matter span, or behind one that says nothing."""
    found = _read(f"{mention.mention.label}. {mention.mention.matter.cut(mention.article.text)}", context)
    return _read(_said_behind(mention), context) if found.is_empty else found


def _said_behind(mention: StoredIssueMention) -> str:
    """Return what follows a matter that says nothing: "no agreement" ... "on the date of the talks"."""
    start, end = mention.mention.matter.end, mention.mention.span.end
    behind = _BEHIND.match(mention.article.text[start:end])
    return behind["what"] if behind else ""


@lru_cache(maxsize=8_000)  # the sentences of a long ledger, compared anew with each article
def _read(text: str, context: StoryContext) -> Matter:
    found = terms(text, context.matter_words)
    concepts = frozenset(t.text for t in found if t.text.startswith("#"))
    plain = [t for t in found if not t.text.startswith("#") and t.text not in context.generic]
    names = frozenset(t.text for t in plain if t.is_capital and not t.opens and t.text not in context.countries)
    words = frozenset(t.text for t in plain if t.text not in names and t.text not in context.countries)
    return Matter(concepts=concepts, words=words, names=names)


def same_matter(a: Matter, b: Matter) -> float:
    """Return how well two matters agree, 0 when they are not one."""
    if a.names and b.names and not a.names & b.names:
        return 0.0
    if a.concepts or b.concepts:
        share = _dice(a.concepts, b.concepts)
        return share if share >= 0.5 else 0.0
    share = _dice(a.words | a.names, b.words | b.names)
    return share if share >= DICE else 0.0


def one_in_article(a: Matter, b: Matter) -> bool:
    """Say whether two matters that one article names are one: all that the shorter says is said by the longer."""
    short, long = sorted((_all(a), _all(b)), key=len)
    return bool(short) and short <= long


def is_settled_by(issue: Matter, claim: Matter) -> bool:
    """Say whether a sentence that calls something settled means this matter, and not one that touches it in passing."""
    return same_matter(claim, issue) > 0 and _dice(_all(claim), _all(issue)) >= SETTLES


def _all(matter: Matter) -> frozenset[str]:
    return matter.concepts | matter.words | matter.names


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
