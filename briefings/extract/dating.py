"""Whether a sentence dates an act to an earlier month than its article."""

from __future__ import annotations

import re
from datetime import date

from briefings.extract.parsed import ParsedText

_NAMES = (
    "january jan jan.", "february feb feb.", "march", "april apr apr.", "may", "june", "july", "august aug aug.",
    "september sept sept. sep", "october oct oct.", "november nov nov.", "december dec dec.",
)  # fmt: skip
_MONTHS = {name: n for n, names in enumerate(_NAMES, start=1) for name in names.split()}
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONG = frozenset(("month", "months", "year", "years", "decade", "decades", "summer", "winter", "spring", "autumn"))
_BACK = frozenset(("last", "ago", "earlier", "previous", "before"))
_ADVERBIAL = frozenset(("prep", "npadvmod", "advmod"))
_INSIDE = frozenset(("pobj", "nummod", "nmod", "compound", "npadvmod", "prep", "amod", "advmod", "appos"))


def is_dated_back(parsed: ParsedText, verb: int, day: date | None) -> bool:
    """Tell whether a time beside the verb lies in an earlier month than `day` (None: not known)."""
    for c in parsed.tokens[verb].children:
        if parsed.tokens[c].dep in _ADVERBIAL:
            words = _time_words(parsed, c)
            if _is_back(parsed, words, day) and not _belongs_to_object(parsed, verb, words):
                return True
    return False


def _belongs_to_object(parsed: ParsedText, verb: int, words: list[int]) -> bool:
    """Tell "praised the talks last month as useful": the time stands behind the object, and the sentence goes on."""
    before, after = words[0] - 1, words[-1] + 1
    is_behind = before > verb and parsed.tokens[before].dep in {"dobj", "pobj"}
    return is_behind and after < len(parsed.tokens) and parsed.tokens[after].text[:1].isalnum()


def _time_words(parsed: ParsedText, top: int) -> list[int]:
    found, todo = [], [(top, 0)]
    while todo:
        i, depth = todo.pop()
        found.append(i)
        if depth < 3:
            todo.extend((c, depth + 1) for c in parsed.tokens[i].children if parsed.tokens[c].dep in _INSIDE)
    return sorted(found)


def _is_back(parsed: ParsedText, words: list[int], day: date | None) -> bool:
    tokens = [parsed.tokens[i] for i in words]
    lowers = {t.lower for t in tokens}
    if lowers & {"since", "until", "for", "from"}:
        return False
    if lowers & _LONG and lowers & _BACK:
        return True
    years = [int(w) for w in lowers if _YEAR.fullmatch(w)]
    months = [_MONTHS[t.lower] for t in tokens if t.lower in _MONTHS and t.text[:1].isupper()]
    if day is None:
        return bool(years) and not months
    if years and max(years) != day.year:
        return max(years) < day.year
    return bool(months) and months[0] not in {day.month, day.month % 12 + 1}
