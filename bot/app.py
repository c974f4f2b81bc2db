"""The composition root: the one place that reads settings and the clock and builds concrete things."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog
from aiohttp import ClientSession
from pydantic import SecretStr

from bot.chat import Chat
from bot.duties import duties
from bot.health import Health
from bot.logs import set_up_logs
from bot.source_duties import source_duties
from bot.standby import Turn
from bot.worker import Worker, WorkerOptions, owner_name
from briefings.answers.records import Query, Reply
from briefings.document import Document
from briefings.extract.worker import Extractor
from briefings.model import Subscription, Window
from briefings.sources.fetch import open_session
from briefings.sources.sandbox import Sandbox
from briefings.store.backup import database_file, require_sound
from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from briefings.stories.context import story_context
from briefings.stories.response_watch import MAX_AGE
from briefings.use_cases.answer import Answers
from briefings.use_cases.deliver import Times
from briefings.use_cases.discover import Finder
from briefings.use_cases.draft import DraftRequest, draft
from briefings.use_cases.newsroom import Newsroom
from briefings.use_cases.refresh import FeedOutcome, Reader
from briefings.use_cases.slots import next_times
from config.catalogue import load_catalogue
from config.records import Catalogue
from config.settings import Settings, load_settings

CATALOGUE = "catalogue_feeds"  # the mark that tells which feeds were put into the store
log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    """Return the time; everything else gets it as an argument."""
    return datetime.now(UTC)


def release() -> str:
    """Return the version of the installed program."""
    try:
        return version("briefing-bot")
    except PackageNotFoundError:
        return "unreleased"


def _untold(outcome: FeedOutcome) -> None:
    """Tell nobody."""


class App:
    """Builds each thing when it is first asked for; a context manager that closes what it opened."""

    def __init__(
        self,
        settings: Settings | None = None,
        catalogue: Catalogue | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """Read settings and catalogue where they are not given.

        Args:
            settings: read from the environment by default.
            catalogue: read from config/ and CONFIG_DIR by default.
            clock: the time in UTC; the demo brings its own.

        Raises:
            ConfigError: a setting or a row of the catalogue can't be used.
        """
        self.settings = settings or load_settings()
        self.catalogue = catalogue or load_catalogue(self.settings.config_dir)
        self.clock = clock
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    @property
    def now(self) -> datetime:
        """The time in UTC."""
        return self.clock()

    @property
    def topic(self) -> str:
        """The topic meant when none is named: the catalogue's first."""
        return next(iter(self.catalogue.topics))

    @cached_property
    def store(self) -> Store:
        """The store, its tables brought up to date and the catalogue's feeds in it."""
        self.settings.check_disk()
        engine = open_engine(self.settings.database_url.get_secret_value())
        self._open.callback(engine.dispose)
        migrate(engine)
        store = Store(engine)
        self._sync_feeds(store)
        return store

    def _sync_feeds(self, store: Store) -> None:
        """Put the catalogue's feeds into the store, unless they are there as the catalogue has them."""
        publishers = tuple(self.catalogue.publishers.values())
        digest = hashlib.sha256(repr(publishers).encode()).hexdigest()
        if store.marks.get(CATALOGUE) != digest:
            store.feeds.sync(publishers, self.now)
            store.marks.set(CATALOGUE, digest, self.now)

    @cached_property
    def extractor(self) -> Extractor:
        """The child that holds the parser; it starts with the first article."""
        return self._open.enter_context(Extractor(self.settings.nlp_model, self.catalogue))

    @cached_property
    def sandbox(self) -> Sandbox:
        """The child that parses feeds and pages; it starts with the first of them."""
        return self._open.enter_context(Sandbox())

    @cached_property
    def room(self) -> Newsroom:
        """Store, extractor and catalogue for the use cases."""
        return Newsroom(
            store=self.store,
            extractor=self.extractor,
            catalogue=self.catalogue,
            stories=story_context(self.catalogue),
        )

    @cached_property
    def owner(self) -> str:
        """The name under which this process claims work."""
        return owner_name()

    def session(self) -> ClientSession:
        """Open the guarded session, inside a running loop."""
        return open_session(frozenset(self.settings.fetch_allow))

    @cached_property
    def finder(self) -> Finder:
        """What finds the feeds behind an address."""
        return Finder(sandbox=self.sandbox, session=self.session)

    def reader(self, told: Callable[[FeedOutcome], None] = _untold) -> Reader:
        """Return what polls the feeds; `told` hears of each as it is done."""
        return Reader(
            room=self.room,
            sandbox=self.sandbox,
            session=self.session,
            interval=timedelta(minutes=self.settings.poll_minutes),
            chance=random.random,
            owner=self.owner,
            told=told,
        )

    @cached_property
    def answers(self) -> Answers:
        """What answers commands."""
        return Answers(
            room=self.room,
            fresh_hours=self.settings.feed_fresh_hours,
            version=release(),
            find=self.finder.find,
        )

    def answer(self, query: Query, now: datetime, as_of: datetime | None = None) -> Reply:
        """Answer a command that was understood."""
        return self.answers(query, now, as_of=as_of)

    def draft_for(
        self, subscription: Subscription, window: Window, now: datetime, corrections: tuple[str, ...] = ()
    ) -> Document:
        """Draft the briefing of a subscription; a section that failed is logged and says so in the briefing.

        Args:
            subscription: whose.
            window: what it covers.
            now: UTC; an earlier time drafts the briefing of that time once more.
            corrections: what its footer says was corrected.
        """
        following = next_times(subscription, now, 1)
        request = DraftRequest(
            topic=subscription.topic,
            window=window,
            as_of=now,
            zone=subscription.zone,
            shown=self.store.deliveries.items_shown(subscription.id, now - MAX_AGE, before=window.end),
            next_at=following[0].due if following else None,
            corrections=corrections,
        )
        drafted = draft(self.room, request, self.settings.feed_fresh_hours)
        for failure in drafted.briefing.failures:
            log.error("section failed", section=failure.name, error=failure.error)
        return drafted.document

    @cached_property
    def chat(self) -> Chat:
        """The platforms that are switched on."""
        return Chat(settings=self.settings, room=self.room, answer=self.answer, clock=self.clock, owner=self.owner)

    def _secrets(self) -> tuple[SecretStr, ...]:
        """Return every secret of the settings, for the filter of the logs."""
        values = (getattr(self.settings, name) for name in type(self.settings).model_fields)
        return tuple(v for v in values if isinstance(v, SecretStr))

    @property
    def backups(self) -> Path:
        """Where backups go unless told otherwise."""
        return self.settings.data_dir / "backups"

    @property
    def database_file(self) -> Path:
        """The file of the database.

        Raises:
            BadInput: it is no SQLite file.
        """
        return database_file(self.settings.database_url.get_secret_value())

    @cached_property
    def turn(self) -> Turn | None:
        """The right to be the one worker of a SQLite file; None for PostgreSQL, which any number may share."""
        if not self.settings.database_url.get_secret_value().startswith("sqlite:///"):
            return None
        turn = Turn(self.database_file)
        self._open.callback(turn.give_back)
        return turn

    def set_up_logs(self) -> None:
        """Send every event to standard error, without the secrets of the settings."""
        set_up_logs(self.settings.log_level, self.settings.log_format, self._secrets())

    def check_database(self) -> None:
        """Check a SQLite file before anything is written to it.

        Raises:
            StoreError: it is damaged; the message names the newest backup.
        """
        self.settings.check_disk()
        if self.turn is not None:
            require_sound(self.database_file, self.backups)

    def worker(self) -> Worker:
        """Return the worker, ready to run."""
        store = self.store
        worker = Worker(
            ledger=store.deliveries,
            targets=store.targets,
            subscriptions=store.subscriptions.active,
            platforms=self.chat.platforms(),
            draft=self.draft_for,
            answer=self.answer,
            refresh=self.reader().refresh,
            clock=self.clock,
            health=Health(clock=self.clock, ping=store.articles.count, is_connected=self.chat.connected),
            listeners=self.chat.listeners(),
            options=self._options(),
            owner=self.owner,
            on_tick=lambda now: store.marks.set("planner_tick", now.isoformat(), now),
            on_stopping=self.extractor.interrupt,
            on_stop=lambda: store.feeds.release(self.owner),
        )
        worker.duties += duties(worker, self.room, self.draft_for, self.settings.heartbeat_url)
        worker.duties += source_duties(worker, self.room, self.sandbox, self.session, self.settings)
        return worker

    def _options(self) -> WorkerOptions:
        settings = self.settings
        times = Times(
            lease=timedelta(seconds=settings.lease_seconds),
            settle=timedelta(seconds=settings.settle_seconds),
            catch_up=timedelta(hours=settings.catch_up_hours),
        )
        return WorkerOptions(ops_channel=settings.ops_channel, health_port=settings.health_port, times=times)
