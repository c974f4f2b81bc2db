"""Clean characters: line ends, control characters and lone surrogates of text that came from outside."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|\x0c|\x85|\u2028")
_BLANKS = re.compile(r"[^\S\n]+")
_GAP = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Return text with plain line feeds and without characters that no reader can see and no database takes."""
    text = _LINE_END.sub("\n", text).replace("\u2029", "\n\n")
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def one_line(text: str, limit: int = 500) -> str:
    """Return text on one line, blanks joined, at most `limit` characters."""
    return " ".join(clean(text).split())[:limit].rstrip()


def paragraphs(text: str) -> str:
    """Return text with single blanks inside its lines and one empty line between paragraphs."""
    lines = (_BLANKS.sub(" ", line).strip() for line in clean(text).split("\n"))
    return _GAP.sub("\n\n", "\n".join(lines)).strip()
