"""What answering knows of words: built once from the catalogue, then only read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from briefings.answers.thesaurus import Thesaurus, read_thesaurus
from briefings.stories.context import StoryContext
from briefings.stories.words import Term, stem
from config.records import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class AskContext:
    """What answering knows of words: names and rarity from the stories, and what questions ask for."""

    stories: StoryContext
    thesaurus: Thesaurus
    asking: frozenset[str]
    light: frozenset[str]  # verbs that any passage on the matter may bear out: decide, want, plan
    abbreviations: frozenset[str]
    kinds: Mapping[str, re.Pattern[str]]  # issues, responses in a question; the others in a passage
    parties: Mapping[str, frozenset[str]]  # what else an actor is called: Moscow for Russia
    saying: tuple[re.Pattern[str], ...]  # questions for what somebody said: `who` and `what` are named groups

    def terms(self, text: str) -> tuple[Term, ...]:
        """Return the canonical words of a text."""
        return self.thesaurus.terms(text)


def ask_context(catalogue: Catalogue, stories: StoryContext) -> AskContext:
    """Build the context; needs the lexicons questions, synonyms and the abbreviations of quotations."""
    lexicon = catalogue.lexicon("questions")

    def listed(group: str) -> str:
        return "|".join(sorted(map(re.escape, lexicon.words(group)), key=len, reverse=True))

    kinds = {g: rf"\b(?:{listed(g)})" for g in ("issues", "responses", "silence")}
    number = rf"(?:\b\d[\d.,]*|\b(?:{listed('numbers')})\b)"
    kinds |= {
        "number": number,
        "money": rf"[£$€¥₴₽]\s?\d|{number}[\w\s-]{{0,24}}?\b(?:{listed('money')})",
        "speech": rf"\b(?:{listed('speech')})",
        "length": rf"(?:{number}|\b(?:an?|several|few)\b)[\s-]+(?:\w+[\s-]+)?(?:{listed('lengths')})|, \d\d\b",
        "when": rf"\b(?:{listed('times')})|\b(?:1[89]|20)\d\d\b|\b\d\d?[:.]\d\d\b|\b(?:{listed('lengths')})s? ago\b",
        "why": rf"\b(?:{listed('reasons')})\b",
        "weak_why": rf"\b(?:{listed('weak_reasons')})\b",
    }
    return AskContext(
        stories=stories,
        thesaurus=read_thesaurus(catalogue.lexicon("synonyms"), lexicon.words("irregular"), stories.vocabulary),
        asking=frozenset(stem(w) for w in lexicon.words("asking")),
        light=frozenset(stem(w) for w in lexicon.words("light")),
        abbreviations=frozenset(catalogue.lexicon("quotations").words("abbreviations")),
        kinds={name: re.compile(pattern, re.IGNORECASE) for name, pattern in kinds.items()},
        parties=_parties(catalogue, stories),
        saying=_saying(listed("speech"), listed("views"), listed("responses")),
    )


def _saying(verbs: str, views: str, replies: str) -> tuple[re.Pattern[str], ...]:
    acts = r"(?:did|does|do|has|have|had|will|would)"
    about = r"(?:\s+(?:about|of|on|to|over|regarding|concerning|for|at))?"
    patterns = (
        rf"^(?:did|has|have|does)\s+(?P<who>.+?)\s+(?:(?:yet|already|ever)\s+)?(?P<verb>(?:{replies})\w*){about}\b(?P<what>.*)$",
        rf"^(?:what|how|why|which)\b(?P<object>[\w\s]*?)\b{acts}(?:n't)?\s+(?P<who>.+?)\s+(?P<verb>(?:{verbs})\w*){about}\b(?P<what>.*)$",
        rf"^(?:what|how|why)\b[\w\s]*?\b(?:is|are|was|were)\s+(?P<who>.+?)\s+(?P<verb>(?:{verbs})\w*ing){about}\b(?P<what>.*)$",
        rf"^what\s+(?:is|are|was|were|has been)\s+(?P<who>.+?)(?:['’]s?)?\s+(?:{views})\b{about}(?P<what>.*)$",
        rf"^what\s+(?:is|are|was|were)\s+the\s+(?:{views})\s+of\s+(?P<who>.+?)\s+(?:about|on|to|over|regarding)\b(?P<what>.*)$",
        r"^(?P<what>.+?),?\s+according\s+to\s+(?P<who>.+)$",
    )
    return tuple(re.compile(p, re.IGNORECASE) for p in patterns)


def _parties(catalogue: Catalogue, stories: StoryContext) -> dict[str, frozenset[str]]:
    """Return for each one-word name of an actor as a party all of them."""
    found: dict[str, frozenset[str]] = {}
    for actor in catalogue.actors.values():
        called = [stories.canonical(name) for name in (actor.name, actor.capital, *actor.names) if name]
        names = frozenset(words[0] for words in called if len(words) == 1)
        found.update((name, names) for name in names)
    return found
