"""When two spellings stand for one name: Sergei and Sergey, Mike and Michael, al-Sharaa and Sharaa."""

from __future__ import annotations

import re

from briefings.extract.name_words import NameWords

_ARTICLE = re.compile(r"^(?:al|el|as|ash|ad|an|ar|at|d|de)[-']")
_MIN_PREFIX = 3
_MIN_SPELT = 4
# small words between those of a name
PARTICLES = frozenset((
    "de", "la", "del", "della", "di", "da", "do", "dos", "das", "du", "van", "von", "der", "den", "ter", "ten", "zu",
    "af", "av", "bin", "bint", "ibn", "al", "el", "le", "y", "e",
))  # fmt: skip
_NO_SURNAME = PARTICLES | {"jr", "sr", "ii", "iii", "iv"}
# Latin spellings of one Slavic or Arabic sound; after BGN/PCGN and the habits of agencies
_SOUNDS = (
    (r"(?:iy|yy|ii|ij|yi|ey|ei|ay|ai|y|j)", "i"), (r"(?:kh|gh|g|h)", "h"), (r"(?:ye|yo|io|jo)", "e"),
    (r"(?:ks|x)", "x"), (r"(?:ou|oo|u|o)", "o"), (r"ie", "e"), (r"(.)\1", r"\1"), (r"(?:w)", "v"),
)  # fmt: skip


def bare_surname(folded_word: str) -> str:
    """Return a folded surname without an Arabic or Romance article that hangs on it."""
    return _ARTICLE.sub("", folded_word)


def surname_parts(folded_name: str) -> list[str]:
    """Return the words between the first and the last word of a folded name that can stand for the person."""
    words = [w for w in folded_name.split(" ") if w not in _NO_SURNAME]
    return [w for w in words[1:-1] if len(w) > 2]


def is_same_given(one: str, other: str, known: NameWords) -> bool:
    """Tell two folded given names that stand for one: the same, a short form, an initial, or another spelling."""
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    genders = {known.gender_of_given(one), known.gender_of_given(other)} - {None}
    if len(genders) > 1:
        return False
    short, long = sorted((one, other), key=len)
    if long in known.short.get(short, ()):
        return True
    if len(short) >= _MIN_PREFIX and long.startswith(short) and len(long) > len(short) + 1:
        return True
    return is_respelt(one, other)


def is_respelt(one: str, other: str) -> bool:
    """Tell two folded words that write one name: by the sounds of transliteration, or by one letter more."""
    if min(len(one), len(other)) < _MIN_SPELT or one[0] != other[0]:
        return False
    return _sounds(one) == _sounds(other) or _is_one_letter_more(*sorted((one, other), key=len))


def _sounds(word: str) -> str:
    for pattern, letter in _SOUNDS:
        word = re.sub(pattern, letter, word)
    return word.rstrip("i")


def _is_one_letter_more(short: str, long: str) -> bool:
    if len(long) != len(short) + 1 or len(short) < _MIN_SPELT:
        return False
    return any(long[:i] + long[i + 1 :] == short for i in range(1, len(long) - 1))
