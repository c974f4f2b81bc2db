"""The office that stands beside a name: "campaign spokesman X", "the foreign minister, X,", "X, head of the bank,"."""

from __future__ import annotations

import re

from briefings.extract.name_words import NameWords, clean
from briefings.model import Span

_SHORT_TITLES = r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bSen)(?<!\bGov)(?<!\bRep)(?<!\bGen)"
_ROLE_END = re.compile(
    rf"[,;:()\"“”„«»\n]|''|{_SHORT_TITLES}[.!?](?=\s|$)| [-–—―]+ |--"
    r"| who | which | whose | said | told | says | has | had | was | is | until | since "
)
_DETERMINER = re.compile(r"^(?:the|an?|its|their|his|her|our|one)\s+|^[^\s,]+['’]s\s+|^[^\s,]+s['’]\s+", re.IGNORECASE)
_WHO_IS = re.compile(
    r",? who (?:is|was|serves as|served as|became|works as|worked as) (?:now |then |also )?(?=(?:the|an?|its|his|her) )"
    r"| (?:is|was) (?=(?:the|an?) )"
)
_AS = re.compile(r" as (?:its |the |their |his |her |new |a )*(?=[\w-]+)")
_APPOINTED = re.compile(r"\b(?:appoint|named|naming|nominat|elected|hired|swor|promot)", re.IGNORECASE)
_HONORIFICS = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "rev", "then", "former")
)
_PREPOSITIONS = frozenset(("of", "for", "at", "in", "to"))
_STARTS = frozenset(("the", "a", "an", "his", "her", "its", "their", "our", "my", "one", "another", "some"))
_STOPS = frozenset((
    *_PREPOSITIONS, *_STARTS, "and", "or", "but", "on", "by", "with", "that", "from", "as", "when", "while", "is",
    "was",
    "after", "before", "than", "like", "between", "over", "against", "behind", "under", "about", "during", "including",
    "into", "through", "among", "without", "since", "until", "although", "because", "if", "where", "who", "which",
    "what", "why", "how", "not", "said", "says", "told", "has", "have", "had", "he", "she", "they", "it", "we", "i",
    "are", "were", "be", "will", "would", "also", "rather", "via", "toward", "towards", "despite", "whether", "both",
))  # fmt: skip
_TORN = frozenset(("of", "and", "or", "their", "his", "her", "its", "the", "a", "an", "with", "for", "by"))
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday")
_NOT_IN_OFFICE = _STOPS - {"of"} | {*_DAYS, "asked", "speaking", "meanwhile", "however", "instead", "still", "then"}
_DOING = frozenset((
    "acting", "leading", "sitting", "outgoing", "incoming", "founding", "managing", "visiting", "serving", "ruling",
    "engineering", "marketing", "retiring", "rising", "housing",
))  # fmt: skip
_KIN = frozenset((
    "counterpart",
    "wife", "husband", "son", "daughter", "brother", "sister", "father", "mother", "friend", "cousin", "uncle", "aunt",
    "widow", "widower", "partner", "girlfriend", "boyfriend",
))  # fmt: skip
_ABBREVIATED = frozenset(("sens", "reps", "lt", "maj", "cmdr", "brig", "us", "uk", "eu", "un", "asst", "dep"))
_AGE = re.compile(r"\d{1,3}")
_WORD = re.compile(r"[^\s]+")
_MAX_BEFORE = 6  # words
_MAX_COMPLEX = 12  # words of an office with "of" or "for" in it
_MAX_AFTER = 14
_REACH = 160  # characters


def role_of(text: str, run: int, name: Span, known: NameWords, left: int) -> str | None:
    """Return the office written beside a name; kinship only where nothing else is.

    Args:
        text: the article.
        run: where the run of capitals begins that the name ends; titles stand in it.
        name: the name itself.
        known: the lexicon.
        left: where the noun phrase of the name begins by the parse; words before it are no part of an office.
    """
    before = _before(text, run, name, known, left)
    if before is not None and not _KIN & {clean(w) for w in before.split()}:
        return before
    return _after(text, name, known) or before


