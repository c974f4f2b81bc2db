"""A saved e-mail to its subject, sender, date and body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from itertools import islice

from briefings.sources.decoding import decode_anyhow
from briefings.sources.times import read_time
from briefings.sources.words import clean, one_line

_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*<[^<>]*>\s*$")
_SIGNATURE = re.compile(r"\n-- \n.*\Z", re.DOTALL)
_CITED = re.compile(r"^>.*\n?", re.MULTILINE)
_MAX_PARTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An e-mail as read: with `text` when it has a plain part, else with `html`."""

    subject: str
    sender: str
    sent: datetime | None
    text: str = ""
    html: str = ""


def read_letter(data: bytes) -> Letter:
    """Read a saved message.

    Raises:
        ValueError: it has no header, or no part with text.
    """
    message = message_from_bytes(data, policy=policy.compat32)
    if not {name.lower() for name in message.keys()} & {"from", "subject", "date"}:  # noqa: SIM118  # not a mapping
        msg = "it has no header lines"
        raise ValueError(msg)
    text = _CITED.sub("", _SIGNATURE.sub("", clean(_part(message, "text/plain")))).strip()
    html = "" if text else _part(message, "text/html")
    if not text and not html:
        msg = "it has no part with text"
        raise ValueError(msg)
    return Letter(
        subject=_PREFIX.sub("", _header(message, "Subject")),
        sender=_ADDRESS.sub("", _header(message, "From")).strip("\" '"),
        sent=read_time(_header(message, "Date")),
        text=text,
        html=html,
    )


def _part(message: Message, kind: str) -> str:
    """Return the first part of a kind that is no attachment."""
    for part in islice(message.walk(), _MAX_PARTS):
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            charset = part.get_param("charset", "")
            return decode_anyhow(payload, str(charset)) if isinstance(payload, bytes) else ""
    return ""


def _header(message: Message, name: str) -> str:
    raw = str(message.get(name, ""))
    try:
        return one_line(str(make_header(decode_header(raw))))
    except (HeaderParseError, LookupError, ValueError):
        return one_line(raw)
