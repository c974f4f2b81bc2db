"""What a workspace sees of itself: its briefings and their next times, feeds that fail, how to ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from briefings.document import Block, Document, Heading, Item, Moment, Paragraph, Text
from briefings.sections.wording import count, short
from briefings.use_cases.newsroom import Newsroom
from briefings.use_cases.slots import next_times

MOST = 40  # subscriptions listed
MOST_DOWN = 10  # feeds listed
LOOK_BACK = timedelta(hours=24)
HOW_TO = (
    "/briefing shows the current briefing, /briefing help the commands; each works as /briefing followed by its name.",
    "A briefing each day: invite the app to a channel, then type /briefing subscribe, a topic, a time and a zone, "
    "e.g. /briefing subscribe ukraine 08:00 Europe/Kyiv.",
    "Every quotation stands word for word in a stored article: Show evidence says where. What is wrong can be "
    "reported with the button beside it.",
)


def home(room: Newsroom, tenant: str, now: datetime) -> Document:
    """Return the overview of a tenant."""
    blocks = (*_subscriptions(room, tenant, now), *_feeds(room, tenant, now), Heading("How to"))
    how = (Paragraph((Text(words),)) for words in HOW_TO)
    small = Paragraph((Text("As of "), Moment(now), Text(" (UTC)")), is_context=True)
    return Document(title="Briefings", summary="Briefings of this workspace", blocks=(*blocks, *how, small), as_of=now)


def _subscriptions(room: Newsroom, tenant: str, now: datetime) -> Iterator[Block]:
    listed = room.store.subscriptions.list(tenant)
    titles = {t.id: t.title for t in room.catalogue.topics.values()}
    yield Heading("Briefings of this workspace")
    for s in listed[:MOST]:
        due = next((o.due.astimezone(ZoneInfo(s.zone)) for o in next_times(s, now, 1)), None)
        following = f", next {due:%a} {due.day} {due:%b %H:%M}" if due else ""
        paused = room.store.targets.reason(tenant, s.channel)
        state = Text(f" · paused: {short(paused, 200)}" if paused else following, "strong" if paused else "plain")
        yield Item(s.channel, (Text(f"{titles.get(s.topic, s.topic)}, {s.time} {s.zone}"), state))
    if not listed:
        yield Paragraph((Text("No channel has a briefing yet."),))
    elif len(listed) > MOST:
        yield Paragraph((Text(f"and {count(len(listed) - MOST, 'more', 'more')}"),))


def _feeds(room: Newsroom, tenant: str, now: datetime) -> Iterator[Block]:
    own = {f.url for f in room.store.feeds.list(tenant)}
    checks = [c for c in room.store.feeds.checks(now, now - LOOK_BACK) if c.feed in own]
    down = [c for c in checks if c.last_error]
    yield Heading("Feeds")
    yield Paragraph((Text(f"{len(checks) - len(down)} of {count(len(checks), 'feed')} live."),))
    for check in down[:MOST_DOWN]:
        since = (Text(", last read "), Moment(check.last_success)) if check.last_success else (Text(", never read"),)
        yield Paragraph((Text(check.publisher.name, "strong"), *since))
