"""Draws a document for the terminal that this process runs in."""

from __future__ import annotations

import shutil
import sys

from bot.console.render_terminal import render_terminal, render_text
from briefings.document import Document

WIDEST = 100  # columns; a longer line is hard to read


def draw(document: Document) -> str:
    """Return a document in colour with links, or plain when the output is no terminal."""
    width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
    return render_terminal(document, width) if sys.stdout.isatty() else render_text(document, width)
