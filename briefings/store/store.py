"""The store: every aggregate over one engine."""

from __future__ import annotations

from sqlalchemy import Engine

from briefings.store.articles import ArticleStore
from briefings.store.findings import FindingStore
from briefings.store.search import SearchStore


class Store:
    """Everything that is kept. Thread-safe; its calls block, so asynchronous code calls them in a thread."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.articles = ArticleStore(engine)
        self.findings = FindingStore(engine)
        self.search = SearchStore(engine)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
