"""What changed since the last briefing: new developments, issues that moved, answers that arrived, what stood still."""

from __future__ import annotations

from briefings.document import Block, Heading, Item, Line, Moment, Paragraph, Text
from briefings.model import Development, LedgerIssue, WatchLine
from briefings.sections.base import BriefingInput, SectionBlocks
from briefings.sections.bottom_line import top_development
from briefings.sections.lines import SEPARATOR, headline_of, reported_by, source_of
from briefings.sections.watch_words import state_of
from briefings.sections.wording import STATUSES, age_in_days, capital_of, listing, short

SHOWN = 4  # developments and, apart, changes in the message; the others stand in the thread


def development_item(development: Development, *, with_sources: bool = False) -> Item:
    """Return a development as one item; `with_sources` names every article of it."""
    first = development.articles[0]
    line = (Text(headline_of(development), "strong"), SEPARATOR, Text(reported_by(development)))
    if not with_sources:
        return Item(f"D-{development.id}", (*line, SEPARATOR, *source_of(first)))
    below = tuple(_article_line(a.copy_of is not None, source_of(a)) for a in development.articles)
    return Item(f"D-{development.id}", line, below)


def _article_line(is_copy: bool, source: Line) -> Line:
    return (*source, Text(" (agency copy)", "muted")) if is_copy else source


def _moved_line(issue: LedgerIssue, given: BriefingInput) -> Line:
    what = "new on the list" if issue.opened == issue.moved else f"now {STATUSES[issue.status]}"
    return (Text(f"{short(issue.label, 90)} (U-{issue.id}): "), Text(what, "strong"))


def _answer_line(line: WatchLine, given: BriefingInput) -> Line:
    what = f"{capital_of(given.actor)} {state_of(line, given.as_of)}"
    about = f": {headline_of(line.development, 80)} (D-{line.development.id})"
    return (Text(what, "strong"), Text(about))


def _still_line(given: BriefingInput) -> tuple[Line, ...]:
    still = [i for i in given.issues if i.status != "resolved" and not given.is_new(i.moved)]
    still = [i for i in still if not given.is_new(i.history[-1].at)]
    names = [
        f"{short(i.label, 60)} (U-{i.id}, {age_in_days(i.history[-1].at, given.as_of, given.zone)})" for i in still
    ]
    return ((Text("Nothing new on: "), Text(f"{listing(names)}.")),) if names else ()


def new_answers(given: BriefingInput) -> tuple[WatchLine, ...]:
    """Return the lines with an answer that became known in the window and was not shown before."""

    def is_news(line: WatchLine) -> bool:
        answer = line.answer if line.state == "answered" else None
        return answer is not None and given.is_new(answer.article.known) and f"R-{answer.id}" not in given.shown

    return tuple(w for w in given.watch if is_news(w))


def since_last(given: BriefingInput) -> SectionBlocks:
    """List what is new, what moved, what was answered and what stood still."""
    top = top_development(given)
    new = [d for d in given.developments if given.is_new(d.first)]
    others = [d for d in new if top is None or d.id != top.id]
    moved = [i for i in given.issues if given.is_new(i.moved)]
    changes = [_moved_line(i, given) for i in moved] + [_answer_line(w, given) for w in new_answers(given)]
    started = (Text("This is the first briefing here; it looks back to "), Moment(given.window.start), Text("."))
    blocks: list[Block] = [Heading("New in this window" if given.window.is_first else "Since the last briefing")]
    blocks += [Paragraph(started)] if given.window.is_first else []
    blocks += [development_item(d) for d in others[:SHOWN]]
    blocks += [Paragraph(line) for line in changes[:SHOWN]]
    is_empty = not others and not changes
    if is_empty and not given.window.is_first:
        words = "Nothing else is new." if top else "Nothing is new."
        blocks.append(Paragraph((Text(words),)))
    blocks += [Paragraph(line) for line in _still_line(given)]
    detail: list[Block] = [Heading("All developments")] if given.developments else []
    detail += [development_item(d, with_sources=True) for d in given.developments]
    detail += [Paragraph(line) for line in changes[SHOWN:]]
    return SectionBlocks(blocks=tuple(blocks), detail=tuple(detail), is_empty=is_empty)
