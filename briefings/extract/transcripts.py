"""Words without marks that the layout gives to somebody: turns of a transcript, a block after "she wrote:"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from briefings.extract.contents import Attribution
from briefings.extract.cues import Cues
from briefings.extract.mentions import token_at
from briefings.extract.parsed import Paragraph, ParsedText
from briefings.extract.runs import reporting
from briefings.extract.syntax import Source
from briefings.model import Span

_LABEL = re.compile(
    r"(?:"
    r"(?:[A-Z][A-Z.'’-]+|Mr\.?|Ms\.?|Mrs\.?|Dr\.?)(?: [A-Z][A-Z.'’-]+){0,4}"  # MINISTER DOE
    r"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"  # Jane Doe, Doe
    r"|The [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?|Q|A"
    r")(?: \([^()]{1,60}\))?:[ \u00a0]"
)
_MIN_TURNS = 3
_HEADINGS = frozenset(  # single words before a colon that name nobody
    (
        *("Photo", "Photos", "Picture", "Image", "Video", "Read", "Related", "Source", "Sources", "Updated", "Update"),
        *("Watch", "Correction", "Listen", "Credit", "Copyright", "Contact", "More", "Tags", "Topics", "Published"),
        *("Time", "Location", "Caption", "Analysis", "Live", "Breaking", "Summary", "Result", "Score", "Price", "Note"),
        *("Phone", "Email", "Website", "Background", "Context", "Why", "What", "Where", "When", "How", "Who", "Date"),
    )
)
_MIN_WORDS = 2
_MIN_BLOCK = 6


def find_turns(parsed: ParsedText) -> Iterator[Attribution]:
    """Yield the turns of a transcript; an article with fewer than three labelled paragraphs is none.

    The words are not in marks, so a turn is no direct quotation.
    A label must come back or be written in capitals, so that "Read more:" and "Photo:" are no speakers.
    """
    labelled = [(p, m) for p in parsed.paragraphs if (m := _LABEL.match(parsed.text, p.span.start, p.span.end))]
    labelled = [(p, m) for p, m in labelled if m[0].split(":")[0] not in _HEADINGS]
    times = Counter(m[0] for _, m in labelled)
    turns = [(p, m) for p, m in labelled if times[m[0]] > 1 or m[0].split("(")[0].isupper()]
    if len(turns) < _MIN_TURNS or len({m[0] for _, m in turns}) < 2:
        return
    if 2 * len(turns) >= len(parsed.paragraphs):
        turns = labelled  # a transcript throughout: who speaks once is a speaker too
    for paragraph, match in turns:
        turn = _turn(parsed, paragraph, match)
        if turn is not None:
            yield turn


def _turn(parsed: ParsedText, paragraph: Paragraph, match: re.Match[str]) -> Attribution | None:
    content = Span(match.end(), paragraph.span.end)
    if len(content.cut(parsed.text).split()) < _MIN_WORDS:
        return None
    end = match.start() + len(match[0].split("(")[0].rstrip(" :\u00a0"))
    token = token_at(parsed, end - 1)
    source = Source(token.i if token else -1, Span(match.start(), end))
    return Attribution((content,), None, source, "turn")


def find_blocks(parsed: ParsedText, cues: Cues) -> Iterator[Attribution]:
    """Yield paragraphs without marks that follow one that ends in "X wrote:"."""
    for paragraph, block in pairwise(parsed.paragraphs):
        text = parsed.text
        if text[paragraph.span.end - 1] != ":" or block.stretches or not paragraph.sentences:
            continue
        source = reporting(parsed, parsed.sentences[paragraph.sentences.stop - 1], cues)
        if (
            source is not None
            and len(block.span.cut(text).split()) >= _MIN_BLOCK
            and text[block.span.end - 1] in ".!?…"
        ):
            yield Attribution((block.span,), None, source, "block")
