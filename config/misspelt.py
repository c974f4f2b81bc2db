"""Names in the environment that are not settings but look as if they were meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from config.rows import nearest

PREFIXES = ("SLACK_", "DISCORD_")
_SAME_ENOUGH = 0.9  # LOG_LEVL, DATABSE_URL; not XDG_DATA_DIRS, not TEST_DATABASE_URL


def find_misspelt(names: Iterable[str], known: Iterable[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return errors about unknown SLACK_* and DISCORD_* names, and notices about names close to a setting's."""
    settings = sorted(known)
    errors: list[str] = []
    notices: list[str] = []
    for name in sorted(set(names) - set(settings)):
        if name.startswith(PREFIXES):
            ours = [s for s in settings if s.startswith(name.split("_")[0])]
            errors.append(f"{name}: no such setting; {nearest(name, ours)}")
        elif close := get_close_matches(name, settings, n=1, cutoff=_SAME_ENOUGH):
            notices.append(f"{name} is not a setting and is ignored; did you mean {close[0]}?")
    return errors, tuple(notices)
