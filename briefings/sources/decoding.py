"""Bytes to characters, whatever they claim to be."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip or office file"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]{2,40})|<meta[^>]{0,400}charset\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 4_096
_SAMPLE = 64 * 1024
_CONTROLS = frozenset(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1B}
_RUN = re.compile(rb"[\x80-\xff]{3,}")  # words of other alphabets; accents and dashes of Western text stand alone
_NOT_TEXT = frozenset({
    "base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "unicode-escape", "raw-unicode-escape", "idna", "punycode",
    "undefined", "utf-7", "mbcs", "oem",
})  # fmt: skip


def charset_of(content_type: str) -> str:
    """Return the charset that a Content-Type names, or ""."""
    match = _CHARSET.search(content_type)
    return match[1] if match else ""


def binary_kind(data: bytes) -> str:
    """Return what a file is that holds no text ("a PDF"), or ""."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(tuple(mark for mark, _ in _MARKS)) or _wide(data[:_HEAD]):
        return ""
    head = data[:_HEAD]
    n_controls = sum(byte in _CONTROLS for byte in head)
    return "binary data" if n_controls > len(head) / 100 else ""


def decode(data: bytes, declared: str = "") -> str:
    """Return the text of a file or page.

    A byte order mark comes first, then UTF-8 when it fits without error (other encodings almost never do), then what
    the text or its sender declares, then a guess.

    Raises:
        ValueError: no encoding fits, or only one that leaves damaged characters.
    """
    for name in _candidates(data, declared):
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            continue
    if any(data.startswith(mark) for mark, _ in _MARKS[1:]):
        msg = "its mark says UTF-16 or UTF-32, but its characters are damaged"
        raise ValueError(msg)
    if _is_damaged_utf8(data):
        msg = "it is UTF-8 with damaged characters"
        raise ValueError(msg)
    return _guess(data)


def decode_anyhow(data: bytes, declared: str = "") -> str:
    """Return the text of a page, with U+FFFD where it is damaged."""
    try:
        return decode(data, declared)
    except ValueError:
        return data.decode("utf-8", "replace")


def _candidates(data: bytes, declared: str) -> list[str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return [name]
    wide = _wide(data[:_HEAD])
    if wide:
        return [wide]
    match = _DECLARED.search(data[:_HEAD])
    inside = (match[1] or match[2]).decode("ascii") if match else ""
    return ["utf-8", *(_usable(name) for name in (declared, inside) if name)]


def _usable(name: str) -> str:
    """Return a charset as browsers take it: ISO 8859-1 and ASCII are Windows-1252; what is no charset fits nothing."""
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return "undefined"
    if known.replace("_", "-") in _NOT_TEXT or known.startswith(("utf-16", "utf-32")):
        return "undefined"
    return "cp1252" if known in ("iso8859-1", "ascii") else known


def _wide(head: bytes) -> str:
    """Return the encoding of two-byte text without a mark: every other byte of Western text is zero."""
    if len(head) < 8 or b"\x00" not in head:
        return ""
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return ""


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell UTF-8 with a few bad bytes from text in another encoding."""
    text = data.decode("utf-8", "replace")
    n_bad = text.count("\ufffd")
    n_good = sum(ord(c) > 0x7F for c in text) - n_bad
    return n_good > 3 * n_bad


def _guess(data: bytes) -> str:
    sample = data[:_SAMPLE]
    n_high = sum(byte > 0x7F for byte in sample)
    if sum(len(run) for run in _RUN.findall(sample)) < n_high / 2:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    best = from_bytes(sample).best()
    try:
        return data.decode(best.encoding if best else "undefined")
    except UnicodeError as error:
        msg = "no known encoding fits it"
        raise ValueError(msg) from error
