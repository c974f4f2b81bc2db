"""The office that stands beside a name: "campaign spokesman X", "the foreign minister, X,", "X, head of the bank,"."""

from __future__ import annotations

import re

from briefings.extract.names import NameWords, clean
from briefings.model import Span

_ROLE_END = re.compile(
    r"[,;:()\"“”„«»\n]|[.!?](?=\s|$)| [-–—―]+ |--"
    r"| who | which | whose | said | told | says | has | had | was | is "
)
_DETERMINER = re.compile(r"^(?:the|an?|its|their|his|her|our|one)\s+|^[^\s,]+['’]s\s+|^[^\s,]+s['’]\s+", re.IGNORECASE)
_HONORIFICS = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "rev", "then", "former")
)
_JOINING = (
    "and",
    "or",
    "but",
    "of",
    "in",
    "on",
    "at",
    "for",
    "by",
    "with",
    "that",
    "from",
    "to",
    "as",
    "when",
    "while",
)
_STARTS = ("the", "a", "an", "his", "her", "its", "their", "our", "my", "one", "another", "some")
_STOPS = frozenset((*_JOINING, *_STARTS, "is", "was", "after", "before", "than", "like"))
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday")
_NOT_IN_OFFICE = _STOPS | {*_DAYS, "asked", "speaking", "meanwhile", "however", "instead", "still", "then"}
_AGE = re.compile(r"\d{1,3}")
_MAX_BEFORE = 6  # words
_MAX_AFTER = 14
_REACH = 160  # characters


def role_before(text: str, start: int, name: Span, known: NameWords) -> str | None:
    """Return the office written before a name.

    Args:
        text: the article.
        start: where the run of capitals begins that the name ends; titles stand in it.
        name: the name itself.
        known: the lexicon.
    """
    titles = text[start : name.start].split()
    for n in range(len(titles) - 1, -1, -1):
        if clean(titles[n]) in _NOT_IN_OFFICE:
            titles = titles[n + 1 :]
            break
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - _REACH) : start].rstrip("\u00a0 ")
    if not titles and before.endswith(","):
        return _described(before[:-1], known) if text[name.end : name.end + 1] == "," else None
    taken = _words_before(before, known, has_titles=bool(titles))
    return _office(" ".join([*taken, *titles]), known)


def _words_before(before: str, known: NameWords, *, has_titles: bool) -> list[str]:
    """Return the words that lead up to a name, back to what can't belong to an office."""
    taken: list[str] = []
    for word in reversed(before.split(" ")):
        bare = clean(word)
        if len(taken) >= _MAX_BEFORE or not bare or bare in _STOPS or not word[:1].isalpha():
            break
        if word[-1:] in ",;:!?" or (word[-1:] == "." and bare not in known.offices):
            break
        if not taken and not has_titles and not _is_office(bare, known):
            break
        if word.endswith(("'s", "’s", "s'", "s’")) or _is_cue_like(bare, known):
            break
        taken.insert(0, word)
    return taken


def _is_cue_like(bare: str, known: NameWords) -> bool:
    return bare.endswith("ed") and not _is_office(bare, known)


def _described(before: str, known: NameWords) -> str | None:
    """Return the office before a comma: "Ostrania's foreign minister, Jane Doe"."""
    clause = re.split(r"[.;:!?\"“”„«»,()]\s|\n", before)[-1]
    words = clause.split()
    taken: list[str] = []
    for word in reversed(words):
        if len(taken) >= _MAX_BEFORE:
            return None
        if clean(word) in _STOPS or word.endswith(("'s", "’s", "s'", "s’")):
            break
        taken.insert(0, word)
    if not taken or not _is_office(clean(taken[-1]), known):
        return None
    return _office(" ".join(taken), known)


def role_after(text: str, end: int, known: NameWords) -> str | None:
    """Return the apposition after a name: ", 44, the foreign minister of Ostrania,"."""
    if text[end : end + 1] != ",":
        return None
    role, stop = _until_end(text, end + 1)
    if _AGE.fullmatch(role) and text[stop : stop + 1] == ",":
        role, stop = _until_end(text, stop + 1)
    words = role.split()
    if not 1 <= len(words) <= _MAX_AFTER or _AGE.fullmatch(role):
        return None
    is_line = stop >= len(text) or text[stop] == "\n"
    head = re.split(r" (?:of|for|at|in|with|from|to|on) ", role)[0]
    if is_line or words[0].lower() in {"a", "an", "the"} or any(_is_office(clean(w), known) for w in head.split()):
        return _DETERMINER.sub("", role).strip() or None
    return None


def _until_end(text: str, start: int) -> tuple[str, int]:
    limit = min(len(text), start + _REACH)
    match = _ROLE_END.search(text, start, limit)
    stop = match.start() if match else limit
    return text[start:stop].strip(), stop


def _is_office(bare: str, known: NameWords) -> bool:
    return bare in known.offices or bare in known.human or bare.rsplit("-", 1)[-1] in known.human


def _office(role: str, known: NameWords) -> str | None:
    role = _DETERMINER.sub("", role).strip(" ,")
    bare = [clean(w) for w in role.split()]
    has_office = any(_is_office(b, known) and b not in _HONORIFICS for b in bare)
    while bare and bare[-1] in _HONORIFICS - {"former", "then"}:
        bare.pop()
        role = role.rsplit(" ", 1)[0] if " " in role else ""
    return role or None if has_office else None
