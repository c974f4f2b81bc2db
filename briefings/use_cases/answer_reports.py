"""Answers on what people say of items: problems they report, what becomes of them, items they follow."""

from __future__ import annotations

import re
from typing import get_args

from briefings.answers.operations import Problem, reported_answer, reports_answer, sentence_answer
from briefings.answers.records import Reply
from briefings.document import Verbatim, lines_of
from briefings.errors import BadInput, BriefingBotError, NotFound
from briefings.store.reports import ProblemKind, ProblemReport, ProblemState
from briefings.use_cases.answer_news import why
from briefings.use_cases.asking import Asked, need_item

MAX_NOTE = 1000  # characters of a report or of the answer to it
WRONG = frozenset({"wrong_speaker", "not_said_so"})  # kinds for which an item is hidden
HIDDEN_LETTERS = "QR"
OWN = "person:"  # a tenant that is one person
_HINTS: dict[ProblemKind, str] = {
    "wrong_speaker": r"(wrong|different) (speaker|person|name)|not (him|her|them)|someone else|misattribut",
    "not_said_so": r"not said|never said|did(n't| not) say|misquot|wrong quote|out of context|invented|made up",
    "outdated": r"outdated|out of date|old news|stale|superseded",
    "missed_answer": r"missed|has answered|did answer|already answered|answered (on|in|by)",
}


def report(asked: Asked) -> Reply:
    """Answer /report: file the problem with the evidence as it was shown; a manager's word hides a wrong quotation."""
    note, asker = asked.get("problem"), asked.query.asker
    item = "-".join(map(str, need_item(asked.get("item"), "QURDA"))) if asked.get("item") else ""
    kind = _kind(note)
    number = asked.room.store.reports.add(
        asked.now,
        tenant=asker.tenant,
        channel=asker.channel,
        person=asker.user,
        kind=kind,
        item=item,
        note=note[:MAX_NOTE],
        shown=_shown(asked, item) if item else "",
    )
    if asker.is_manager and _is_hideable(kind, item):
        _hide(asked, item, note)
        asked.room.store.reports.resolve(number, asker.tenant, f"{item} is hidden", asker.user, asked.now)
        return sentence_answer("Report", f"Thank you for your feedback. {_hidden_words(item)}", asked.fresh)
    return reported_answer(number, item, asked.fresh)


def reports(asked: Asked) -> Reply:
    """Answer /reports: list them, or resolve, confirm or take back one."""
    action, *words = (asked.get("status") or "open").split()
    action = action.lower()
    named = asked.get("number") or (words.pop(0) if words else "")
    answer = (asked.get("answer") or " ".join(words))[:MAX_NOTE]
    if action == "unhide":
        return _unhide(asked, named)
    if action in {"resolve", "confirm"}:
        return _close(asked, _report(asked, named), answer, is_confirmed=action == "confirm")
    state: ProblemState | None = None if action == "all" else "resolved" if action == "resolved" else "open"
    listed = asked.room.store.reports.list(asked.query.asker.tenant, state=state)
    return reports_answer(tuple(_problem(r) for r in listed), action, asked.fresh)


def follow(asked: Asked) -> Reply:
    """Answer /follow; following again ends it."""
    letter, number = need_item(asked.get("item"), "UD")
    item, asker, store = f"{letter}-{number}", asked.query.asker, asked.room.store.reports
    why(asked)  # says so when there is no such item
    followed = [f for f in store.follows(person=asker.user) if f.item == item and _is_same(f.tenant, asker.tenant)]
    if not followed and store.follow(asker.tenant, asker.user, item, asker.channel, asked.now):
        words = f"You follow {item}: a direct message when it moves or is answered, at most one a day."
        return sentence_answer("Follow", f"{words} /follow {item} again ends it.", asked.fresh)
    for tenant in {asker.tenant, *(f.tenant for f in followed)}:
        store.unfollow(tenant, asker.user, item)
    return sentence_answer("Follow", f"You no longer follow {item}.", asked.fresh)


