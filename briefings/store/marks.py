"""What the worker remembers: named values, and the platform events it has seen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, delete, select

from briefings.store.channel_tables import marks, platform_events
from briefings.store.engine import insert_into, reading, writing


class MarkStore:
    """Named values such as the last tick, and events that are answered once."""

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
