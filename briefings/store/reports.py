"""What people say of items: problems they report, items they follow, and items that managers hide."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypedDict, Unpack

from sqlalchemy import Connection, Engine, Row, Select, delete, insert, select, update

from briefings.errors import BadInput
from briefings.store.channel_tables import deliveries, follows, parts, problem_reports, shown
from briefings.store.engine import insert_into, reading, writing
from briefings.store.tables import hidden_items

ProblemKind = Literal["wrong_speaker", "not_said_so", "outdated", "missed_answer", "other"]
ProblemState = Literal["open", "resolved"]
_ITEM = re.compile(r"([ADIQRU])-([1-9][0-9]{0,8})")


class Told(TypedDict):
    """A problem as a person tells it; `item` is "" when it is about none, `shown` the evidence as it was shown."""

    tenant: str
    channel: str
    person: str
    kind: ProblemKind
    item: str
    note: str
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemReport:
    """A problem that a person reported, and what became of it."""

    id: int
    tenant: str
    channel: str
    person: str
    kind: ProblemKind
    item: str
    note: str
    shown: str
    at: datetime
    state: ProblemState
    answer: str = ""
    resolved_by: str | None = None
    resolved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A person who wants to hear when an item moves; `channel` is where they are written to."""

    tenant: str
    person: str
    item: str
    channel: str
    created: datetime
    told: datetime | None = None


def item_number(item: str) -> tuple[str, int]:
    """Return the letter and the number of an item's id.

    Raises:
        BadInput: it is not such an id.
    """
    found = _ITEM.fullmatch(item.strip().upper())
    if found is None:
        msg = f"'{item[:40]}' is not the id of an item; ids look like Q-12, U-7, D-31, R-5 or A-3"
        raise BadInput(msg)
    return found[1], int(found[2])


class ReportStore:
    """Problem reports and follows of a tenant's people, and hidden items."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, now: datetime, **told: Unpack[Told]) -> int:
        """File a problem and return its number."""
        row = insert(problem_reports).values(at=now, state="open", answer="", **told)
        with writing(self._engine) as connection:
            number: int = connection.execute(row.returning(problem_reports.c.id)).scalar_one()
        return number

    def list(self, tenant: str, *, state: ProblemState | None = None, limit: int = 50) -> tuple[ProblemReport, ...]:
        """Return a tenant's problem reports, newest first."""
        query = select(problem_reports).where(problem_reports.c.tenant == tenant)
        if state is not None:
            query = query.where(problem_reports.c.state == state)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(problem_reports.c.id.desc()).limit(limit))
            return tuple(_report_from(row) for row in rows)

    def closed_since(self, since: datetime, limit: int = 200) -> tuple[ProblemReport, ...]:
        """Return the reports of every tenant that were closed after a time, oldest first."""
        query = select(problem_reports).where(problem_reports.c.state == "resolved")
        query = query.where(problem_reports.c.resolved_at > since).order_by(problem_reports.c.id).limit(limit)
        with reading(self._engine) as connection:
            return tuple(_report_from(row) for row in connection.execute(query))

    def resolve(self, number: int, tenant: str, answer: str, by: str, now: datetime) -> ProblemReport | None:
        """Close a tenant's open report and return it, None when there is no such open one."""
        closed = update(problem_reports).where(
            problem_reports.c.id == number, problem_reports.c.tenant == tenant, problem_reports.c.state == "open"
        )
        values = {"state": "resolved", "answer": answer, "resolved_by": by, "resolved_at": now}
        with writing(self._engine) as connection:
            row = connection.execute(closed.values(**values).returning(*problem_reports.c)).first()
        return None if row is None else _report_from(row)

    def hide(self, item: str, *, tenant: str, person: str, reason: str, now: datetime) -> int:
        """Hide an item from every read; return how many drafted briefings that show it are drafted again.

        A briefing of which a message was begun stays as it is: its posts are edited (`CorrectionStore.stale`).

        Raises:
            BadInput: it is not an item's id.
        """
        kind, number = item_number(item)
        row = {"kind": kind, "number": number, "tenant": tenant, "person": person, "reason": reason, "at": now}
        with writing(self._engine) as connection:
            connection.execute(insert_into(connection, hidden_items).values(row).on_conflict_do_nothing())
            return _draft_again(connection, f"{kind}-{number}", now)

    def unhide(self, item: str) -> bool:
        """Show an item again; False when it was not hidden."""
        kind, number = item_number(item)
        shown_again = delete(hidden_items).where(hidden_items.c.kind == kind, hidden_items.c.number == number)
        with writing(self._engine) as connection:
            return connection.execute(shown_again).rowcount == 1

    def hidden(self) -> frozenset[str]:
        """Return the ids of all hidden items."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(hidden_items.c.kind, hidden_items.c.number))
            return frozenset(f"{row.kind}-{row.number}" for row in rows)

    def follow(self, tenant: str, person: str, item: str, channel: str, now: datetime) -> bool:
        """Let a person follow an item; False when they did already.

        Raises:
            BadInput: it is not an item's id.
        """
        kind, number = item_number(item)
        with writing(self._engine) as connection:
            row = insert_into(connection, follows).values(
                tenant=tenant, person=person, item=f"{kind}-{number}", channel=channel, created=now
            )
            added = connection.execute(row.on_conflict_do_nothing().returning(follows.c.id)).scalar()
        return added is not None

    def unfollow(self, tenant: str, person: str, item: str) -> bool:
        """End a follow; False when there was none."""
        ended = delete(follows).where(*_follow(tenant, person, item))
        with writing(self._engine) as connection:
            return connection.execute(ended).rowcount == 1

    def follows(self, *, tenant: str | None = None, person: str | None = None) -> tuple[Follow, ...]:
        """Return who follows what: everyone's, a tenant's or a person's, oldest first."""
        query = select(follows).order_by(follows.c.id)
        if tenant is not None:
            query = query.where(follows.c.tenant == tenant)
        if person is not None:
            query = query.where(follows.c.person == person)
        return self._follows(query)

    def _follows(self, query: Select[Any]) -> tuple[Follow, ...]:
        with reading(self._engine) as connection:
            return tuple(_follow_from(row) for row in connection.execute(query))


