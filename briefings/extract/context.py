"""What extraction knows beside the article: the catalogue, its people, the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from briefings.extract.cues import Cues
from briefings.extract.name_words import NameWords
from briefings.extract.people import PeopleIndex
from briefings.extract.rules import WatchRules
from config.catalogue import Catalogue, Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractContext:
    """Built once a catalogue; `on` gives the copy for one article."""

    catalogue: Catalogue
    cues: Cues
    names: NameWords
    people: PeopleIndex
    rules: WatchRules  # of issues and responses
    published: datetime | None = None

    @classmethod
    def build(cls, catalogue: Catalogue) -> ExtractContext:
        """Index the people and compile the lexicons of a catalogue.

        Raises:
            ConfigError: a lexicon or one of its groups is missing.
        """
        cues = Cues.build(catalogue.lexicon("quotations"))
        return cls(
            catalogue=catalogue,
            cues=cues,
            names=NameWords.build(catalogue.lexicon("names"), cues.offices),
            people=PeopleIndex.build(catalogue),
            rules=WatchRules.build(catalogue),
        )

    def on(self, published: datetime | None) -> ExtractContext:
        """Return the context for an article of that time."""
        return replace(self, published=published)

    def lexicon(self, name: str) -> Lexicon:
        """Return a lexicon.

        Raises:
            ConfigError: there is no such file.
        """
        return self.catalogue.lexicon(name)
