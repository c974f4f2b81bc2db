"""Phrases cut out of a sentence: a noun phrase without asides, a clause from its "whether" on."""

from __future__ import annotations

import re
from bisect import bisect_left

from briefings.extract.parsed import ParsedText
from briefings.extract.phrase_heads import modifiers
from briefings.model import Span

QUESTION = frozenset(("whether", "if", "how", "when", "what", "who", "which", "where", "why"))
FIRST = ("over", "on", "about", "regarding", "concerning", "around", "whether")
ABOUT = frozenset((*FIRST, "of", "to", "towards", "toward", "for", "between", "in", "into", "as"))
MAX_PHRASE = 140  # characters
_CLOSED = frozenset(("relcl", "advcl", "punct", "cc", "conj", "appos", "parataxis", "ccomp", "acl", "advmod"))
_EMPTY = frozenset((
    "it", "there", "this", "that", "which", "who", "they", "these", "he", "she", "we", "what", "i", "you", "both",
    "some", "all", "one", "sides", "side", "something", "nothing", "any", "none", "everything", "things", "parties",
    "leaders", "officials",
))  # fmt: skip
# nouns that hold the matter behind them: of "the issue of X" only X is named
_SHELLS = frozenset((
    "issue", "issues", "question", "questions", "matter", "problem", "problems", "point", "points", "subject",
    "topic", "topics", "details", "terms", "possibility", "idea", "prospect", "prospects", "kind", "number", "lot",
    "part", "series", "range", "course", "steps", "step", "efforts", "effort", "progress", "doubt", "doubts",
    "side", "area", "areas", "plan", "plans", "talks", "negotiations", "decision", "text",
))  # fmt: skip
_SOFT_SHELLS = frozenset((
    "plan", "plans", "talks", "negotiations", "text",
))  # fmt: skip
_TIMES = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "week", "month", "year",
    "moment", "time", "days", "weeks", "months", "years", "stage", "paper", "doubt", "limbo", "part",
    "while", "now", "least", "once", "hold", "odds", "ice", "discussion", "divergence", "end", "far", "principle",
    "person", "statement", "interview", "remarks", "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
))  # fmt: skip
_MIN_CUT = 3
_EXPLAINING = frozenset((",", ":", "—", "–", "-"))
_BREAK = re.compile(r"[;:()–—]|,(?!\d)| - ")


def names_something(parsed: ParsedText, head: int) -> bool:
    """Tell a noun that can name a matter from a pronoun, a time and a quotation."""
    token = parsed.tokens[head]
    return token.lower not in _EMPTY and token.lower not in _TIMES and not token.is_quote and token.text[:1].isalpha()


def phrase_of(parsed: ParsedText, head: int) -> Span:
    """Return a noun phrase without asides, and of "the issue of X" only X."""
    token = parsed.tokens[head]
    if token.dep == "pcomp":
        return _cut(parsed, parsed.span_of(parsed.subtree(head)))
    if token.lower in _SHELLS:
        named = _named_beside(parsed, head)
        if named is not None:
            return phrase_of(parsed, named)
        inner = inner_of(parsed, head)
        if inner is not None and (token.lower not in _SOFT_SHELLS or parsed.tokens[inner].dep == "pcomp"):
            return phrase_of(parsed, inner)
    numbers = list(range(modifiers(parsed, head)[0], head + 1))
    for c in token.children:
        if c > head and parsed.tokens[c].dep not in _CLOSED and not _is_time(parsed, c):
            numbers.extend(parsed.subtree(c))
    return _cut(parsed, parsed.span_of(numbers))


def _named_beside(parsed: ParsedText, head: int) -> int | None:
    """Return what a noun that holds a matter is explained by: "two points, X and Y", "the core issue: X"."""
    is_listed = head + 1 < len(parsed.tokens) and parsed.tokens[head + 1].text in _EXPLAINING
    kinds = {"appos", "conj"} if is_listed else {"appos"}
    beside = (c for c in parsed.tokens[head].children if c > head and parsed.tokens[c].dep in kinds)
    return next((c for c in beside if names_something(parsed, c)), None)


def clause_of(parsed: ParsedText, verb: int) -> Span:
    """Return a clause, from its "whether" on where it has one."""
    numbers = parsed.subtree(verb)
    marks = [i for i in numbers if parsed.tokens[i].lower in QUESTION]
    first = marks[0] if marks and marks[0] < verb + 1 else numbers[0]
    if parsed.tokens[first].lower in {"that", "if"} and not marks:
        first += 1
    return _cut(parsed, parsed.span_of([i for i in numbers if i >= first] or numbers))


def inner_of(parsed: ParsedText, head: int) -> int | None:
    """Return the noun or verb behind the first preposition of a noun."""
    for c in parsed.tokens[head].children:
        token = parsed.tokens[c]
        if token.dep == "prep" and token.lower in ABOUT:
            return next(
                (o for o in token.children if parsed.tokens[o].dep in {"pobj", "pcomp"} and names_something(parsed, o)),
                None,
            )
    return None


def _is_time(parsed: ParsedText, prep: int) -> bool:
    return any(parsed.tokens[c].lower in _TIMES for c in (prep, *parsed.tokens[prep].children))


def _cut(parsed: ParsedText, span: Span) -> Span:
    """Return the span up to a mark that breaks it, and not too long."""
    text = parsed.text[span.start : span.end]
    cuts = (m.start() for m in _BREAK.finditer(text) if m.start() > _MIN_CUT)
    end = min(next((c for c in cuts if not _is_listed(parsed, span.start + c)), len(text)), MAX_PHRASE)
    if end == MAX_PHRASE and " " in text[:end]:
        end = text.rfind(" ", 0, end)
    return Span(span.start, span.start + len(text[:end].rstrip(" -\"”’'.")))


def _is_listed(parsed: ParsedText, mark: int) -> bool:
    """Tell the comma of "a new, better deal", behind which its noun still comes."""
    before = parsed.tokens[max(0, bisect_left(parsed.starts, mark) - 1)]
    return parsed.text[mark] == "," and before.dep == "amod" and parsed.tokens[before.head].start > mark
