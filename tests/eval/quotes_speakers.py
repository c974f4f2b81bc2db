"""When a speaker, a full name or a role that was found is the labelled one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from briefings.model import Span
from tests.eval.quotes_texts import Attribution, Who

SourceKind = Literal["pronoun", "surname", "description", "nobody", "full"]

_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "him", "her", "his", "one"})
_TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "rev", "the", "sen",
    "rep", "gov", "president", "minister", "premier",
})  # fmt: skip
_SMALL = frozenset({"of", "the", "a", "an", "for", "and", "at", "in", "who", "by"})
_TURN = re.compile(r",| who | of | at | from | for | in |\n")
_CAPITALISED = re.compile(r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*")
_LONG = 40  # characters of a mention that may be longer than twice the label
_NEAR = 60  # characters between two equal pronouns that stand for one person


@dataclass(frozen=True, slots=True)
class Given:
    """The speaker that was found: where it stands, and who it is said to be."""

    mention: Span
    name: str | None = None
    role: str | None = None


def words_of(name: str) -> list[str]:
    """Return the words of a name in small letters, without titles and possessives."""
    words = [re.sub(r"['’]s$|[^\w'’-]", "", w).casefold() for w in name.split()]
    return [w for w in words if w and w not in _TITLES]


def named_in(source: str) -> list[str]:
    """Return the words of the name in a source: jane, doe of "Jane Doe, a baker" and of "A baker, Jane Doe, 40"."""
    runs = [words_of(r[-1]) for part in _TURN.split(source) if (r := _CAPITALISED.findall(part))]
    words = next((r for r in runs if len(r) > 1), runs[0] if runs else [])
    return [] if words and words[-1] in _PRONOUNS else words


def kind_of_source(text: str, attribution: Attribution) -> SourceKind:
    """Return how the text refers to the speaker beside the quotation."""
    who = attribution.who
    if who is None or not who.names:
        return "nobody"
    words = words_of(" ".join(s.cut(text) for s in attribution.source))
    names = [words_of(n) for n in who.names]
    if any(n[0] in words and n[-1] in words and len(n) > 1 for n in names):
        return "full"
    if any(n[-1] in words or n[0] in words for n in names):
        return "surname"
    return "pronoun" if words and all(w in _PRONOUNS for w in words) else "description"


def is_right_speaker(text: str, attribution: Attribution, given: Given | None) -> bool:
    """Say whether the mention touches the labelled source, or both names end in the same word."""
    if given is None or not attribution.source:
        return given is None and not attribution.source
    size = given.mention.end - given.mention.start
    longest = max(_LONG, 2 * sum(s.end - s.start for s in attribution.source))
    touches = any(given.mention.start < s.end and s.start < given.mention.end for s in attribution.source)
    if touches and size <= longest:
        return True
    if _is_same_pronoun(text, attribution, given.mention):
        return True
    got = words_of(given.name or "") or named_in(given.mention.cut(text))
    return bool(got) and any(got[-1] == n[-1] for n in _labelled_names(text, attribution) if n)


def _labelled_names(text: str, attribution: Attribution) -> list[list[str]]:
    if attribution.who and attribution.who.names:
        return [words_of(n) for n in attribution.who.names]
    return [named_in(s.cut(text)) for s in attribution.source]


def _is_same_pronoun(text: str, attribution: Attribution, mention: Span) -> bool:
    """He said that [he] ...: one person, in one line and close by."""
    word = mention.cut(text).casefold()
    for s in attribution.source:
        between = text[min(s.end, mention.end) : max(s.start, mention.start)]
        if word in _PRONOUNS and word == s.cut(text).casefold() and len(between) < _NEAR and "\n" not in between:
            return True
    return False


def is_right_name(who: Who, given: Given | None) -> bool:
    """Say whether first and last word agree; where nobody is named, a full name is wrong."""
    got = words_of(given.name or "") if given else []
    if not who.names:
        return len(got) < 2
    return bool(got) and any((n[0], n[-1]) == (got[0], got[-1]) for n in map(words_of, who.names))


def is_right_role(role: str, given: Given | None) -> bool:
    """Say whether half of the shorter wording of a role is in the other one."""
    want, got = _content_words(role), _content_words((given.role if given else "") or "")
    return bool(got) and 2 * len(want & got) >= min(len(want), len(got))


def _content_words(role: str) -> set[str]:
    words = (re.sub(r"['’]s$|[^\w]", "", w).casefold() for w in role.split())
    return {w for w in words if w and w not in _SMALL}
