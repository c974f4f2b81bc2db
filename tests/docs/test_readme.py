"""README shows what the demo posts, and names only commands that there are.

`python -m tests.docs.test_readme` writes the briefing of the demo's third day into README.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.root import cli

README = Path(__file__).parents[2] / "README.md"
BLOCK = re.compile(r"(<!-- briefing -->\n)(.*?)(<!-- /briefing -->)", re.DOTALL)
DAY = "Tue 27 May 2025"


def demo_output() -> str:
    """Return what the demo prints, on a terminal of 80 columns."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo"], capture_output=True, text=True, check=True, env={"COLUMNS": "80"}
    )
    return done.stdout


def message_of(output: str, day: str) -> str:
    """Return the channel message of a day: from its title to the line that begins its thread."""
    start = output.rindex("\n", 0, output.index(day)) + 1
    return output[start : output.index("────", start)].rstrip() + "\n"


@pytest.fixture(scope="module")
def output() -> str:
    return demo_output()


def test_readme_when_it_shows_a_briefing_then_it_is_the_demos(output: str) -> None:
    shown = BLOCK.search(README.read_text(encoding="utf-8"))
    assert shown is not None
    assert shown[2] == f"```\n{message_of(output, DAY)}```\n", "run `python -m tests.docs.test_readme` and look at it"


@pytest.mark.parametrize(
    "words",
    [
        "has not answered",  # silence reported by an article
        "no answer found",  # silence found by us
        "cannot tell",  # a feed was down
        "answered after",  # an answer that arrived
        "A quiet day",
        "now resolved",  # an issue that moved
    ],
)
def test_demo_when_played_then_every_state_is_seen(output: str, words: str) -> None:
    assert words in output


def test_readme_when_it_names_a_command_then_there_is_one() -> None:
    known = {c.name for c in (*cli.registered_commands, *cli.registered_groups)}
    named = set(re.findall(r"^briefing-bot ([a-z-]+)", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert named
    assert named <= known


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    block = f"```\n{message_of(demo_output(), DAY)}```\n"
    README.write_text(BLOCK.sub(lambda m: m[1] + block + m[3], text), encoding="utf-8")
