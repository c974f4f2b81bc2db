"""The bottom line: what happened, whether the watched actor has answered, what is still open."""

from __future__ import annotations

from datetime import timedelta

from briefings.document import Heading, Item, Line, Paragraph, Text, Tone, Verbatim
from briefings.model import Development, Evidence, LedgerIssue
from briefings.sections.base import BriefingInput, SectionBlocks
from briefings.sections.lead import lead_of_development
from briefings.sections.lines import SEPARATOR, headline_of, reported_by, source_of
from briefings.sections.watch_order import current, listed
from briefings.sections.watch_words import overview_of, said_of, tone_of
from briefings.sections.wording import STATUSES, age_in_days, capital_of, short

RECENT = timedelta(days=7)  # an issue matters by how many publishers spoke of it in these days


def top_development(given: BriefingInput) -> Development | None:
    """Return the development of the window with most publishers, then the newest."""
    return max(given.developments, key=lambda d: (d.n_publishers, d.last, d.id), default=None)


def weight_of(issue: LedgerIssue, given: BriefingInput) -> tuple[bool, int, int, float, int]:
    """Return what issues are ordered by, heaviest first: moved, publishers in seven days, sentences, age."""
    recent = {e.mention.article.publisher.name for e in issue.history if given.as_of - e.at <= RECENT}
    moved = bool(given.movement_of(issue))
    return (moved, len(recent), len(issue.history), -issue.opened.timestamp(), -issue.id)


def top_issue(given: BriefingInput) -> LedgerIssue | None:
    """Return the heaviest issue that is not resolved."""
    return max((i for i in given.issues if i.status != "resolved"), key=lambda i: weight_of(i, given), default=None)


def _answer_line(given: BriefingInput, top: Development | None) -> Line:
    own = next((w for w in given.watch if top and w.development.id == top.id), None)
    if own:
        name, rest = capital_of(given.actor), said_of(own, given.actor, given.as_of)
        return (Text(name, "strong"), Text(f"{rest.removeprefix(name)}."))
    words = overview_of(current(given) or listed(given), given.actor, given.as_of)
    return (Text(f"{capital_of(given.actor)}: ", "strong"), Text(f"{words}."))


def _open_line(given: BriefingInput) -> Line:
    issue = top_issue(given)
    if not issue:
        return (Text("Still open: ", "strong"), Text("no issue is on the list."))
    return (
        Text("Still open: ", "strong"),
        Text(f"{short(issue.label, 90)} (U-{issue.id}), {standing_of(issue, given)}."),
    )


def standing_of(issue: LedgerIssue, given: BriefingInput) -> str:
    """Return how an issue stands in a few words: "new", "now narrowed", "open for 19 days"."""
    match given.movement_of(issue):
        case "new":
            return STATUSES[issue.status] if given.window.is_first else "new on the list"
        case "moved":
            return f"now {STATUSES[issue.status]}"
        case _:
            since = age_in_days(issue.opened, given.as_of, given.zone)
            return f"{STATUSES[issue.status]} {since if since.startswith('since') else 'for ' + since}"


def _what_happened(top: Development) -> tuple[Line, Line]:
    """Return the lead sentence and where it stands; the headline when no article opens with a sentence."""
    lead = lead_of_development(top)
    if not lead:
        return (Text(headline_of(top, 200), "strong"),), source_of(top.articles[0])
    article, span = lead
    at = Evidence(article=article.id, revision=article.revision, span=span)
    return (Verbatim(span.cut(article.text), at, in_marks=False),), source_of(article)


def bottom_line(given: BriefingInput) -> SectionBlocks:
    """Say in a few lines what a reader must know."""
    top = top_development(given)
    lines = (_answer_line(given, top), _open_line(given))
    heading = Heading("Bottom line")
    if not top:
        nothing = Paragraph((Text(f"Nothing new on {given.topic.title} in this window."),))
        return SectionBlocks(blocks=(heading, nothing, *map(Paragraph, lines)), is_empty=True)
    tone: Tone = next((tone_of(w, given.as_of) for w in given.watch if w.development.id == top.id), "plain")
    words, source = _what_happened(top)
    where = (*source, *((SEPARATOR, Text(told_by)) if (told_by := reported_by(top)) else ()))
    return SectionBlocks(blocks=(heading, Item(f"D-{top.id}", words, (where, *lines), tone)))
