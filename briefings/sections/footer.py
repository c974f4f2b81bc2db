"""The end of a briefing: buttons, how it was made, its id, what was late or corrected, when the next one comes."""

from __future__ import annotations

from itertools import groupby
from zoneinfo import ZoneInfo

from briefings.document import Action, Actions, Block, Heading, Line, Moment, Paragraph, Text
from briefings.model import Article
from briefings.sections.base import BriefingInput, SectionBlocks
from briefings.sections.bottom_line import top_issue
from briefings.sections.lines import SEPARATOR, source_of
from briefings.sections.wording import count

METHOD = "Extracted word for word from the articles, no AI text"
PUBLISHERS = 30  # listed in the thread


def key_of(given: BriefingInput) -> str:
    """Return the id of a briefing: topic, local date and time ("ukraine-2026-01-07-0800")."""
    return f"{given.topic.id}-{given.as_of.astimezone(ZoneInfo(given.zone)):%Y-%m-%d-%H%M}"


def _buttons(given: BriefingInput) -> Actions:
    issue = top_issue(given)
    follow = (Action("follow", f"Follow U-{issue.id}", f"U-{issue.id}"),) if issue else ()
    full, sources, ask = Action("full", "Full briefing"), Action("sources", "Sources"), Action("ask", "Ask")
    return Actions((full, sources, ask, *follow, Action("report", "Report a problem")))


def _sources(articles: tuple[Article, ...]) -> tuple[Block, ...]:
    newest = sorted(articles, key=lambda a: (a.publisher.name, -(a.published or a.known).timestamp(), a.id))
    groups = [tuple(g) for _, g in groupby(newest, key=lambda a: a.publisher.name)][:PUBLISHERS]
    lines = (Paragraph((*source_of(g[0]), SEPARATOR, Text(count(len(g), "article")))) for g in groups)
    return (Heading("Sources"), *lines) if groups else ()


def footer(given: BriefingInput) -> SectionBlocks:
    """Close the briefing."""
    following: Line = (SEPARATOR, Text("Next: "), Moment(given.next_at)) if given.next_at else ()
    line = (Text(METHOD), SEPARATOR, Text(f"Briefing {key_of(given)}"), *following)
    notes = [f"Sent late because {given.window.late.rstrip('. ')}."] if given.window.late else []
    notes += [f"Corrected: {c}" for c in given.corrections]
    small = (Paragraph((Text(n),), is_context=True) for n in notes)
    blocks: tuple[Block, ...] = (*small, _buttons(given), Paragraph(line, is_context=True))
    return SectionBlocks(blocks=blocks, detail=_sources(given.articles))
