"""How far a matter has moved: still open, narrowed, or settled."""

from __future__ import annotations

from briefings.extract.issue_cues import OpenCue
from briefings.extract.phrases import Cue
from briefings.extract.reading import Reading
from briefings.extract.units import Unit
from briefings.model import IssueStatus, Span

_DENIERS = frozenset(
    (
        "no",
        "not",
        "little",
        "without",
        "lack",
        "scant",
        "any",
        "never",
        "hardly",
        "few",
        "limited",
        "slow",
        "if",
        "n't",
        "yet",
        "fail",
        "failed",
        "minimal",
    )
)
_UNREAL = frozenset(("may", "might", "could", "would", "should", "will", "'ll", "to"))
_CLAUSES = frozenset(("ROOT", "conj", "ccomp", "relcl", "parataxis"))


def status_of(unit: Unit, plain: Span, cue: Cue) -> IssueStatus:
    """Return `narrowed` when the sentence also reports movement that nothing takes back, else `open`."""
    for other in unit.cues:
        if (
            other.group == "issue_movement"
            and plain.start <= other.start < plain.end
            and not _is_taken_back(unit, plain, other, cue)
        ):
            return "narrowed"
    return "open"


def _is_taken_back(unit: Unit, plain: Span, movement: Cue, cue: Cue) -> bool:
    """Tell "no progress": the movement lies in the open cue itself."""
    overlaps = [
        c
        for c in unit.cues
        if c.group.startswith(("issue_no_agreement", "silence")) and c.start < movement.end and movement.start < c.end
    ]
    return bool(overlaps)


def settled_cue(reading: Reading, unit: Unit) -> OpenCue | None:
    """Return the cue by which a sentence says that a matter is agreed or decided, nothing denied or only planned."""
    tokens = unit.tokens(reading.parsed)
    for cue in unit.cues:
        if cue.group != "issue_settled":
            continue
        words = [t for t in tokens if cue.start <= t.start < cue.end and not t.is_quote]
        numbers = {t.i for t in words}
        top = next((t for t in words if t.head not in numbers or t.head == t.i), None)
        if top is None or top.dep not in _CLAUSES:
            continue
        helpers = {
            reading.parsed.tokens[c].lower
            for c in top.children
            if reading.parsed.tokens[c].dep in {"aux", "neg", "advmod", "mark"}
        }
        if not helpers & (_UNREAL | _DENIERS):
            return OpenCue(cue, "settled", False, top.i)
    return None
