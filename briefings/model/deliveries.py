"""Deliveries: who gets which briefing when, and what became of each message."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

DeliveryState = Literal["pending", "sending", "sent", "unknown", "reconciled", "skipped", "dead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Channel x topic x schedule x time zone. `channel` is written `console`, `slack:C123`, `discord:456`."""

    id: int
    tenant: str
    channel: str
    topic: str
    time: str  # "08:00", local
    zone: str  # IANA name
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)  # Monday is 0
    created: datetime  # or changed: earlier slots are not its own
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What one briefing covers, in UTC: after `start`, up to `end`; `late` says why it comes late."""

    start: datetime
    end: datetime
    is_first: bool = False  # no briefing was sent to this subscription before
    late: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message of a delivery with its rendered body (JSON text of the platform) and its state."""

    delivery: int
    number: int
    key: str  # stable, opaque: what find(key) looks for
    channel: str
    body: str
    state: DeliveryState
    attempts: int = 0
    message_id: str | None = None
    sent: datetime | None = None
    last_error: str = ""
    started: datetime | None = None  # when the first post of it began, since it was last asked for
    n_looks: int = 0  # for it on the platform, after an unclear answer
    is_notice: bool = False  # says what was corrected; not part of the briefing
    parent: str | None = None  # id of the delivery's first message, to whose thread the others belong; set when claimed


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One briefing for one slot of one subscription; unique by (subscription, local_date, slot)."""

    id: int
    subscription: int
    tenant: str
    local_date: str  # ISO date intended
    slot: str  # subscribed local time
    due: datetime
    state: DeliveryState
    window_start: datetime | None = None
    window_end: datetime | None = None
    note: str = ""
    briefing: str = ""  # the id in its footer
    parts: tuple[Part, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedPart:
    """A part that is ours until `until`. Its state is as found: `pending`, or `sending`/`unknown` when a post began."""

    part: Part
    until: datetime
    due: datetime  # of its delivery, or when it was last asked for again
    attempted: datetime | None = None  # when the first post of it began, since it was last asked for
    ended: datetime | None = None  # from when on no worker can still be sending it
    n_looks: int = 0
    tenant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedDelivery:
    """A delivery that is ours to draft until `until`."""

    delivery: Delivery
    subscription: Subscription
    until: datetime
