"""Write the messages of a delivery and what they show; read its rows back into records."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from briefings.model import Delivery, Evidence, Part
from briefings.store.channel_tables import parts, shown
from briefings.store.parts import part_from
from briefings.store.rows import chunks


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """An item that a briefing shows: its id (Q-12), where its evidence stands, and in which message."""

    item: str
    evidence: Evidence
    part: int = 1


def parts_of(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Part]]:
    """Return the messages of deliveries, in order."""
    messages: dict[int, list[Part]] = defaultdict(list)
    for chunk in chunks(sorted(numbers)):
        query = select(parts).where(parts.c.delivery.in_(chunk)).order_by(parts.c.delivery, parts.c.number)
        for row in connection.execute(query):
            messages[row.delivery].append(part_from(row))
    return messages


def part_values(row: Row[Any], number: int, body: str, now: datetime) -> dict[str, Any]:
    """Return the row of one message of a delivery; `row` is the delivery with its subscription."""
    return {
        "delivery": row.id,
        "tenant": row.tenant,
        "number": number,
        "key": _key(row, number),
        "channel": row.channel,
        "body": body,
        "state": "pending",
        "attempts": 0,
        "checks": 0,
        "last_error": "",
        "next_try": now,
    }


def _key(row: Row[Any], number: int) -> str:
    """Return what a message is found by: the same for this part always, no other one's, in no other database."""
    told_apart = (
        row.tenant,
        row.channel,
        row.topic,
        str(row.created.timestamp()),
        str(row.subscription),
        row.local_date,
        row.slot,
        str(number),
    )
    return hashlib.sha256("\0".join(told_apart).encode()).hexdigest()[:32]


def write_shown(connection: Connection, row: Row[Any], items: Sequence[ShownItem]) -> None:
    """Write what a briefing shows."""
    rows = {
        item.item: {
            "delivery": row.id,
            "item": item.item,
            "tenant": row.tenant,
            "part": item.part,
            "article": item.evidence.article,
            "revision": item.evidence.revision,
            "start": item.evidence.span.start,
            "end": item.evidence.span.end,
        }
        for item in reversed(items)  # the first mention of an item counts
    }
    if rows:
        connection.execute(insert(shown), list(rows.values()))


def delivery_from(row: Row[Any], messages: Sequence[Part]) -> Delivery:
    """Make the record of a row of `deliveries` with its messages."""
    return Delivery(
        id=row.id,
        subscription=row.subscription,
        tenant=row.tenant,
        local_date=row.local_date,
        slot=row.slot,
        due=row.due,
        state=row.state,
        window_start=row.window_start,
        window_end=row.window_end,
        note=row.note,
        briefing=row.briefing,
        parts=tuple(messages),
    )
