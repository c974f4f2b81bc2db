"""What a platform can do to a post, and what must come of it: shown once, refused and told, or in doubt and told."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from bot.delivery import Deliverer
from briefings.store.store import Store
from tests.faults.loopback import LoopbackPlatform
from tests.faults.server import FakeServer
from tests.faults.stage import DUE
from tests.faults.worker_child import TIMES, draft

# Each list is used up by one channel's posts, in order.
SHOWN_ONCE = {
    "none": [],
    "429 with seconds": ["429:1"],
    "429 with a fraction": ["429:0.4"],
    "429 with zero": ["429:0"],
    "429 without": ["429"],
    "429 three times": ["429:0.3", "429:0.3", "429:0.3"],
    "500 after accepting": ["500"],
    "502 after accepting": ["502"],
    "503 after accepting": ["503"],
    "504 after accepting": ["504"],
    "524 after accepting": ["524"],
    "accepted, then closed": ["fin"],
    "accepted, then reset": ["rst"],
    "accepted, then silent": ["hang"],
    "answered after our limit": ["late"],
    "a page of HTML": ["html"],
    "closed before accepting": ["drop"],
    "closed twice before accepting": ["drop", "drop"],
}
REFUSED = {
    "msg_too_long": ["no:msg_too_long"],
    "duplicate_message_not_found": ["no:duplicate_message_not_found"],
}
CLOSED = {
    "401": ["401"],
    "403": ["403"],
    "404": ["404"],
    "channel_not_found": ["no:channel_not_found"],
    "is_archived": ["no:is_archived"],
    "token_revoked": ["no:token_revoked"],
}
FAULTS = SHOWN_ONCE | REFUSED | CLOSED
LONG_WAIT = "429 with an hour"


@dataclass
class Bench:
    """A deliverer over a real store and the platform on loopback; channel by channel another fault."""

    store: Store
    server: FakeServer
    n_each: int = 1

    def __post_init__(self) -> None:
        self.alerts: list[str] = []
        self.began = time.monotonic()
        self.channels: dict[str, list[str]] = {}
        for number, (name, faults) in enumerate((FAULTS | {LONG_WAIT: ["429:3600"]}).items()):
            for repeat in range(self.n_each):
                channel = f"fake:F{number}-{repeat}"
                self.server.faults[channel] = list(faults)
                self.channels.setdefault(name, []).append(channel)
                self._plan(channel)

    def _plan(self, channel: str) -> None:
        subscription = self.store.subscriptions.add(
            DUE, tenant="T1", channel=channel, topic="harbour", time="08:00", zone="Europe/Kyiv", days=(0,)
        )
        self.store.deliveries.plan(
            subscription, local_date="2026-03-02", slot="08:00", due=DUE, note="", is_skipped=False
        )

    async def run(self, seconds: float) -> None:
        """Draft and post until only what waits for an hour is left."""
        platform = LoopbackPlatform(self.server.url)

        async def alert(words: str) -> None:
            self.alerts.append(words)

        deliverer = Deliverer(
            ledger=self.store.deliveries,
            targets=self.store.targets,
            platforms={"fake": platform},
            draft=draft,
            alert=alert,
            clock=self._clock,
            owner="w1",
            times=TIMES,
        )
        while await deliverer.draft_one():
            pass
        deadline = time.monotonic() + seconds
        while len(self.unsettled()) > self.n_each and time.monotonic() < deadline:
            await deliverer.send_some()
            await asyncio.sleep(0.05)
        await deliverer.finish(2)
        await platform.close()

    def unsettled(self) -> list[int]:
        return [d.id for d, _ in self.store.deliveries.latest(limit=5000) if d.state in {"pending", "sending"}]

    def shown(self, name: str) -> list[list[str]]:
        """Return the keys shown in each channel of a fault."""
        return [self.server.posts(channel) for channel in self.channels[name]]

    def states(self, name: str) -> set[str]:
        own = set(self.channels[name])
        return {d.state for d, channel in self.store.deliveries.latest(limit=5000) if channel in own}

    def _clock(self):  # type: ignore[no-untyped-def]  # simulated time runs as real time does, from a second after
        from datetime import timedelta

        return DUE + timedelta(seconds=1 + time.monotonic() - self.began)


def mistakes(bench: Bench) -> list[str]:
    """Return every rule that was broken."""
    found = [f"{bench.server.n_early} posts came before the platform let them"] if bench.server.n_early else []
    for name in FAULTS:
        for keys in bench.shown(name):
            expected = 2 if name in SHOWN_ONCE else 0
            if len(keys) != expected or len(set(keys)) != len(keys):
                found.append(f"{name}: {len(keys)} messages shown, {len(set(keys))} of them different")
        wanted = {"sent"} if name in SHOWN_ONCE else {"dead"}
        if bench.states(name) != wanted:
            found.append(f"{name}: deliveries are {bench.states(name)}")
    if bench.states(LONG_WAIT) != {"sending"} or any(bench.shown(LONG_WAIT)):
        found.append("what was to wait for an hour did not")
    paused = {t.channel for t in bench.store.targets.list()}
    closed = {channel for name in CLOSED for channel in bench.channels[name]}
    if paused != closed:
        found.append(f"paused {sorted(paused ^ closed)}")
    n_told = len(bench.alerts)
    n_refusals = sum(len(bench.channels[name]) for name in REFUSED | CLOSED)
    if n_told != n_refusals:
        found.append(f"{n_told} alerts for {n_refusals} refusals")
    return found
