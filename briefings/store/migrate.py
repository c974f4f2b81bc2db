"""Bring the tables to the version that this code needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from briefings.errors import StoreError
from briefings.store.engine import place, reading, rebuilding

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 7_205_419_882  # PostgreSQL advisory lock: one migration at a time


def migrate(engine: Engine) -> None:
    """Apply every step that is missing, all or none; does nothing when there is none.

    Raises:
        StoreError: the tables are of a newer version than this code, or the database can't be used.
    """
    if is_current(engine):
        return
    with _alone(engine) as connection:
        if _version(connection, engine) != _newest():
            command.upgrade(_config(connection), "head")


def revert(engine: Engine, version: str) -> None:
    """Undo steps down to a version; "base" is an empty database.

    Raises:
        StoreError: the database can't be used.
    """
    with _alone(engine) as connection:
        command.downgrade(_config(connection), version)


def is_current(engine: Engine) -> bool:
    """Return whether the tables are those of this code.

    Raises:
        StoreError: they are of a newer version, or the database can't be used.
    """
    with reading(engine) as connection:
        return _version(connection, engine) == _newest()


def versions() -> tuple[str, ...]:
    """Return every version there is, oldest first."""
    return tuple(step.revision for step in reversed(list(_scripts().walk_revisions())))


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Hold the only migration under way, in one transaction."""
    with rebuilding(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection
        if engine.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            msg = f"{place(engine)}: a migration would have broken references; nothing was changed"
            raise StoreError(msg)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_FOLDER))


def _newest() -> str:
    return versions()[-1]


def _version(connection: Connection, engine: Engine) -> str | None:
    version = MigrationContext.configure(connection).get_current_revision()
    if version is not None and version not in versions():
        msg = (
            f"{place(engine)} was last used by a newer version of this program (its tables are {version}, "
            f"ours {_newest()}); update the program or restore an older backup"
        )
        raise StoreError(msg)
    return version