# ---- before the name -------------------------------------------------------------------------------------


def _before(text: str, run: int, name: Span, known: NameWords, left: int) -> str | None:
    titles = text[run : name.start].split()
    for n in range(len(titles) - 1, -1, -1):
        if clean(titles[n]) in _NOT_IN_OFFICE:
            titles = titles[n + 1 :]
            break
    line = max(text.rfind("\n", 0, run) + 1, run - _REACH)
    before = text[line:run].rstrip("\u00a0 ")
    has_office = any(clean(t) not in _HONORIFICS for t in titles)
    if not has_office and before.endswith(","):
        return _described(before[:-1], text[name.end : name.end + 1], known)
    words = [(m[0], line + m.start()) for m in _WORD.finditer(before)]
    taken = _words_before(words, titles, known, left)
    return _office(" ".join([*taken, *titles]), known)


def _words_before(words: list[tuple[str, int]], titles: list[str], known: NameWords, left: int) -> list[str]:
    """Return the words that lead up to a name, back to what can't belong to an office."""
    taken: list[str] = []
    has_titles = any(clean(t) not in _HONORIFICS for t in titles)
    i = len(words) - 1
    while i >= 0 and len(taken) < _MAX_BEFORE:
        word, at = words[i]
        bare = clean(word)
        has_office = any(known.is_title(clean(w)) for w in (*taken, *titles))
        joined = _joined(words, i, known) if (has_titles or taken) and not has_office else 0
        if joined:
            taken[:0] = [w for w, _ in words[i - joined + 1 : i + 1]]
            i -= joined
            continue
        if _breaks(word, known) or (not taken and not has_titles and not _is_office(bare, known)):
            break
        if at < left and not _is_office(bare, known) and not word[:1].isupper():
            break
        taken.insert(0, word)
        i -= 1
    return taken


def _joined(words: list[tuple[str, int]], i: int, known: NameWords) -> int:
    """Return how many words join the words behind to an office before them: "Secretary of State", "envoy to the UN"."""
    n = 0
    if clean(words[i][0]) == "the":
        n = 1
    if i - n < 1 or clean(words[i - n][0]) not in _PREPOSITIONS:
        return 0
    office = words[i - n - 1][0]
    return n + 2 if _is_office(clean(office), known) and office[-1:].isalpha() else 0


def _breaks(word: str, known: NameWords) -> bool:
    """Tell a word that can't belong to an office: it joins, ends a clause, is a verb or somebody's."""
    bare = clean(word)
    if not bare or bare in _STOPS or bare in _DAYS or not word[:1].isalpha():
        return True
    if word[-1] in ",;:!?\"”’“»…'" or "''" in word or word.endswith(("'s", "’s", "s'", "s’")):
        return True
    if word[-1] == "." and not (bare in known.long or bare in _ABBREVIATED or bare in _HONORIFICS or "." in word[:-1]):
        return True
    return _is_verb_like(bare, word, known)


def _is_verb_like(bare: str, word: str, known: NameWords) -> bool:
    if word[:1].isupper() or _is_office(bare, known):
        return False
    return bare.endswith("ed") or (bare.endswith("ing") and bare not in _DOING)


def _described(before: str, following: str, known: NameWords) -> str | None:
    """Return the office before a comma: "Ostrania's foreign minister, Jane Doe", "an aide to the king, Jane Doe"."""
    clause = re.split(r"[.;:!?\"“”„«»,()]\s|\n|''", before)[-1]
    words = clause.split()
    taken: list[str] = []
    i = len(words) - 1
    while i >= 0 and len(taken) <= _MAX_COMPLEX:
        bare = clean(words[i])
        is_inside = bare in _PREPOSITIONS or (bare in _STARTS and i > 0 and clean(words[i - 1]) in _PREPOSITIONS)
        if not is_inside and (bare in _STOPS or words[i].endswith(("'s", "’s", "s'", "s’"))):
            break
        taken.insert(0, words[i])
        i -= 1
    first = next((n for n, w in enumerate(taken) if clean(w) in _PREPOSITIONS), len(taken))
    if not 0 < first <= _MAX_BEFORE or len(taken) > _MAX_COMPLEX or not _is_office(clean(taken[first - 1]), known):
        return None
    is_definite = i >= 0 and (clean(words[i]) in _STARTS or words[i].endswith(("'s", "’s", "s'", "s’")))
    if following != "," and not (is_definite and following in ".;\n"):
        return None
    return _office(" ".join(taken), known)


