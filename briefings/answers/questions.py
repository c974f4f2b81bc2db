"""A question as it is looked for: its names, its other words, what it asks for and whose words it wants."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from briefings.stories.context import BACKGROUND, StoryContext
from briefings.stories.words import Term, stem, terms
from config.records import Catalogue

Focus = Literal["", "who", "where", "when", "why", "number", "money", "length"]
_FOCUSES: tuple[tuple[Focus, str], ...] = (
    ("money", r"\bhow much\b.*\b(cost|worth|pay|paid|money|fine|fined|price|earn|raise|spend|spent|lend|lent)|"
              r"\bhow much (money|cash)|\bhow expensive"),
    ("length", r"\bhow (long|old)\b"),
    ("number", r"\b(how (many|much|big|large|high|tall|far|fast|heavy|deep|wide|strong|often|great|small|low))\b|"
               r"\bwhat (number|share|percentage|proportion|size)\b"),
    ("when", r"\bwhen\b|\b(what|which) (day|date|time|year|month|week)\b|\bsince when\b|\bhow soon\b"),
    ("where", r"\bwhere\b|\b(in )?(what|which) (city|town|country|place|village|region)\b"),
    ("who", r"\b(who|whom|whose)\b|"
            r"\b(what|which) (person|man|woman|politician|official|minister|leader|expert|group)\b"),
    ("why", r"\bwhy\b|\bfor what reason\b|\bwhat (caused|led to|is the reason|was the reason|are the reasons)\b"),
)  # fmt: skip
_SUFFIXES = frozenset((
    "al", "ance", "ant", "ary", "at", "atic", "ation", "ative", "ator", "ed", "ence", "ent", "er", "ful", "ial", "ian",
    "ic", "ical", "ing", "ion", "ional", "ist", "ity", "ive", "less", "ly", "man", "men", "ment", "ness", "or", "ory",
    "our", "ship", "sion", "tion", "tive", "tor", "tory", "ty", "ur", "ure", "way", "y",
))  # fmt: skip
LIGHT = 0.25  # what a light verb weighs against another word of its rarity
_CONSUMED = frozenset({"money", "cash", "date"})  # said again by what is asked for
_NAMED = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskContext:
    """What answering knows of words: names and rarity from the stories, and what questions ask for."""

    stories: StoryContext
    asking: frozenset[str]
    light: frozenset[str]  # verbs that any passage on the matter may bear out: decide, want, plan
    abbreviations: frozenset[str]
    kinds: Mapping[str, re.Pattern[str]]  # issues, responses in a question; the others in a passage
    alike: Mapping[str, frozenset[str]]  # other forms of a verb and words for the same thing
    parties: Mapping[str, frozenset[str]]  # what else an actor is called: Moscow for Russia
    saying: tuple[re.Pattern[str], ...]  # questions for what somebody said: `who` and `what` are named groups


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
    focus: Focus = ""
    counted: str = ""  # what is counted in "how many ..."
    kin: Mapping[str, frozenset[str]] = field(default_factory=dict)  # words that stand for a word of `weights`

    def has(self, word: str, words: Collection[str]) -> bool:
        """Say whether a word or one of its kin is among some words."""
        return word in words or any(k in words for k in self.kin.get(word, ()))

    @property
    def words(self) -> frozenset[str]:
        """Every word of it."""
        return frozenset((*self.weights, *self.speaker, *(w for group in self.names for w in group)))


def ask_context(catalogue: Catalogue, stories: StoryContext) -> AskContext:
    """Build the context; needs `lexicon/questions.toml` and the abbreviations of `lexicon/quotations.toml`."""
    lexicon = catalogue.lexicon("questions")

    def listed(group: str) -> str:
        return "|".join(sorted(map(re.escape, lexicon.words(group)), key=len, reverse=True))

    kinds = {g: rf"\b(?:{listed(g)})" for g in ("issues", "responses")}
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
        asking=frozenset(stem(w) for w in lexicon.words("asking")),
        light=frozenset(stem(w) for w in lexicon.words("light")),
        abbreviations=frozenset(catalogue.lexicon("quotations").words("abbreviations")),
        kinds={name: re.compile(pattern, re.IGNORECASE) for name, pattern in kinds.items()},
        alike=_alike((*lexicon.words("irregular"), *lexicon.words("same")), stories),
        parties=_parties(catalogue, stories),
        saying=_saying(listed("speech"), listed("views")),
    )


def _saying(verbs: str, views: str) -> tuple[re.Pattern[str], ...]:
    acts = r"(?:did|does|do|has|have|had|will|would)"
    about = r"(?:\s+(?:about|of|on|to|over|regarding|concerning|for|at))?"
    patterns = (
        rf"^(?:did|has|have|does)\s+(?P<who>.+?)\s+(?:(?:yet|already|ever)\s+)?(?:{verbs})\w*{about}\b(?P<what>.*)$",
        rf"^(?:what|how|why|which)\b(?P<object>[\w\s]*?)\b{acts}(?:n't)?\s+(?P<who>.+?)\s+(?:{verbs})\w*{about}\b(?P<what>.*)$",
        rf"^(?:what|how|why)\b[\w\s]*?\b(?:is|are|was|were)\s+(?P<who>.+?)\s+(?:{verbs})\w*ing{about}\b(?P<what>.*)$",
        rf"^what\s+(?:is|are|was|were|has been)\s+(?P<who>.+?)(?:['’]s?)?\s+(?:{views})\b{about}(?P<what>.*)$",
        rf"^what\s+(?:is|are|was|were)\s+the\s+(?:{views})\s+of\s+(?P<who>.+?)\s+(?:about|on|to|over|regarding)\b(?P<what>.*)$",
        r"^(?P<what>.+?),?\s+according\s+to\s+(?P<who>.+)$",
    )
    return tuple(re.compile(p, re.IGNORECASE) for p in patterns)


def _alike(lines: Iterable[str], stories: StoryContext) -> dict[str, frozenset[str]]:
    """Return for each canonical word the others of its lines "head = others", the head for each of the others."""
    found: dict[str, set[str]] = {}
    for line in lines:
        head, _, others = line.partition("=")
        listed = [w for part in (head, *others.split(",")) for w in stories.canonical(part.strip())[:1]]
        for word in listed:
            found.setdefault(word, set()).update(listed if word == listed[0] else listed[:1])
    return {word: frozenset(others - {word}) for word, others in found.items()}


def _parties(catalogue: Catalogue, stories: StoryContext) -> dict[str, frozenset[str]]:
    """Return for each one-word name of an actor as a party all of them."""
    found: dict[str, frozenset[str]] = {}
    for actor in catalogue.actors.values():
        called = [stories.canonical(name) for name in (actor.name, actor.capital, *actor.names) if name]
        names = frozenset(words[0] for words in called if len(words) == 1)
        found.update((name, names) for name in names)
    return found


def read_question(text: str, context: AskContext) -> Question:
    """Weigh the words of a question: rare ones more, those that only ask not at all."""
    plain = text.strip().rstrip("?!. ")
    focus: Focus = next((f for f, p in _FOCUSES if re.search(p, plain, re.IGNORECASE)), "")
    speaker, rest = _said_by(plain, context) if focus in {"", "why"} else ((), plain)
    found = _terms(rest, context)
    names = tuple(_names(rest, found, context.stories))
    named = {w for group in names for w in group}
    return Question(
        text=text,
        weights={t.text: _weight(t.text, context) for t in found if t.text not in named and t.text not in _CONSUMED},
        names=names,
        speaker=speaker,
        focus="" if speaker else focus,
        counted=_counted(plain, context) if focus == "number" else "",
    )


def _counted(text: str, context: AskContext) -> str:
    """Return the word for what is counted."""
    asked = re.search(r"\bhow many\b(.*)", text, re.IGNORECASE)
    return next((t.text for t in _terms(asked[1], context)), "") if asked else ""


def _said_by(text: str, context: AskContext) -> tuple[tuple[str, ...], str]:
    """Return the words for the one whose statement is wanted and what it is to be about."""
    for pattern in context.saying:
        if (asked := pattern.match(text)) and (speaker := tuple(t.text for t in _terms(asked["who"], context))):
            return speaker, f"{asked.groupdict().get('object') or ''} {asked['what']}"
    return (), text


def search_text(question: Question, context: AskContext, most: int = 12) -> str:
    """Return what is searched for: the question, names as articles write them, and other forms of its words."""
    named = [w for group in (question.speaker, *question.names) for w in group]
    others = [w for name in named for w in sorted(context.parties.get(name, ()))]
    alike = [w for word in question.weights for w in sorted(context.alike.get(word, ()))]
    more = dict.fromkeys(w for w in (*named, *others, *alike) if not w.startswith("~"))
    return " ".join((question.text, *list(more)[:most]))


def is_kin(word: str, other: str) -> bool:
    """Say whether two stems are of one family: close and closure, resign and resignation, invade and invasion."""
    short, long = sorted((word, other), key=len)
    if len(short) < 4 or short == long:
        return False
    bare = short[:-1] + "s" if short.endswith("d") else short
    return any(long.startswith(start) and long[len(start) :] in _SUFFIXES for start in {short, bare})


def _weight(word: str, context: AskContext) -> float:
    """Return how much a word tells, by how few news articles have it."""
    rarity = math.log((BACKGROUND + 1) / (context.stories.background.get(word, 0) + 1))
    return (1 + rarity) * (LIGHT if word in context.light else 1)


def _terms(text: str, context: AskContext) -> list[Term]:
    found = terms(text, context.stories.vocabulary)
    return [t for t in found if stem(t.text.lstrip("~")) not in context.asking]


def _names(text: str, found: Sequence[Term], context: StoryContext) -> Iterator[tuple[str, ...]]:
    """Yield capitalised words, those side by side together, and known places."""

    def is_name(term: Term) -> bool:
        is_written = term.is_capital and term.start > 0
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
