"""Title and lead of an article in stretches: what it reports, and the background that it reminds of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LEAD_SENTENCES = 3
HEAD = 2400  # characters of a text in which its first sentences are looked for
LEAD_LIMIT = 1200  # characters: a longer "sentence" is a list or a caption
TITLE = 2.0
TITLE_PLACE = -1
SENTENCES = (1.0, 0.7, 0.5)
BACKGROUND = 0.35  # of the weight: "hours after the call", "amid a pause in deliveries"
_LEAST_SENTENCE = 30
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|vs)|\b[A-Z])\.$"
)
_TURN = re.compile(
    r"\b(?:(?:just|only|barely)\s+)?(?:(?:(?:an?|one|two|three|four|five|six|several|few|some|the|\d+)\s+)?(?:minutes?|hours?|days?|weeks?|months?|night|day)\s+)?"
    r"(?:after|amid|amidst|following|ahead of|despite|since)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^[A-Z][A-Z .,'’-]{2,40}(?:,\s*[A-Z][\w.]+(?:\s\d+)?)?\s*(?:\([^)]{2,25}\)\s*)?(?:[—–:-]+|--)\s+"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words with what they weigh; `is_main` is False for background."""

    text: str
    weight: float
    is_main: bool
    sentence: int  # its place in the lead, TITLE_PLACE for the title

    @property
    def is_title(self) -> bool:
        """Part of the title."""
        return self.sentence == TITLE_PLACE


def lead(text: str) -> str:
    """Return the first sentences of a text, headings and bylines (lines without a full stop) left out."""
    return " ".join(lead_sentences(text))


def lead_sentences(text: str) -> tuple[str, ...]:
    """Return the first sentences, without a dateline."""
    whole: list[str] = []
    loose: list[str] = []
    for sentence in _sentences(text[:HEAD]):
        is_whole = sentence.rstrip("\"'”’)")[-1:] in ".!?" and len(sentence) > _LEAST_SENTENCE
        (whole if is_whole else loose).append(_DATELINE.sub("", sentence)[:LEAD_LIMIT])
        if len(whole) == LEAD_SENTENCES:
            break
    return tuple((whole or loose)[:LEAD_SENTENCES])


def _sentences(text: str) -> Iterator[str]:
    held = ""
    for piece in _pieces(text):
        if not piece or not piece.strip():
            continue
        held = f"{held} {piece.strip()}" if held else piece.strip()
        if not _ABBREVIATED.search(held):
            yield held
            held = ""
    if held:
        yield held


def _pieces(text: str) -> Iterator[str]:
    """Split a text, no further than is asked for: the first sentences are all that is read of most."""
    at = 0
    for end in _SENTENCE.finditer(text):
        yield text[at : end.start()]
        at = end.end()
    yield text[at:]


def stretches(title: str, sentences: tuple[str, ...]) -> Iterator[Stretch]:
    """Yield the stretches of a title and a lead with their weights."""
    yield from _turns(title, TITLE, TITLE_PLACE)
    for place, (sentence, weight) in enumerate(zip(sentences, SENTENCES, strict=False)):
        yield from _turns(sentence, weight, place)


def _turns(sentence: str, weight: float, place: int) -> Iterator[Stretch]:
    """Split one sentence where it turns to the background: to its end, or to the first comma when it opens so."""
    turn = _TURN.search(sentence)
    if turn is None:
        yield Stretch(sentence, weight, True, place)
        return
    end = len(sentence)
    if turn.start() < 3:
        comma = sentence.find(",", turn.end())
        end = comma if comma > 0 else turn.start()
    main = (sentence[: turn.start()], sentence[end:])
    yield from (Stretch(part, weight, True, place) for part in main if part.strip(" ,"))
    if sentence[turn.start() : end]:
        yield Stretch(sentence[turn.start() : end], weight * BACKGROUND, False, place)
