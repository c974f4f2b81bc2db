"""The prompt at a real terminal: Tab completes, a stop leaves the terminal as it was."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.console.adapter import PROMPT

ROOT = Path(__file__).parents[3]


@dataclass
class Terminal:
    """A terminal with a person before it."""

    child: subprocess.Popen[bytes]
    near: int
    far: int
    shown: str = ""

    def type(self, keys: str, then: str, seconds: float = 20) -> None:
        """Press keys and wait until something new is shown."""
        begin, deadline = len(self.shown), time.monotonic() + seconds
        os.write(self.near, keys.encode())
        while then not in self.shown[begin:]:
            assert time.monotonic() < deadline, self.shown
            if select.select([self.near], [], [], 0.1)[0]:
                self.shown += os.read(self.near, 4096).decode("utf-8", "replace")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    near, far = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.bot.prompt_child", str(tmp_path)],
        stdin=far, stdout=far, stderr=far, cwd=ROOT, env={**os.environ, "TERM": "dumb", "INPUTRC": "/dev/null"},  # noqa: TID251
    )  # fmt: skip
    made = Terminal(child, near, far)
    made.type("", PROMPT)
    yield made
    child.kill()
    child.wait()
    os.close(near)
    os.close(far)


def test_prompt_when_tab_is_pressed_then_commands_options_and_values_are_completed(terminal: Terminal) -> None:
    terminal.type("/quo\t", "/quotes ")
    terminal.type("speaker:A\t", '"Ada Holm" ')
    terminal.type("to\t", "topic:")
    terminal.type("\t", "harbour ")
    terminal.type("\n", '<<Asked /quotes speaker:"Ada Holm" topic:harbour')
    terminal.type("exit\n", "exit")
    assert terminal.child.wait(20) == 0


def test_prompt_when_the_worker_is_stopped_then_it_ends_and_the_terminal_is_as_before(terminal: Terminal) -> None:
    before = termios.tcgetattr(terminal.far)
    assert not before[3] & termios.ECHO  # readline draws by itself
    terminal.child.terminate()
    assert terminal.child.wait(20) == 0
    assert termios.tcgetattr(terminal.far)[3] & termios.ECHO
