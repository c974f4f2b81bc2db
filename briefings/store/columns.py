"""What the tables are made of: times that stay aware UTC, text that every database takes, column makers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Boolean, Column, DateTime, Dialect, ForeignKey, Integer, MetaData, Text, false, true
from sqlalchemy.types import TypeDecorator

# NUL is refused by PostgreSQL, lone surrogates by UTF-8; one for one, so that offsets hold
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """Return the text with each character that can't be stored replaced by U+FFFD; its length stays."""
    return _UNSTORABLE.sub("\ufffd", text)


class Utc(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; SQLite keeps fixed-width text, which sorts by time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time; give SQLite UTC without the zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"naive time {value.isoformat()}; times in the store are aware"
            raise ValueError(msg)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text from anywhere, made storable on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace what can't be stored."""
        return None if value is None else storable(value)


FREE: Mapping[str, None] = {"lease_owner": None, "lease_until": None}  # values of a row that nobody holds
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def id_() -> Column[int]:
    """Make the number of a row."""
    return Column("id", Integer, primary_key=True)


def words(name: str, *, optional: bool = False) -> Column[str]:
    """Make a text column."""
    return Column(name, Words, nullable=optional)


def number(name: str, *, optional: bool = False) -> Column[int]:
    """Make a whole number."""
    return Column(name, Integer, nullable=optional)


def flag(name: str, *, default: bool | None = None) -> Column[bool]:
    """Make a yes or no; with a default, older code that does not know the column can still write the row."""
    if default is None:
        return Column(name, Boolean, nullable=False)
    return Column(name, Boolean, nullable=False, server_default=true() if default else false())


def time(name: str, *, optional: bool = False) -> Column[datetime]:
    """Make a moment."""
    return Column(name, Utc, nullable=optional)


def to(name: str, target: str, *, optional: bool = False) -> Column[int]:
    """Make a reference, `table.column`."""
    return Column(name, Integer, ForeignKey(target), nullable=optional)


def span(name: str, *, optional: bool = False) -> tuple[Column[int], Column[int]]:
    """Make two columns: code points into the revision's text."""
    prefix = f"{name}_" if name else ""
    return number(f"{prefix}start", optional=optional), number(f"{prefix}end", optional=optional)
