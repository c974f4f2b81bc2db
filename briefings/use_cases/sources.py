"""Feeds that people add and remove: one by one, or as lists that other readers write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import get_args

from briefings.errors import BadInput
from briefings.model import Publisher, PublisherKind
from briefings.sources.addresses import host_of
from briefings.sources.opml import Outline, read_opml, write_opml
from briefings.sources.ownership import is_same_site
from briefings.store.feeds import StoredFeed
from briefings.use_cases.discover import FoundFeed
from briefings.use_cases.newsroom import Newsroom

MAX_FEEDS = 1_000  # that one tenant may add


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a person says of a publisher; "" where nothing is said."""

    name: str = ""
    kind: str = ""
    carries: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a list of feeds: how many are new, and how many were there already."""

    n_added: int
    n_known: int


def add_feed(room: Newsroom, feed: FoundFeed, tenant: str, now: datetime, about: About | None = None) -> StoredFeed:
    """Add a feed that was found, due at once.

    Args:
        room: the store and the catalogue.
        feed: as `discover` returns it; its title names the publisher unless `about` does.
        tenant: who adds it.
        now: UTC.
        about: what a person says of the publisher. What the catalogue says of one with this name goes before.

    Raises:
        BadInput: kind or actor are none, or the tenant has too many feeds.
    """
    wanted = about or About()
    check_about(room, wanted)
    own = {f.url for f in room.store.feeds.list(tenant) if f.tenant == tenant}
    if feed.url not in own and len(own) >= MAX_FEEDS:
        msg = f"there are {len(own)} added feeds, the most there can be; remove one first"
        raise BadInput(msg)
    publisher = _publisher(room, wanted.name or _own_name(room, feed.title, feed.url), wanted, feed.language)
    stored = room.store.feeds.add(feed.url, publisher, tenant, now)
    if stored.state == "live":
        return stored
    room.store.feeds.set_state(stored.id, "live", now)  # it was gone or paused, and has just been read
    return replace(stored, state="live", next_try=now, failures=0)


def known_feed(room: Newsroom, url: str) -> StoredFeed | None:
    """Return the feed that is read from an address, its own or the one it moved to."""
    return next((f for f in room.store.feeds.list() if url in {f.url, f.moved_to}), None)


def check_about(room: Newsroom, about: About) -> None:
    """Check what a person says of a publisher.

    Raises:
        BadInput: there is no such kind or actor.
    """
    kinds = get_args(PublisherKind)
    if about.kind and about.kind not in kinds:
        msg = f"'{about.kind[:40]}' is no kind of publisher; there are: {', '.join(kinds)}"
        raise BadInput(msg)
    if about.carries and about.carries not in room.catalogue.actors:
        msg = f"no actor '{about.carries[:40]}'; there are: {', '.join(sorted(room.catalogue.actors))}"
        raise BadInput(msg)


def import_feeds(room: Newsroom, data: bytes, name: str, tenant: str, now: datetime) -> Imported:
    """Add the feeds of an OPML file; each is read in the next round, and an address that is no feed says so then.

    Raises:
        UnreadableFile: it is no such list.
        BadInput: it holds more feeds than a tenant may add.
    """
    outlines = read_opml(data, name)
    known = {f.url: f for f in room.store.feeds.list()}
    fresh = [o for o in outlines if o.feed not in known]
    n_own = sum(f.tenant == tenant for f in known.values())
    if n_own + len(fresh) > MAX_FEEDS:
        msg = f"{name} holds {len(fresh)} new feeds; with the {n_own} that are there these are more than {MAX_FEEDS}"
        raise BadInput(msg)
    for outline in fresh:
        title = outline.title if outline.title != outline.feed else host_of(outline.feed)
        publisher = _publisher(room, _own_name(room, title, outline.feed), About())
        room.store.feeds.add(outline.feed, publisher, tenant, now)
    return Imported(n_added=len(fresh), n_known=len(outlines) - len(fresh))


def export_feeds(room: Newsroom, tenant: str | None = None) -> str:
    """Return the feeds as OPML: those of the catalogue and the tenant's, or with None all."""
    listed = room.store.feeds.list(tenant)
    return write_opml((Outline(title=f.publisher.name, feed=f.address) for f in listed), "Feeds of Briefing Bot")


def _own_name(room: Newsroom, title: str, url: str) -> str:
    """Return what a feed is called that names itself: no publisher that others are known as, unless it is on its site.

    A title costs nothing: a feed that calls itself as a known publisher would speak with its voice.
    """
    spec = room.catalogue.publishers.get(title)
    places = list(spec.feeds) if spec else []
    places += [f.url for f in room.store.feeds.list() if f.publisher.name == title]
    is_known = spec is not None or bool(places)
    if not is_known or any(is_same_site(url, place) for place in places):
        return title
    return f"{title} ({host_of(url)})"


def _publisher(room: Newsroom, name: str, about: About, language: str = "") -> Publisher:
    if name in room.catalogue.publishers:
        return room.publisher(name)
    kind: PublisherKind = next((k for k in get_args(PublisherKind) if k == about.kind), "media")
    return Publisher(name=name, kind=kind, language=language[:2].lower() or "en", carries=about.carries or None)
