"""The response watch: has the watched actor answered, development by development."""

from __future__ import annotations

from briefings.document import Block, Heading, Item, Line, Moment, Paragraph, Text
from briefings.model import FeedCheck, StoredResponse, WatchLine
from briefings.sections.base import BriefingInput, SectionBlocks
from briefings.sections.lines import headline_of, in_brackets, sentence_of, source_of
from briefings.sections.since_last import new_answers
from briefings.sections.watch_words import silence_of, state_of, tone_of
from briefings.sections.wording import RANKS, capital_of, listing, short, watch_title
from briefings.stories.ranks import rank_of

SHOWN = 5  # lines in the message; the others stand in the thread
UNTIED_SHOWN = 2
_ORDER = {"answered": 0, "reported_silent": 1, "no_answer_found": 2, "cannot_tell": 3}


def listed(given: BriefingInput) -> tuple[WatchLine, ...]:
    """Return the lines to show: new answers, then reported silences, the longest silences, what we can't tell."""
    answered = new_answers(given)
    open_lines = (w for w in given.watch if w.state != "answered")

    def rank(line: WatchLine) -> tuple[int, float, int]:
        return (_ORDER[line.state], -silence_of(line, given.as_of).total_seconds(), -line.development.id)

    return tuple(sorted((*answered, *open_lines), key=rank))


def _evidence(response: StoredResponse, before: str) -> Line:
    lead = (Text(before, "emphasis"),) if before else ()
    return (*lead, sentence_of(response), *in_brackets(source_of(response.article)))


def _who(line: WatchLine, given: BriefingInput) -> tuple[Line, ...]:
    if line.state != "answered" or line.answer is None:
        return ()
    speaker = line.answer.mention.speaker or line.answer.mention.actor or ""
    rank = RANKS[rank_of(line.answer, given.actor)]
    said = f"{short(speaker, 80)}, {rank}" if speaker else rank
    return ((Text(f"By: {said} (R-{line.answer.id})"),),)


def _checked(line: WatchLine) -> tuple[Line, ...]:
    if line.state != "no_answer_found":
        return ()
    since = (Text("Silent since "), Moment(line.since or line.development.first))
    return ((*since, Text(f". Feeds checked: {listing(sorted({c.publisher.name for c in line.checked}), 4)}.")),)


def watch_item(line: WatchLine, given: BriefingInput) -> Item:
    """Return one development: its headline, the state, the words that bear it out, the earlier position."""
    state = f"{capital_of(given.actor)}: {state_of(line, given.as_of)}"
    evidence = (_evidence(line.answer, ""),) if line.answer and line.state in {"answered", "reported_silent"} else ()
    earlier = (_evidence(line.earlier, "Earlier position, not an answer: "),) if line.earlier else ()
    below = ((Text(state, "strong"),), *_who(line, given), *evidence, *_checked(line), *earlier)
    title = (Text(headline_of(line.development), "strong"),)
    return Item(f"D-{line.development.id}", title, below, tone_of(line, given.as_of))


def _untied(responses: tuple[StoredResponse, ...], given: BriefingInput) -> tuple[Block, ...]:
    if not responses:
        return ()
    title = Paragraph((Text(f"Said by {capital_of(given.actor)}, not tied to one development:", "strong"),))
    return (title, *(Item(f"R-{r.id}", _evidence(r, "")) for r in responses))


def _last_seen(check: FeedCheck) -> Line:
    if check.last_success is None:
        return (Text(f"{check.publisher.name} never"),)
    return (Text(f"{check.publisher.name} "), Moment(check.last_success, "time"))


def _footnote(given: BriefingInput, lines: tuple[WatchLine, ...]) -> tuple[Block, ...]:
    checks = {c.feed: c for w in lines if w.state == "no_answer_found" for c in w.checked}
    carriers = sorted(checks.values(), key=lambda c: (c.publisher.carries != given.actor.id, c.publisher.name))[:4]
    seen = [x for i, c in enumerate(carriers) for x in ((Text(", "),) if i else ()) + _last_seen(c)]
    read: Line = (Text("No answer was found in: "), *seen, Text(". ")) if seen else ()
    return (Paragraph((*read, Text("An earlier position is not an answer.")), is_context=True),)


def response_watch(given: BriefingInput) -> SectionBlocks:
    """Say for each development whether the actor has answered, what shows it, and what we can't tell."""
    lines = listed(given)
    heading = Heading(watch_title(given.topic, given.actor))
    if not lines and not given.untied:
        words = f"Nothing of the last 14 days that names {capital_of(given.actor)} waits for an answer."
        return SectionBlocks(blocks=(heading, Paragraph((Text(words),))), is_empty=True)
    shown = tuple(watch_item(w, given) for w in lines[:SHOWN])
    blocks = (heading, *shown, *_untied(given.untied[:UNTIED_SHOWN], given), *_footnote(given, lines))
    others = (*(watch_item(w, given) for w in lines[SHOWN:]), *_untied(given.untied[UNTIED_SHOWN:], given))
    detail = (Heading(f"{watch_title(given.topic, given.actor)}: the rest"), *others) if others else ()
    return SectionBlocks(blocks=blocks, detail=detail)
