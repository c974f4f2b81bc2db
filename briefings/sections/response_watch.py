"""The response watch: has the watched actor answered, development by development."""

from __future__ import annotations

from dataclasses import replace

from briefings.document import Block, Heading, Item, Line, Moment, Paragraph, Text
from briefings.model import FeedCheck, StoredResponse, WatchLine
from briefings.sections.base import BriefingInput, SectionBlocks
from briefings.sections.lines import capped, headline_of, in_brackets, sentence_of, source_of
from briefings.sections.watch_order import current, listed
from briefings.sections.watch_words import said_of, speaker_of, tone_of
from briefings.sections.wording import RANKS, capital_of, listing, watch_title
from briefings.stories.ranks import rank_of

SHOWN = 5  # lines in the message; the others stand in the thread
UNTIED_SHOWN = 2
QUOTED = 360  # characters of a quotation that is shown for an answer
SAME_REASON = "same reason as above"
UNTIED_LISTED = 12  # in the thread


def _without_repeats(lines: tuple[WatchLine, ...]) -> tuple[WatchLine, ...]:
    """Give the reason why we can't tell once, where several lines share it."""
    told: list[WatchLine] = []
    reasons: set[str] = set()
    for line in lines:
        is_repeat = line.state == "cannot_tell" and line.reason in reasons
        told.append(replace(line, reason=SAME_REASON) if is_repeat else line)
        reasons.add(line.reason)
    return tuple(told)


def _evidence(response: StoredResponse, before: str) -> Line:
    lead = (Text(before, "emphasis"),) if before else ()
    return (*lead, sentence_of(response), *in_brackets(source_of(response.article)))


def _rank(answer: StoredResponse, given: BriefingInput) -> str:
    """Return the rank of the speaker, unless the words before it say it already."""
    rank = rank_of(answer, given.actor)
    is_said = rank == "spokesman" and "spokes" in speaker_of(answer, given.actor)
    return "" if is_said else f" · {RANKS[rank]}"


def _state(line: WatchLine, given: BriefingInput) -> Line:
    words = Text(said_of(line, given.actor, given.as_of), "strong")
    if line.state == "answered" and line.answer:
        return (words, Text(f"{_rank(line.answer, given)} (R-{line.answer.id})"))
    if line.state == "no_answer_found":
        return (words, Text(", since "), Moment(line.since or line.development.first))
    return (words,)


def _answer(line: WatchLine) -> StoredResponse | None:
    """Return the sentence that bears a line out: the speaker's own words, where they go on with the answer."""
    if line.words is None or len(line.words.mention.span.cut(line.words.article.text)) > QUOTED:
        return line.answer
    return line.words


def watch_item(line: WatchLine, given: BriefingInput, *, with_checks: bool = False) -> Item:
    """Return one development: its headline, the state, the words that bear it out, the earlier position.

    `with_checks` adds why nothing more can be said, or which feeds were read.
    """
    below: list[Line] = [_state(line, given)]
    answer = _answer(line)
    if answer and line.state in {"answered", "reported_silent"}:
        below.append(_evidence(answer, ""))
    if line.state == "reported_silent" and line.reason:
        below.append((Text(f"Not checked by us: {line.reason}.", "muted"),))
    if with_checks and line.checked:
        below.append((Text(f"Feeds read: {listing(sorted({c.publisher.name for c in line.checked}), 6)}.", "muted"),))
    if line.earlier:
        below.append(_evidence(line.earlier, "Earlier position, not an answer: "))
    title = (Text(headline_of(line.development), "strong"),)
    return Item(f"D-{line.development.id}", title, tuple(below), tone_of(line, given.as_of))


def _brief(whole: Item, line: WatchLine) -> Item:
    """Return the item of a development with its state alone, and where that is said."""
    answer = _answer(line) if line.state in {"answered", "reported_silent"} else None
    where = in_brackets(source_of(answer.article)) if answer else ()
    return replace(whole, below=((*whole.below[0], *where),))


def untied_item(response: StoredResponse, given: BriefingInput) -> Item:
    """Return something the actor said that no development claims."""
    before = f"Said by {capital_of(given.actor)}, not tied to one development: "
    return Item(f"R-{response.id}", _evidence(response, before))


def _last_seen(check: FeedCheck) -> Line:
    name = Text(f"{check.publisher.name} ")
    return (name, Moment(check.last_success, "time")) if check.last_success else (name, Text("never"))


def _footnote(given: BriefingInput, lines: tuple[WatchLine, ...]) -> tuple[Block, ...]:
    checks = {c.feed: c for w in lines if w.state == "no_answer_found" for c in w.checked}
    carriers = sorted(checks.values(), key=lambda c: (c.publisher.carries != given.actor.id, c.publisher.name))
    seen = [x for i, c in enumerate(carriers[:4]) for x in ((Text(", "),) if i else ()) + _last_seen(c)]
    more = f" and {len(carriers) - 4} more" if len(carriers) > 4 else ""
    return (Paragraph((Text("Last read: "), *seen, Text(f"{more}.")), is_context=True),) if seen else ()


def response_watch(given: BriefingInput) -> SectionBlocks:
    """Say for each development whether the actor has answered, what shows it, and what we can't tell."""
    lines = _without_repeats(listed(given))
    n_current = min(SHOWN, len(current(given)))
    heading = Heading(watch_title(given.topic, given.actor))
    if not lines and not given.untied:
        words = f"Nothing of the last 14 days that names {capital_of(given.actor)} waits for an answer."
        return SectionBlocks(blocks=(heading, Paragraph((Text(words),))), is_empty=True)
    untied = tuple(untied_item(r, given) for r in given.untied)
    shown = tuple(watch_item(w, given) for w in lines[:n_current])
    blocks = (
        heading,
        *shown,
        *untied[:UNTIED_SHOWN],
        *_footnote(given, lines),
    )
    others = (
        *(watch_item(w, given, with_checks=True) for w in lines[n_current:]),
        *capped(untied[UNTIED_SHOWN:], UNTIED_LISTED),
    )
    detail: tuple[Block, ...] = (
        (Heading(f"{watch_title(given.topic, given.actor)}: the rest"), *others) if others else ()
    )
    return SectionBlocks(blocks=blocks, detail=detail, brief=tuple(map(_brief, shown, lines)))
