"""Where the people of an article are mentioned outside quotations, with the office that stands beside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from briefings.extract.name_words import clean, stripped
from briefings.extract.names import RUN, Person, Registry, parts
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.roles import role_of
from briefings.extract.syntax import SUBJECTS, phrase
from briefings.model import Span

_MAX_CLIMB = 6
_PREPOSITION = re.compile(r" (?:of|to|for|at|in) ")
_CLEAR = 1.5  # times that one of a surname must be named more often than the next, to be meant by it alone


@dataclass(slots=True)
class Mention:
    """A person's name, or a word for somebody, in the text; `token` is its last word.

    `person` is None for somebody whom the article does not name: "a spokeswoman".
    """

    span: Span
    token: int
    person: Person | None
    is_subject: bool
    role: str | None = None
    is_speaker: bool = False
    gender: str | None = None  # of somebody without a name


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
        for words, start, end in parts(match[0]):
            mention = _mention(parsed, registry, words, Span(match.start() + start, match.start() + end))
            if mention:
                found.append(mention)
    return found


def _mention(parsed: ParsedText, registry: Registry, words: list[str], span: Span) -> Mention | None:
    kept = stripped(words, registry.known)
    titles = words[: len(words) - len(kept)]
    name = registry.bare(kept)
    person = registry.full(name) if len(kept) > 1 else None
    if person is None:
        person = _choose(registry, name.split(" ")[-1] if name else "", titles, span.start)
        if person is None or (len(kept) > 1 and not _is_part(name, person)):
            return None
    person.n_short += len(kept) == 1
    person.gender = person.gender or registry.known.gender_of([clean(t) for t in titles])
    token = token_at(parsed, span.start + parsed.text[span.start : span.end].rfind(kept[-1]))
    if token is None:
        return None
    start = span.start + max(0, parsed.text[span.start : span.end].find(kept[0]))
    end = start + parsed.text[start : span.end].rfind(kept[-1]) + len(kept[-1].rstrip(",.'’"))
    top = _top(parsed, token)
    left = parsed.tokens[phrase(parsed, top)[0]].start
    role = role_of(parsed.text, span.start, Span(start, end), registry.known, left)
    if role and clean(role.split()[-1]) == "counterpart":
        person.ties.append(role)
        role = None
    if role and role not in person.roles:
        person.roles.append(role)
    return Mention(Span(start, span.end), token.i, person, _is_subject(parsed, token, top, role), role)


def _top(parsed: ParsedText, token: Token) -> Token:
    """Return the head of the noun phrase that a name stands in: of "envoy Jane Doe" either word by the parse."""
    top = token
    for _ in range(_MAX_CLIMB):
        is_close = top.dep in {"compound", "flat", "nmod"} or (top.dep == "appos" and _is_beside(parsed, top, token))
        if not is_close or top.head == top.i:
            break
        top = parsed.tokens[top.head]
    return top


def _is_beside(parsed: ParsedText, top: Token, name: Token) -> bool:
    """Tell an apposition without a comma: "spokesman Jane Doe"."""
    between = parsed.text[parsed.tokens[top.head].end : name.start]
    return top.head < top.i and "," not in between


def _is_subject(parsed: ParsedText, token: Token, top: Token, role: str | None) -> bool:
    """Tell a name that acts; also one that the parse hangs under "envoy to the port", right before the verb."""
    if top.dep in SUBJECTS:
        return True
    if top.dep == "pobj" and not (role and _PREPOSITION.search(role)):
        return False
    above = top
    for _ in range(_MAX_CLIMB):
        if above.dep not in {"appos", "pobj", "prep", "nmod", "compound"} or above.head >= above.i:
            return False
        above = parsed.tokens[above.head]
        if above.dep in SUBJECTS:
            verb = above.head
            following = parsed.tokens[token.i + 1 : token.i + 3]
            return any(t.i == verb or (t.head == verb and t.dep in {"aux", "auxpass", "neg"}) for t in following)
    return False


def _is_part(name: str, person: Person) -> bool:
    return all(w.lower() in person.name.lower() for w in name.split())


def _weight(person: Person) -> int:
    return person.n_seen + 2 * person.n_short


def _of_office(registry: Registry, candidates: list[Person], titles: list[str]) -> list[Person]:
    """Return those who hold the office before a shared surname: "Senator Roe"."""
    known = registry.known
    asked = {known.in_full(w) for t in titles if known.is_human(w := clean(t)) or w in known.long}
    held = {
        p.name: {
            known.in_full(clean(w)) for r in (*p.roles, *registry.index.titles_on(p.spec, None)) for w in r.split()
        }
        for p in candidates
    }
    return [p for p in candidates if asked & held[p.name]]


def _choose(registry: Registry, word: str, titles: list[str], at: int) -> Person | None:
    """Return whom a surname or a given name alone stands for; None when two would fit."""
    bare = clean(word)
    if len(bare) < 2 or bare in registry.known.never:
        return None
    candidates = registry.by_surname(word) or registry.by_first(word)
    gender = registry.known.gender_of([clean(t) for t in titles])
    if gender:
        candidates = [p for p in candidates if p.gender == gender] or [p for p in candidates if p.gender is None]
    if len(candidates) > 1:
        candidates = _of_office(registry, candidates, titles) or candidates
    if len(candidates) > 1:
        candidates = [p for p in candidates if p.first_seen <= at] or candidates
    if len(candidates) > 1:
        first, second = sorted(candidates, key=lambda p: (-_weight(p), p.first_seen))[:2]
        return first if _weight(first) >= _CLEAR * _weight(second) else None
    return candidates[0] if candidates else None