def is_described(text: str, start: int, end: int, known: NameWords) -> bool:
    """Tell a name set off by a comma behind an office: "the mayor of the port, Jane Doe"."""
    before = text[max(0, start - _REACH) : start].rstrip("\u00a0 ")
    following = text[end : end + 1] if text[end - 1 : end] != "." else "."
    return before.endswith(",") and _described(before[:-1], following or ".", known) is not None


# ---- after the name --------------------------------------------------------------------------------------


def _after(text: str, name: Span, known: NameWords) -> str | None:
    """Return the office after a name: ", 44, the foreign minister of Ostrania,", " as Chief Executive"."""
    who = _WHO_IS.match(text, name.end)
    if who:
        role, _ = _until_end(text, who.end())
        return _trimmed(role) if _opens_with_office(role, known, only=known.offices) else None
    joined = _AS.match(text, name.end)
    if joined and _APPOINTED.search(text, max(0, name.start - 60), name.start):
        role, _ = _until_end(text, joined.end())
        return role if role and _opens_with_office(role, known, only=known.offices) else None
    return _apposed(text, name, known) if text[name.end : name.end + 1] == "," else None


def _apposed(text: str, name: Span, known: NameWords) -> str | None:
    role, stop = _until_end(text, name.end + 1)
    if _AGE.fullmatch(role) and text[stop : stop + 1] == ",":
        role, stop = _until_end(text, stop + 1)
    words = role.split()
    if not 1 <= len(words) <= _MAX_AFTER or _AGE.fullmatch(role):
        return None
    line = text.rfind("\n", 0, name.start) + 1
    is_line = (stop >= len(text) or text[stop] == "\n") and not any(c.isalpha() for c in text[line : name.start])
    if is_line or words[0].lower() in {"a", "an", "the"} or _opens_with_office(role, known):
        return _trimmed(role)
    return None


def _opens_with_office(role: str, known: NameWords, only: frozenset[str] | None = None) -> bool:
    """Tell whether a noun phrase with an office begins the words: "head of the bank", not "met the envoy"."""
    head = re.split(r" (?:of|for|at|in|with|from|to|on|by) ", role)[0].split()
    if not head or clean(head[0]) in {"and", "or", "but"}:
        return False
    inner = {clean(w) for w in head[1:]}
    if inner & {"the", "a", "an"}:
        return False
    return any(clean(w) in only if only else _is_office(clean(w), known) for w in head)


def _trimmed(role: str) -> str | None:
    said = _DETERMINER.sub("", role).strip()
    return said if said and not _is_torn(said) else None


def _is_torn(role: str) -> bool:
    """Tell words that break off: "Democrats and their"."""
    return clean(role.rsplit(maxsplit=1)[-1]) in _TORN


def _until_end(text: str, start: int) -> tuple[str, int]:
    limit = min(len(text), start + _REACH)
    match = _ROLE_END.search(text, start, limit)
    stop = match.start() if match else limit
    return text[start:stop].strip(), stop


def _is_office(bare: str, known: NameWords) -> bool:
    return bare in known.offices or known.is_human(bare)


def _office(role: str, known: NameWords) -> str | None:
    role = _DETERMINER.sub("", role).strip(" ,")
    bare = [clean(w) for w in role.split()]
    has_office = any(_is_office(b, known) and b not in _HONORIFICS for b in bare)
    while bare and bare[-1] in _HONORIFICS - {"former", "then"}:
        bare.pop()
        role = role.rsplit(" ", 1)[0] if " " in role else ""
    return role if has_office and role and not _is_torn(role) else None
