"""What "the accusation", "the idea" or "this decision" takes up: the fuller phrase that an article gave before."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.extract.parsed import ParsedText, Token
from briefings.extract.phrase_heads import modifiers
from briefings.extract.reading import Reading

_POINTING = frozenset(("the", "this", "that", "these", "those", "such"))
_FULLER = frozenset(("prep", "acl", "relcl", "ccomp", "appos"))
_LOADED = frozenset(("compound", "poss", "amod", "nummod", "nmod"))
_CLAIMS = frozenset(("accusation", "claim", "allegation", "charge", "report", "remark", "comment", "statement"))
_PLANS = frozenset(
    ("idea", "proposal", "plan", "offer", "initiative", "suggestion", "demand", "call", "draft", "concept", "scheme")
)
_DEEDS = frozenset(("issue", "move", "decision", "step", "incident", "attack", "strike", "measure", "matter", "event"))
_FAMILIES = (_CLAIMS, _PLANS, _DEEDS)
_CLAIMING = frozenset(("accused", "accuses", "alleged", "claimed", "blamed", "suspects", "suspected"))
_REACH = 400  # tokens


def fuller(reading: Reading, head: int) -> int:
    """Return the head of the phrase that a bare back reference takes up, else the head itself."""
    parsed = reading.parsed
    if not _points_back(parsed, head):
        return head
    noun = _stem(parsed.tokens[head].lower)
    same = _before(parsed, head, frozenset((noun,)))
    if same is not None:
        return same
    kin = next((family for family in _FAMILIES if noun in family), frozenset())
    found = _before(parsed, head, kin)
    if found is None and noun in _CLAIMS:
        return next(_claims(reading, head), head)
    return head if found is None else found


def _points_back(parsed: ParsedText, head: int) -> bool:
    """Tell "the accusations" from "the accusations of fraud"."""
    children = [parsed.tokens[c] for c in parsed.tokens[head].children]
    is_bare = not any(c.dep in _FULLER | _LOADED for c in children)
    return is_bare and any(c.lower in _POINTING for c in children)


def _before(parsed: ParsedText, head: int, nouns: frozenset[str]) -> int | None:
    """Return the head of the nearest fuller phrase before a token that is one of the nouns."""
    places = range(head - 1, max(-1, head - _REACH), -1)
    alike = (parsed.tokens[j] for j in places if _stem(parsed.tokens[j].lower) in nouns)
    return next((t.i for t in alike if _is_full(parsed, t)), None)


def _is_full(parsed: ParsedText, token: Token) -> bool:
    if token.is_quote or not token.text[:1].isalpha():
        return False
    has_more = any(parsed.tokens[c].dep in _FULLER for c in token.children)
    return token.dep not in _LOADED and (has_more or len(modifiers(parsed, token.i)) > 2)


def _claims(reading: Reading, head: int) -> Iterator[int]:
    """Yield the verbs by which others claimed something: "accused X of ..."."""
    watched = reading.context.rules.watched
    for j in range(head - 1, max(-1, head - _REACH), -1):
        if reading.parsed.tokens[j].lower in _CLAIMING:
            subject = reading.subject_of(j)
            party = reading.party_of(subject) if subject is not None else None
            if party is None or not party.actors & watched:
                yield j


def _stem(word: str) -> str:
    return word.removesuffix("s")
