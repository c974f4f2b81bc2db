"""The extractor: a child process that holds the parser, killed past a deadline and recycled. Loads no parser itself."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Lock
from types import TracebackType
from typing import Any

from briefings.errors import BriefingBotError, ExtractFailed, ExtractorDown, Interrupted
from briefings.extract.parsed import MAX_CHARS
from briefings.model import Findings
from config.catalogue import Catalogue

START_TIMEOUT_S = 60.0  # loading takes about a second; a machine that is starting up may need many
MAX_MEMORY_MB = 280  # a child that has used more is replaced after its article
# The child's whole environment: one thread, few malloc arenas, and none of our secrets.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "PYTHONUTF8": "1",
}


class _Crashed(ExtractFailed):
    """The child ended by itself or was killed from outside."""


class _NotStarted(ExtractorDown):
    """The child ended, or said nothing in time, before its first article."""


class Extractor:
    """Finds quotations, issues and responses in another process; one article at a time, from any thread."""

    def __init__(self, model: str, catalogue: Catalogue, *, timeout_s: float = 30, recycle_after: int = 500) -> None:
        """Prepare; the child starts with the first article.

        Args:
            model: name of an installed spaCy package.
            catalogue: handed to the child when it starts.
            timeout_s: seconds for one article; past them the child is killed and the article fails.
            recycle_after: articles after which the child is replaced, since a vocabulary only grows.
        """
        self._model = model
        self._catalogue = catalogue
        self._timeout_s = timeout_s
        self._recycle_after = recycle_after
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._n_done = 0
        self._is_ending = False

    def __enter__(self) -> Extractor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def extract(
        self, text: str, *, title: str = "", published: datetime | None = None, publisher: str = ""
    ) -> Findings:
        """Return what one article says.

        Args:
            text: the article; what lies beyond the first 3,000 words is not read.
            title: its headline.
            published: aware, or None when unknown.
            publisher: name of its outlet.

        Raises:
            ExtractFailed: the child took too long, crashed twice or could not read the article.
            ExtractorDown: the child could not be started, twice; that says nothing of the article.
            Interrupted: the worker is stopping, so the article must be extracted another time.
        """
        job = (text[:MAX_CHARS], title, published, publisher)
        try:
            return self._extract(job)
        except (_Crashed, _NotStarted):  # its killer may have meant the worker, or another article filled the memory
            return self._extract(job)

    def _extract(self, job: tuple[str, str, datetime | None, str]) -> Findings:
        with self._lock:
            if self._is_ending:
                raise Interrupted
            connection = self._connection or self._start()
            found, failure, memory = self._ask(connection, job)
            self._n_done += 1
            if self._n_done >= self._recycle_after or memory > MAX_MEMORY_MB:
                self._stop()
        if found is None:
            msg = f"the extractor could not read the article ({failure}); it is stored without findings"
            raise ExtractFailed(msg)
        return found

    def interrupt(self) -> None:
        """Refuse every further article, since the worker is stopping; the one in hand may still be finished."""
        self._is_ending = True

    def close(self) -> None:
        """End the child; a later call of `extract` starts another."""
        with self._lock:
            self._stop()

    @property
    def pid(self) -> int | None:
        """Process id of the child, for watching its memory."""
        return self._child.pid if self._child else None

    def _start(self) -> Connection:
        ours, theirs = Pipe()
        command = [sys.executable, "-m", "briefings.extract.child", str(theirs.fileno())]
        environment = {**_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        self._child = subprocess.Popen(  # noqa: S603 - our own module, no word from outside
            command,
            env=environment,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is meant for the worker, which lets the article in hand be finished
        )
        theirs.close()
        self._connection, self._n_done = ours, 0
        try:
            ours.send((self._model, self._catalogue))
            self._receive(ours, START_TIMEOUT_S)
        except (OSError, ExtractFailed):
            what = f"did not start: see that the model '{self._model}' (NLP_MODEL) is installed and has memory"
            raise self._failure(
                what, _NotStarted, "this article is not stored; it will be taken when it comes again"
            ) from None
        return ours

    def _ask(
        self, connection: Connection, job: tuple[str, str, datetime | None, str]
    ) -> tuple[Findings | None, str, int]:
        try:
            connection.send(job)
        except OSError:
            raise self._failure("was gone", _Crashed) from None
        answer: tuple[Findings | None, str, int] = self._receive(connection, self._timeout_s)
        return answer

    def _receive(self, connection: Connection, timeout_s: float) -> Any:
        try:
            if connection.poll(timeout_s):
                return connection.recv()
        except (EOFError, OSError):
            raise self._failure("crashed", _Crashed) from None
        raise self._failure(f"took longer than {timeout_s:g} seconds")

    def _failure(
        self,
        what: str,
        kind: type[BriefingBotError] = ExtractFailed,
        follows: str = "it starts anew with the next article",
    ) -> BriefingBotError | Interrupted:
        """End the child and return the error to raise."""
        self._stop()
        return Interrupted() if self._is_ending else kind(f"the extractor {what}; {follows}")

    def _stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None
