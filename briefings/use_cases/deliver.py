"""Deliveries from slot to sent, one transaction a step. Never talks to a platform: it is told what came of a post."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, Unpack

from briefings.document import Block, Document, Item, Text, evidence_of, lines_of
from briefings.model import ClaimedDelivery, ClaimedPart, Part, Subscription, Window
from briefings.store.deliveries import Contents
from briefings.store.delivery_rows import ShownItem

Draft = Callable[[Subscription, Window, datetime], Document]  # draft(subscription, window, now)
Render = Callable[[Document], tuple[str, ...]]

_INSIDE = re.compile(r"\(([QR]-\d+)\)")  # "(R-5)"
FIRST_WINDOW = timedelta(hours=24)
LONGEST_WINDOW = timedelta(days=7)
LATE_AFTER = timedelta(minutes=5)  # later than this after its time, a briefing says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long things may take. A short lease shortens the time for a post, so that one always fits well inside."""

    lease: timedelta = timedelta(seconds=60)
    publish: timedelta = timedelta(seconds=20)  # for one post or one look, by our clock
    looks: tuple[timedelta, ...] = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))
    settle: timedelta = timedelta(seconds=30)  # a post may still appear this long after we stopped sending it
    catch_up: timedelta = timedelta(hours=6)

    def __post_init__(self) -> None:
        object.__setattr__(self, "publish", min(self.publish, self.lease / 3))


class Targets(Protocol):
    """Which channels are paused."""

    def pause(self, tenant: str, channel: str, reason: str, now: datetime) -> bool:
        """Stop posting to a channel; False when it was paused already."""
        ...

    def reason(self, tenant: str, channel: str) -> str:
        """Return why a channel is paused, "" when it is not."""
        ...


class Ledger(Protocol):
    """The delivery ledger. Writes of a part are fenced: they say False when the owner's lease has gone to another."""

    def claim_delivery(self, owner: str, now: datetime, lease: timedelta) -> ClaimedDelivery | None:
        """Take the oldest due delivery without parts that nobody holds."""
        ...

    def write_parts(
        self,
        delivery: int,
        owner: str,
        bodies: tuple[str, ...],
        window: Window,
        now: datetime,
        **contents: Unpack[Contents],
    ) -> bool:
        """Store all rendered parts and what they show in one transaction; each part gets its key."""
        ...

    def skip(self, delivery: int, owner: str, note: str, now: datetime) -> bool:
        """Record that a delivery will not be sent."""
        ...

    def last_sent(self, subscription: int) -> datetime | None:
        """Return the window end of the last delivery sent."""
        ...

    def claim_part(
        self, owner: str, now: datetime, lease: timedelta, busy: frozenset[str] = frozenset()
    ) -> ClaimedPart | None:
        """Take the next part to send or to look for, of a channel not in `busy`; parts of a delivery go in order."""
        ...

    def mark_sending(self, part: Part, owner: str, now: datetime, *, ended: datetime | None = None) -> bool:
        """Record that a post begins; `ended` is when it is over at the latest, should we not live to say so."""
        ...

    def mark_sent(self, part: Part, owner: str, message_id: str, now: datetime, *, is_reconciled: bool = False) -> bool:
        """Record the message; the last part makes its delivery sent."""
        ...

    def mark_unknown(
        self,
        part: Part,
        owner: str,
        now: datetime,
        next_try: datetime | None,
        *,
        error: str = "",
        ended: datetime | None = None,
    ) -> bool:
        """Record that it may have been posted, `ended` when the post was given up; look again at `next_try` or never.

        Args:
            part: as claimed.
            owner: who holds it.
            now: UTC.
            next_try: when to look, None for no more.
            error: why it is unclear.
            ended: when the post was given up, None after a look.
        """
        ...

    def mark_refused(self, part: Part, owner: str, reason: str, now: datetime) -> bool:
        """Record that the platform refused: the part and its delivery are dead."""
        ...

    def release(self, part: Part, owner: str, now: datetime, next_try: datetime) -> bool:
        """Give an unposted part back, to be claimed from `next_try` on."""
        ...

    def release_all(self, owner: str, now: datetime) -> None:
        """Give back whatever the owner holds."""
        ...


def window_of(subscription: Subscription, ledger: Ledger, now: datetime, late: str = "") -> Window:
    """Return what the next briefing covers: from the end of the last one sent, at most seven days."""
    last = ledger.last_sent(subscription.id)
    start = max(last, now - LONGEST_WINDOW) if last else now - FIRST_WINDOW
    return Window(start=min(start, now), end=now, is_first=last is None, late=late)


