"""Files of the inbox: which were seen, which are complete, which were imported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Engine, select

from briefings.store.engine import insert_into, reading, writing
from briefings.store.rows import chunks
from briefings.store.source_tables import inbox_files

FileState = Literal["waiting", "done", "bad"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFile:
    """A file as last seen; `stamp` is its size and time of change."""

    path: str
    stamp: str
    state: FileState
    sha256: str = ""


class InboxStore:
    """What became of each file."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def seen(self, paths: Iterable[str]) -> dict[str, InboxFile]:
        """Return what is known of these files, by path."""
        found: dict[str, InboxFile] = {}
        with reading(self._engine) as connection:
            for chunk in chunks(sorted(set(paths))):
                rows = connection.execute(select(inbox_files).where(inbox_files.c.path.in_(chunk)))
                for row in rows:
                    found[row.path] = InboxFile(path=row.path, stamp=row.stamp, state=row.state, sha256=row.sha256)
        return found

    def put(self, file: InboxFile, now: datetime) -> None:
        """Record what became of a file."""
        values = {"stamp": file.stamp, "sha256": file.sha256, "state": file.state, "at": now}
        with writing(self._engine) as connection:
            row = insert_into(connection, inbox_files).values(path=file.path, **values)
            connection.execute(row.on_conflict_do_update(index_elements=["path"], set_=values))

    def state_of(self, sha256: str) -> FileState | None:
        """Return what became of a file with this content under whatever name, None when there was none."""
        query = select(inbox_files.c.state).where(inbox_files.c.sha256 == sha256, inbox_files.c.state != "waiting")
        with reading(self._engine) as connection:
            state: FileState | None = connection.execute(query.limit(1)).scalar()
        return state
