"""The key of a part as Discord carries it: a nonce for the minutes after a post, a mark in the message for later.

The history of a channel holds no nonce, so the last embed of each message ends with the mark as small print. Both come
from the part's key by a hash: neither says anything about the briefing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

NONCE = 22  # of the 25 characters that Discord takes
SIGNED = "Briefing Bot"
_EPOCH_MS = 1_420_070_400_000  # Discord's ids count milliseconds from the start of 2015


def nonce_of(key: str) -> str:
    """Return the nonce of a part: the same for each try, another for each part."""
    digest = hashlib.sha256(key.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:NONCE]


def mark_of(key: str) -> str:
    """Return the mark by which the message of a part is found in a channel's history."""
    return f"{SIGNED} · {hashlib.sha256(f'mark {key}'.encode()).hexdigest()[:12]}"


def marked(body: Mapping[str, object], key: str) -> dict[str, object]:
    """Return a body whose last embed carries the mark in its footer."""
    given = body.get("embeds")
    embeds = [dict(e) for e in given] if isinstance(given, list) else []
    if not embeds:
        embeds.append({"description": "\u200b"})
    embeds[-1]["footer"] = {"text": mark_of(key)}
    return {**body, "embeds": embeds}


def carries(message: Mapping[str, object], key: str) -> bool:
    """Say whether a message of a channel's history carries the mark of a part."""
    embeds = message.get("embeds")
    footers = [e.get("footer") for e in embeds if isinstance(e, dict)] if isinstance(embeds, list) else []
    return any(isinstance(f, dict) and f.get("text") == mark_of(key) for f in footers)


def id_at(moment: datetime) -> int:
    """Return the smallest message id of a time."""
    ms = int(moment.astimezone(UTC).timestamp() * 1000) - _EPOCH_MS
    return max(ms, 0) << 22


def body_of(text: str) -> dict[str, object]:
    """Read the body of a part.

    Raises:
        ValueError: it is no JSON object.
    """
    found = json.loads(text)
    if not isinstance(found, dict):
        msg = "the body of a message is not an object"
        raise ValueError(msg)
    return found


LOOK_BACK = timedelta(minutes=2)  # clocks of ours and of Discord may differ by as much