def prepare(ledger: Ledger, claimed: ClaimedDelivery, owner: str, draft: Draft, render: Render, now: datetime) -> bool:
    """Draft a claimed delivery and store its parts.

    Returns:
        False when the lease went to another meanwhile: nothing was stored.
    """
    slow = "it could not be drafted in time" if now - claimed.delivery.due > LATE_AFTER else ""
    window = window_of(claimed.subscription, ledger, now, claimed.delivery.note or slow)
    document = draft(claimed.subscription, window, now)
    bodies = render(document)
    items = shown_in(document, n_parts=len(bodies))
    return ledger.write_parts(claimed.delivery.id, owner, bodies, window, now, briefing=document.key, shown=items)


def shown_in(document: Document, n_parts: int) -> tuple[ShownItem, ...]:
    """Return what a document shows: its items with their first evidence, then all other words by their article.

    An item that is named inside another one (an answer's R-5) counts too. Of article 7, further words are A-7, A-7.2.
    """
    thread = min(2, n_parts)
    placed = [*((b, 1) for b in document.blocks), *((b, thread) for b in document.detail)]
    items = _items_of(placed)
    known = {item.evidence for item in items}
    words: dict[str, ShownItem] = {}
    counts: Counter[int] = Counter()
    for block, part in placed:
        for evidence in evidence_of((block,)):
            if evidence not in known:
                known.add(evidence)
                counts[evidence.article] += 1
                n = counts[evidence.article]
                name = f"A-{evidence.article}" + (f".{n}" if n > 1 else "")
                words[name] = ShownItem(item=name, evidence=evidence, part=part)
    return (*items, *words.values())


def _items_of(placed: Sequence[tuple[Block, int]]) -> tuple[ShownItem, ...]:
    found: dict[str, ShownItem] = {}
    for block, part in placed:
        evidence = evidence_of((block,))
        if not isinstance(block, Item) or not evidence:
            continue
        words = " ".join(x.text for line in lines_of(block) for x in line if isinstance(x, Text))
        for name in (block.id, *_INSIDE.findall(words)):
            found.setdefault(name, ShownItem(item=name, evidence=evidence[0], part=part))
    return tuple(found.values())


def may_send(claimed: ClaimedPart, now: datetime, times: Times) -> bool:
    """Say whether enough of the lease is left: a post that runs into its timeout must end well inside it."""
    return claimed.until - now > 2 * times.publish


def latest_end(claimed: ClaimedPart, times: Times) -> datetime:
    """Return when a post that `may_send` lets begin is over, whatever becomes of its worker."""
    return claimed.until - times.publish


def settled_at(claimed: ClaimedPart, times: Times) -> datetime | None:
    """Return from when on a message that is not found was never posted; None when no post of it began.

    What counts is not when a post began but when the last of it can have left us: a worker that was killed may have
    sent until the end that it had noted before, one that gave up sent until then.
    """
    if claimed.attempted is None:
        return None
    return (claimed.ended or claimed.attempted + times.lease) + times.settle


def is_absence_sure(claimed: ClaimedPart, asked: datetime, times: Times) -> bool:
    """Say whether a message that was not found when asked for at a time was never posted."""
    settled = settled_at(claimed, times)
    return settled is not None and asked >= settled


def next_look(claimed: ClaimedPart, now: datetime, times: Times, *, is_absent: bool = False) -> datetime | None:
    """Return when to look for a message again after a look that told nothing, None when all looks are spent.

    A message that is absent, though not yet for sure, is looked for until it is.
    """
    n_done = claimed.n_looks + 1
    usual = now + times.looks[n_done] if n_done < len(times.looks) else None
    settled = settled_at(claimed, times)
    if not is_absent or settled is None:
        return usual
    return min(usual, settled) if usual else settled


def is_late(claimed: ClaimedPart, now: datetime) -> bool:
    """Say whether a message that was never sent comes late: in a ledger that was set back it was sent in its time."""
    return claimed.attempted is None and now - claimed.due > LATE_AFTER


def is_too_late(claimed: ClaimedPart, now: datetime, times: Times) -> bool:
    """Say whether a message that was never posted is no longer worth posting; later parts follow the first."""
    return claimed.part.number == 1 and now - claimed.due > times.catch_up
