"""Counts of right and wrong quotations: direct quotes with their speaker, all attributions, full names, roles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from briefings.model import Span
from tests.eval.quotes_marks import bare, lines, stretches
from tests.eval.quotes_speakers import Given, is_right_name, is_right_role, is_right_speaker, kind_of_source
from tests.eval.quotes_texts import Attribution, LabelledArticle

SAME_DIRECT = 0.8  # overlap (intersection over union) of two spans of one direct quotation
SAME_CONTENT = 0.5  # and of one attribution of any kind
WHOLE = 0.8  # of a stretch in marks that an attribution must cover
SHORT_WORDS = 3  # fewer words in marks inside a longer content are neither asked for nor held against anybody

Counts = Counter[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation that was found: what is scored of it."""

    content: Span
    is_direct: bool
    speaker: Given | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """One disagreement, for reading."""

    what: str
    span: Span
    labelled: str
    found: str


@dataclass(slots=True)
class Scored:
    """Counts of one article, and the disagreements behind them."""

    counts: Counts = field(default_factory=Counter)
    wrong: list[Wrong] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Asked:
    span: Span
    by: tuple[Attribution, ...]  # any of them is right: "X said that Y called it '...'"


def score(article: LabelledArticle, found: Sequence[Found]) -> Scored:
    """Compare what was found in an article with its labels."""
    scored = Scored()
    _score_direct(article, found, scored)
    _score_all(article, found, scored)
    return scored


def overlap(one: Span, other: Span) -> float:
    """Return intersection over union."""
    shared = _shared(one, other)
    return shared / (one.end - one.start + other.end - other.start - shared) if shared else 0.0


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _covered(span: Span, by: Iterable[Span]) -> int:
    """Return how many characters of a span other spans cover together."""
    total, edge = 0, span.start
    for other in sorted(by):
        start, end = max(edge, other.start), min(span.end, other.end)
        if end > start:
            total, edge = total + end - start, end
    return total


def _matched(pairs: Iterable[tuple[float, int, int]]) -> dict[int, int]:
    """Pair labels with findings one to one, the best overlaps first."""
    taken: set[int] = set()
    match: dict[int, int] = {}
    for _, label, finding in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if label not in match and finding not in taken:
            match[label] = finding
            taken.add(finding)
    return match


# ---- direct quotes ---------------------------------------------------------------------------------------


def _asked(article: LabelledArticle, marked: Sequence[Span]) -> tuple[list[_Asked], list[Span]]:
    """Return the stretches to be found, and those that are not judged; all others are no quotations."""
    asked, unjudged = [], []
    for stretch in marked:
        by = [(sum(_shared(stretch, c) for c in a.content), a) for a in article.attributions]
        most = max((n for n, _ in by), default=0)
        whole = [a for n, a in by if n >= WHOLE * (stretch.end - stretch.start)]
        if whole and _is_judged(article.text, stretch, whole):
            asked.append(_Asked(stretch, tuple(whole)))
        elif most:
            unjudged.append(stretch)
    doubtful = (c for a in article.attributions if a.is_doubtful for c in a.content)
    return asked, [*unjudged, *(bare(article.text, c.start, c.end) for c in doubtful)]


def _is_judged(text: str, stretch: Span, whole: Sequence[Attribution]) -> bool:
    if any(a.is_doubtful or not a.source for a in whole):
        return False
    shortest = min(sum(c.end - c.start for c in a.content) for a in whole)
    if 2 * (stretch.end - stretch.start) >= shortest:
        return True
    words = stretch.cut(text).split()
    is_title = len(words) < 8 and all(w[0].isupper() or len(w) < 4 for w in words)
    return len(words) >= SHORT_WORDS and not is_title


def _direct_units(text: str, found: Sequence[Found], marked: Sequence[Span]) -> dict[Span, Given | None]:
    """Return stretches that what was found covers with one speaker, and direct findings that are no stretch."""
    voices: dict[object, list[int]] = defaultdict(list)
    for n, f in enumerate(found):
        voices[(f.speaker.mention, f.speaker.name) if f.speaker else None].append(n)
    units: dict[Span, Given | None] = {}
    used: set[int] = set()
    for stretch in marked:
        heard = []
        for members in voices.values():
            near = [n for n in members if _shared(found[n].content, stretch) and not _is_off(text, found[n], marked)]
            if _covered(stretch, (found[n].content for n in near)) >= WHOLE * (stretch.end - stretch.start):
                heard.append((min(found[n].content.end - found[n].content.start for n in near), near))
                used.update(near)
        if heard:
            units[stretch] = found[min(heard)[1][0]].speaker
    for n, f in enumerate(found):
        if n not in used and f.is_direct:
            units |= {piece: f.speaker for piece in lines(text, f.content) if piece not in units}
    return units


def _is_off(text: str, found: Found, marked: Sequence[Span]) -> bool:
    """Say whether a finding that is called direct lies outside the marks."""
    content = bare(text, found.content.start, found.content.end)
    return found.is_direct and _covered(content, marked) < WHOLE * (content.end - content.start)


