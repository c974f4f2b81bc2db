"""A watched folder: files dropped there are imported once, complete ones only; nothing in it is moved or changed."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from briefings.errors import BadInput
from briefings.sources.files import Given, read_paths
from briefings.sources.sandbox import Sandbox
from briefings.store.inbox import InboxFile
from briefings.use_cases.ingest import ingest
from briefings.use_cases.newsroom import Newsroom

MAX_FILES = 5_000  # looked at in one round
MAX_TOLD = 5  # mistakes told of one file
_CHUNK = 1 << 20
_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".swp", ".filepart", "~")


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What a round brought: articles new or changed, files read, and what is wrong with others, in sentences."""

    n_articles: int = 0
    n_files: int = 0
    told: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """Imports what is dropped into a folder.

    A file is complete when two rounds find it with the same size and time of change. It is known by its path, these,
    and its content: a copy under another name, or one that was only touched, is not imported again.
    """

    room: Newsroom
    sandbox: Sandbox
    folder: Path
    _busy: threading.Lock = field(default_factory=threading.Lock)

    def look(self, now: datetime) -> Received:
        """Look once; when an earlier round is still at work, leave it to that one.

        Raises:
            BadInput: the folder is not there or can't be read.
        """
        if not self._busy.acquire(blocking=False):
            return Received()
        try:
            return self._look(now)
        finally:
            self._busy.release()

    def _look(self, now: datetime) -> Received:
        found = {str(path.relative_to(self.folder)): path for path in _files(self.folder)}
        seen = self.room.store.inbox.seen(found)
        n_articles, n_files = 0, 0
        told: list[str] = []
        for name, path in found.items():
            before, stamp = seen.get(name), _stamp(path)
            if stamp is None or (before is not None and before.stamp == stamp and before.state != "waiting"):
                continue
            if before is None or before.stamp != stamp:
                self.room.store.inbox.put(InboxFile(path=name, stamp=stamp, state="waiting"), now)
                continue
            count, mistakes = self._take(name, path, stamp, now)
            n_articles, n_files, told = n_articles + count, n_files + 1, [*told, *mistakes]
        return Received(n_articles=n_articles, n_files=n_files, told=tuple(told))

    def _take(self, name: str, path: Path, stamp: str, now: datetime) -> tuple[int, list[str]]:
        """Import a complete file; return how many articles are new or changed and what is wrong with it."""
        store = self.room.store.inbox
        digest = _digest(path)
        if digest is None:
            store.put(InboxFile(path=name, stamp=stamp, state="bad"), now)
            return 0, [f"inbox file {name} can't be read; mend its permissions and save it again"]
        known = store.state_of(digest)
        if known is not None:
            store.put(InboxFile(path=name, stamp=stamp, state=known, sha256=digest), now)
            return 0, []
        count, mistakes = self._import(path, now)
        store.put(InboxFile(path=name, stamp=stamp, state="bad" if mistakes else "done", sha256=digest), now)
        return count, _told(name, mistakes, count)

    def _import(self, path: Path, now: datetime) -> tuple[int, list[str]]:
        count, mistakes = 0, []
        for outcome in read_paths([path], Given(), self.sandbox, now):
            if isinstance(outcome, BadInput):
                mistakes.append(str(outcome))
                continue
            try:
                count += ingest(self.room, outcome, now=now, is_import=True).kind != "same"
            except BadInput as error:
                mistakes.append(str(error))
        return count, mistakes


def _told(name: str, mistakes: list[str], count: int) -> list[str]:
    """Return what to tell of a file, in one sentence."""
    if not mistakes:
        return []
    more = f"; and {len(mistakes) - MAX_TOLD} more" if len(mistakes) > MAX_TOLD else ""
    rest = "the rest of it was imported" if count else "nothing new came of it"
    return [f"inbox file {name}: {'; '.join(mistakes[:MAX_TOLD])}{more} ({rest})"]


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and those below it by name; links, hidden and unfinished ones left out."""
    if not folder.is_dir():
        msg = f"INBOX_DIR: {folder} is no folder; make it or name another"
        raise BadInput(msg)
    count = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = Path(place) / name
            if name.startswith(".") or name.lower().endswith(_UNFINISHED) or path.is_symlink() or not path.is_file():
                continue
            count += 1
            if count > MAX_FILES:
                return
            yield path


def _stamp(path: Path) -> str | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return f"{status.st_size}-{status.st_mtime_ns}"


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return None
    return digest.hexdigest()
