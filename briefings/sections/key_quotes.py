"""The key quotes: at most five, best first, no two alike, not all from one side."""

from __future__ import annotations

from collections import Counter

from briefings.document import Block, Heading, Inline, Item, Line, Paragraph, Text, Verbatim
from briefings.model import Development, Evidence, Span, StoredQuotation
from briefings.sections.alike import differing, groups_of, likeness, n_outlets
from briefings.sections.base import BriefingInput, SectionBlocks
from briefings.sections.lines import SEPARATOR, capped, headline_of, source_of
from briefings.sections.salience import MARKED, Scored, scored
from briefings.sections.wording import count, short

SHOWN = 5
LISTED = 20  # further quotations in the thread
ALIKE = 0.5  # share of common words from which two statements say the same
SAME_SPEAKER, SAME_SIDE = 2.5, 0.7  # points lost for each one already chosen
CLAUSE = 320  # characters of a clause shown around a mixed quotation
OWN_WORDS = 5  # marked words that can stand alone
WORTH = 1.5  # points below which a quotation is not shown only to fill a place
WORDINGS = 2  # differing wordings shown below a quotation
_OPENING, _CLOSING = '"“„«', '"”»'


def _quote_words(stored: StoredQuotation) -> Verbatim:
    """Return a direct quotation between our marks, or as it stands when words of the outlet break into it."""
    text, span = stored.article.text, stored.quotation.content
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in _OPENING):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _CLOSING + ",;"):
        end -= 1
    if any(mark in text[start:end] for mark in _OPENING + _CLOSING):
        return _as_it_stands(stored, span.start)
    return Verbatim(text[start:end], _evidence(stored, Span(start, end)))


def _as_it_stands(stored: StoredQuotation, start: int) -> Verbatim:
    """Return the words from `start` to the end of the content, the article's own marks around them taken in."""
    text, end = stored.article.text, stored.quotation.content.end
    start -= start > 0 and text[start - 1] in _OPENING
    end += end < len(text) and text[end] in _CLOSING
    return Verbatim(text[start:end], _evidence(stored, Span(start, end)), in_marks=False)


def _evidence(stored: StoredQuotation, span: Span) -> Evidence:
    return Evidence(article=stored.article.id, revision=stored.article.revision, span=span)


def _clause(stored: StoredQuotation) -> Verbatim:
    """Return a mixed quotation as the article has it, from the speaker's name on, with the article's own marks."""
    text, quotation = stored.article.text, stored.quotation
    content = quotation.content
    beside = [content, *([quotation.cue] if quotation.cue else [])]
    beside += [quotation.speaker.mention] if quotation.speaker else []
    start = min(s.start for s in beside)
    has_no_beginning = start == content.start and text[start : start + 1].islower()
    if has_no_beginning or "\n" in text[start : content.start] or content.end - start > CLAUSE:
        return _own_words(stored)
    return _as_it_stands(stored, start)


def _own_words(stored: StoredQuotation) -> Verbatim:
    """Return the longest marked stretch of a mixed quotation, or all of it when that is only a few words."""
    text, content = stored.article.text, stored.quotation.content
    marked = [Span(*m.span("words")) for m in MARKED.finditer(text, max(0, content.start - 1), content.end + 1)]
    longest = max(marked, key=lambda s: s.end - s.start, default=Span(0, 0))
    if len(longest.cut(text).split()) < OWN_WORDS:
        return _as_it_stands(stored, content.start)
    return Verbatim(longest.cut(text), _evidence(stored, longest))


def words_shown(stored: StoredQuotation) -> Verbatim:
    """Return what is shown of a quotation; only the speaker's own words are ever in quotation marks."""
    return _quote_words(stored) if stored.quotation.kind == "direct" else _clause(stored)


def _said_by(stored: StoredQuotation) -> Line:
    speaker = stored.quotation.speaker
    if speaker is None:
        return (Text("Speaker not named", "strong"),)
    name = speaker.name or speaker.mention.cut(stored.article.text)
    role = (Text(f", {short(speaker.role, 90)}"),) if speaker.role else ()
    return (Text(short(name, 80), "strong"), *role)


def _occasion(stored: StoredQuotation, given: BriefingInput, common: int) -> Line:
    development = given.development_of(stored.article.id)
    if development is None or development.id == common:
        return ()
    return (Text(f"On: {headline_of(development, 90)} (D-{development.id})", "muted"),)


