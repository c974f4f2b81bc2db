"""What a report says, cut into clauses: whom each is about, whether it denies, and whether another rests on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from briefings.extract.acts import Act
from briefings.extract.content import content_spans
from briefings.extract.phrases import Cue, Word, split_words
from briefings.extract.reading import Reading
from briefings.extract.units import Unit
from briefings.model import Span

Side = Literal["own", "others", "matter", ""]
NEGATIONS = frozenset(("no", "not", "never", "nothing", "neither", "nor", "without", "none", "nobody", "hardly"))
_OWN = frozenset(("we", "our", "us", "i", "my", "ours"))
_IT = frozenset(("it", "he", "she"))  # in reported speech the speaker, save in "it is clear that"
_THEY = frozenset(("they", "their"))
_BEING = frozenset(("is", "was", "would", "will", "has", "had", "'s", "could", "may", "might"))
_SUBJECT = 7
_DENYING = 8
_APART = frozenset(
    ("in", "on", "with", "between", "for", "from", "about", "to", "at", "around", "over", "after", "during", "against")
)
_BELOW = frozenset((
    "because", "which", "who", "whose", "while", "if", "unless", "when", "where", "although", "though", "since",
    "whereas", "until", "after", "before", "once", "as", "despite", "like", "including",
))  # fmt: skip
_SPLITS = _BELOW - {"as", "after", "before", "once", "like", "despite", "including", "when", "until", "where"}
_CONDITIONS = frozenset(("if", "unless", "until", "once"))
_DEEDS = frozenset(("refusal", "unwillingness", "reluctance", "failure", "inability", "rejection"))
_ONLY = frozenset(("but", "more", "less", "other", "short"))
_OWNER = 30  # characters
_REASONS = frozenset(("because", "since", "as"))
_LINKS = frozenset(("and", "but", "or", "even", "only", "so", "then", "yet"))
_BREAK = re.compile(r"[,;:.?!—–()…]|\n| - ")


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of words; `side`: whom its first words name, `matter` if what they put forward; `is_below`: subordinate."""

    words: tuple[Word, ...]
    side: Side
    is_denied: bool
    is_below: bool

    @property
    def is_condition(self) -> bool:
        """Tell a condition: "if they do not"."""
        return any(w.text in _CONDITIONS for w in self.words[:2])

    @property
    def is_reason(self) -> bool:
        """Tell a reason: "because they do not"."""
        return any(w.text in _REASONS for w in self.words[:2])

    def holds(self, cue: Cue) -> bool:
        """Tell whether a cue begins in this clause."""
        return self.words[0].start <= cue.start < self.words[-1].end


@dataclass(frozen=True, slots=True)
class Statement:
    """What a neutral verb reports. It is never empty of clauses unless nothing is said."""

    clauses: tuple[Clause, ...]
    named: tuple[tuple[int, Side], ...] = ()  # where parties are named

    @property
    def side(self) -> Side:
        """Whom the first clause that names anybody is about."""
        return next((c.side for c in self._main() if c.side), "")

    @property
    def is_denied(self) -> bool:
        """Tell whether its first clause denies."""
        return any(c.is_denied for c in self._main()[:1])

    def clause_of(self, cue: Cue) -> Clause | None:
        """Return the clause in which a cue begins."""
        return next((c for c in self.clauses if c.holds(cue)), None)

    def owner_of(self, cue: Cue) -> Side:
        """Return whose a noun is, by the name right before it: "due to X's refusal"."""
        near = (side for at, side in self.named if 0 < cue.start - at <= _OWNER)
        return next(near, "") if cue.first_word in _DEEDS else ""

    def before(self, cue: Cue, n: int = 3) -> list[str]:
        """Return the words right before a cue."""
        return [w.text for c in self.clauses for w in c.words if w.start < cue.start][-n:]

    def _main(self) -> tuple[Clause, ...]:
        return tuple(c for c in self.clauses if not c.is_below) or self.clauses


