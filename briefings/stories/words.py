"""Words of news text in one canonical form: stems, names under one spelling, synonyms under one head."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*(?:st|[nr]d|th)?", re.UNICODE)
_DOTTED = re.compile(r"\b([A-Za-z])\.([A-Za-z])\.(?:([A-Za-z])\.)?")
_POSSESSIVE = re.compile(r"['’]s$|['’]$|s['’]$")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+$|\n\s*$")
_SLAVIC_ENDING = re.compile(r"(?:iyi|iy|yi|yy|ij|ii|yj)$")
_MIN_NAME = 5


class Word(NamedTuple):  # a tuple: texts are read by the hundred thousand words
    """One word as written, in lower case, with where it stands."""

    text: str
    start: int
    end: int
    is_capital: bool
    opens: bool  # first of its sentence or line


@dataclass(frozen=True, slots=True)
class Term:
    """One canonical word, or several words that stand for one thing."""

    text: str
    start: int
    end: int
    is_capital: bool
    opens: bool


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What stands for what. `phrases`: first word -> (further words, canonical), longest first."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    synonyms: Mapping[str, str]  # stem -> head, "~" before it
    stop: frozenset[str]


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text; "U.S." is one word, "US-led" is two, a possessive s is dropped."""
    dotted = {m.start(): m for m in _DOTTED.finditer(text)}
    skip = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        if start < skip:
            continue
        raw = match.group()
        if start in dotted:
            end = skip = dotted[start].end()
            raw = text[start:end].replace(".", "")
        plain_text, is_capital = _written(raw)
        yield Word(plain_text, start, end, is_capital, _opens(text, start))


@lru_cache(maxsize=20_000)
def _written(raw: str) -> tuple[str, bool]:
    """Return a word in lower case without a possessive s, and whether it is written with a capital."""
    bare = _POSSESSIVE.sub("", raw) or raw
    return plain(bare), bare[0].isupper()


def _opens(text: str, start: int) -> bool:
    """Say whether a word is the first of its sentence or line."""
    if start == 0:
        return True
    before = text[start - 1]
    if before == " " and start > 1:
        before = text[start - 2]
    if before.isalnum() or before in ",-;":  # most words stand inside a sentence: no pattern needs to be tried
        return False
    stretch = text[max(0, start - 6) : start].rstrip("\"'“‘([ ") + " "
    return bool(_SENTENCE_END.search(stretch)) or text[start - 1] == "\n"


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """Return a word in lower case without accents."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a light stem: plural, -ed, -ing, -ment and final e go. Enough for news English, not a full stemmer."""
    if len(word) < 4 or word[0].isdigit():
        return word
    for ending, put, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: len(word) - len(ending)] + put
            break
    for ending in ("ing", "ed", "ment"):  # codespell:ignore ment
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = _undouble(word[: -len(ending)])
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


_ENDINGS = (
    ("ations", "ate", 3), ("ation", "ate", 3), ("ators", "ate", 3), ("ator", "ate", 3), ("ies", "y", 2),
    ("sses", "ss", 1), ("ches", "ch", 2), ("shes", "sh", 2), ("xes", "x", 1),
    ("ss", "ss", 1), ("us", "us", 1), ("is", "is", 1), ("s", "", 3),
)  # fmt: skip


def _undouble(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgmnprt" else word


@lru_cache(maxsize=20_000)
def spelling(name: str) -> str:
    """Return a name under one spelling: Zelenskyy, Zelenskiy and Zelensky are alike."""
    return _SLAVIC_ENDING.sub("y", name) if len(name) >= _MIN_NAME else name


def terms(text: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """Return the canonical words of a text, stop words left out."""
    found = tuple(words(text))
    out: list[Term] = []
    at = 0
    while at < len(found):
        length, canonical = _phrase(found, at, vocabulary)
        if length:
            out.extend(_joined(found[at : at + length], canonical))
        elif (single := _single(found[at], vocabulary)) is not None:
            out.append(single)
        at += max(1, length)
    return tuple(out)


def _phrase(found: Sequence[Word], at: int, vocabulary: Vocabulary) -> tuple[int, str]:
    for rest, canonical in vocabulary.phrases.get(spelling(found[at].text), ()):
        stretch = found[at + 1 : at + 1 + len(rest)]
        if len(stretch) == len(rest) and all(spelling(w.text) == r for w, r in zip(stretch, rest, strict=True)):
            return 1 + len(rest), canonical
    return 0, ""


def _joined(stretch: Sequence[Word], canonical: str) -> tuple[Term, ...]:
    first, last = stretch[0], stretch[-1]
    is_capital = any(w.is_capital for w in stretch) and not canonical.startswith("~")
    return (Term(canonical, first.start, last.end, is_capital, first.opens),)


def _single(word: Word, vocabulary: Vocabulary) -> Term | None:
    canonical = _canonical(word.text, word.is_capital, vocabulary)
    return None if canonical is None else Term(canonical, *word[1:])


@lru_cache(maxsize=50_000)
def _canonical(word: str, is_capital: bool, vocabulary: Vocabulary) -> str | None:
    """Return what one word stands for, None for a stop word."""
    if word in vocabulary.stop and not (word == "us" and is_capital):
        return None
    stemmed = stem(spelling(word) if is_capital else word)
    return vocabulary.synonyms.get(stemmed, stemmed)


def phrase_table(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Build `Vocabulary.phrases` from (written, canonical) pairs; longer ones are tried first."""
    table: dict[str, dict[tuple[str, ...], str]] = {}
    for written, canonical in pairs:
        parts = tuple(spelling(w.text) for w in words(written))
        if parts:
            table.setdefault(parts[0], {}).setdefault(parts[1:], canonical)
    return {first: tuple(sorted(rest.items(), key=lambda r: -len(r[0]))) for first, rest in table.items()}