def _follow(tenant: str, person: str, item: str) -> tuple[Any, ...]:
    return follows.c.tenant == tenant, follows.c.person == person, follows.c.item == item.strip().upper()


def _follow_from(row: Row[Any]) -> Follow:
    return Follow(
        tenant=row.tenant,
        person=row.person,
        item=row.item,
        channel=row.channel,
        created=row.created,
        told=row.told,
    )


def _report_from(row: Row[Any]) -> ProblemReport:
    return ProblemReport(
        id=row.id,
        tenant=row.tenant,
        channel=row.channel,
        person=row.person,
        kind=row.kind,
        item=row.item,
        note=row.note,
        shown=row.shown,
        at=row.at,
        state=row.state,
        answer=row.answer,
        resolved_by=row.resolved_by,
        resolved_at=row.resolved_at,
    )


def _draft_again(connection: Connection, item: str, now: datetime) -> int:
    """Take back the drafts that show an item and of which no message was begun or is in somebody's hands."""
    drafted = select(shown.c.delivery).join(deliveries, deliveries.c.id == shown.c.delivery)
    drafted = drafted.where(shown.c.item == item, deliveries.c.state == "sending")
    # the messages are locked before anything is read from them, so that none begins meanwhile
    messages = select(parts).where(parts.c.delivery.in_(drafted)).order_by(parts.c.id).with_for_update()
    untouched: dict[int, bool] = {}
    for row in connection.execute(messages):
        is_free = row.state == "pending" and row.attempts == 0 and (row.lease_until is None or row.lease_until <= now)
        untouched[row.delivery] = untouched.get(row.delivery, True) and is_free
    numbers = [number for number, is_free in untouched.items() if is_free]
    connection.execute(delete(parts).where(parts.c.delivery.in_(numbers)))
    connection.execute(delete(shown).where(shown.c.delivery.in_(numbers)))
    again = update(deliveries).where(deliveries.c.id.in_(numbers))
    connection.execute(again.values(state="pending", next_try=now, briefing=""))
    return len(numbers)
