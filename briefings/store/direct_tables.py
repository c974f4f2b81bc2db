"""The table of messages to single people. A change here comes with a migration."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from briefings.store.columns import id_, metadata, number, time, words

direct_messages = Table(
    "direct_messages",
    metadata,
    id_(),
    words("key"),  # what it tells to whom: the same is told once
    number("number"),  # of the messages that tell it
    words("tenant"),
    words("person"),
    words("channel"),  # where the person asked; tells the platform
    words("item"),
    words("body"),
    words("state"),  # pending, sending, sent, unknown, refused
    words("last_error"),
    words("message_id", optional=True),
    time("created"),
    time("next_try"),
    words("lease_owner", optional=True),
    time("lease_until", optional=True),
    UniqueConstraint("key", "number"),
    Index("ix_direct_messages_state_next_try", "state", "next_try"),
    sqlite_autoincrement=True,
)
