"""What a worker does beside planning, polling and posting: watch, correct, tell people, forget, tell a monitor."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from pydantic import SecretStr

from bot.corrections import Corrector
from bot.direct import Messenger
from bot.watchdog import Heartbeat, Watchdog
from bot.worker import Duty, Worker
from briefings.use_cases.correct import Redraft
from briefings.use_cases.newsroom import Newsroom
from briefings.use_cases.notices import queue_messages

EVENTS_KEPT = timedelta(days=14)  # platforms deliver again within minutes; the watchdog looks back a day
WATCH_S, CORRECT_S, TELL_S, BEAT_S, FORGET_S = 60, 30, 300, 120, 86_400


def duties(worker: Worker, room: Newsroom, redraft: Redraft, heartbeat_url: SecretStr | None = None) -> Iterator[Duty]:
    """Yield the duties of a worker."""
    store = room.store
    watchdog = Watchdog(
        ledger=store.deliveries,
        subscriptions=store.subscriptions.active,
        alert=worker.alert,
        is_first=store.marks.is_first,
        clock=worker.clock,
        monotonic=time.monotonic,
    )
    corrector = Corrector(
        ledger=store.corrections,
        platforms=worker.platforms,
        redraft=redraft,
        alert=worker.alert,
        clock=worker.clock,
        owner=worker.owner,
        times=worker.options.times,
    )

    messenger = Messenger(
        ledger=store.direct,
        platforms=worker.platforms,
        queue=partial(queue_messages, room),
        clock=worker.clock,
        owner=worker.owner,
        times=worker.options.times,
    )

    async def forget_events() -> None:
        await asyncio.to_thread(store.marks.forget_events, worker.clock() - EVENTS_KEPT)
        await asyncio.to_thread(store.direct.forget, worker.clock() - EVENTS_KEPT)

    async def is_well() -> bool:
        return watchdog.is_well and not await worker.health.failings()

    yield Duty(name="watch", every_s=WATCH_S, call=watchdog.check)
    yield Duty(name="correct", every_s=CORRECT_S, call=corrector.run)
    yield Duty(name="tell people", every_s=TELL_S, call=messenger.run)
    yield Duty(name="forget events", every_s=FORGET_S, call=forget_events)
    if heartbeat_url is not None:
        beat = Heartbeat(url=heartbeat_url.get_secret_value(), is_well=is_well).beat
        yield Duty(name="heartbeat", every_s=BEAT_S, call=beat)
