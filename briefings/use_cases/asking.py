"""One question as it is answered: what was asked, where, and from what was known when."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from briefings.answers.context import AskContext
from briefings.answers.frame import Freshness
from briefings.answers.records import Query, Reply
from briefings.errors import BadInput, NotFound
from briefings.model import Window
from briefings.sections.base import BriefingInput
from briefings.use_cases.discover import Discovery
from briefings.use_cases.draft import DraftRequest, gather, gather_issues, gather_quotes, gather_watch, verified
from briefings.use_cases.newsroom import Newsroom
from config.records import ActorSpec, TopicSpec

DAY = timedelta(hours=24)
Find = Callable[[str, datetime], Discovery]
_ID = re.compile(r"([QUDRA])-(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A query with the store behind it. `at` is the time that is spoken of: `as_of`, else now."""

    room: Newsroom
    query: Query
    now: datetime
    as_of: datetime | None
    fresh_hours: float
    words: AskContext
    find: Find | None = None

    def back(self, as_of: datetime) -> Asked:
        """Return the same query from what was known at an earlier time."""
        return replace(self, as_of=min(as_of, self.at))

    @property
    def at(self) -> datetime:
        """The time that the answer speaks of."""
        return self.as_of or self.now

    @cached_property
    def zone(self) -> str:
        """The asker's zone, else that of the channel's first subscription, else UTC."""
        asker = self.query.asker
        if asker.zone:
            return asker.zone
        subscriptions = self.room.store.subscriptions.list(asker.tenant, asker.channel)
        return subscriptions[0].zone if subscriptions else "UTC"

    @cached_property
    def fresh(self) -> Freshness:
        """How fresh the answer is."""
        checks = self.room.store.feeds.checks(self.at, self.at - DAY)
        read = [c.last_success for c in checks if c.last_success]
        return Freshness(
            as_of=self.at,
            newest=next(iter(self.room.store.articles.newest(1, as_of=self.at)), None),
            last_fetch=max(read, default=None),
            n_feeds=len(checks),
            n_down=sum(bool(c.last_error) for c in checks),
            zone=self.zone,
        )

    def get(self, name: str) -> str:
        """Return an option, "" when it was not given."""
        return self.query.get(name)

    def topic(self, words: str = "") -> TopicSpec:
        """Return the topic of this id or title; without words the channel's own, else the first of the catalogue.

        Raises:
            NotFound: there is none; the message names the nearest.
        """
        topics = self.room.catalogue.topics
        if words:
            ids = topic_ids(topics.values())
            if words.lower() not in ids:
                msg = f"there is no topic '{words[:40]}'; {near(words.lower(), topics)}"
                raise NotFound(msg)
            return topics[ids[words.lower()]]
        asker = self.query.asker
        own = [s.topic for s in self.room.store.subscriptions.list(asker.tenant, asker.channel) if s.topic in topics]
        first = next(iter([*own, *topics]), None)
        if first is None:
            msg = "the catalogue has no topic; add one to topics.toml"
            raise NotFound(msg)
        return topics[first]

    def actor(self, words: str) -> ActorSpec | None:
        """Return the actor that words stand for as a whole, None when they stand for none."""
        plain = words.lower()
        for actor in self.room.catalogue.actors.values():
            names = (actor.id, actor.name, actor.capital, *actor.names, *actor.adjectives)
            if plain in {n.lower() for n in names if n}:
                return actor
        return None

    def gather(self, topic: TopicSpec) -> BriefingInput:
        """Read what a briefing on a topic would rest on."""
        return gather(self.room, self._request(topic), self.fresh_hours)

    def ledger(self, topic: TopicSpec) -> BriefingInput:
        """Read the issues of a topic alone."""
        return gather_issues(self.room, self._request(topic))

    def watch(self, topic: TopicSpec) -> BriefingInput:
        """Read the response watch of a topic alone."""
        return gather_watch(self.room, self._request(topic), self.fresh_hours)

    def quotes(self, topic: TopicSpec) -> BriefingInput:
        """Read what the key quotes of a topic are chosen by."""
        return gather_quotes(self.room, self._request(topic))

    def _request(self, topic: TopicSpec) -> DraftRequest:
        window = Window(start=self.at - DAY, end=self.at)
        return DraftRequest(topic=topic.id, window=window, as_of=self.at, zone=self.zone)

    def verified(self, reply: Reply) -> Reply:
        """Check every span again; what does not hold is left out."""
        return replace(reply, document=verified(self.room, reply.document))


def item_of(words: str) -> tuple[str, int] | None:
    """Return letter and number of an item's id, None when the words are none."""
    found = _ID.fullmatch(words.strip())
    return (found[1].upper(), int(found[2])) if found else None


def need_item(words: str, letters: str) -> tuple[str, int]:
    """Return letter and number of an item's id.

    Raises:
        BadInput: it is no id, or not of a kind that can be asked for here.
    """
    found = item_of(words)
    if found is None or found[0] not in letters:
        examples = ", ".join(f"{letter}-12" for letter in letters)
        msg = f"'{words[:40]}' is not an id that can be used here; it looks like {examples}"
        raise BadInput(msg)
    return found


def missing(item: str) -> NotFound:
    """Return the error for an id that nothing has."""
    return NotFound(f"nothing known by then has the id {item[:20]}; /briefing and /issues show ids")


def topic_ids(topics: Iterable[TopicSpec]) -> dict[str, str]:
    """Return the id of each way to call a topic, lower case."""
    return {name.lower(): t.id for t in topics for name in (t.title, t.id)}


def near(words: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest of the known words, else some of them."""
    names = sorted(known)
    close = difflib.get_close_matches(words, names, n=1, cutoff=0.5)
    return f"did you mean {close[0]}?" if close else f"there are: {', '.join(names[:12]) or 'none'}"


def read_moment(words: str, zone: str, now: datetime) -> datetime:
    """Read a time typed by a person, in a zone; a day alone is its end.

    Raises:
        BadInput: it is no time, or it lies ahead.
    """
    plain = words.strip().replace(" ", "T", 1)
    try:
        if len(plain) <= 10:
            read = datetime.combine(date.fromisoformat(plain), time.max)
        else:
            read = datetime.fromisoformat(plain)
    except ValueError:
        msg = f"'{words[:40]}' is not a time; write it like 2026-01-07 or 2026-01-07 08:00"
        raise BadInput(msg) from None
    moment = (read if read.tzinfo else read.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    if moment > now + DAY:
        msg = f"'{words[:40]}' lies ahead; as_of looks back"
        raise BadInput(msg)
    return min(moment, now)


__all__ = [
    "DAY", "Asked", "Find", "item_of", "missing", "near", "need_item", "read_moment", "topic_ids",
]  # fmt: skip
