"""The articles of the benches' archive: invented, with sentences, events, statements and open questions as in news."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache

from briefings.model import Span

OF_ONE_EVENT = 4  # articles
NAMES = ("Mira Toval", "Odan Reth", "Sel Ivarro", "Karo Lunde")
STANCES = ("REJECT", "ACCUSE", "STATEMENT", "SUPPORT", "THREATEN", "CONSULT", "REQUEST", "CONCEDE")
_VERBS = {
    "REJECT": "rejected", "ACCUSE": "condemned", "STATEMENT": "spoke about", "SUPPORT": "welcomed",
    "THREATEN": "threatened to answer", "CONSULT": "discussed", "REQUEST": "asked for", "CONCEDE": "accepted",
}  # fmt: skip
_random = random.Random(7)  # noqa: S311  the same archive each time
VOCABULARY = [
    f"{a}{b}{c}" for a in ("lo", "ma", "ter", "vin", "ko") for b in ("ra", "si", "dun", "pel") for c in range(400)
]
_TALE = [
    a + b + c + d for a in "bdfgklmprst" for b in ("an", "el", "or", "us") for c in "bdgklmt" for d in ("al", "in")
]


@dataclass(frozen=True, slots=True)
class Told:
    """An article and where its findings stand."""

    title: str
    text: str
    issue: Span  # the sentence that calls a matter unresolved, and the matter in it
    matter: Span
    said: Span  # the sentence of the statement, and what it names as answered
    named: Span | None
    stance: str
    is_standing: bool


def words(count: int) -> str:
    """Return words as uneven as those of a language, the first of the vocabulary most often."""
    picks = (int(len(VOCABULARY) * _random.random() ** 4) for _ in range(count))
    return " ".join(VOCABULARY[pick] for pick in picks)


def prose(n_sentences: int) -> str:
    """Return sentences of twenty words."""
    return " ".join(f"{words(20).capitalize()}." for _ in range(n_sentences))


@lru_cache(maxsize=4_000)
def event(number: int) -> tuple[str, ...]:
    """Return the words that tell of an event: things, and last a place."""
    chance = random.Random(number)  # noqa: S311
    *things, place = chance.sample(_TALE, 7)
    return (*things, place.capitalize())


def told(number: int, issue: int) -> Told:
    """Return an article of 450 words: one in three events concerns Orvia, and its last article brings an answer.

    Args:
        number: of the article.
        issue: the open question that one of its sentences is about.
    """
    own = event(number // OF_ONE_EVENT)
    a, b, c, d, e, f, place = own
    concerns = (number // OF_ONE_EVENT) % 3 == 0
    by = " by Orvia" if concerns else ""
    answers = concerns and number % OF_ONE_EVENT == OF_ONE_EVENT - 1
    about = own if answers else event(number // OF_ONE_EVENT - 40 - number % 7)
    stance = STANCES[number % len(STANCES)]
    matter = f"{VOCABULARY[-issue]} {VOCABULARY[-2 * issue]}"
    opening = (
        f"The {a} {b} of the {c} in {place} was {d}{by}, the {e} said. The {f} of the {b} {words(8)}. "
        f"The harbour {words(14)}."
    )
    asks = f"Talks on the {matter} remain unresolved after {words(3)}."
    named = f"the {about[0]} {about[1]} of the {about[2]}"
    speaker = NAMES[number % len(NAMES)]
    answer = f"Orvia {'has repeatedly ' if number % 5 == 4 else ''}{_VERBS[stance]} {named}, {speaker} said."
    text = f"{opening}\n\n{prose(7)}\n\n{asks}\n\n{answer}\n\n{prose(11)}"
    said, issue_at = text.index(answer), text.index(asks)
    return Told(
        title=f"The {a} {b} in {place} {words(4)}",
        text=text,
        issue=Span(issue_at, issue_at + len(asks)),
        matter=Span(issue_at + 9, issue_at + 9 + len(f"the {matter}")),
        said=Span(said, said + len(answer)),
        named=Span(text.index(named, said), text.index(named, said) + len(named)) if number % 2 else None,
        stance=stance,
        is_standing=number % 5 == 4,
    )
