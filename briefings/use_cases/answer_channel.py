"""Answers on what a channel and its people own: subscriptions; and how the bot is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from briefings.answers.channel import ClockChange, Plan, schedule_answer, subscribed_answer, unsubscribed_answer
from briefings.answers.operations import (
    State,
    state_answer,
)
from briefings.answers.records import Reply
from briefings.answers.times import Wish, read_days, read_time, read_wish, read_zone
from briefings.errors import BadInput
from briefings.model import Subscription
from briefings.use_cases.answer_sources import feeds_of
from briefings.use_cases.asking import Asked, topic_ids
from briefings.use_cases.slots import next_times

LAST = 3  # slots shown in /schedule
PREVIEW = 3  # next times shown
MAX_SUBSCRIPTIONS = 20  # of one channel
YEAR = timedelta(days=366)


def subscribe(asked: Asked) -> Reply:
    """Answer /subscribe and say the next three times."""
    wish = _wish(asked)
    topic = asked.topic(wish.topic)
    asker, store = asked.query.asker, asked.room.store.subscriptions
    before = store.list(asker.tenant, asker.channel)
    is_new = all((s.topic, s.time) != (topic.id, wish.time) for s in before)
    if is_new and len(before) >= MAX_SUBSCRIPTIONS:
        msg = f"this channel has {len(before)} subscriptions, the most there can be; /unsubscribe one first"
        raise BadInput(msg)
    zone = wish.zone or "UTC"
    added = store.add(
        asked.now,
        tenant=asker.tenant,
        channel=asker.channel,
        topic=topic.id,
        time=wish.time,
        zone=zone,
        days=wish.days,
    )
    there = replace(asked, query=replace(asked.query, asker=replace(asker, zone=zone)))
    others = len(before) - (not is_new)
    return subscribed_answer(
        _plan(added, asked), topic.title, there.fresh, others=others, is_new=is_new, has_zone=bool(wish.zone)
    )


def unsubscribe(asked: Asked) -> Reply:
    """Answer /unsubscribe; without a topic it is the channel's only one."""
    asker, store = asked.query.asker, asked.room.store.subscriptions
    own = {s.topic for s in store.list(asker.tenant, asker.channel)}
    if not asked.get("topic") and len(own) > 1:
        msg = f"this channel has several topics; say which: {', '.join(sorted(own))}"
        raise BadInput(msg)
    words = asked.get("topic")
    topic_id = words if words in own else asked.topic(words).id  # a topic may have left the catalogue
    titles = _titles(asked)
    return unsubscribed_answer(
        titles.get(topic_id, topic_id), store.remove(asker.tenant, asker.channel, topic_id), asked.fresh
    )


def schedule(asked: Asked) -> Reply:
    """Answer /schedule."""
    asker = asked.query.asker
    own = asked.room.store.subscriptions.list(asker.tenant, asker.channel)
    return schedule_answer(tuple(_plan(s, asked) for s in own), _titles(asked), asked.fresh)


def status(asked: Asked, version: str) -> Reply:
    """Answer /status."""
    asker, store = asked.query.asker, asked.room.store
    deliveries = store.deliveries.list(asker.tenant, channel=asker.channel)
    sent = [p.sent for d in deliveries for p in d.parts if p.sent]
    own = store.subscriptions.list(asker.tenant, asker.channel)
    following = [o.due for s in own for o in next_times(s, asked.now, 1)]
    tick = store.marks.get("planner_tick")
    state = State(
        version=version,
        n_articles=store.articles.count(),
        last_sent=max(sent, default=None),
        next_due=min(following, default=None),
        n_unknown=sum(d.state == "unknown" for d in deliveries),
        last_tick=datetime.fromisoformat(tick) if tick else None,
        down=tuple(sorted({f.check.publisher.name for f in feeds_of(asked) if f.check.last_error})),
    )
    return state_answer(state, asked.fresh)


def _wish(asked: Asked) -> Wish:
    """Read a subscription from its words and from the options given by name, which win."""
    zones, topics = available_timezones(), topic_ids(asked.room.catalogue.topics.values())
    words = asked.get("topic")
    if asked.get("time") and words.lower() not in topics:
        words = f"{words} {asked.get('time')}"
    elif asked.get("time"):
        words = f"{topics[words.lower()]} {read_time(asked.get('time'))}"
    wish = read_wish(words, topics, zones)
    return Wish(
        topic=wish.topic,
        time=read_time(asked.get("time")) if asked.get("time") else wish.time,
        zone=read_zone(asked.get("zone"), zones) if asked.get("zone") else wish.zone,
        days=read_days(asked.get("days")) if asked.get("days") else wish.days,
    )


def _plan(subscription: Subscription, asked: Asked) -> Plan:
    listed = asked.room.store.deliveries.list(subscription.tenant, channel=subscription.channel, limit=30)
    last = tuple(d for d in listed if d.subscription == subscription.id)[:LAST]
    times = tuple(o.due for o in next_times(subscription, asked.now, PREVIEW))
    return Plan(
        subscription=subscription,
        next_times=times,
        last=last,
        change=_clock_change(subscription.zone, asked.now),
        paused=asked.room.store.targets.reason(subscription.tenant, subscription.channel),
    )


def _clock_change(zone: str, now: datetime) -> ClockChange | None:
    """Return when the clock of a zone changes within a year, to the hour."""
    tz = ZoneInfo(zone)
    start = now.replace(minute=0, second=0, microsecond=0)
    offset = start.astimezone(tz).utcoffset()
    days = (start + timedelta(days=n) for n in range(1, 367))
    day = next((d for d in days if d.astimezone(tz).utcoffset() != offset), None)
    if day is None:
        return None
    hours = (day - timedelta(hours=n) for n in range(24, -1, -1))
    at = next(h for h in hours if h.astimezone(tz).utcoffset() != offset)
    return ClockChange(at=at, offset=_offset(at.astimezone(tz)))


def _offset(local: datetime) -> str:
    """Return how far a local time is from UTC: UTC+2, UTC-3:30."""
    minutes = int((local.utcoffset() or timedelta(0)).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def _titles(asked: Asked) -> dict[str, str]:
    return {t.id: t.title for t in asked.room.catalogue.topics.values()}
