"""What the console's renderers share: addresses as numbered notes, an item's id beside its first line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from briefings.document import Document, Item, Verbatim, safe

FULL_BRIEFING, MORE = "Full briefing", "More"  # the title over what a platform shows in the thread


@dataclass(slots=True)
class Notes:
    """Addresses in the order of their first mention, numbered from 1."""

    urls: list[str] = field(default_factory=list)

    def number_of(self, url: str) -> int:
        """Return the number of an address, a new one when it was not yet mentioned."""
        if url not in self.urls:
            self.urls.append(url)
        return self.urls.index(url) + 1


def detail_title(document: Document) -> str:
    """Return the title over what stands below the message: the rest of a briefing, or more of an answer."""
    return FULL_BRIEFING if document.key else MORE


def prepared(document: Document, *, with_detail: bool) -> Document:
    """Return the document with safe labels and links, and without its thread when that is not wanted."""
    return safe(document if with_detail else replace(document, detail=()))


def is_quote(item: Item) -> bool:
    """Tell whether an item's main line is nothing but words of an article."""
    return len(item.line) == 1 and isinstance(item.line[0], Verbatim)
