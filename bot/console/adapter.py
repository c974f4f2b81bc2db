"""The console as a platform: posts go to the terminal, commands are typed there.

A terminal can't be asked what it showed, so a journal beside the database is written before and after each post.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import select
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol, TextIO

from bot.console.completing import Values
from bot.console.prompt import Prompt
from bot.platform import Handle
from briefings.answers.records import CONSOLE, Asker
from briefings.document import Document
from briefings.errors import Ambiguous, Refused
from briefings.model import Part

JOURNAL = "console-posts.jsonl"
PROMPT = "briefing> "
QUIT = frozenset({"exit", "quit", "/exit", "/quit"})
_CHUNK = 4096
_LONGEST_LINE = 64_000  # a longer one is cut; the parser says that it is too long


class RenderText(Protocol):
    """Draws a document for the terminal."""

    def __call__(self, document: Document, /) -> str:
        """Return the text with its line ends."""
        ...


@dataclass(kw_only=True)
class Journal:
    """What was printed, one JSON line a step: `begun` before, `done` after; synced, so that a kill loses neither."""

    path: Path

    def note(self, key: str, step: str) -> None:
        """Append one step.

        Raises:
            OSError: the data directory can't be written.
        """
        line = json.dumps({"key": key, "step": step}) + "\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.encode())
            os.fsync(handle)
        finally:
            os.close(handle)

    def steps(self, key: str) -> frozenset[str]:
        """Return the steps noted for a key; a line that a kill cut short is passed over.

        Raises:
            OSError: the journal can't be read.
        """
        if not self.path.exists():
            return frozenset()
        wanted = json.dumps(key)
        lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        return frozenset(step for line in lines if wanted in line and (step := _step_of(line, key)))


def _step_of(line: str, key: str) -> str:
    try:
        entry = json.loads(line)
    except ValueError:
        return ""
    return str(entry.get("step", "")) if isinstance(entry, dict) and entry.get("key") == key else ""


def _no_values(completion: str, typed: str) -> Iterable[str]:
    return ()


@dataclass(kw_only=True)
class ConsolePlatform:
    """Posts to a terminal and answers what is typed there. Whoever types is a manager.

    Args:
        draw: draws a document; data_dir: where the journal is; out: where to write.
        values: what Tab offers for an option, `values(completion, typed)`.
    """

    draw: RenderText
    data_dir: Path
    out: TextIO = field(default_factory=lambda: sys.stdout)
    values: Values = _no_values
    name: str = "console"
    asker: Asker = CONSOLE
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def journal(self) -> Journal:
        """The journal in the data directory."""
        return Journal(path=self.data_dir / JOURNAL)

    def render(self, document: Document) -> tuple[str, ...]:
        """Return one body: the text as it will be printed."""
        return (json.dumps({"text": self.draw(document)}, ensure_ascii=False),)

    async def publish(self, part: Part) -> str:
        """Print one part.

        Raises:
            Refused: the journal can't be written, so nothing was printed.
            Ambiguous: printing failed on the way.
        """
        await asyncio.to_thread(self._print_once, part.key, part.body)
        return f"console-{part.key}"

    async def find(self, key: str, channel: str, since: datetime, parent: str | None = None) -> str | None:
        """Look a key up in the journal.

        Raises:
            Ambiguous: the worker was stopped while it printed.
        """
        try:
            steps = await asyncio.to_thread(self.journal.steps, key)
        except OSError as error:
            msg = f"the journal {self.journal.path} can't be read ({error.strerror})"
            raise Ambiguous(msg) from error
        if "done" in steps:
            return f"console-{key}"
        if "begun" in steps:
            msg = "the worker was stopped while it printed this post"
            raise Ambiguous(msg)
        return None

    async def edit(self, part: Part) -> None:
        """Print the new body below a line that says what it replaces: paper can't be changed."""
        text = json.loads(part.body)["text"]
        await asyncio.to_thread(self.show, f"(corrected) {text}")

    async def tell(self, person: str, body: str, key: str) -> str:
        """Print a message to whoever types.

        Raises:
            DeliveryError: as for a post.
        """
        await asyncio.to_thread(self._print_once, key, body)
        return f"console-{key}"

    async def listen(self, handle: Handle) -> None:
        """Answer typed lines until the input ends or someone types exit. Prompts only at a terminal."""
        loop = asyncio.get_running_loop()
        lines: asyncio.Queue[str | None] = asyncio.Queue()

        def put(line: str | None) -> None:
            with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
                loop.call_soon_threadsafe(lines.put_nowait, line)

        if sys.stdin.isatty() and sys.stdout.isatty():
            prompt = Prompt(words=PROMPT, values=self.values, put=put)
            with prompt.running():
                await self._answer_lines(lines, handle, prompt.ask)
        else:
            with _reading(sys.stdin.fileno(), put):
                await self._answer_lines(lines, handle, lambda: None)

    async def _answer_lines(self, lines: asyncio.Queue[str | None], handle: Handle, ask: Callable[[], None]) -> None:
        while True:
            ask()
            line = await lines.get()
            if line is None or line.strip().lower() in QUIT:
                return
            if line.strip():
                reply = await handle(line, self.asker)
                await asyncio.to_thread(self.show, self.draw(reply.document))

    def show(self, text: str) -> None:
        """Write to the terminal at once."""
        with self._lock:
            self.out.write(text)
            self.out.flush()

    def _print_once(self, key: str, body: str) -> None:
        try:
            self.journal.note(key, "begun")
        except OSError as error:
            msg = f"the journal {self.journal.path} can't be written ({error.strerror}); check DATA_DIR"
            raise Refused(msg) from error
        try:
            self.show(json.loads(body)["text"])
            self.journal.note(key, "done")
        except OSError as error:
            msg = f"printing failed ({error.strerror})"
            raise Ambiguous(msg) from error


@contextlib.contextmanager
def _reading(source: int, put: Callable[[str | None], None]) -> Iterator[None]:
    """Pass on the lines of a file descriptor while inside."""
    wake_read, wake_write = os.pipe()
    reader = threading.Thread(target=_read_lines, args=(source, wake_read, put), daemon=True)
    reader.start()
    try:
        yield
    finally:
        os.write(wake_write, b"x")
        reader.join(2)
        os.close(wake_read)
        os.close(wake_write)


def _read_lines(source: int, wake: int, put: Callable[[str | None], None]) -> None:
    """Pass on each line of a file descriptor until it ends or `wake` has something to read.

    A thread that waits in `readline` would hold the lock of stdin when the interpreter ends; this one can be woken.
    """
    held = b""
    while True:
        ready, _, _ = select.select([source, wake], [], [])
        if wake in ready:
            return
        try:
            chunk = os.read(source, _CHUNK)
        except OSError:
            chunk = b""
        held += chunk
        *whole, held = held.split(b"\n")
        held = held[:_LONGEST_LINE]
        for line in [*whole, *([held] if not chunk and held else [])]:
            put(line.decode("utf-8", "replace"))
        if not chunk:
            put(None)
            return
