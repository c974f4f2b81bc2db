"""What the worker remembers: named values, who holds which right, and the platform events it has seen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, delete, select

from briefings.store.channel_tables import marks, platform_events
from briefings.store.engine import insert_into, reading, writing


class MarkStore:
    """Named values such as the last tick, rights that one worker has at a time, and events that are answered once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, name: str) -> str | None:
        """Return a value, None when it was never set."""
        with reading(self._engine) as connection:
            value: str | None = connection.execute(select(marks.c.value).where(marks.c.name == name)).scalar()
        return value

    def set(self, name: str, value: str, now: datetime) -> None:
        """Set a value."""
        changed = {"value": value, "at": now}
        with writing(self._engine) as connection:
            row = insert_into(connection, marks).values(name=name, **changed)
            connection.execute(row.on_conflict_do_update(index_elements=["name"], set_=changed))

    def hold(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        """Take or keep a right that one owner has at a time; False while another has it.

        Args:
            name: of the right.
            owner: who wants it.
            now: UTC.
            until: when it ends unless it is taken again before.
        """
        with writing(self._engine) as connection:
            row = insert_into(connection, marks).values(name=name, value=owner, at=until)
            is_free = (marks.c.value == owner) | (marks.c.at <= now)
            taken = row.on_conflict_do_update(
                index_elements=["name"], set_={"value": owner, "at": until}, where=is_free
            ).returning(marks.c.name)
            return connection.execute(taken).scalar() is not None

    def let_go(self, name: str, owner: str) -> None:
        """Give a right back; another's is left alone."""
        with writing(self._engine) as connection:
            connection.execute(delete(marks).where(marks.c.name == name, marks.c.value == owner))

    def is_first(self, event: str, now: datetime) -> bool:
        """Record a platform event; True for whoever brings it first."""
        with writing(self._engine) as connection:
            row = insert_into(connection, platform_events).values(event=event, at=now)
            first = connection.execute(row.on_conflict_do_nothing().returning(platform_events.c.event)).scalar()
        return first is not None

    def forget_events(self, before: datetime) -> int:
        """Drop the events seen before a time; return how many."""
        with writing(self._engine) as connection:
            return connection.execute(delete(platform_events).where(platform_events.c.at < before)).rowcount
