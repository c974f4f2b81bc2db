"""Open the database and run transactions on it, alike on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from briefings.errors import StoreError

BUSY_TIMEOUT_MS = 15_000  # a writer waits this long for another one
_OLDEST_SQLITE = (3, 35, 0)  # RETURNING
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # NORMAL may lose the last commits when power fails
)
_POSTGRES_CONNECT = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3}
_FROZEN_S = 30  # a worker frozen for so long inside a transaction loses it, so that its rows are free for others
_OURS = (IntegrityError, DataError, NotSupportedError, ProgrammingError)  # mistakes in our statements
_WRITES = "briefings_writes"  # execution option: this transaction will write


def open_engine(url: str) -> Engine:
    """Return an engine for a database address, having connected once.

    Args:
        url: `sqlite:///path/to/file.db`, `sqlite://` (in memory, for tests) or `postgresql://user@host/name`.

    Raises:
        StoreError: the address is of another kind, the directory can't be written, or nothing usable is there.
    """
    address = _address(url)
    engine = _open_sqlite(address) if address.get_backend_name() == "sqlite" else _open_postgres(address)
    try:
        with reading(engine):
            pass
    except StoreError:
        engine.dispose()
        raise
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Run a read-only transaction that sees one state of the database from first to last statement.

    Raises:
        StoreError: the database can't be used.
    """
    options: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with _translated(engine), engine.connect() as connection, connection.execution_options(**options).begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Run a transaction that writes; on SQLite it holds the write lock from its start.

    Raises:
        StoreError: the database can't be used.
    """
    with (
        _translated(engine),
        engine.connect() as connection,
        connection.execution_options(**{_WRITES: True}).begin(),
    ):
        yield connection


def is_writing(connection: Connection) -> bool:
    """Tell whether a connection is in a transaction that writes: what it reads may be rolled back."""
    return bool(connection.get_execution_options().get(_WRITES))


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """Run a transaction that may rebuild tables, which SQLite can't while references are enforced.

    Raises:
        StoreError: the database can't be used.
    """
    with (
        _translated(engine),
        engine.connect() as connection,
        _references_off(connection),
        connection.execution_options(**{_WRITES: True}).begin(),
    ):
        yield connection


@contextmanager
def _references_off(connection: Connection) -> Iterator[None]:
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    raw.execute("PRAGMA foreign_keys = OFF")  # heeded outside a transaction only
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def insert_into(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that can say `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def place(engine: Engine) -> str:
    """Return what messages call this database; never the password."""
    url = engine.url
    if url.get_backend_name() == "sqlite":
        return url.database or "the database in memory"
    return f"the PostgreSQL database {url.database or ''} on {url.host or 'this machine'}".replace("  ", " ")


def _address(url: str) -> URL:
    try:
        address = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    except ArgumentError:
        msg = "the database address can't be read; write sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"
        raise StoreError(msg) from None
    backend = address.get_backend_name()
    if backend == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return address.set(drivername="sqlite")
    msg = f"'{backend}' databases are not supported; use sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"
    raise StoreError(msg)


def _open_sqlite(url: URL) -> Engine:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        msg = f"this Python carries SQLite {sqlite3.sqlite_version}; 3.35 or newer is needed, so update Python"
        raise StoreError(msg)
    in_memory = url.database in (None, "", ":memory:")
    if not in_memory:
        _make_directory(Path(str(url.database)))
    # in memory the one connection is the database: threads take turns on it
    pool: dict[str, Any] = {"pool_size": 1, "max_overflow": 0} if in_memory else {"pool_size": 8, "max_overflow": 24}
    engine = create_engine(
        url, poolclass=QueuePool, hide_parameters=True, connect_args={"check_same_thread": False}, **pool
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_postgres(url: URL) -> Engine:
    engine = create_engine(
        url, hide_parameters=True, pool_pre_ping=True, pool_size=8, max_overflow=24, connect_args=_POSTGRES_CONNECT
    )
    event.listen(engine, "connect", _prepare_postgres)
    return engine


def _prepare_postgres(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:  # not as a start parameter: connection poolers refuse those
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{_FROZEN_S}s'")
    connection.commit()


def _make_directory(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab"):
            pass
    except OSError as error:
        reason = error.strerror or "it can't be written"
        msg = f"can't write the database {file}: {reason}; choose another data directory or mend its permissions"
        raise StoreError(msg) from None


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _translated(engine: Engine) -> Iterator[None]:
    """Turn a database that can't be used into a StoreError; mistakes in our statements stay what they are."""
    try:
        yield
    except PoolTimeout as error:
        msg = f"{place(engine)} is busy: no connection became free; try again"
        raise StoreError(msg) from error
    except DBAPIError as error:
        reason = _reason(error)
        if isinstance(error, _OURS) and "migrate" not in reason:
            # PostgreSQL adds the values of the row below the first line: they do not belong into a log
            raise type(error)(error.statement, None, RuntimeError(reason), hide_parameters=True) from None
        msg = f"{place(engine)}: {reason}"
        raise StoreError(msg) from None


_REASONS = (
    ("not a database", "the file is not a database of ours; name another one or move it away"),
    ("malformed", "the file is damaged; restore the newest backup"),
    ("no such table", "the tables are missing; run `briefing-bot migrate`"),
    ("no such column", "the tables are of another version; run `briefing-bot migrate`"),
    ("does not exist", "the tables or the database are missing; run `briefing-bot migrate` or create the database"),
    ("database is locked", "another process holds it; stop the other worker or try again"),
    ("disk is full", "the disk is full; free some space"),
    ("readonly", "it can't be written; mend its permissions"),
    ("unable to open", "it can't be opened; check the path and its permissions"),
)


def _reason(error: DBAPIError) -> str:
    said = str(error.orig).strip()
    for words, reason in _REASONS:
        if words in said:
            return reason
    return said.splitlines()[0] if said else "it does not answer"
