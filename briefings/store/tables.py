"""The tables of articles, findings, stories and feeds. A change here comes with a migration."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Float, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Table, UniqueConstraint

from briefings.store.columns import flag, id_, metadata, number, span, time, to, words

# ---- articles ----------------------------------------------------------------------------------------

publishers = Table(
    "publishers",
    metadata,
    id_(),
    words("name"),
    words("kind"),
    words("language"),
    words("carries", optional=True),
    UniqueConstraint("name"),
)

articles = Table(
    "articles",
    metadata,
    id_(),
    to("publisher", "publishers.id"),
    words("identity"),  # digest of the address or of what else tells it apart
    words("url"),
    words("guid"),
    words("origin"),  # file name or feed address
    time("first_known"),
    to("copy_of", "articles.id", optional=True),
    UniqueConstraint("identity"),
    Index("ix_articles_first_known", "first_known"),
    sqlite_autoincrement=True,
)
article_topics = Table(
    "article_topics",
    metadata,
    to("article", "articles.id"),
    words("topic"),
    PrimaryKeyConstraint("topic", "article"),
    Index("ix_article_topics_article", "article"),
)

revisions = Table(
    "revisions",
    metadata,
    id_(),
    to("article", "articles.id"),
    number("revision"),
    words("sha256"),
    time("published", optional=True),
    time("fetched"),
    time("known"),
    time("replaced", optional=True),  # when the next revision became known
    words("language"),
    flag("is_teaser"),
    words("title"),
    words("text"),  # last: what stands behind a long text is slow to reach in SQLite
    UniqueConstraint("article", "revision"),
    Index("ix_revisions_published", "published"),
    Index("ix_revisions_known", "known"),
    Index("ix_revisions_sha256", "sha256"),
    sqlite_autoincrement=True,
)

# ---- findings: the number that readers see, then what it was in each revision ---------------------------

findings = Table(
    "findings",
    metadata,
    id_(),
    to("article", "articles.id"),
    words("kind"),  # Q quotation, I issue mention, R response mention
    Index("ix_findings_article", "article"),
    sqlite_autoincrement=True,
)


def _finding(name: str, *columns: Column[Any]) -> Table:
    """Make the table of one kind of finding: a row for each revision that has it."""
    return Table(
        name,
        metadata,
        to("id", "findings.id"),
        to("revision_id", "revisions.id"),
        *columns,
        PrimaryKeyConstraint("id", "revision_id"),
        Index(f"ix_{name}_revision_id", "revision_id"),
    )


quotations = _finding(
    "quotations",
    words("kind"),
    *span("content"),
    *span("cue", optional=True),
    *span("mention", optional=True),
    words("name", optional=True),
    words("person", optional=True),
    words("role", optional=True),
    words("actor", optional=True),
    words("speaker_words"),  # folded name and mention, to search by
    time("published", optional=True),  # of the revision, so that a person's newest are found by index
)
Index("ix_quotations_person_published", quotations.c.person, quotations.c.published)

issue_mentions = _finding(
    "issue_mentions",
    *span(""),
    *span("matter"),
    words("label"),
    words("status"),
    words("cue"),
    *span("cue", optional=True),
)

positions = Table(
    "positions",
    metadata,
    number("mention"),
    number("revision_id"),
    number("number"),
    words("party"),
    words("actor", optional=True),
    *span(""),
    PrimaryKeyConstraint("revision_id", "mention", "number"),
    ForeignKeyConstraint(["mention", "revision_id"], ["issue_mentions.id", "issue_mentions.revision_id"]),
)

response_mentions = _finding(
    "response_mentions",
    *span(""),
    words("actor_id"),
    words("actor", optional=True),
    words("speaker", optional=True),
    words("stance"),
    words("mode"),
    flag("is_quoted"),
    flag("is_silence"),
    *span("development", optional=True),
    words("recipient", optional=True),
    time("published", optional=True),  # of the revision, so that an actor's newest are found by index
)
Index("ix_response_mentions_actor_id_published", response_mentions.c.actor_id, response_mentions.c.published)

hidden_items = Table(
    "hidden_items",
    metadata,
    words("kind"),  # the letter before the number: Q, R, I, U, D, A
    number("number"),
    words("tenant"),  # whose manager hid it
    words("person"),
    words("reason"),
    time("at"),
    PrimaryKeyConstraint("kind", "number"),
)

# ---- stories -----------------------------------------------------------------------------------------

developments = Table("developments", metadata, id_(), time("first_known"), sqlite_autoincrement=True)

development_articles = Table(
    "development_articles",
    metadata,
    to("article", "articles.id"),
    to("development", "developments.id"),
    time("known"),
    PrimaryKeyConstraint("article"),
    Index("ix_development_articles_development", "development"),
)

issues = Table(
    "issues",
    metadata,
    id_(),
    words("topic"),
    words("label"),
    time("first_known"),
    Index("ix_issues_topic", "topic"),
    sqlite_autoincrement=True,
)

issue_entries = Table(
    "issue_entries",
    metadata,
    to("mention", "findings.id"),
    words("topic"),
    to("issue", "issues.id"),
    time("known"),
    PrimaryKeyConstraint("mention", "topic"),
    Index("ix_issue_entries_issue", "issue"),
    Index("ix_issue_entries_topic_known", "topic", "known"),
)

# ---- feeds -------------------------------------------------------------------------------------------

feeds = Table(
    "feeds",
    metadata,
    id_(),
    to("publisher", "publishers.id"),
    words("url"),
    words("tenant"),  # '' for the catalogue's
    words("state"),  # live, gone, paused, removed
    words("etag", optional=True),
    words("modified", optional=True),
    words("moved_to", optional=True),
    time("next_try"),
    number("failures"),
    words("lease_owner", optional=True),
    time("lease_until", optional=True),
    UniqueConstraint("url"),
    Index("ix_feeds_state_next_try", "state", "next_try"),
    sqlite_autoincrement=True,
)

fetches = Table(
    "fetches",
    metadata,
    id_(),
    to("feed", "feeds.id"),
    time("at"),
    words("outcome"),  # ok, not_modified, failed
    number("status", optional=True),
    words("error", optional=True),
    number("n_entries"),
    number("n_new"),
    time("newest_entry", optional=True),  # newest seen by then, in this or an earlier attempt
    time("last_success", optional=True),  # the same
    Column("usual_interval", Float),  # seconds between entries, the same
    Index("ix_fetches_feed_at", "feed", "at"),
)

feed_entries = Table(
    "feed_entries",
    metadata,
    to("feed", "feeds.id"),
    words("entry"),  # guid or address
    words("sha256"),  # of the entry as the feed gave it: unchanged ones need no page
    time("published", optional=True),
    time("known"),
    PrimaryKeyConstraint("feed", "entry"),
    Index("ix_feed_entries_feed_published", "feed", "published"),
)
