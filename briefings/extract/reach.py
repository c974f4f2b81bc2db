"""How far a quotation reaches beyond its marks, when the sentence quotes a part of what was said."""

from __future__ import annotations

from briefings.extract.cues import Cues
from briefings.extract.labels import Found
from briefings.extract.mentions import token_at
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.syntax import tidy
from briefings.model import Span

_GOES_ON = frozenset(
    ("because", "if", "unless", "of", "about", "that", "for", "to", "against", "than", "and", "but", "or", "on", "as")
)
_CLAUSE_STARTS = frozenset(("that", "because", "if", "when", "while", "unless", "although", "since", "whether", "what"))
_OPENINGS = _CLAUSE_STARTS | {"the", "these", "those", "this", "such", "until", "even", "as", "without"}
_TIMES = frozenset(
    (
        "day",
        "days",
        "night",
        "morning",
        "evening",
        "week",
        "month",
        "year",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
    )
)
_MAX_PREFIX = 30


def reach(parsed: ParsedText, edges: tuple[Token, Token], found: Found, cues: Cues) -> Span:
    """Return the words that the quotation is part of: "we lost" the vote, she said.

    Args:
        parsed: the article.
        edges: the first and the last token of the stretch.
        found: who said it; only rules that know the cue's place reach further.
        cues: the verbs of saying.
    """
    inner = parsed.stretches[edges[0].stretch].inner
    if found.cue is None or found.source is None:
        return inner
    if found.rule == "after":
        first, last = _prefix(parsed, edges, cues), _until_cue(parsed, edges, found)
    elif found.rule == "before":
        first, last = _after_cue(parsed, edges, found), _suffix(parsed, edges, cues)
    else:
        return inner
    if first == edges[0].i and last == edges[1].i:
        return inner
    span = tidy(parsed, list(range(first, last + 1)))
    if span is None or span.start > inner.start or span.end < inner.end:
        return inner
    start = inner.start if first == edges[0].i else span.start
    return Span(start, inner.end if last == edges[1].i else span.end)


def _prefix(parsed: ParsedText, edges: tuple[Token, Token], cues: Cues) -> int:
    """Return the first token of the sentence, unless somebody is named as a speaker before the quotation."""
    start = parsed.sentences[edges[0].sentence].first
    before = parsed.tokens[start : edges[0].i]
    words = [t for t in before if t.text[:1].isalnum()]
    if len(words) < 2 or len(words) > _MAX_PREFIX or any(t.is_quote or t.lower in cues.speech for t in before):
        return edges[0].i
    return start


def _after_cue(parsed: ParsedText, edges: tuple[Token, Token], found: Found) -> int:
    """Return the first token of a reported clause that the quotation ends: he said that if it rained "we will go"."""
    assert found.cue is not None  # noqa: S101 - checked by the caller
    cue = token_at(parsed, found.cue.start)
    if cue is None or not 2 < edges[0].i - cue.i <= _MAX_PREFIX:
        return edges[0].i
    between = parsed.tokens[cue.i + 1 : edges[0].i]
    if between[0].lower not in _CLAUSE_STARTS or any(t.is_quote for t in between):
        return edges[0].i
    return between[0].i


def _until_cue(parsed: ParsedText, edges: tuple[Token, Token], found: Found) -> int:
    """Return the last token before the clause that names the speaker."""
    assert found.source is not None and found.cue is not None  # noqa: S101, PT018 - checked by the caller
    starts = [token_at(parsed, s.start) for s in (found.source.span, found.cue)]
    cut = min((t.i for t in starts if t is not None), default=edges[1].i + 1)
    last = cut - 1
    while last > edges[1].i and not parsed.tokens[last].text[-1:].isalnum():
        last -= 1
    return max(last, edges[1].i)


def _suffix(parsed: ParsedText, edges: tuple[Token, Token], cues: Cues) -> int:
    """Return the last token of a sentence that goes on without a comma."""
    end = parsed.sentences[edges[1].sentence].last
    rest = parsed.tokens[edges[1].i + 1 : end]
    if not rest or rest[0].lower not in _GOES_ON:
        return edges[1].i
    last = edges[1].i
    for token in rest:
        if token.text in {",", ";", ":", "—", "–", "-"} or token.lower in cues.speech:
            break
        last = token.i
    return last


def opening(parsed: ParsedText, edges: tuple[Token, Token], found: Found, cues: Cues) -> Span | None:
    """Return the part of a sentence before an aside and the quotation: if it rained, he said, "we would go"."""
    if found.rule != "before" or found.cue is None or found.source is None:
        return None
    start = parsed.sentences[edges[0].sentence].first
    source, cue = token_at(parsed, found.source.span.start), token_at(parsed, found.cue.start)
    if source is None or cue is None or not start + 2 < source.i < cue.i < edges[0].i or edges[0].i > cue.i + 2:
        return None
    before = parsed.tokens[start : source.i]
    has_other = any(t.is_quote or t.lower in cues.speech for t in before)
    is_time = any(t.lower in _TIMES for t in before[:4])
    if before[-1].text != "," or before[0].lower not in _OPENINGS or has_other or is_time:
        return None
    return tidy(parsed, [t.i for t in before])
