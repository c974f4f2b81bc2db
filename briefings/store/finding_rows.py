"""Write the findings of a revision and read rows of them back into records."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select

from briefings.model import (
    Findings,
    IssueMention,
    Position,
    Quotation,
    ResponseMention,
    Span,
    Speaker,
)
from briefings.store.rows import span_from
from briefings.store.tables import findings, issue_mentions, positions, quotations, response_mentions

Values = dict[str, Any]


def fold(text: str) -> str:
    """Return text as names are compared: without case or accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingIds:
    """The numbers that the findings of one revision got, in the order given."""

    quotations: tuple[int, ...] = ()
    issues: tuple[int, ...] = ()
    responses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionText:
    """The text that findings point into; `before` is the revision that it replaces."""

    article: int
    revision_id: int
    text: str
    published: datetime | None
    before: tuple[int, str] | None = None  # row number and text


def save_findings(connection: Connection, revision: RevisionText, found: Findings) -> FindingIds:
    """Write the findings of a revision; one that stood in the revision before in the same words keeps its number."""
    dated = {"published": revision.published}
    quoted = [_quotation_values(q, revision.text) | dated for q in found.quotations]
    mentioned = [_issue_values(m) for m in found.issues]
    responded = [_response_values(m) | dated for m in found.responses]
    ids = FindingIds(
        quotations=_write(connection, _QUOTATIONS, revision, quoted),
        issues=_write(connection, _ISSUES, revision, mentioned),
        responses=_write(connection, _RESPONSES, revision, responded),
    )
    stated = [
        _position_values(position, mention, revision.revision_id, number)
        for mention, found_issue in zip(ids.issues, found.issues, strict=True)
        for number, position in enumerate(found_issue.positions)
    ]
    if stated:
        connection.execute(insert(positions), stated)
    return ids


def quotation_from(row: Row[Any]) -> Quotation:
    """Make the record of a row of `quotations`."""
    mention = span_from(row.mention_start, row.mention_end)
    speaker = None
    if mention is not None:
        speaker = Speaker(mention=mention, name=row.name, person=row.person, role=row.role, actor=row.actor)
    return Quotation(
        kind=row.kind,
        content=Span(row.content_start, row.content_end),
        cue=span_from(row.cue_start, row.cue_end),
        speaker=speaker,
    )


def issue_from(row: Row[Any], stated: Iterable[Row[Any]]) -> IssueMention:
    """Make the record of a row of `issue_mentions` with its rows of `positions`."""
    return IssueMention(
        span=Span(row.start, row.end),
        matter=Span(row.matter_start, row.matter_end),
        label=row.label,
        status=row.status,
        cue=row.cue,
        cue_span=span_from(row.cue_start, row.cue_end),
        positions=tuple(Position(party=p.party, actor=p.actor, span=Span(p.start, p.end)) for p in stated),
    )


def response_from(row: Row[Any]) -> ResponseMention:
    """Make the record of a row of `response_mentions`."""
    return ResponseMention(
        span=Span(row.start, row.end),
        actor_id=row.actor_id,
        actor=row.actor,
        speaker=row.speaker,
        stance=row.stance,
        mode=row.mode,
        is_quoted=row.is_quoted,
        is_silence=row.is_silence,
        development=span_from(row.development_start, row.development_end),
        recipient=row.recipient,
    )


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of finding: its letter, its table, and what makes two of them the same."""

    letter: str
    table: Table
    signature: Callable[[Mapping[str, Any], str], tuple[object, ...]]


_QUOTATIONS = _Kind(
    "Q",
    quotations,
    lambda row, text: (row["kind"], text[row["content_start"] : row["content_end"]], row["speaker_words"]),
)
_ISSUES = _Kind("I", issue_mentions, lambda row, text: (text[row["start"] : row["end"]], row["label"], row["status"]))
_RESPONSES = _Kind(
    "R", response_mentions, lambda row, text: (text[row["start"] : row["end"]], row["actor_id"], row["stance"])
)


def _write(connection: Connection, kind: _Kind, revision: RevisionText, values: Sequence[Values]) -> tuple[int, ...]:
    if not values:
        return ()
    known = _known_before(connection, kind, revision)
    ids: list[int | None] = []
    for row in values:
        same = known.get(kind.signature(row, revision.text))
        ids.append(same.pop(0) if same else None)
    fresh = iter(_new_ids(connection, revision.article, kind.letter, ids.count(None)))
    numbered = tuple(number if number is not None else next(fresh) for number in ids)
    connection.execute(
        insert(kind.table),
        [{"id": i, "revision_id": revision.revision_id, **row} for i, row in zip(numbered, values, strict=True)],
    )
    return numbered


def _known_before(connection: Connection, kind: _Kind, revision: RevisionText) -> dict[tuple[object, ...], list[int]]:
    known: dict[tuple[object, ...], list[int]] = defaultdict(list)
    if revision.before is not None:
        row_number, text = revision.before
        rows = connection.execute(
            select(kind.table).where(kind.table.c.revision_id == row_number).order_by(kind.table.c.id)
        )
        for row in rows.mappings():
            known[kind.signature({str(name): value for name, value in row.items()}, text)].append(row["id"])
    return known


def _new_ids(connection: Connection, article: int, letter: str, count: int) -> list[int]:
    if not count:
        return []
    rows = [{"article": article, "kind": letter}] * count
    return sorted(connection.execute(insert(findings).returning(findings.c.id), rows).scalars())


def _quotation_values(quotation: Quotation, text: str) -> Values:
    speaker = quotation.speaker
    mention = speaker.mention if speaker else None
    said_by = f"{speaker.name or ''} {speaker.mention.cut(text)}" if speaker else ""
    return {
        "kind": quotation.kind,
        **_span_values("content", quotation.content),
        **_span_values("cue", quotation.cue),
        **_span_values("mention", mention),
        "name": speaker and speaker.name,
        "person": speaker and speaker.person,
        "role": speaker and speaker.role,
        "actor": speaker and speaker.actor,
        "speaker_words": fold(said_by).strip(),
    }


def _issue_values(mention: IssueMention) -> Values:
    return {
        **_span_values("", mention.span),
        **_span_values("matter", mention.matter),
        **_span_values("cue", mention.cue_span),
        "label": mention.label,
        "status": mention.status,
        "cue": mention.cue,
    }


def _response_values(mention: ResponseMention) -> Values:
    return {
        **_span_values("", mention.span),
        **_span_values("development", mention.development),
        "actor_id": mention.actor_id,
        "actor": mention.actor,
        "speaker": mention.speaker,
        "stance": mention.stance,
        "mode": mention.mode,
        "is_quoted": mention.is_quoted,
        "is_silence": mention.is_silence,
        "recipient": mention.recipient,
    }


def _position_values(position: Position, mention: int, revision_id: int, number: int) -> Values:
    return {
        "mention": mention,
        "revision_id": revision_id,
        "number": number,
        "party": position.party,
        "actor": position.actor,
        **_span_values("", position.span),
    }


def _span_values(name: str, span: Span | None) -> Values:
    prefix = f"{name}_" if name else ""
    return {f"{prefix}start": span and span.start, f"{prefix}end": span and span.end}
