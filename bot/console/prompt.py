"""Lines typed at a terminal, with Tab completion and the lines typed before, where Python has readline."""

from __future__ import annotations

import sys
import termios
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from bot.console.completing import Values, offers


@dataclass(kw_only=True)
class Prompt:
    """Asks for one line at a time in a thread of its own; `ask` lets it ask for the next.

    The thread is a daemon: nothing wakes one that waits in readline, so at the end it is left there and the terminal is
    put back as it was. Only for a terminal on both sides: otherwise such a thread would hold a lock of stdin.
    """

    words: str
    values: Values
    put: Callable[[str | None], None]  # is given each line, None once there are no more
    _turn: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    _found: list[str] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Ask while inside."""
        before = termios.tcgetattr(sys.stdin.fileno())
        threading.Thread(target=self._ask_on, daemon=True).start()
        try:
            yield
        finally:
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, before)

    def ask(self) -> None:
        """Let it ask for one more line, once what was shown before is there."""
        self._turn.release()

    def _ask_on(self) -> None:
        self._set_up()
        while True:
            self._turn.acquire()
            try:
                line = input(self.words)
            except (EOFError, OSError, ValueError):
                self.put(None)
                return
            self.put(line)

    def _set_up(self) -> None:
        try:
            readline: Any = import_module("readline")
        except ImportError:  # some builds of Python are without it: lines are typed plainly
            return

        def complete(_: str, state: int) -> str | None:
            if state == 0:
                line = readline.get_line_buffer()[: readline.get_endidx()]
                self._found = offers(line, self.values)
            only = len(self._found) == 1 and not self._found[0].endswith(":")
            return self._found[state] + (" " if only else "") if state < len(self._found) else None

        readline.set_completer_delims(" ")
        readline.set_completer(complete)
        readline.parse_and_bind("tab: complete")
