"""What a section of README tells its reader to do, so that a test can do it word for word."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^( *)```(sh|text)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)


def steps(title: str) -> list[tuple[str, str]]:
    """Return the lines of a section's blocks in order: `sh` is typed in a shell, `text` in a channel."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return [(m[2], line.strip()) for m in _BLOCK.finditer(section) for line in m[3].splitlines() if line.strip()]


@dataclass
class Shell:
    """A new user's shell: nothing is set but where the bot keeps its data and where the platform is."""

    env: dict[str, str]
    secrets: Mapping[str, str]  # what the user copied from the platform, by the name of the variable
    log: Path
    workers: list[asyncio.subprocess.Process] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let the worker look for due briefings every two seconds, not thirty, so that a test need not wait."""
        hurried = self.log.parent / "hurried"
        hurried.mkdir()
        (hurried / "sitecustomize.py").write_text("import bot.worker\n\nbot.worker.TICK_S = 2.0\n", encoding="utf-8")
        self.env["PYTHONPATH"] = str(hurried)

    async def type(self, line: str) -> str:
        """Run a line and return what it printed; `run` goes on in the background.

        Raises:
            AssertionError: it failed, or it names a variable that the user has nothing for.
        """
        if line.startswith("export "):
            for word in shlex.split(line)[1:]:
                name, _, shown = word.partition("=")
                assert shown.endswith("...")
                assert self.secrets[name].startswith(shown.removesuffix("..."))
                self.env[name] = self.secrets[name]
            return ""
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # noqa: TID251
        is_worker = line.endswith(" run")
        with self.log.open("ab") as log:
            child = await asyncio.create_subprocess_exec(
                "sh", "-c", f"exec {line}", env={**self.env, "PATH": path}, cwd=self.log.parent,
                stdin=asyncio.subprocess.DEVNULL, stdout=log if is_worker else asyncio.subprocess.PIPE, stderr=log,
            )  # fmt: skip
        if is_worker:
            self.workers.append(child)
            return ""
        printed, _ = await asyncio.wait_for(child.communicate(), 60)
        assert child.returncode == 0, f"{line}: {printed.decode()} {self.log.read_text()}"
        return printed.decode()

    async def close(self) -> None:
        """End the workers as Ctrl-C does."""
        for worker in self.workers:
            worker.terminate()
            assert await asyncio.wait_for(worker.wait(), 25) == 0