def statement_of(reading: Reading, unit: Unit, act: Act) -> Statement:
    """Return what an act says, clause by clause."""
    text = reading.parsed.text
    spans = content_spans(reading.parsed, unit, act)
    words = [w for s in _merged(spans) for w in split_words(text, s.start, s.end)]
    is_quoted = any(t.is_quote for t in unit.tokens(reading.parsed))
    runs = _runs(text, words)
    clauses = tuple(_clause(reading, run, is_quoted=is_quoted, is_first=run is runs[0]) for run in runs)
    return Statement(clauses, tuple(_named(reading, words)))


def _named(reading: Reading, words: Sequence[Word]) -> Iterator[tuple[int, Side]]:
    rules = reading.context.rules
    for name in rules.names.find([w.text for w in words], [reading.parsed.text[w.start : w.end] for w in words]):
        yield words[name.first].start, "own" if name.name.actor in rules.watched else "others"
    yield from ((w.start, "others") for w in words if w.text in rules.others)


def _runs(text: str, words: Sequence[Word]) -> list[list[Word]]:
    """Cut words at marks and before "because", "who" and their like."""
    runs: list[list[Word]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        is_cut = last is None or bool(_BREAK.search(text, last.end, word.start)) or word.text in _SPLITS
        if is_cut and not (last is not None and last.text in _LINKS and word.text in _SPLITS):
            runs.append([])
        runs[-1].append(word)
    return runs


def _clause(reading: Reading, run: Sequence[Word], *, is_quoted: bool, is_first: bool) -> Clause:
    side = _side(reading, run[:_SUBJECT], is_quoted=is_quoted)
    is_denied = any(w.text in NEGATIONS and not _is_only(run, i) for i, w in enumerate(run[:_DENYING]))
    return Clause(tuple(run), side, is_denied, _is_below(run, is_first=is_first))


def _is_only(run: Sequence[Word], i: int) -> bool:
    """Tell "nothing but a provocation", which asserts."""
    return run[i].text == "nothing" and i + 1 < len(run) and run[i + 1].text in _ONLY


def _side(reading: Reading, opening: Sequence[Word], *, is_quoted: bool) -> Side:
    """Return whom a clause's first words name; "in X" and "against X" name nobody."""
    rules = reading.context.rules
    lowers = [w.text for w in opening]
    stop = next((i for i, w in enumerate(lowers) if i and w in _APART), len(lowers))
    shown = [reading.parsed.text[w.start : w.end] for w in opening]
    names = {n.first: n for n in rules.names.find(lowers, shown)}
    for i, word in enumerate(lowers[:stop]):
        if word in rules.papers:
            return "matter"
        if word in _OWN or (not is_quoted and word in _IT and _acts(lowers, i)):
            return "own"
        if is_quoted and word in _THEY:
            return "others"
        name = names.get(i)
        if word in rules.others or (name is not None and name.name.actor not in rules.watched):
            return "matter" if _puts_forward(rules.papers, lowers, i if name is None else name.last - 1) else "others"
        if name is not None:
            return "own"
    return ""


def _acts(lowers: Sequence[str], i: int) -> bool:
    """Tell "it will respond" from "it is clear that", where "it" is nobody."""
    after = lowers[i + 1 : i + 2]
    return bool(after) and (lowers[i] != "it" or after[0] not in {"is", "was", "'s"})


def _puts_forward(papers: frozenset[str], lowers: Sequence[str], last: int) -> bool:
    """Tell "X's plan" and "the X proposals" from X itself, and from "X plans to"."""
    found = next((j for j in range(last + 1, min(last + 4, len(lowers))) if lowers[j] in papers), None)
    if found is None or any(w in _BEING for w in lowers[last + 2 : found]):
        return False
    return lowers[found + 1 : found + 2] not in (["to"], ["that"])


def _is_below(run: Sequence[Word], *, is_first: bool) -> bool:
    """Tell a subordinate clause; "..., adding that" is one, "seizing it would be theft" is none."""
    opening = [w.text for w in run[:3]]
    while opening and opening[0] in _LINKS:
        opening.pop(0)
    if not opening:
        return False
    return opening[0] in _BELOW or (not is_first and opening[0].endswith("ing") and len(opening[0]) > 4)


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return spans in order, those that touch or lie inside another as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end + 1:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
