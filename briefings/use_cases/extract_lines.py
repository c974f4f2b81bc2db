"""One JSON line with an article in, one JSON line with its findings out; a bad line is answered, never raised."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Any, Protocol

from briefings.errors import BadInput, BriefingBotError
from briefings.model import Findings, IssueMention, Quotation, ResponseMention, Span

_JSON_NAMES = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


class Extracting(Protocol):
    """What finds quotations, issues and responses in a text."""

    def extract(
        self, text: str, *, title: str = "", published: datetime | None = None, publisher: str = ""
    ) -> Findings:
        """Return what one article says."""
        ...


def extract_line(line: str, extractor: Extracting) -> dict[str, Any]:
    """Answer one line.

    Args:
        line: `{"id", "text", "title"?, "published"?, "publisher"?}`.
        extractor: the child that holds the parser, or a fake.

    Returns:
        `{"id", "quotes", "issues", "responses"}`, or `{"id" or null, "error"}`. Offsets are code points into `text`.
    """
    row: dict[str, Any] = {}
    try:
        row = _object(line)
        text = _text(row, "text", is_required=True)
        found = extractor.extract(
            text, title=_text(row, "title"), published=_moment(row), publisher=_text(row, "publisher")
        )
    except BriefingBotError as error:
        return {"id": row.get("id"), "error": str(error)}
    return {"id": row.get("id"), **findings_row(text, found)}


def findings_row(text: str, found: Findings) -> dict[str, Any]:
    """Return findings as plain values that JSON can carry, each span with its words."""
    return {
        "quotes": [_quote(text, q) for q in found.quotations],
        "issues": [_issue(text, i) for i in found.issues],
        "responses": [_response(text, r) for r in found.responses],
    }


def _object(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        msg = 'the line is not JSON; write one object a line: {"id": ..., "text": ...}'
        raise BadInput(msg) from None
    if not isinstance(row, dict):
        msg = 'the line is not a JSON object; write {"id": ..., "text": ...}'
        raise BadInput(msg)
    return row


def _text(row: dict[str, Any], key: str, *, is_required: bool = False) -> str:
    value = row.get(key)
    if isinstance(value, str) and (value or not is_required):
        return value
    if value is None and not is_required:
        return ""
    msg = f"'{key}' must be a text{' that is not empty' if is_required else ''}; it is {_kind(value)}"
    raise BadInput(msg)


def _kind(value: object) -> str:
    if value is None or value == "":
        return "empty" if value == "" else "missing"
    return _JSON_NAMES[type(value)]


def _moment(row: dict[str, Any]) -> datetime | None:
    given = _text(row, "published").strip()
    if not given:
        return None
    try:
        moment = datetime.fromisoformat(given) if len(given) > 10 else _noon(given)
    except ValueError:
        msg = "'published' must be an ISO date or time such as 2026-01-06T20:00Z"
        raise BadInput(msg) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), tzinfo=UTC)


def _span(text: str, span: Span) -> dict[str, Any]:
    return {"text": span.cut(text), "start": span.start, "end": span.end}


def _quote(text: str, quotation: Quotation) -> dict[str, Any]:
    speaker = quotation.speaker
    return {
        **_span(text, quotation.content),
        "kind": quotation.kind,
        "cue": _span(text, quotation.cue) if quotation.cue else None,
        "speaker": {**_span(text, speaker.mention), "name": speaker.name, "role": speaker.role} if speaker else None,
    }


def _issue(text: str, issue: IssueMention) -> dict[str, Any]:
    return {
        **_span(text, issue.span),
        "issue": issue.matter.cut(text),
        "label": issue.label,
        "status": issue.status,
        "cue": issue.cue,
    }


def _response(text: str, response: ResponseMention) -> dict[str, Any]:
    named = response.development
    return {
        **_span(text, response.span),
        "actor": response.actor,
        "actor_id": response.actor_id,
        "speaker": response.speaker,
        "stance": response.stance,
        "mode": response.mode,
        "quoted": response.is_quoted,
        "is_silence": response.is_silence,
        "development": [named.start, named.end] if named else None,
    }
