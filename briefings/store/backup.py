"""Copies of a SQLite database: made while it is in use, checked, and put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from briefings.errors import BadInput, StoreError

PATTERN = "briefings-*.db"
_SIDE_FILES = ("-wal", "-shm", "-journal")


def database_file(url: str) -> Path:
    """Return the file of a SQLite address.

    Raises:
        BadInput: it is another kind of database, which its own tools copy.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        msg = (
            "this database is PostgreSQL: copy it with `pg_dump --format=custom --file=FILE`, "
            "put it back with `pg_restore --clean --if-exists`, every worker stopped, and run "
            "`briefing-bot deliveries distrust` before one starts"
        )
        raise BadInput(msg)
    if address.database in (None, "", ":memory:"):
        msg = "the database is in memory, so there is nothing to copy; set DATA_DIR or DATABASE_URL"
        raise BadInput(msg)
    return Path(str(address.database))


def back_up(source: Path, target: Path) -> Path:
    """Copy a database that may be in use; the copy is one state, checked, and appears whole or not at all.

    Raises:
        BadInput: there is no database yet, or the target is there already.
        StoreError: it can't be read or the copy can't be written.
    """
    if not source.is_file() or source.stat().st_size == 0:
        msg = f"there is no database at {source} yet"
        raise BadInput(msg)
    if target.exists():
        msg = f"{target} is there already; name another file"
        raise BadInput(msg)
    partial = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=15)) as connection:
            connection.execute("VACUUM INTO ?", (str(partial),))
        partial.chmod(0o600)
        _sync(partial)
        _require_sound(partial)
        partial.replace(target)
        _sync(target.parent)
    except (OSError, sqlite3.Error) as error:
        partial.unlink(missing_ok=True)
        msg = f"can't copy {source} to {target}: {error}"
        raise StoreError(msg) from None
    return target


def restore(copy: Path, target: Path, now: datetime) -> Path | None:
    """Put a copy in the place of a database that nobody uses; return where the one before was moved to.

    Raises:
        BadInput: the copy is not there, is damaged, or is the database itself.
        StoreError: files can't be written.
    """
    if not copy.is_file() or (target.exists() and copy.samefile(target)):
        msg = f"there is no backup at {copy}"
        raise BadInput(msg)
    try:
        _require_sound(copy)
    except StoreError as error:
        msg = f"{error}; nothing was changed"
        raise BadInput(msg) from None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.name}.part")
        shutil.copyfile(copy, partial)
        partial.chmod(0o600)
        _sync(partial)
        aside = _move_aside(target, now)
        partial.replace(target)
        _sync(target.parent)
    except OSError as error:
        msg = f"can't put {copy} in the place of {target}: {error.strerror}"
        raise StoreError(msg) from None
    return aside


def require_sound(file: Path, backups: Path) -> None:
    """Check a database before anything is written to it; a missing or an empty one is sound.

    Raises:
        StoreError: it is damaged; the message names the newest backup.
    """
    if not file.is_file() or file.stat().st_size == 0:
        return
    try:
        _require_sound(file)
    except StoreError as error:
        copy = newest(backups)
        remedy = (
            f"stop every worker and run `briefing-bot restore {copy}`, the newest backup"
            if copy
            else f"no backup is in {backups}; if you keep one elsewhere, run `briefing-bot restore FILE`"
        )
        msg = f"{error}. Nothing was changed; {remedy}"
        raise StoreError(msg) from None


def newest(backups: Path) -> Path | None:
    """Return the newest backup in a folder; their names hold their time."""
    return max(backups.glob(PATTERN), default=None)


def name_at(now: datetime) -> str:
    """Return the name of a backup made at a time."""
    return f"briefings-{now.astimezone(UTC):%Y%m%d-%H%M%S}.db"


def _require_sound(file: Path) -> None:
    """Read every page.

    Raises:
        StoreError: something is wrong with one.
    """
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=15)) as connection:
            connection.text_factory = _decode  # a damaged schema holds no text
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        said = str(found[0]) if found else "it can't be read"
    except sqlite3.OperationalError as error:
        if "malformed" not in str(error) and "disk I/O" not in str(error):
            return  # it is locked or can't be opened: whoever opens it next says so
        said = str(error)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        said = str(error)
    if said != "ok":
        msg = f"the database {file} is damaged ({' '.join(said.split())[:200]})"
        raise StoreError(msg)


def _decode(given: bytes) -> str:
    return given.decode("utf-8", "replace")


def _move_aside(target: Path, now: datetime) -> Path | None:
    """Keep the database that is replaced, with what belongs to it."""
    aside = target.with_name(f"{target.name}.replaced-{now.astimezone(UTC):%Y%m%d-%H%M%S}") if target.exists() else None
    for end in ("", *_SIDE_FILES):
        part = target.with_name(target.name + end)
        if part.exists() and aside:
            part.replace(aside.with_name(aside.name + end))
        else:
            part.unlink(missing_ok=True)
    return aside


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
