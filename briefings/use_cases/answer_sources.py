"""Answers on feeds: what is read and how it goes; feeds are found behind an address, added and removed."""

from __future__ import annotations

from briefings.answers.operations import FeedState, found_answer, sentence_answer, sources_answer
from briefings.answers.records import Reply
from briefings.errors import BadInput
from briefings.model import FeedCheck, Publisher
from briefings.sections.wording import count, short
from briefings.sources.addresses import host_of
from briefings.use_cases.asking import DAY, Asked
from briefings.use_cases.discover import FoundFeed, web_address
from briefings.use_cases.sources import add_feed

SOON = "It is read within a minute; /sources shows what came of it."


def sources(asked: Asked) -> Reply:
    """Answer /sources list, add, remove and check."""
    action, _, rest = asked.get("action").partition(" ")
    address = (asked.get("address") or rest).strip()
    match action.lower():
        case "add":
            return _add(asked, address)
        case "remove":
            return _remove(asked, address)
        case "check":
            return _check(asked, address)
        case _:
            return sources_answer(feeds_of(asked), asked.fresh)


def feeds_of(asked: Asked) -> tuple[FeedState, ...]:
    """Return the feeds of the catalogue and of the asker's workspace."""
    store = asked.room.store.feeds
    checks = {c.feed: c for c in store.checks(asked.at, asked.at - DAY)}
    listed = store.list(asked.query.asker.tenant)
    unread = (FeedCheck(feed=f.url, publisher=f.publisher, last_success=None, last_attempt=None) for f in listed)
    return tuple(
        FeedState(check=checks.get(f.url, blank), state=f.state, is_own=bool(f.tenant))
        for f, blank in zip(listed, unread, strict=True)
    )


def _add(asked: Asked, given: str) -> Reply:
    """Add a feed; for the address of a page tell the feeds behind it, to choose from."""
    address, tenant = web_address(given), asked.query.asker.tenant
    if asked.find is None:
        publisher = Publisher(name=host_of(address))
        stored = asked.room.store.feeds.add(address, publisher, tenant, asked.now)
        return sentence_answer("Sources", f"Added {stored.url} as {stored.publisher.name}. {SOON}", asked.fresh)
    found = asked.find(address, asked.now)
    if not found.is_feed:
        return found_answer(given, tuple((f.url, f.title, _about(f)) for f in found.feeds), asked.fresh)
    stored = add_feed(asked.room, found.feeds[0], tenant, asked.now)
    words = f"Added {stored.url} as {stored.publisher.name} ({_about(found.feeds[0])}). {SOON}"
    return sentence_answer("Sources", words, asked.fresh)


def _about(feed: FoundFeed) -> str:
    newest = f", newest of {feed.newest:%Y-%m-%d}" if feed.newest else ""
    return count(feed.n_entries, "entry", "entries") + newest


def _remove(asked: Asked, given: str) -> Reply:
    if asked.room.store.feeds.remove(web_address(given), asked.query.asker.tenant):
        return sentence_answer("Sources", f"Removed {given}; its articles stay.", asked.fresh)
    words = f"{short(given, 120)} was not added here, so it can't be removed here; feeds.toml names the shipped ones."
    return sentence_answer("Sources", words, asked.fresh)


def _check(asked: Asked, given: str) -> Reply:
    """Make feeds due at once; the worker reads them in its next round."""
    store = asked.room.store.feeds
    listed = [f for f in store.list(asked.query.asker.tenant) if not given or f.url == web_address(given)]
    if not listed:
        msg = f"no feed has the address {given[:120]}; /sources lists them"
        raise BadInput(msg)
    for feed in listed:
        store.set_state(feed.id, "live", asked.now)
    words = f"Feeds to be read within a minute: {len(listed)}. /sources shows what came of it."
    return sentence_answer("Sources", words, asked.fresh)
