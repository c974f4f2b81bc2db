"""The limited child: reads jobs from its standard input and answers in JSON. It opens no socket and writes no file."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import struct
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

from lxml import etree

from briefings.errors import ParseFailed
from briefings.sources.discover import find_feeds
from briefings.sources.feed import read_feed
from briefings.sources.language import tell
from briefings.sources.page import read_page
from briefings.sources.records import FeedHints, to_row

MEMORY = 512 * 2**20
CPU_SECONDS = 12  # a job; the parent's clock stops it at 10
OPEN_FILES = 64
# What the parsers raise on hostile bytes. Anything else, MemoryError too, ends this child; the parent starts another.
PARSER_ERRORS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError,
    etree.LxmlError,
)  # fmt: skip
_FORBIDDEN = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.remove", "os.rename",
    "os.mkdir", "os.chmod", "os.link", "os.symlink", "shutil.", "ctypes.dlopen", "ftplib.", "urllib.",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def main() -> None:
    """Answer jobs until the input ends."""
    jobs, answers = _private_pipe()
    _limit_process()
    _warm_up()
    sys.addaudithook(_refuse)
    _send(answers, {"ready": True})
    while line := jobs.readline():
        header = json.loads(line)
        body = jobs.read(int(header["size"]))
        _limit_processor()
        _send(answers, _answer(header, body))


def _private_pipe() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipe for ourselves: what a library prints must not pass for an answer."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, answers


def _answer(header: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    try:
        return _JOBS[str(header["job"])](header, body)
    except ParseFailed as error:
        return {"error": str(error)}
    except PARSER_ERRORS as error:
        return {"error": f"{header.get('url')} can't be parsed ({type(error).__name__}); it may be damaged"}


def _feed(header: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    hints = FeedHints(**header["hints"])
    return to_row(read_feed(body, header["url"], datetime.fromisoformat(header["now"]), hints))


def _page(header: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    return to_row(read_page(body, header["url"], header["content_type"]))


def _links(header: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    return {"links": [asdict(link) for link in find_feeds(body, header["url"], header["content_type"])]}


def _language(header: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    return {"language": tell(body.decode("utf-8", "replace"), header["declared"])}


_JOBS: dict[str, Callable[[Mapping[str, Any], bytes], dict[str, Any]]] = {
    "feed": _feed,
    "page": _page,
    "links": _links,
    "language": _language,
}


def _send(answers: BinaryIO, row: Mapping[str, Any]) -> None:
    payload = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
    answers.write(struct.pack(">Q", len(payload)) + payload)
    answers.flush()


def _limit_process() -> None:
    """Bound memory and files; a system that knows no such limit has the parent's clock alone."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  # not on every system

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _limit_processor() -> None:
    """Allow the coming job its seconds of processor time."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  # not on every system

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS, hard))


def _warm_up() -> None:
    """Load what the libraries load at their first use, before files and sockets are closed to them."""
    tell("The envoys of the two countries met in the harbour town on Tuesday.")
    read_page(_SAMPLE, "https://example.org/", "text/html; charset=utf-8")


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what no parser needs; an audit hook can't be taken off again."""
    if event == "open":
        _refuse_file(*arguments)
    elif event.startswith(_FORBIDDEN):
        msg = f"{event} is closed to the parser"
        raise PermissionError(msg)


def _refuse_file(path: object, _mode: object, flags: int) -> None:
    """Refuse files, except to read those of Python and its packages."""
    if isinstance(path, int):
        return
    name = os.path.realpath(os.fsdecode(path)) if isinstance(path, (str, bytes)) else ""
    if flags & _WRITING or not name.startswith(_READABLE):
        msg = "files are closed to the parser"
        raise PermissionError(msg)


_READABLE = tuple(
    {*(os.path.realpath(place) for place in sys.path if place), sys.prefix, sys.base_prefix, "/usr/share/zoneinfo"}
)
_SAMPLE = (
    b"<html><head><title>A sample</title></head><body><article>"
    + b"<p>The envoys of the two countries met in the harbour town on Tuesday and talked until the evening.</p>" * 4
    + b"</article></body></html>"
)

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # sent to the whole group at a stop; the end of the input ends us
    main()
