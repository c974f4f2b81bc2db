"""Every step goes up and down with data, on both databases, and ends at the tables that the code describes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, inspect, text

from briefings.errors import StoreError
from briefings.store import channel_tables, tables  # noqa: F401  the tables register themselves
from briefings.store.columns import metadata
from briefings.store.direct import Addressed
from briefings.store.engine import open_engine, reading, writing
from briefings.store.feed_attempts import FetchAttempt, SeenEntry
from briefings.store.inbox import InboxFile
from briefings.store.migrate import is_current, migrate, revert, versions
from briefings.store.store import Store
from tests.stored import NOON, TEXT, after, parsed, save

SEARCH_TABLES = "revision_words"


def fill(store: Store) -> None:
    """Put a row into every table."""
    saved = save(store)
    save(store, parsed(text=TEXT + " More."), fetched=after(1))
    store.stories.add_to_development(saved.article.id, None, known=NOON)
    store.stories.assign_issue(saved.findings.issues[0], None, topic="harbour", label="x", known=NOON)
    feed = store.feeds.add("https://lakeside.example/rss", saved.article.publisher, "T1", NOON)
    entries = (SeenEntry(entry="e", sha256="s", published=NOON),)
    store.feeds.record(feed.id, FetchAttempt(at=NOON, outcome="ok", next_try=after(1), entries=entries))
    store.reports.hide("Q-1", tenant="T1", person="U1", reason="", now=NOON)
    store.reports.follow("T1", "U1", "U-1", "slack:D1", NOON)
    store.pages.looked(saved.article.id, NOON, is_gone=True)
    store.feed_overview.begin_outage(feed.id, NOON, NOON)
    store.inbox.put(InboxFile(path="a.txt", stamp="1", state="waiting"), NOON)
    store.marks.set("tick", "1", NOON)
    store.marks.is_first("e", NOON)
    to = Addressed(key="k", tenant="T1", person="U1", channel="slack:D1", item="U-1")
    store.direct.queue(to, ("{}",), NOON)


def engine_of(url: str):
    return open_engine(url)


def own_tables(engine) -> set[str]:
    return {name for name in inspect(engine).get_table_names() if not name.startswith(SEARCH_TABLES)}


def test_migrate_when_empty_then_tables_are_those_of_the_code(empty_url: str) -> None:
    engine = engine_of(empty_url)
    assert not is_current(engine)
    migrate(engine)
    assert is_current(engine)
    with reading(engine) as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or SEARCH_TABLES not in name}
        )
        assert compare_metadata(context, metadata) == []
    assert own_tables(engine) == set(metadata.tables) | {"alembic_version"}
    engine.dispose()


def test_migrate_when_repeated_then_nothing_changes(empty_url: str) -> None:
    engine = engine_of(empty_url)
    migrate(engine)
    save(Store(engine))
    migrate(engine)
    assert Store(engine).articles.count() == 1
    engine.dispose()


def test_migrate_when_workers_start_together_then_it_is_done_once(empty_url: str) -> None:
    engines = [engine_of(empty_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, engines))
    assert is_current(engines[0])
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize("version", ["base", *versions()[:-1]])
def test_migrate_when_reverted_with_data_then_up_again_keeps_the_earlier_tables(empty_url: str, version: str) -> None:
    engine = engine_of(empty_url)
    migrate(engine)
    fill(Store(engine))
    before = _rows(engine)
    revert(engine, version)
    kept = own_tables(engine) - {"alembic_version"}
    assert (kept == set()) == (version == "base")
    assert {name: rows for name, rows in _rows(engine).items() if name in kept} == {n: before[n] for n in kept}
    migrate(engine)
    assert is_current(engine)
    if "revisions" in kept:
        hits = Store(engine).search.search("lighthouse")
        assert [hit.article.revision for hit in hits] == [2]
    engine.dispose()


def test_migrate_when_a_step_fails_then_none_is_applied(empty_url: str) -> None:
    engine = engine_of(empty_url)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE subscriptions (id INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        migrate(engine)
    assert own_tables(engine) == {"subscriptions"}
    engine.dispose()


def test_open_when_tables_are_newer_then_it_says_so(empty_url: str) -> None:
    engine = engine_of(empty_url)
    migrate(engine)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for check in (is_current, migrate):
        with pytest.raises(StoreError, match="newer version"):
            check(engine)
    engine.dispose()


def test_read_when_tables_are_missing_then_it_says_what_to_run(empty_url: str) -> None:
    engine = engine_of(empty_url)
    with pytest.raises(StoreError, match="briefing-bot migrate"):
        Store(engine).articles.count()
    engine.dispose()


def _rows(engine) -> dict[str, int]:
    described = MetaData()
    described.reflect(engine, only=lambda name, _: not name.startswith(SEARCH_TABLES))
    with reading(engine) as connection:
        return {
            name: len(connection.execute(table.select()).all())
            for name, table in described.tables.items()
            if name != "alembic_version"
        }


def test_revert_when_an_article_was_retracted_then_its_last_revision_stands_again(empty_url: str) -> None:
    engine = engine_of(empty_url)
    migrate(engine)
    store = Store(engine)
    fill(store)
    assert store.pages.retract(1, after(5))
    revert(engine, "0008")
    migrate(engine)
    found = Store(engine).articles.get(1)
    assert found is not None
    assert found.revision == 2
    engine.dispose()
