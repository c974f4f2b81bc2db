"""Document -> JSON for programs, as docs/briefing.schema.json describes it; words of articles stay untouched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from briefings.document import (
    Action,
    Actions,
    Block,
    Document,
    Heading,
    Inline,
    Item,
    Line,
    Link,
    Moment,
    Paragraph,
    Picture,
    Text,
    Verbatim,
    safe,
    shown,
)  # fmt: skip

VERSION = 1  # of the schema
_UNPRINTED = re.compile(  # controls, and Unicode's formatting and private characters (Cc, Cf, Co, Zl, Zp)
    "[\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)

Data = dict[str, object]


def _time(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def _inline(inline: Inline, document: Document) -> Data:
    match inline:
        case Text(text=text, style=style):
            return {"type": "text", "text": text, "style": style}
        case Link(text=text, url=url):
            return {"type": "link", "text": text, "url": url}
        case Moment(at=at):
            return {"type": "time", "text": shown(inline, document), "at": _time(at)}
        case Verbatim(text=text, in_marks=in_marks):
            return {"type": "verbatim", "text": text, "in_marks": in_marks, "evidence": _stands_in(inline)}


def _line(line: Line, document: Document) -> Data:
    return {
        "text": "".join(shown(x, document) for x in line),
        "parts": [_inline(x, document) for x in line],
    }


def _stands_in(words: Verbatim) -> Data:
    e = words.evidence
    return {
        "article": e.article,
        "revision": e.revision,
        "start": e.span.start,
        "end": e.span.end,
        "text": words.text,
    }


def _evidence(lines: Iterable[Line]) -> list[Data]:
    return [_stands_in(x) for line in lines for x in line if isinstance(x, Verbatim)]


def _action(action: Action) -> Data:
    return {"kind": action.kind, "label": action.label, "item": action.item}


def _block(block: Block, document: Document) -> Data:
    match block:
        case Heading(text=text):
            return {"type": "heading", "text": text}
        case Paragraph(line=line, is_context=is_context):
            return {
                "type": "paragraph",
                "is_context": is_context,
                **_line(line, document),
                "evidence": _evidence([line]),
            }
        case Item(id=item_id, line=line, below=below, tone=tone):
            return {
                "type": "item",
                "id": item_id,
                "tone": tone,
                **_line(line, document),
                "below": [_line(b, document) for b in below],
                "links": _links((line, *below)),
                "evidence": _evidence((line, *below)),
            }
        case Picture(alt=alt):
            return {"type": "picture", "alt": alt}
        case Actions(actions=actions):
            return {"type": "actions", "actions": [_action(a) for a in actions]}


def _links(lines: Iterable[Line]) -> list[Data]:
    return [{"text": x.text, "url": x.url} for line in lines for x in line if isinstance(x, Link)]


def _sections(blocks: tuple[Block, ...], document: Document) -> list[Data]:
    """Group the blocks of one section; in an answer every heading begins one."""
    groups: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if not groups or groups[-1][0] != block.section or isinstance(block, Heading):
            groups.append((block.section, []))
        groups[-1][1].append(block)
    return [_section(name, members, document) for name, members in groups]


def _section(name: str, blocks: list[Block], document: Document) -> Data:
    title = next((b.text for b in blocks if isinstance(b, Heading)), "")
    rest = [b for b in blocks if not isinstance(b, Heading)]
    return {
        "id": name,
        "title": title,
        "items": [_block(b, document) for b in rest if isinstance(b, Item)],
        "blocks": [{"type": "item", "id": b.id} if isinstance(b, Item) else _block(b, document) for b in rest],
    }


def to_data(document: Document, *, with_detail: bool = True) -> Data:
    """Return a document as plain values: `sections` of the message and `detail`, the sections of its thread."""
    document = safe(document)
    return {
        "version": VERSION,
        "id": document.key,
        "title": document.title,
        "summary": document.summary,
        "as_of": _time(document.as_of),
        "zone": document.zone,
        "n_dropped": document.n_dropped,
        "sections": _sections(document.blocks, document),
        "detail": _sections(document.detail, document) if with_detail else [],
    }


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


def render_json(document: Document, *, with_detail: bool = True) -> str:
    """Return a document as JSON text; characters that a terminal would act on are written as escapes."""
    written = json.dumps(to_data(document, with_detail=with_detail), ensure_ascii=False, indent=2)
    return _UNPRINTED.sub(_escaped, written) + "\n"
