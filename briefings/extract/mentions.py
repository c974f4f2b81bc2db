"""Where the people of an article are mentioned outside quotations, with the office that stands beside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from briefings.extract.names import RUN, NameWords, Person, Registry, clean, parts, stripped
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.syntax import SUBJECTS
from briefings.model import Span

_APPOSITION = re.compile(r",?[ ]?(?:\d{2},[ ]?)?")
_ROLE_END = re.compile(r"[,;:()\"“”„«»\n]|\.(?=\s|$)| [-–—]+ |--| who | which | said | told | says ")
_ARTICLE = re.compile(r"^(?:the|a|an|its|their)\s+", re.IGNORECASE)
_CLEAR = 1.5  # times that one of a surname must be named more often than the next, to be meant by it alone
_AGE = re.compile(r"^\d{1,3}$")
_MAX_ROLE = 14


@dataclass(slots=True)
class Mention:
    """A person's name, or a pronoun for it, in the text; `token` is its last word."""

    span: Span
    token: int
    person: Person
    is_subject: bool
    role: str | None = None
    is_speaker: bool = False


def token_at(parsed: ParsedText, offset: int) -> Token | None:
    """Return the token that starts at or covers an offset."""
    i = bisect_left(parsed.starts, offset + 1) - 1
    if 0 <= i < len(parsed.tokens) and parsed.tokens[i].start <= offset < parsed.tokens[i].end:
        return parsed.tokens[i]
    return None


def find_mentions(parsed: ParsedText, registry: Registry) -> list[Mention]:
    """Return the mentions of known people outside quotations, in order."""
    found: list[Mention] = []
    masked = [s.outer for s in parsed.stretches]
    at = 0
    for match in RUN.finditer(parsed.text, 0, parsed.end):
        while at < len(masked) and masked[at].end <= match.start():
            at += 1
        if at < len(masked) and masked[at].start < match.end():
            continue
        found.extend(_in_run(parsed, match, registry))
    return found


def _in_run(parsed: ParsedText, match: re.Match[str], registry: Registry) -> list[Mention]:
    found = []
    offset = match.start()
    for words, start, end in parts(match[0], registry.known.offices):
        mention = _mention(parsed, registry, words, Span(offset + start, offset + end))
        if mention:
            found.append(mention)
    return found


def _mention(parsed: ParsedText, registry: Registry, words: list[str], span: Span) -> Mention | None:
    kept = stripped(words, registry.known)
    titles = words[: len(words) - len(kept)]
    bare = [w.rstrip(".,'’") if not w.lower().startswith(("jr", "sr")) else w for w in kept]
    name = re.sub(r"['’]s?$", "", " ".join(bare))
    person = registry.full(name) if len(kept) > 1 else None
    if person is None:
        person = choose(registry, name.split(" ")[-1] if name else "", titles, parsed, span.start)
        if person is None or (len(kept) > 1 and not _is_part(name, person)):
            return None
    start = span.end - len(" ".join(kept)) if " ".join(words) == parsed.text[span.start : span.end] else span.start
    token = token_at(parsed, span.start + parsed.text[span.start : span.end].rfind(kept[-1]))
    if token is None:
        return None
    role = role_before(parsed, Span(span.start, start), registry.known) or role_after(parsed, span.end)
    if role and role not in person.roles:
        person.roles.append(role)
    subject = token
    while subject.dep in {"compound", "flat"} and subject.head > subject.i:
        subject = parsed.tokens[subject.head]
    return Mention(Span(start, span.end), token.i, person, subject.dep in SUBJECTS, role)


def _is_part(name: str, person: Person) -> bool:
    return all(w.lower() in person.name.lower() for w in name.split())


def choose(registry: Registry, word: str, titles: list[str], parsed: ParsedText, at: int) -> Person | None:
    """Return whom a surname or a given name alone stands for; None when two would fit."""
    bare = clean(word)
    if len(bare) < 2 or bare in registry.known.never:
        return None
    candidates = registry.by_surname(word) or registry.by_first(word)
    gender = registry.known.gender_of([clean(t) for t in titles])
    if gender:
        candidates = [p for p in candidates if p.gender in {gender, None}]
    if len(candidates) > 1:
        seen = [p for p in candidates if p.first_seen <= at]
        candidates = seen or candidates
    if len(candidates) > 1:
        candidates = sorted(candidates, key=lambda p: (-p.n_seen, p.first_seen))
        if candidates[0].n_seen < _CLEAR * candidates[1].n_seen:
            return None
    return candidates[0] if candidates else None


def role_before(parsed: ParsedText, titles: Span, known: NameWords) -> str | None:
    """Return the office written before a name: "UK Prime Minister", "campaign spokesman"."""
    text = parsed.text
    line = text.rfind("\n", 0, titles.start) + 1
    words = text[max(line, titles.start - 80) : titles.start].split(" ")
    taken: list[str] = []
    for word in reversed(words[:-1] if words and words[-1] == "" else words):
        bare = clean(word)
        if not bare or (word[-1:] in ",.;:" and bare not in known.offices) or not word[:1].isalpha():
            break
        if (not taken and bare not in known.offices) or bare in _STOPS:
            break
        if len(taken) >= 5:
            break
        taken.insert(0, word)
    role = " ".join([*taken, *text[titles.start : titles.end].split()]).strip(" ,.")
    has_office = any(clean(w) in known.offices for w in role.split())
    return _ARTICLE.sub("", role) if has_office and clean(role) not in {"mr", "mrs", "ms", "miss"} else None


_STOPS = frozenset(
    [
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
        "said",
        "says",
        "told",
        "from",
        "to",
        "as",
        "when",
        "while",
        "the",
        "a",
        "an",
        "is",
        "was",
        "his",
        "her",
        "its",
        "their",
        "after",
        "before",
    ]
)


def role_after(parsed: ParsedText, end: int) -> str | None:
    """Return the apposition after a name: ", the foreign minister,"."""
    text = parsed.text
    if text[end : end + 1] != ",":
        return None
    start = end + 1
    stop = _ROLE_END.search(text, start, min(len(text), start + 160))
    role = text[start : stop.start() if stop else start].strip()
    if _AGE.match(role) and stop and stop[0] == ",":
        start = stop.end()
        stop = _ROLE_END.search(text, start, min(len(text), start + 160))
        role = text[start : stop.start() if stop else start].strip()
    words = role.split()
    if not 1 <= len(words) <= _MAX_ROLE:
        return None
    starts = words[0].lower()
    is_line = stop is not None and stop[0] == "\n"
    if starts in {"a", "an", "the", "who", "his", "her"} or is_line or starts in _ROLE_STARTS:
        return _ARTICLE.sub("", role) if starts != "who" else None
    return None


_ROLE_STARTS = frozenset(
    [
        "former",
        "president",
        "chairman",
        "chairwoman",
        "director",
        "head",
        "chief",
        "senior",
        "deputy",
        "minister",
        "spokesman",
        "spokeswoman",
        "professor",
        "executive",
        "author",
        "leader",
        "secretary",
        "co-founder",
        "founder",
        "editor",
        "special",
        "vice",
        "ambassador",
    ]
)
