"""The tables of what is known of sources beside their articles. A change here comes with a migration."""

from __future__ import annotations

from sqlalchemy import Index, PrimaryKeyConstraint, Table

from briefings.store.columns import metadata, number, time, to, words

page_looks = Table(
    "page_looks",
    metadata,
    to("article", "articles.id"),
    time("looked"),
    number("n_gone"),  # looks in a row that found no page
    time("first_gone", optional=True),
    time("retracted", optional=True),  # when it was taken for removed by its publisher
    PrimaryKeyConstraint("article"),
)

feed_outages = Table(
    "feed_outages",
    metadata,
    to("feed", "feeds.id"),
    time("since"),
    time("told"),
    time("ended", optional=True),
    PrimaryKeyConstraint("feed", "since"),
)

inbox_files = Table(
    "inbox_files",
    metadata,
    words("path"),
    words("stamp"),  # size and time of change: a file that keeps both is complete
    words("sha256"),  # '' until it was read
    words("state"),  # waiting, done, bad
    time("at"),
    PrimaryKeyConstraint("path"),
    Index("ix_inbox_files_sha256", "sha256"),
)