def _wording(other: StoredQuotation) -> Line:
    publisher, *when = source_of(other.article)
    return (publisher, Text(" words it: ", "emphasis"), words_shown(other), *when)


def quote_item(group: tuple[StoredQuotation, ...], given: BriefingInput, *, common: int = 0) -> Item:
    """Return one statement: its words, who said it, where, when, on what occasion, and other wordings of it.

    `common` is the development that needs no mention because most quotes are about it.
    """
    best = group[0]
    n = n_outlets(group)
    outlets: tuple[Inline, ...] = (SEPARATOR, Text(f"in {count(n, 'outlet')}")) if n > 1 else ()
    below: list[Line] = [(*_said_by(best), SEPARATOR, *source_of(best.article, "date"), *outlets)]
    if occasion := _occasion(best, given, common):
        below.append(occasion)
    below.extend(_wording(other) for other in differing(group)[:WORDINGS])
    return Item(f"Q-{best.id}", (words_shown(best),), tuple(below))


def _side(found: Scored) -> str:
    speaker = found.stored.quotation.speaker
    return (speaker.actor if speaker else None) or f"q{found.stored.id}"


def _key(found: Scored) -> str:
    speaker = found.stored.quotation.speaker
    return (speaker.person or speaker.name or "") if speaker else ""


def choose(candidates: tuple[Scored, ...], limit: int = SHOWN) -> tuple[Scored, ...]:
    """Pick the best, each pick making the same speaker, the same side and the same words less likely."""
    chosen: list[Scored] = []
    left = list(candidates)
    while left and len(chosen) < limit:
        speakers, sides = Counter(map(_key, chosen)), Counter(map(_side, chosen))
        unheard = [c for c in left if _side(c) not in sides] if len(sides) == 1 else []

        def worth(c: Scored, speakers: Counter[str] = speakers, sides: Counter[str] = sides) -> tuple[float, int]:
            return (c.points - SAME_SPEAKER * speakers[_key(c)] - SAME_SIDE * sides[_side(c)], -c.stored.id)

        best = max(left, key=worth)
        is_last_place = len(chosen) == limit - 1 or worth(best)[0] < WORTH
        if is_last_place and unheard:
            best = max(unheard, key=worth)
        elif worth(best)[0] < WORTH:
            break
        chosen.append(best)
        left = [c for c in left if c is not best and likeness(c.words, best.words) < ALIKE]
    return tuple(chosen)


def _common(chosen: tuple[Scored, ...], given: BriefingInput) -> Development | None:
    """Return the development that two or more of the quotes are about, named once above them."""
    about = [d for d in (given.development_of(c.stored.article.id) for c in chosen) if d]
    n, best = max(((sum(d.id == x.id for d in about), x) for x in about), key=lambda p: p[0], default=(0, None))
    return best if n >= 2 else None


def key_quotes(given: BriefingInput) -> SectionBlocks:
    """Show the statements that matter most."""
    found = scored(given)
    groups = {g[0].id: g for g in groups_of(s.stored for s in found)}
    leaders = tuple(s for s in found if s.stored.id in groups)
    fresh = tuple(s for s in leaders if not s.is_repeat)
    chosen = choose(fresh)
    heading = Heading("Key quotes")
    if not chosen:
        words = "Only repeats of earlier statements in this window." if leaders else "No quotation in this window."
        return SectionBlocks(blocks=(heading, Paragraph((Text(words),))), is_empty=True)
    common = _common(chosen, given)
    blocks: list[Block] = [heading]
    if common:
        is_on_all = all(given.development_of(c.stored.article.id) == common for c in chosen)
        words = f"On: {headline_of(common, 90)} (D-{common.id})" + ("." if is_on_all else ", unless said otherwise.")
        blocks.append(Paragraph((Text(words),), is_context=True))
    common_id = common.id if common else 0
    blocks += [quote_item(groups[c.stored.id], given, common=common_id) for c in chosen]
    taken = {c.stored.id for c in chosen}
    others = [quote_item(g, given) for i, g in groups.items() if i not in taken]
    detail: tuple[Block, ...] = (Heading("More quotes"), *capped(others, LISTED)) if others else ()
    return SectionBlocks(blocks=tuple(blocks), detail=detail)
