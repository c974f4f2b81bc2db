"""The parent's side of the limited child: one killable process that parses feeds and pages."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from briefings.errors import ParseFailed
from briefings.sources.records import FeedHints, FeedLink, ParsedFeed, ParsedPage, feed_from, links_from, page_from

JOB_SECONDS = 10.0
START_SECONDS = 60.0  # loading the parsers takes 0.6 s; a busy machine may need far more
RECYCLE_AFTER = 500
MAX_ANSWER = 64 * 2**20
_LENGTH = struct.Struct(">Q")
_NO_HINTS = FeedHints()


class Sandbox:
    """Parses hostile bytes in a child that is killed past a deadline, replaced after a crash, and never trusted.

    Safe to call from several threads: jobs wait for each other. The child starts at the first job.

    Args:
        job_seconds: after how many seconds by our own clock a job's child is killed.
        recycle_after: jobs after which the child is replaced, so that what the parsers leak is given back.
    """

    def __init__(self, *, job_seconds: float = JOB_SECONDS, recycle_after: int = RECYCLE_AFTER) -> None:
        self._job_seconds = job_seconds
        self._recycle_after = recycle_after
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._n_jobs = 0

    def parse_feed(self, body: bytes, url: str, now: datetime, hints: FeedHints = _NO_HINTS) -> ParsedFeed:
        """Return the articles of an RSS, Atom or JSON feed.

        Args:
            body: the bytes as fetched.
            url: address or file name: for relative links and for messages.
            now: entries dated more than an hour later are undated.
            hints: what is known beside the bytes.

        Raises:
            ParseFailed: not a feed, or too large, slow or damaged to be read.
        """
        header = {"job": "feed", "url": url, "now": now.isoformat(), "hints": asdict(hints)}
        return feed_from(self._run(header, body))

    def extract_page(self, html: bytes, url: str, content_type: str = "") -> ParsedPage:
        """Return the article of a web page.

        Raises:
            ParseFailed: no article on it, a consent page or bot check, or too large, slow or damaged to be read.
        """
        return page_from(self._run({"job": "page", "url": url, "content_type": content_type}, html))

    def find_feeds(self, html: bytes, url: str, content_type: str = "") -> tuple[FeedLink, ...]:
        """Return the feeds that a web page names, the likeliest first.

        Raises:
            ParseFailed: the page is too large, slow or damaged to be read.
        """
        return links_from(self._run({"job": "links", "url": url, "content_type": content_type}, html))

    def detect_language(self, text: str, declared: str = "") -> str:
        """Return the ISO 639-1 code of a text's language; `declared` where the text is too short to tell."""
        sample = text[:2_000].encode("utf-8", "replace")
        return str(self._run({"job": "language", "url": "a text", "declared": declared}, sample).get("language", "en"))

    @property
    def pid(self) -> int | None:
        """The process id of the child that runs now."""
        return self._child.pid if self._child else None

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, header: Mapping[str, object], body: bytes) -> Mapping[str, Any]:
        with self._lock:
            child = self._ready_child()
            self._n_jobs += 1
            message = json.dumps({**header, "size": len(body)}).encode() + b"\n" + body
            answer, is_late = _exchange(child, message, self._job_seconds)
            if answer is None:
                self._stop()
        if answer is None:
            raise ParseFailed(_why_lost(str(header["url"]), self._job_seconds if is_late else None))
        if "error" in answer:
            raise ParseFailed(str(answer["error"])[:600])
        return answer

    def _ready_child(self) -> subprocess.Popen[bytes]:
        """Return a child that has loaded the parsers, a new one when the old is gone or has done its share."""
        if self._child is not None and (self._n_jobs >= self._recycle_after or self._child.poll() is not None):
            self._stop()
        if self._child is None:
            self._child, self._n_jobs = _start(), 0
            answer, _ = _exchange(self._child, b"", START_SECONDS)
            if not answer or not answer.get("ready"):
                self._stop()
                msg = "the parser does not start; check the installation with: python -m briefings.sources.child"
                raise ParseFailed(msg)
        return self._child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            _close(pipe)
        child.wait()


def _start() -> subprocess.Popen[bytes]:
    """Start a child without our environment: tokens and database addresses are none of a parser's business."""
    root = Path(__file__).resolve().parents[2]
    environment = {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LD_LIBRARY_PATH": str(sysconfig.get_config_var("LIBDIR") or ""),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "briefings.sources.child"],
        cwd=root,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for us: the child ends when its input does
    )


def _exchange(child: subprocess.Popen[bytes], message: bytes, seconds: float) -> tuple[Mapping[str, Any] | None, bool]:
    """Send a message and return the answer, or None when the child died; True when it was killed for being late.

    A timer kills the child at the deadline, which ends a blocked write as well as a blocked read.
    """
    late = threading.Event()

    def stop() -> None:
        late.set()
        child.kill()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        answer = _talk(child, message)
    finally:
        timer.cancel()
        timer.join()
    return (None, True) if late.is_set() else (answer, False)


def _talk(child: subprocess.Popen[bytes], message: bytes) -> Mapping[str, Any] | None:
    if child.stdin is None or child.stdout is None:
        return None
    try:
        child.stdin.write(message)
        child.stdin.flush()
        head = child.stdout.read(_LENGTH.size)
        size = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else MAX_ANSWER + 1
        payload = child.stdout.read(size) if size <= MAX_ANSWER else b""
        answer = json.loads(payload) if len(payload) == size else None
    except (OSError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def _close(pipe: IO[bytes] | None) -> None:
    """Close a pipe whose reader may be gone."""
    if pipe is not None:
        try:
            pipe.close()
        except BrokenPipeError:
            return


def _why_lost(url: str, seconds: float | None) -> str:
    if seconds is not None:
        return f"{url} took more than {seconds:g} s to parse and was given up; it is too large or built to be slow"
    return f"the parser ended on {url}: it needs more than 512 MB or crashes the parser; nothing of it was read"
