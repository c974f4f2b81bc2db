"""The tables of what channels and people own. A change here comes with a migration."""

from __future__ import annotations

from sqlalchemy import Index, PrimaryKeyConstraint, Table, UniqueConstraint

from briefings.store.columns import flag, id_, metadata, number, span, time, to, words

# ---- briefings for a channel ---------------------------------------------------------------------------

subscriptions = Table(
    "subscriptions",
    metadata,
    id_(),
    words("tenant"),
    words("channel"),
    words("topic"),
    words("time"),  # local, "08:00"
    words("zone"),
    words("days"),  # Monday is 0: "01234"
    time("created"),
    flag("is_active"),
    UniqueConstraint("tenant", "channel", "topic", "time"),
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    id_(),
    to("subscription", "subscriptions.id"),
    words("tenant"),
    words("local_date"),
    words("slot"),
    time("due"),
    words("state"),
    words("note"),
    words("briefing"),  # the id in the footer
    time("window_start", optional=True),
    time("window_end", optional=True),
    time("next_try"),
    number("attempts"),  # drafts begun
    words("lease_owner", optional=True),
    time("lease_until", optional=True),
    UniqueConstraint("subscription", "local_date", "slot"),
    Index("ix_deliveries_state_next_try", "state", "next_try"),
    Index("ix_deliveries_tenant_due", "tenant", "due"),
    sqlite_autoincrement=True,
)

parts = Table(
    "parts",
    metadata,
    id_(),
    to("delivery", "deliveries.id"),
    words("tenant"),
    number("number"),
    words("key"),
    words("channel"),
    words("body"),
    words("state"),
    number("attempts"),  # sends begun
    number("checks"),  # looks for it after an ambiguous send
    time("started", optional=True),  # when the first send of it began, since it was last asked for
    time("ended", optional=True),  # from when on nothing of the last send can be under way from our side
    time("sent", optional=True),
    words("message_id", optional=True),
    words("last_error"),
    time("next_try", optional=True),  # None: not again by itself
    words("lease_owner", optional=True),
    time("lease_until", optional=True),
    flag("is_notice", default=False),  # says what was corrected; not part of the briefing
    words("correction", optional=True),  # the body that is to replace the posted one
    UniqueConstraint("delivery", "number"),
    UniqueConstraint("key"),
    Index("ix_parts_state_next_try", "state", "next_try"),
)

shown = Table(
    "shown",
    metadata,
    to("delivery", "deliveries.id"),
    words("item"),  # Q-12, U-7, D-31
    words("tenant"),
    number("part"),
    number("article"),
    number("revision"),
    *span(""),
    PrimaryKeyConstraint("delivery", "item"),
    Index("ix_shown_item", "item"),
)

corrections = Table(
    "corrections",
    metadata,
    to("delivery", "deliveries.id"),
    words("item"),  # hidden or revised after it was posted
    words("tenant"),
    words("reason"),
    time("at"),
    PrimaryKeyConstraint("delivery", "item"),
)

paused_targets = Table(
    "paused_targets",
    metadata,
    words("tenant"),
    words("channel"),
    words("reason"),
    time("since"),
    PrimaryKeyConstraint("tenant", "channel"),
)

# ---- people ---------------------------------------------------------------------------------------------

problem_reports = Table(
    "problem_reports",
    metadata,
    id_(),
    words("tenant"),
    words("channel"),
    words("person"),
    words("kind"),  # wrong_speaker, not_said_so, outdated, missed_answer, other
    words("item"),
    words("note"),
    words("shown"),  # the evidence as it was shown
    time("at"),
    words("state"),  # open, resolved
    words("answer"),
    words("resolved_by", optional=True),
    time("resolved_at", optional=True),
    Index("ix_problem_reports_tenant_state", "tenant", "state"),
    sqlite_autoincrement=True,
)

follows = Table(
    "follows",
    metadata,
    id_(),
    words("tenant"),
    words("person"),
    words("item"),
    words("channel"),  # where the person is written to
    time("created"),
    time("told", optional=True),  # when last written to
    UniqueConstraint("tenant", "person", "item"),
    Index("ix_follows_item", "item"),
)

# ---- the worker's own -----------------------------------------------------------------------------------

platform_events = Table(
    "platform_events",
    metadata,
    words("event"),
    time("at"),
    PrimaryKeyConstraint("event"),
    Index("ix_platform_events_at", "at"),
)

marks = Table(
    "marks",
    metadata,
    words("name"),
    words("value"),
    time("at"),
    PrimaryKeyConstraint("name"),
)
