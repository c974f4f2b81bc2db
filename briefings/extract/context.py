"""What extraction knows beside the article: the catalogue, its people, the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from config.catalogue import Catalogue, Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractContext:
    """Built once a catalogue; `on` gives the copy for one article."""

    catalogue: Catalogue
    published: datetime | None = None

    @classmethod
    def build(cls, catalogue: Catalogue) -> ExtractContext:
        """Index the people and offices of a catalogue."""
        return cls(catalogue=catalogue)

    def on(self, published: datetime | None) -> ExtractContext:
        """Return the context for an article of that time."""
        return replace(self, published=published)

    def lexicon(self, name: str) -> Lexicon:
        """Return a lexicon.

        Raises:
            ConfigError: there is no such file.
        """
        return self.catalogue.lexicon(name)