def _is_same(one: str, other: str) -> bool:
    """Say whether a person is the same in two tenants; in a direct message somebody is their own tenant."""
    return one == other or one.startswith(OWN) or other.startswith(OWN)


def _report(asked: Asked, number: str) -> ProblemReport:
    """Return an open report of the asker's workspace.

    Raises:
        BadInput: no number was given.
        NotFound: it is not there, or not open.
    """
    if not re.fullmatch(r"\d{1,9}", number):
        msg = "say which report, e.g. /reports resolve 3; /reports lists them"
        raise BadInput(msg)
    listed = asked.room.store.reports.list(asked.query.asker.tenant, state="open", limit=1000)
    found = next((r for r in listed if r.id == int(number)), None)
    if found is None:
        msg = f"there is no open report {number}; /reports lists them"
        raise NotFound(msg)
    return found


def _close(asked: Asked, found: ProblemReport, answer: str, *, is_confirmed: bool) -> Reply:
    """Close a report; one that is confirmed hides its item where it is of a kind that is hidden."""
    asker = asked.query.asker
    hides = is_confirmed and _is_hideable(found.kind, found.item)
    said = answer or (f"confirmed; {found.item} is hidden" if hides else "confirmed" if is_confirmed else "looked into")
    if asked.room.store.reports.resolve(found.id, asker.tenant, said, asker.user, asked.now) is None:
        msg = f"report {found.id} was closed by somebody else meanwhile"
        raise NotFound(msg)
    if hides:
        _hide(asked, found.item, found.note)
    told = "" if found.person == asker.user else " Whoever reported it is told."
    words = f"Report {found.id} is closed: {said}.{told}"
    return sentence_answer("Reports", f"{words} {_hidden_words(found.item)}" if hides else words, asked.fresh)


def _unhide(asked: Asked, item: str) -> Reply:
    letter, number = need_item(item, HIDDEN_LETTERS)
    name = f"{letter}-{number}"
    if asked.room.store.reports.unhide(name):
        return sentence_answer("Reports", f"{name} is shown again.", asked.fresh)
    return sentence_answer("Reports", f"{name} was not hidden, so nothing was changed.", asked.fresh)


def _hide(asked: Asked, item: str, reason: str) -> None:
    asker = asked.query.asker
    asked.room.store.reports.hide(item, tenant=asker.tenant, person=asker.user, reason=reason[:MAX_NOTE], now=asked.now)


def _hidden_words(item: str) -> str:
    undo = f"/reports unhide {item} undoes it."
    return f"{item} is hidden everywhere from now on; briefings that show it are corrected. {undo}"


def _is_hideable(kind: str, item: str) -> bool:
    return kind in WRONG and item[:1] in HIDDEN_LETTERS and bool(item)


def _problem(filed: ProblemReport) -> Problem:
    return Problem(
        id=filed.id,
        kind=filed.kind,
        item=filed.item,
        note=filed.note,
        person=filed.person,
        at=filed.at,
        is_open=filed.state == "open",
        answer=filed.answer,
        shown=filed.shown,
    )


def _kind(note: str) -> ProblemKind:
    """Tell the kind of a problem from its words."""
    plain = note.lower().replace("_", " ")
    for kind in get_args(ProblemKind):
        if re.search(_HINTS.get(kind, r"(?!)"), plain):
            found: ProblemKind = kind
            return found
    return "other"


def _shown(asked: Asked, item: str) -> str:
    """Return the words of an item as they are shown now, with where they stand, for whoever looks into the report."""
    try:
        blocks = why(asked).document.blocks
    except BriefingBotError:
        return f"nothing has the id {item}"
    said = [x for b in blocks for line in lines_of(b) for x in line if isinstance(x, Verbatim)]
    return "\n".join(
        f"A-{v.evidence.article} revision {v.evidence.revision} {v.evidence.span.start}-{v.evidence.span.end}: {v.text}"
        for v in said
    )
