"""What the platforms that write Markdown share: marks around words. Each knows its own special characters."""

from __future__ import annotations

import re

WRAPS = {"plain": "", "strong": "**", "emphasis": "*", "muted": ""}
_LINE_START = re.compile(r"^(\s*)([-+=#]|\d+[.)])")


def escaped(text: str, special: re.Pattern[str]) -> str:
    """Return a text with a backslash before every special character and before what would begin a list or heading.

    Args:
        text: one line.
        special: what has a meaning on the platform, as its first group.
    """
    quoted = special.sub(r"\\\1", text)
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", quoted)


def wrapped(text: str, mark: str) -> str:
    """Put marks around the words, not around the spaces at their ends, where they would show as characters."""
    core = text.strip()
    if not core or not mark:
        return text
    start = text.index(core)
    return f"{text[:start]}{mark}{core}{mark}{text[start + len(core) :]}"
