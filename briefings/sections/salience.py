"""How much a quotation matters to a reader: who speaks, about what, substance over courtesy, new over repeated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from briefings.model import StoredQuotation
from briefings.sections.alike import COMPARED, content_words, is_same, likeness, speaker_key, words_of
from briefings.sections.base import BriefingInput
from briefings.sections.bottom_line import top_development
from config.catalogue import PersonSpec, Rank

RANK_POINTS: Mapping[Rank, float] = {"head": 3.0, "ministry": 2.4, "spokesman": 2.0, "lower": 1.4}
_ROLES: tuple[tuple[float, re.Pattern[str]], ...] = (
    (1.0, re.compile(r"\b(?:former|ex|deputy|vice|adviser|advisor|aide|analyst|professor|resident)\b", re.I)),
    (
        2.6,
        re.compile(r"\b(?:president|premier|prime minister|chancellor|king|queen|secretary[- ]general)\b", re.I),
    ),
    (2.2, re.compile(r"\b(?:minister|secretary|commissioner|envoy|negotiator|ambassador|chief|head)\b", re.I)),
    (1.8, re.compile(r"\b(?:spokes\w+|general|governor|mayor|senator|speaker)\b", re.I)),
)
NAMED, UNNAMED = 1.0, 0.4
_COURTESY = re.compile(
    r"\b(?:thank\w*|grateful|gratitude|congratulat\w+|pleased|delighted|hono[u]?red|privilege|condolences?|welcom\w+"
    r"|appreciat\w+|look(?:ing)? forward|warm\w*|friend(?:ship)?s?|(?:great|wonderful|excellent|productive) "
    r"(?:talk|meeting|conversation|discussion|call)s?)\b",
    re.I,
)
_SUBSTANCE = re.compile(
    r"\b(?:will|won['’]t|shall|must|cannot|can['’]t|never|not|no|only|unless|until|if|agree\w*|accept\w*|reject\w*"
    r"|refus\w+|demand\w*|condition\w*|ready|guarantee\w*|require\w*|withdraw\w*|ceasefire|truce|deadline|violat\w+"
    r"|respon[ds]\w*|target\w*|sanction\w*|deal|plan|deploy\w*|attack\w*|\d[\d,.]*)\b",
    re.I,
)
MARKED = re.compile(r"[\"“„«](?P<words>[^\"“”„«»]+)[\"”»]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A quotation with its points and the words it is compared by."""

    stored: StoredQuotation
    points: float
    words: frozenset[str]
    is_repeat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What is looked up for every quotation of one briefing."""

    people: Mapping[str, PersonSpec]
    top_articles: frozenset[int]
    issue_words: frozenset[str]
    earlier: Mapping[str, tuple[frozenset[str], ...]]
    watched: str


def _context_of(given: BriefingInput) -> _Context:
    top = top_development(given)
    earlier: dict[str, dict[frozenset[str], None]] = {}
    for stored in sorted(given.earlier_quotations, key=lambda q: -q.id):
        earlier.setdefault(speaker_key(stored), {}).setdefault(frozenset(content_words(stored)))
    labels = " ".join(i.label for i in given.issues if i.status != "resolved")
    return _Context(
        people={p.id: p for a in (given.actor, *given.actors.values()) for p in a.people},
        top_articles=frozenset(a.id for a in top.articles) if top else frozenset(),
        issue_words=frozenset(w for w in words_of(labels) if len(w) > 4),
        earlier={speaker: tuple(words)[:COMPARED] for speaker, words in earlier.items()},
        watched=given.actor.id,
    )


def marked_words(text: str) -> int:
    """Return how many words of a text stand in quotation marks of its own."""
    return sum(len(words_of(m["words"])) for m in MARKED.finditer(text))


def is_candidate(stored: StoredQuotation) -> bool:
    """Tell whether a quotation may be shown: somebody says it, and enough of it is in the speaker's own words."""
    quotation, speaker = stored.quotation, stored.quotation.speaker
    if speaker is None or quotation.kind == "indirect" or stored.article.published is None:
        return False
    mention = speaker.mention.cut(stored.article.text)
    if not speaker.name and not any(w[:1].isupper() for w in mention.split()[1:] or [mention]):
        return False  # a pronoun or "an official": nobody a reader could name
    n_words = len(content_words(stored))
    if quotation.kind == "direct":
        return n_words >= 4
    marked = marked_words(stored.article.text[max(0, quotation.content.start - 1) : quotation.content.end + 1])
    return marked >= 2


def _who(stored: StoredQuotation, context: _Context) -> float:
    speaker = stored.quotation.speaker
    if speaker is None:
        return 0.0
    person = context.people.get(speaker.person or "")
    role = person.role_on(stored.article.published.date()) if person and stored.article.published else None
    stated = next((p for p, pattern in _ROLES if pattern.search(speaker.role or "")), 0.0)
    known = RANK_POINTS[role.rank] if role else (1.5 if person else 0.0)
    named = NAMED if speaker.name else UNNAMED
    return max(known, stated, named) + (0.5 if speaker.actor == context.watched else 0.0)


def _substance(text: str, context: _Context) -> float:
    words = set(words_of(text))
    strong = min(4, len(_SUBSTANCE.findall(text))) * 0.3
    on_issue = min(2, len(words & context.issue_words)) * 0.5
    courtesy = min(2, len(_COURTESY.findall(text))) * 1.1
    return strong + on_issue - courtesy


def _length(n_words: int) -> float:
    """Prefer what can be read at a glance; a speech of over 90 words is for the thread."""
    steps = ((6, -1.2), (8, -0.3), (46, 0.8), (61, 0.2), (91, -0.6))
    return next((points for below, points in steps if n_words < below), -2.5)


def _score(stored: StoredQuotation, context: _Context) -> Scored:
    """Return a quotation with its points."""
    text = stored.quotation.content.cut(stored.article.text)
    words = content_words(stored)
    own = frozenset(words)
    is_repeat = any(is_same(own, e) or likeness(own, e) >= 0.5 for e in context.earlier.get(speaker_key(stored), ()))
    about = 1.5 if stored.article.id in context.top_articles else 0.3
    direct = 1.0 if stored.quotation.kind == "direct" else 0.0
    points = _who(stored, context) + _substance(text, context) + _length(len(words)) + about + direct
    return Scored(stored=stored, points=points - (2.5 if is_repeat else 0.0), words=own, is_repeat=is_repeat)


def scored(given: BriefingInput) -> tuple[Scored, ...]:
    """Return the quotations of the window that may be shown, best first."""
    context = _context_of(given)
    found = (_score(q, context) for q in given.quotations if is_candidate(q))
    return tuple(sorted(found, key=lambda s: (-s.points, s.stored.id)))
