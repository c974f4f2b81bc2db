"""How the bot itself is: feeds, state, problem reports, follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from briefings.answers.frame import Freshness, answer, done, nothing
from briefings.answers.records import Reply
from briefings.document import Block, Inline, Item, Line, Link, Moment, Paragraph, Text
from briefings.model import FeedCheck
from briefings.sections.lines import SEPARATOR
from briefings.sections.wording import age, count, listing, short

_KINDS = {
    "wrong_speaker": "wrong speaker",
    "not_said_so": "not said so",
    "outdated": "outdated",
    "missed_answer": "missed answer",
    "other": "other",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """A feed with what was seen of it; `state` is live, gone or paused."""

    check: FeedCheck
    state: str
    is_own: bool = False  # added by this workspace, not by the catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A problem as a person reported it."""

    id: int
    kind: str
    item: str
    note: str
    person: str
    at: datetime
    is_open: bool
    answer: str = ""
    shown: str = ""  # the words and where they stand, as they were shown


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What /status tells."""

    version: str
    n_articles: int
    last_sent: datetime | None = None
    next_due: datetime | None = None
    n_unknown: int = 0
    last_tick: datetime | None = None
    down: tuple[str, ...] = ()


def sources_answer(feeds: tuple[FeedState, ...], fresh: Freshness) -> Reply:
    """Answer /sources: failing feeds first, then by publisher."""
    if not feeds:
        return nothing("Sources", "No feed is watched. Managers add one: /sources add https://...", fresh)
    ordered = sorted(feeds, key=lambda f: (not f.check.last_error, f.check.publisher.name, f.check.feed))
    n_down = sum(bool(f.check.last_error) for f in feeds)
    title = f"Sources: {count(len(feeds), 'feed')}, {n_down} down"
    return answer(title, tuple(_feed(f, fresh) for f in ordered), fresh, limit=30)


def found_answer(page: str, feeds: tuple[tuple[str, str, str], ...], fresh: Freshness) -> Reply:
    """Answer /sources add for a page: the feeds behind it as address, title and what is in it, to choose from."""
    words = f"{short(page, 120)} is a page, not a feed; these feeds are behind it. Add the one that you want:"
    blocks: list[Block] = [Paragraph((Text(words),))]
    for url, title, about in feeds:
        lines: tuple[Line, ...] = ((Text(f"/sources add {url}", "emphasis"),),)
        blocks.append(Item("", (Text(short(title or url, 100), "strong"), SEPARATOR, Text(about)), lines))
    return done("Sources", tuple(blocks), fresh, summary=words)


def state_answer(state: State, fresh: Freshness) -> Reply:
    """Answer /status."""
    lines: list[Line] = [
        _when("Last fetch: ", fresh.last_fetch, "no feed was read yet", fresh),
        _when("Last briefing to this channel: ", state.last_sent, "none yet", fresh),
        _when("Next briefing to this channel: ", state.next_due, "none; /subscribe makes one", fresh),
        (Text(f"Feeds: {fresh.n_feeds}, down: {listing(state.down, 6) if state.down else 'none'}"),),
        (Text(f"Stored: {count(state.n_articles, 'article')}"),),
    ]
    if state.n_unknown:
        doubt = f"{count(state.n_unknown, 'briefing')} may or may not have been posted; /schedule shows which"
        lines.append((Text(doubt, "strong"),))
    if state.last_tick:
        lines.append(_when("Worker last seen: ", state.last_tick, "", fresh))
    lines.append((Text(f"Version {state.version}"),) if state.version else ())
    blocks: tuple[Block, ...] = tuple(Paragraph(line) for line in lines if line)
    n_down = f", {fresh.n_down} down" if fresh.n_down else ""
    return answer("Status", blocks, fresh, summary=f"Alive; {count(fresh.n_feeds, 'feed')}{n_down}")


def reports_answer(problems: tuple[Problem, ...], status: str, fresh: Freshness) -> Reply:
    """Answer /reports."""
    title = f"Problem reports: {status}"
    if not problems:
        return nothing(title, "No report is open." if status == "open" else "There is no such report.", fresh)
    how = "/reports resolve 3 <answer> closes report 3; /reports confirm 3 also hides a wrong quotation."
    closing = (Paragraph((Text(how),), is_context=True),) if any(p.is_open for p in problems) else ()
    blocks: tuple[Block, ...] = (*(_problem(p) for p in problems), *closing)
    return answer(title, blocks, fresh, summary=f"{title}: {len(problems)}")


def reported_answer(number: int, item: str, fresh: Freshness) -> Reply:
    """Answer /report."""
    about = f" about {item}" if item else ""
    words = f"Thank you for your feedback. It is filed as report {number}{about}; managers see it in /reports."
    return done("Report", (Paragraph((Text(words),)),), fresh, summary=words)


def sentence_answer(title: str, words: str, fresh: Freshness) -> Reply:
    """Answer with one sentence that tells what was done."""
    return done(title, (Paragraph((Text(words),)),), fresh, summary=words)


def _feed(feed: FeedState, fresh: Freshness) -> Item:
    check = feed.check
    word = "down" if check.last_error else feed.state if check.last_success else "not read yet"
    own = " (added here)" if feed.is_own else ""
    line: list[Inline] = [Link(check.publisher.name, check.feed), Text(f": {word}{own}", "strong")]
    if check.last_success:
        line += [SEPARATOR, Text("last success "), Moment(check.last_success)]
        line += [Text(_distance(fresh.as_of - check.last_success))]
    error = ((Text(f"Last error: {short(check.last_error, 200)}"),),) if check.last_error else ()
    return Item("", tuple(line), error)


def _when(lead: str, at: datetime | None, none: str, fresh: Freshness) -> Line:
    if at is None:
        return (Text(f"{lead}{none}"),)
    return (Text(lead), Moment(at), Text(_distance(fresh.as_of - at)))


def _distance(length: timedelta) -> str:
    """Return how far off a time is, in brackets."""
    if abs(length) < timedelta(minutes=1):
        return " (just now)"
    return f" ({age(length)} ago)" if length > timedelta(0) else f" (in {age(-length)})"


def _problem(problem: Problem) -> Item:
    about = f" on {problem.item}" if problem.item else ""
    state = "" if problem.is_open else ", resolved"
    line: Line = (Text(f"Report {problem.id}{about}: {_KINDS.get(problem.kind, problem.kind)}{state}", "strong"),)
    below: list[Line] = [
        (Text(short(problem.note, 300)),),
        (Moment(problem.at), Text(f", {short(problem.person, 40)}")),
    ]
    if problem.shown:
        below.append((Text(f"Shown was: {short(' '.join(problem.shown.split()), 400)}", "muted"),))
    if problem.answer:
        below.append((Text(f"Answer: {short(problem.answer, 200)}"),))
    return Item("", line, tuple(below))