def _score_direct(article: LabelledArticle, found: Sequence[Found], scored: Scored) -> None:
    marked = stretches(article.text, single=article.has_single_marks)
    asked, unjudged = _asked(article, marked)
    units = sorted(_direct_units(article.text, found, marked).items(), key=lambda u: u[0])
    pairs = [(overlap(a.span, u), i, j) for i, a in enumerate(asked) for j, (u, _) in enumerate(units)]
    match = _matched(p for p in pairs if p[0] >= SAME_DIRECT)
    counts = scored.counts
    for j, (unit, speaker) in enumerate(units):
        if j in match.values():
            continue
        if any(overlap(unit, u) >= SAME_CONTENT or _shared(unit, u) == unit.end - unit.start for u in unjudged):
            continue
        counts["direct_found"] += 1
        scored.wrong.append(Wrong("no quotation", unit, "", _said_by(article, speaker)))
    for i, label in enumerate(asked):
        counts["direct_asked"] += 1
        speaker = units[match[i]][1] if i in match else None
        counts["direct_found"] += i in match
        counts["direct_spans"] += i in match
        is_right = i in match and any(is_right_speaker(article.text, a, speaker) for a in label.by)
        counts["direct_right"] += is_right
        if not is_right:
            what = "wrong speaker" if i in match else "missed quote"
            scored.wrong.append(Wrong(what, label.span, _source(article, label.by[-1]), _said_by(article, speaker)))
    _score_names(article, asked, {i: units[j][1] for i, j in match.items()}, scored)


def _score_names(
    article: LabelledArticle, asked: Sequence[_Asked], match: dict[int, Given | None], scored: Scored
) -> None:
    """Count the first stretch of each labelled attribution whose source does not spell out the full name."""
    seen: set[int] = set()
    for i, label in enumerate(asked):
        attribution = min(label.by, key=lambda a: sum(c.end - c.start for c in a.content))
        who = attribution.who
        if who is None or id(attribution) in seen:
            continue
        seen.add(id(attribution))
        given = match.get(i)
        kind = kind_of_source(article.text, attribution)
        if kind != "full":
            is_right = i in match and is_right_name(who, given)
            for key in ("names", f"names_{kind}"):
                scored.counts[f"{key}_asked"] += 1
                scored.counts[f"{key}_right"] += is_right
            if not is_right:
                want = " / ".join(who.names) or "nobody"
                scored.wrong.append(Wrong("wrong name", label.span, want, given.name or "none" if given else "missed"))
        if who.role and i in match:
            is_right = is_right_role(who.role, given)
            scored.counts["roles_asked"] += 1
            scored.counts["roles_right"] += is_right
            if not is_right:
                scored.wrong.append(
                    Wrong("wrong role", label.span, who.role, given.role or "none" if given else "none")
                )


# ---- all attributions ------------------------------------------------------------------------------------


def _pieces(text: str, found: Sequence[Found]) -> list[tuple[Span, Given | None]]:
    """Return what was found, cut at line breaks, without pieces inside a longer one of the same speaker."""
    every = [(piece, f.speaker) for f in found for piece in lines(text, f.content)]
    every.sort(key=lambda p: (p[0].start, -p[0].end))
    kept: list[tuple[Span, Given | None]] = []
    for piece, speaker in every:
        if not any(k.end >= piece.end and s == speaker for k, s in kept):
            kept.append((piece, speaker))
    return kept


def _score_all(article: LabelledArticle, found: Sequence[Found], scored: Scored) -> None:
    text = article.text
    marked = stretches(text, single=article.has_single_marks)
    labels = [(piece, a) for a in article.attributions for c in a.content for piece in lines(text, c)]
    pieces = _pieces(text, found)
    pairs = [(overlap(s, p), i, j) for i, (s, _) in enumerate(labels) for j, (p, _) in enumerate(pieces)]
    pairs = [p for p in pairs if p[0] >= SAME_CONTENT]
    right = _matched(p for p in pairs if is_right_speaker(text, labels[p[1]][1], pieces[p[2]][1]))
    spans = _matched([(n + (right.get(i) == j), i, j) for n, i, j in pairs])
    doubtful = {i for i, (_, a) in enumerate(labels) if a.is_doubtful}
    speech = {i for i, (s, a) in enumerate(labels) if a.is_speech or _covered(s, marked) >= 0.9 * (s.end - s.start)}
    for name, wanted in (("all", set(range(len(labels)))), ("speech", speech)):
        asked = wanted - doubtful
        beside = {j for i, j in spans.items() if i not in asked}
        scored.counts[f"{name}_asked"] += len(asked)
        scored.counts[f"{name}_right"] += len(asked & right.keys())
        scored.counts[f"{name}_found"] += len(pieces) - len(beside)
    for i in sorted(set(range(len(labels))) - doubtful - right.keys()):
        span, a = labels[i]
        what = "wrong source" if i in spans else "missed " + ("speech" if i in speech else "thought")
        given = _said_by(article, pieces[spans[i]][1]) if i in spans else ""
        scored.wrong.append(Wrong(what, span, _source(article, a), given))
    for j in sorted(set(range(len(pieces))) - set(spans.values())):
        scored.wrong.append(Wrong("no attribution", pieces[j][0], "", _said_by(article, pieces[j][1])))


# ---- wording of disagreements ----------------------------------------------------------------------------


def _source(article: LabelledArticle, attribution: Attribution) -> str:
    return " … ".join(s.cut(article.text) for s in attribution.source) or "nobody"


def _said_by(article: LabelledArticle, speaker: Given | None) -> str:
    if speaker is None:
        return "nobody"
    return f"{speaker.mention.cut(article.text)} ({speaker.name})"
