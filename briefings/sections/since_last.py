"""What changed since the last briefing: new developments, issues that moved, answers that arrived, what stood still."""

from __future__ import annotations

from briefings.document import Block, Heading, Item, Line, Moment, Paragraph, Text
from briefings.model import Development, LedgerIssue, WatchLine
from briefings.sections.base import BriefingInput, SectionBlocks
from briefings.sections.bottom_line import standing_of, top_development
from briefings.sections.lines import SEPARATOR, capped, headline_of, reported_by, source_of
from briefings.sections.watch_order import new_answers
from briefings.sections.wording import REACTIONS, age_in_days, capital_of, count, listing, sentence_case, short
from briefings.stories.changes import Changes, changes

SHOWN = 4  # developments in the message; the others stand in the thread
LISTED = 50  # developments in the thread
CHANGES_SHOWN = 4  # issues that moved and answers that arrived


def development_item(development: Development, *, with_sources: bool = False) -> Item:
    """Return a development as one item; `with_sources` names every article of it."""
    first = development.articles[0]
    counted = (SEPARATOR, Text(told_by)) if (told_by := reported_by(development)) else ()
    line: Line = (Text(headline_of(development), "strong"), *counted)
    if not with_sources:
        return Item(f"D-{development.id}", (*line, SEPARATOR, *source_of(first)))
    below = tuple(_article_line(a.copy_of is not None, source_of(a)) for a in development.articles)
    return Item(f"D-{development.id}", line, below)


def _article_line(is_copy: bool, source: Line) -> Line:
    return (*source, Text(" (agency copy)", "muted")) if is_copy else source


def _moved_line(issue: LedgerIssue, given: BriefingInput) -> Line:
    return (
        Text(f"{sentence_case(short(issue.label, 90))} (U-{issue.id}): "),
        Text(standing_of(issue, given), "strong"),
    )


def _answer_line(line: WatchLine, given: BriefingInput) -> Line:
    """Return that an answer arrived; who spoke, when and in which words stands in the response watch."""
    how = f" ({REACTIONS[line.answer.mention.stance]})" if line.answer else ""
    what = f"{capital_of(given.actor)} answered{how}: "
    return (Text(what, "strong"), Text(f"{headline_of(line.development, 80)} (D-{line.development.id})"))


def _still_line(issues: tuple[LedgerIssue, ...], given: BriefingInput) -> tuple[Line, ...]:
    names = [f"{short(i.label, 60)} (U-{i.id}, {_unheard(i, given)})" for i in issues]
    return ((Text("Nothing new on: ", "strong"), Text(f"{listing(names)}.")),) if names else ()


def _unheard(issue: LedgerIssue, given: BriefingInput) -> str:
    return age_in_days(issue.history[-1].at, given.as_of, given.zone)


def _belated_lines(found: Changes) -> tuple[Line, ...]:
    """Say what reached us late or was changed by its publisher: earlier briefings did not know it."""
    lines: list[Line] = []
    if found.late:
        n = count(len(found.late), "article")
        lines.append((Text(f"{n} from before this window reached us only now."),))
    if found.revised:
        names = listing(sorted({a.publisher.name for a in found.revised}), 3)
        n = count(len(found.revised), "article")
        lines.append((Text(f"Changed by the publisher since: {n} ({names})."),))
    return tuple(lines)


def since_last(given: BriefingInput) -> SectionBlocks:
    """List what is new, what moved, what was answered and what stood still."""
    window = given.window
    found = changes(given.developments, given.issues, given.watch, start=window.start, end=window.end)
    top = top_development(given)
    others = [d for d in given.developments if d in found.developments and d != top]
    moved = [i for i in given.issues if given.movement_of(i)] if not window.is_first else []
    lines = [_moved_line(i, given) for i in moved] + [_answer_line(w, given) for w in new_answers(given)]
    started = (Text("This is the first briefing here; it looks back to "), Moment(window.start), Text("."))
    blocks: list[Block] = [Heading("What is new" if window.is_first else "Since the last briefing")]
    blocks += [Paragraph(started)] if window.is_first else []
    blocks += [development_item(d) for d in others[:SHOWN]]
    blocks += [Paragraph(line) for line in lines[:CHANGES_SHOWN]]
    is_empty = not others and not lines
    if is_empty and not window.is_first:
        blocks.append(Paragraph((Text("Nothing else is new." if top else "Nothing is new."),)))
    blocks += [Paragraph(line) for line in _still_line(found.quiet, given)]
    blocks += [Paragraph(line, is_context=True) for line in _belated_lines(found)]
    detail: list[Block] = [Heading("All developments")] if given.developments else []
    detail += capped([development_item(d, with_sources=True) for d in given.developments], LISTED)
    detail += [Paragraph(line) for line in lines[CHANGES_SHOWN:]]
    return SectionBlocks(blocks=tuple(blocks), detail=tuple(detail), is_empty=is_empty)
