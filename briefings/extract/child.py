"""The process that holds the parser: reads articles from a pipe, answers with findings; run by worker.py."""

from __future__ import annotations

import resource
import signal
import sys
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

from briefings.extract.analyse import analyse
from briefings.extract.context import ExtractContext
from briefings.extract.parse import Parser, load_parser
from briefings.model import Findings

Job = tuple[str, str, datetime | None, str]  # text, title, published, publisher
Answer = tuple[Findings | None, str, int]  # findings or the error's type, and the most memory used so far in MB


def main(descriptor: int) -> None:
    """Serve until the parent closes the pipe.

    The first message is the model's name and the catalogue; the answer to it says that the parser is loaded.
    """
    connection: Connection = Connection(descriptor)
    try:
        model, catalogue = connection.recv()
        try:
            parser = load_parser(model)
        except OSError:  # there is no such model; the parent says so when it sees the end of the pipe
            sys.exit(1)
        context = ExtractContext.build(catalogue)
        connection.send("ready")
        while True:
            connection.send(_answer(connection.recv(), parser, context))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _answer(job: Job, parser: Parser, context: ExtractContext) -> Answer:
    text, title, published, _ = job
    try:
        found, failure = analyse(text, title=title, published=published, parser=parser, context=context), ""
    except Exception as error:  # noqa: BLE001 - the seam of one article: it must not cost the next one
        found, failure = None, type(error).__name__
    return found, failure, _memory()


def _memory() -> int:
    """Return the most memory that this process used, in MB; where /proc is missing, what counts the parent's too."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # sent to the whole group at a stop; the end of the pipe ends us
    main(int(sys.argv[1]))
