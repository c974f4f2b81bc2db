"""Document: what is shown, for any platform; its records, the verbatim check, pages and what a reader sees."""

from __future__ import annotations

from briefings.document.display import clean, host_of, moment_text, safe, safe_link, safe_url, shown, size_of
from briefings.document.pages import paginate
from briefings.document.records import (
    Action,
    ActionKind,
    Actions,
    Block,
    Document,
    Heading,
    Inline,
    Item,
    Line,
    Link,
    Moment,
    MomentForm,
    Paragraph,
    Picture,
    Text,
    TextStyle,
    Tone,
    Verbatim,
    evidence_of,
    lines_of,
)
from briefings.document.verbatim import DROPPED_NOTE, check, with_dropped_note

__all__ = [
    "DROPPED_NOTE", "Action", "ActionKind", "Actions", "Block", "Document", "Heading", "Inline", "Item", "Line",
    "Link", "Moment", "MomentForm", "Paragraph", "Picture", "Text", "TextStyle", "Tone", "Verbatim", "check",
    "clean", "evidence_of", "host_of", "lines_of", "moment_text", "paginate", "safe", "safe_link", "safe_url",
    "shown", "size_of", "with_dropped_note",
]  # fmt: skip
