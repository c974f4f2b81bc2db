"""How far one word may stand for another: another form, one of its family, a synonym, a slip of the pen."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FORM, FAMILY, MISSPELT, SYNONYM = 1.0, 0.9, 0.85, 0.7
_SUFFIXES = frozenset((
    "al", "ance", "ant", "ary", "at", "atic", "ation", "ative", "ator", "cat", "ed", "en", "ence", "ent", "er", "ful",
    "ial", "ian", "ic", "ical", "ing", "ion", "ional", "ious", "ist", "ity", "ive", "less", "ly", "man", "men", "ment",
    "n", "ness", "or", "ory", "our", "ous", "ship", "sion", "th", "tion", "tive", "tor", "tory", "ty", "ur", "ure",
    "way", "y", "",
))  # fmt: skip
_SHORT = 4  # letters of a stem that is the beginning of many words which have nothing to do with it
_ODD = frozenset(("al", "ant", "en", "ent", "er", "ian", "ic", "ion", "man", "n", "or", "our", "th", "y"))
_DEMONYMS = frozenset(("n", "an", "ian", "ish", "ese", "ic", "er", "i", "ar"))
_SLIP = 0.8  # share of letters in common from which a word that no article has is read as one that some have
_LEAST = 5  # letters of a word that may be misspelt


def is_kin(word: str, other: str) -> bool:
    """Say whether two stems are of one family: close and closure, resign and resignation, invade and invasion."""
    short, long = sorted((word, other), key=lambda w: (len(w), w[-1] != "y"))
    if len(short) < 4 or short == long:
        return False
    bare = {short, short[:-1] + "s"} if short[-1] in "dt" else {short}
    if short.endswith("y"):
        bare.add(short[:-1] + "i")
    rests = {long[len(start) :] for start in bare if long.startswith(start)}
    return bool(rests & _SUFFIXES) and not (len(short) == _SHORT and rests <= _ODD)


def is_demonym(name: str, other: str) -> bool:
    """Say whether one of two names is made from the other, as Norlandish is from Norland."""
    short, long = sorted((name, other), key=len)
    return len(short) >= 4 and long.startswith(short[:-1]) and long.removeprefix(short) in _DEMONYMS


@dataclass(frozen=True, slots=True)
class Known:
    """The canonical words of some articles, also by how they begin."""

    words: frozenset[str]
    by_start: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the words by their first three letters."""
        for word in self.words:
            self.by_start.setdefault(word[:3], []).append(word)

    def alike(
        self, word: str, forms: Mapping[str, frozenset[str]], synonyms: Mapping[str, frozenset[str]]
    ) -> dict[str, float]:
        """Return the known words that may stand for a word, each with how well it does, up to 1."""
        found = {w: SYNONYM for w in synonyms.get(word, ()) if w in self.words}
        found.update((w, FAMILY) for w in self.by_start.get(word[:3], ()) if is_kin(word, w))
        found.update((w, FORM) for w in forms.get(word, ()) if w in self.words)
        return found if found or word in self.words else misspelt(word, self.words)

    def named_alike(self, name: str) -> dict[str, float]:
        """Return the known words that may stand for a name: its adjective, or what was meant by a slip."""
        found = {w: FAMILY for w in self.by_start.get(name[:3], ()) if is_demonym(name, w)}
        return found if found or name in self.words else misspelt(name, self.words)


def misspelt(word: str, known: Iterable[str]) -> dict[str, float]:
    """Return the known word that a word which is not known most likely stands for, {} when none is near enough."""
    if len(word) < _LEAST or not word.isalpha():
        return {}
    near = [k for k in known if k[:1] == word[:1] and abs(len(k) - len(word)) <= 2 and len(k) >= _LEAST]
    return dict.fromkeys(difflib.get_close_matches(word, near, n=1, cutoff=_SLIP), MISSPELT)
