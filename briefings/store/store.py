"""The store: every aggregate over one engine."""

from __future__ import annotations

from sqlalchemy import Engine

from briefings.store.articles import ArticleStore
from briefings.store.corrections import CorrectionStore
from briefings.store.deliveries import DeliveryStore
from briefings.store.direct import DirectStore
from briefings.store.feed_overview import FeedOverviewStore
from briefings.store.feeds import FeedStore
from briefings.store.findings import FindingStore
from briefings.store.inbox import InboxStore
from briefings.store.marks import MarkStore
from briefings.store.nearby import NearbyStore
from briefings.store.pages import PageStore
from briefings.store.remembered import remember
from briefings.store.reports import ReportStore
from briefings.store.retention import RetentionStore
from briefings.store.search import SearchStore
from briefings.store.stories import StoryStore
from briefings.store.subscriptions import SubscriptionStore
from briefings.store.targets import TargetStore
from briefings.store.tenants import TenantStore


class Store:
    """Everything that is kept. Thread-safe; its calls block, so asynchronous code calls them in a thread."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        remember(engine)
        self.articles = ArticleStore(engine)
        self.findings = FindingStore(engine)
        self.stories = StoryStore(engine)
        self.nearby = NearbyStore(engine)
        self.feeds = FeedStore(engine)
        self.feed_overview = FeedOverviewStore(engine)
        self.pages = PageStore(engine)
        self.inbox = InboxStore(engine)
        self.retention = RetentionStore(engine)
        self.search = SearchStore(engine)
        self.subscriptions = SubscriptionStore(engine)
        self.deliveries = DeliveryStore(engine)
        self.corrections = CorrectionStore(engine)
        self.targets = TargetStore(engine)
        self.reports = ReportStore(engine)
        self.direct = DirectStore(engine)
        self.marks = MarkStore(engine)
        self.tenants = TenantStore(engine)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
