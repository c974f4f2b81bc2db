"""Paths to the files they stand for: one file, a directory, a zip; bounded, and never written anywhere."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from briefings.errors import BadInput, UnreadableFile

MAX_MEMBERS = 20_000
MAX_MEMBER = 64 * 2**20  # bytes of one file in a zip, unpacked
MAX_UNPACKED = 1_024 * 2**20  # bytes of all files of one zip, unpacked
MAX_RATIO = 200  # news text packs 3 to 10 times; a bomb a thousand times
_SMALL = 2**20
# What saved web pages and archives carry beside the articles: left alone without a word.
_ASSETS = frozenset({
    ".css", ".js", ".map", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".woff", ".woff2", ".ttf",
    ".eot", ".otf", ".mp3", ".mp4", ".webm", ".ini", ".lnk",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """A file to read: its name for messages, its size, and how to open it."""

    name: str
    size: int
    open: Callable[[], BinaryIO]

    @property
    def suffix(self) -> str:
        """The last part of the name in lower case: ".html"."""
        return PurePosixPath(self.name.replace("\\", "/")).suffix.lower()

    def head(self, n: int = 512) -> bytes:
        """Return the first bytes."""
        with self.open() as file:
            return file.read(n)

    def read(self, limit: int) -> bytes:
        """Return all bytes.

        Raises:
            UnreadableFile: there are more than `limit`.
        """
        with self.open() as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            msg = f"{self.name} has more than {limit // 2**20} MB; split it, or give articles as lines of a .jsonl file"
            raise UnreadableFile(msg)
        return data


def blobs(path: Path) -> Iterator[Blob | BadInput]:
    """Yield the files that a path stands for, in the order of their names; what can't be listed comes as an error."""
    if path.is_dir():
        yield from _directory(path)
    elif not path.exists():
        yield UnreadableFile(f"{path} does not exist; check the spelling")
    elif not path.is_file():
        yield UnreadableFile(f"{path} is not a regular file; give a file, a directory or a zip")
    else:
        yield from _file(path)


def _file(path: Path) -> Iterator[Blob | BadInput]:
    if path.suffix.lower() == ".zip":
        yield from _zip(path)
        return
    try:
        yield Blob(name=str(path), size=path.stat().st_size, open=lambda: path.open("rb"))
    except OSError as error:
        yield unreadable(str(path), error)


def _directory(top: Path) -> Iterator[Blob | BadInput]:
    try:
        found = sorted(path for path in top.rglob("*") if _is_wanted(path.relative_to(top)))
    except OSError as error:
        yield unreadable(str(top), error)
        return
    files = [path for path in found if path.is_file()]
    if not files:
        yield UnreadableFile(f"{top} holds no file to import; give .txt, .md, .html, .jsonl, .eml, .xml or .zip files")
    for path in files:
        yield from _file(path)


def _zip(path: Path) -> Iterator[Blob | BadInput]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _members(archive, str(path))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is damaged or no zip"
        yield UnreadableFile(f"{path} can't be opened: {reason}; pack it again")


def _members(archive: zipfile.ZipFile, name: str) -> Iterator[Blob | BadInput]:
    infos = sorted(
        (i for i in archive.infolist() if not i.is_dir() and _is_wanted(PurePosixPath(i.filename))), key=_by_name
    )
    if len(infos) > MAX_MEMBERS:
        yield UnreadableFile(f"{name} holds {len(infos):,} files; at most {MAX_MEMBERS:,} are read: split it")
        return
    left = MAX_UNPACKED
    for info in infos:
        try:
            data = _unpack(archive, info, name, left)
        except BadInput as error:
            yield error
            continue
        left -= len(data)
        yield Blob(name=f"{name}/{_shown(info.filename)}", size=len(data), open=_opener(data))


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, left: int) -> bytes:
    """Return a member's bytes; what its header says of its size is not believed."""
    inside = f"{name}/{_shown(info.filename)}"
    if info.flag_bits & 1:
        msg = f"{inside} is locked with a password; unpack the zip and import the directory"
        raise UnreadableFile(msg)
    limit = min(MAX_MEMBER, left, max(info.compress_size * MAX_RATIO, _SMALL))
    try:
        with archive.open(info) as member:
            data = member.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        msg = f"{inside} is damaged; pack the zip again"
        raise UnreadableFile(msg) from error
    if len(data) > limit:
        msg = f"{inside} unpacks to more than {limit:,} bytes and was left out; unpack the zip and import the directory"
        raise UnreadableFile(msg)
    return data


def _opener(data: bytes) -> Callable[[], BinaryIO]:
    return lambda: io.BytesIO(data)


def _by_name(info: zipfile.ZipInfo) -> str:
    return info.filename


def _shown(name: str) -> str:
    """Return a member's name for messages: one line, no way out of its zip."""
    return "/".join(
        part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..") and part.isprintable()
    )


def _is_wanted(path: Path | PurePosixPath) -> bool:
    """Leave out hidden files, what a Mac adds to zips, and what belongs to a saved web page."""
    parts = path.parts
    return (
        not any((p.startswith(".") and p != "..") or p == "__MACOSX" for p in parts)
        and path.suffix.lower() not in _ASSETS
    )


def unreadable(name: str, error: OSError) -> UnreadableFile:
    """Return the system's reason as one of our errors."""
    return UnreadableFile(f"{name} can't be read: {error.strerror or error}; check its permissions")
