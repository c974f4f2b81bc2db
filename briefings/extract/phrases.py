"""Lexicon phrases found in a sentence in one bounded pass: gaps, inflections, optional words, sets of words.

A row is a phrase of slots parted by blanks, matched on words without regard to case:
`word` itself; `word*` what begins so; `a|b` either; `+verb` any form of the verb; `<name>` any word of the group
`set_name`; `word?` may be absent; `~3` up to three words, no punctuation among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefings.extract.inflect import irregular_forms, verb_forms
from config.catalogue import ConfigError, Lexicon

_TOKEN = re.compile(r"\w+(?:[-‑]\w+)*(?:['’](?:s|re|ve|ll|d|t|m)\b)?|[,;:()–—]|--?|[.?!…]", re.IGNORECASE)
_SHORT = re.compile(r"(?:['’](?:s|re|ve|ll|d|m)|n['’]t)$", re.IGNORECASE)
_STEMS = {"wo": "will", "ca": "can", "sha": "shall"}
_MAX_WORD = 40  # longer runs of letters are no words
# turn a phrase round or begin another clause, so no gap holds one
_STOPPERS = frozenset(("not", "no", "never", "which", "who", "because", "while", "although"))
_MIN_PREFIX = 3
_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence, lower case, with its place in the text; `is_broken` if punctuation stands before it."""

    text: str
    start: int
    end: int
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A lexicon row found: its group, its first and last word and its place in the text."""

    group: str
    first: int
    last: int
    start: int
    end: int
    first_word: str = ""


@dataclass(frozen=True, slots=True)
class _Slot:
    exact: frozenset[str]
    prefixes: tuple[str, ...]
    gap: int  # words that may stand before it

    def fits(self, word: str) -> bool:
        return word in self.exact or (bool(self.prefixes) and word.startswith(self.prefixes))


@dataclass(frozen=True, slots=True)
class _Row:
    group: str
    slots: tuple[_Slot, ...]


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of text[start:end]; "didn't" gives did and not, "Russia's" gives russia and 's."""
    words: list[Word] = []
    broken = True
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        raw = match.group()
        if not (raw[0].isalnum() or raw[0] == "_"):
            broken = True
            continue
        words.extend(_parts(raw, match.start(), broken))
        broken = False
    return words


def _parts(raw: str, start: int, broken: bool) -> Iterator[Word]:
    low = raw[:_MAX_WORD].lower().replace("’", "'").replace("‑", "-")
    if low == "cannot":
        yield Word("can", start, start + 3, broken)
        yield Word("not", start + 3, start + 6)
        return
    short = _SHORT.search(low)
    if short is None or short.start() == 0:
        yield Word(low, start, start + len(raw), broken)
        return
    stem, tail = low[: short.start()], short.group()
    yield Word(_STEMS.get(stem, stem) if tail == "n't" else stem, start, start + len(stem), broken)
    yield Word("not" if tail == "n't" else tail, start + len(stem), start + len(low))


class PhraseIndex:
    """The rows of a lexicon, ready to be found. Built once a catalogue."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile every group whose name does not begin with `set_` or `irregular`."""
        self._exact: dict[str, list[_Row]] = {}
        self._prefix: dict[str, list[_Row]] = {}
        compiler = _Compiler(lexicon.groups)
        for group, rows in lexicon.groups.items():
            if not group.startswith(("set_", "irregular")):
                for row in rows:
                    for variant in compiler.rows(group, row):
                        self._file(variant)

    def _file(self, row: _Row) -> None:
        first = row.slots[0]
        for word in first.exact:
            self._exact.setdefault(word, []).append(row)
        for prefix in first.prefixes:
            self._prefix.setdefault(prefix[:_MIN_PREFIX], []).append(row)

    def find(self, words: Sequence[Word]) -> list[Cue]:
        """Return every row found, by place; of one group at one place the longest."""
        words = _without_days(words)
        best: dict[tuple[str, int], int] = {}
        for i, word in enumerate(words):
            for row in self._exact.get(word.text, ()):
                self._keep(best, row, words, i)
            for row in self._prefix.get(word.text[:_MIN_PREFIX], ()):
                if row.slots[0].fits(word.text):
                    self._keep(best, row, words, i)
        return [
            Cue(group, first, last, words[first].start, words[last].end, words[first].text)
            for (group, first), last in sorted(best.items(), key=lambda item: item[0][1])
        ]

    @staticmethod
    def _keep(best: dict[tuple[str, int], int], row: _Row, words: Sequence[Word], first: int) -> None:
        last = _match(row.slots, 1, words, first + 1)
        if last is not None and last > best.get((row.group, first), -1):
            best[row.group, first] = last


def _without_days(words: Sequence[Word]) -> list[Word]:
    """Leave out "on Monday", which may stand anywhere: "failed on Monday to agree"."""
    kept: list[Word] = []
    is_broken = False
    for word in words:
        if word.text in _DAYS:
            if kept and kept[-1].text == "on" and not word.is_broken:
                is_broken = kept.pop().is_broken or is_broken
            is_broken = is_broken or word.is_broken
        else:
            kept.append(replace(word, is_broken=True) if is_broken else word)
            is_broken = False
    return kept


def _match(slots: tuple[_Slot, ...], at: int, words: Sequence[Word], i: int) -> int | None:
    """Return the index of the last word matched by slots[at:] from words[i] on, shortest gaps first."""
    if at == len(slots):
        return i - 1
    slot = slots[at]
    for j in range(i, min(i + slot.gap + 1, len(words))):
        if words[j].is_broken:
            return None
        if slot.fits(words[j].text):
            last = _match(slots, at + 1, words, j + 1)
            if last is not None:
                return last
        if words[j].text in _STOPPERS:
            return None
    return None


class _Compiler:
    """Turns rows into slots; knows the lexicon's sets and irregular verbs."""

    def __init__(self, groups: Mapping[str, tuple[str, ...]]) -> None:
        self._groups = groups
        self._irregular = irregular_forms(groups.get("irregular", ()))

    def rows(self, group: str, row: str) -> Iterator[_Row]:
        for parts in _variants(row.split()):
            slots: list[_Slot] = []
            gap = 0
            for part in parts:
                if part.startswith("~"):
                    gap = int(part[1:])
                else:
                    slots.append(self._slot(part, gap))
                    gap = 0
            if slots:
                yield _Row(group, tuple(slots))

    def _slot(self, part: str, gap: int) -> _Slot:
        exact: set[str] = set()
        prefixes: set[str] = set()
        for choice in part.split("|"):
            if choice.startswith("+"):
                exact |= verb_forms(choice[1:], self._irregular)
            elif choice.startswith("<"):
                exact.update(self._set(choice[1:-1]))
            elif choice.endswith("*"):
                prefixes.add(choice[:-1])
            else:
                exact.add(choice)
        return _Slot(frozenset(exact), tuple(sorted(prefixes)), gap)

    def _set(self, name: str) -> tuple[str, ...]:
        try:
            return self._groups[f"set_{name}"]
        except KeyError:
            msg = f"a lexicon row uses <{name}>, but there is no group 'set_{name}'; add it to lexicon/grammar.toml"
            raise ConfigError(msg) from None


def _variants(parts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the row with each optional word in and out."""
    for i, part in enumerate(parts):
        if part.endswith("?"):
            for rest in _variants(parts[i + 1 :]):
                yield [*parts[:i], part[:-1], *rest]
                yield [*parts[:i], *rest]
            return
    yield list(parts)
