"""One worker at a time on a SQLite database: the second waits as standby and takes over when the first ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from briefings.errors import StoreError


class Turn:
    """The right to work on a database of this machine. The system takes it back however its holder ends."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.lock")
        self._handle: int | None = None

    def take(self) -> bool:
        """Take the right if nobody has it; say whether it is ours.

        Raises:
            StoreError: the lock file can't be written.
        """
        if self._handle is not None:
            return True
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            msg = f"can't write {self._path} ({error.strerror}); choose another data directory or mend its permissions"
            raise StoreError(msg) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def give_back(self) -> None:
        """Let the next one work; the file stays, since removing it could give the right to two."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
