"""What the use cases work with: the store, the extractor and what the catalogue says, bundled once."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from briefings.model import Publisher
from briefings.store.store import Store
from briefings.stories.context import StoryContext
from briefings.use_cases.extract_lines import Extracting
from config.records import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """Built by the app; passed to every use case. One article at a time finds its place: `placing` sees to that."""

    store: Store
    extractor: Extracting
    catalogue: Catalogue
    stories: StoryContext
    placing: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def publisher(self, name: str) -> Publisher:
        """Return a publisher as the catalogue knows it, else one of kind `media` that carries nobody."""
        spec = self.catalogue.publishers.get(name)
        if spec is None:
            return Publisher(name=name)
        return Publisher(name=spec.name, kind=spec.kind, language=spec.language, carries=spec.carries)
