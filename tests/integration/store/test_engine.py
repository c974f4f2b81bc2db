"""A database that can't be used is one clear sentence; durability is as decided."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from briefings.errors import StoreError
from briefings.store.engine import open_engine, reading, writing
from briefings.store.migrate import migrate
from briefings.store.store import Store
from tests.databases import Postgres
from tests.stored import save


def test_open_when_the_directory_is_new_then_it_is_made(tmp_path: Path) -> None:
    open_engine(f"sqlite:///{tmp_path / 'a' / 'b' / 'c.db'}").dispose()
    assert (tmp_path / "a" / "b" / "c.db").exists()


def test_open_when_sqlite_then_every_connection_is_durable_and_checks_references(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with reading(engine) as connection:
        values = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert values == ["wal", 2, 1, 15000]
    engine.dispose()


def test_open_when_the_place_is_a_file_then_it_says_which(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"can't write the database .*file/x\.db"):
        open_engine(f"sqlite:///{tmp_path / 'file' / 'x.db'}")


def test_open_when_the_directory_is_read_only_then_it_says_which() -> None:
    with pytest.raises(StoreError, match=r"can't write the database /proc/nowhere/x\.db"):
        open_engine("sqlite:////proc/nowhere/x.db")


def test_open_when_the_file_is_no_database_then_it_says_so_and_leaves_it(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    file.write_text("A shopping list: eggs, flour, milk. " * 99)
    before = file.read_bytes()
    with pytest.raises(StoreError, match="not a database of ours"):
        open_engine(f"sqlite:///{file}")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://u:hunter2@h/x", "'mysql' databases are not supported"),
        ("hunter2", "can't be read"),
        ("", "can't be read"),
        ("postgresql://u:hunter2@127.0.0.1:1/x", "PostgreSQL database x on 127.0.0.1"),
        ("postgres://u:hunter2@127.0.0.1:1/x", "PostgreSQL database x on 127.0.0.1"),
    ],
)
def test_open_when_the_address_is_of_no_use_then_it_says_why_without_the_password(url: str, words: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_engine(url)
    assert words in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_open_when_damaged_then_it_says_to_restore(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    save(Store(engine))
    engine.dispose()
    with file.open("r+b") as data:
        data.seek(4096)
        data.write(os.urandom(file.stat().st_size - 4096))
    with pytest.raises(StoreError, match="restore the newest backup"):
        save(Store(open_engine(f"sqlite:///{file}")))


def test_write_when_another_process_holds_the_file_then_it_says_so(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("briefings.store.engine._PRAGMAS", ("PRAGMA busy_timeout = 50",))
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}")
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="another process holds it"), writing(engine):
        pass
    other.close()
    engine.dispose()


def test_read_when_a_write_is_under_way_then_it_sees_one_state_and_does_not_wait(database_url: str) -> None:
    store = Store(open_engine(database_url))
    save(store)
    topics = text("SELECT count(*) FROM article_topics")
    with reading(store.engine) as connection:
        assert connection.execute(topics).scalar() == 1
        with writing(store.engine) as other:
            other.execute(text("DELETE FROM article_topics"))
            assert connection.execute(topics).scalar() == 1
        assert connection.execute(topics).scalar() == 1
    with reading(store.engine) as connection:
        assert connection.execute(topics).scalar() == 0
    store.close()


def test_read_when_connections_were_cut_then_new_ones_are_made(postgres: Postgres) -> None:
    store = Store(open_engine(postgres.emptied()))
    save(store)
    postgres.cut(store.engine.url.database or "")
    assert store.articles.count() == 1

    def write() -> None:
        with writing(store.engine) as connection:
            postgres.cut(store.engine.url.database or "")
            connection.execute(text("SELECT 1"))

    with pytest.raises(StoreError, match="PostgreSQL database"):
        write()
    assert store.articles.count() == 1
    store.close()


def test_write_when_its_worker_is_frozen_amid_it_then_another_has_the_rows_after_a_while(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefings.store.engine._FROZEN_S", 1)
    url = postgres.create()
    frozen, other = open_engine(url), open_engine(url)
    migrate(other)

    def freeze() -> None:
        with writing(frozen) as connection:
            connection.execute(text("LOCK TABLE parts IN EXCLUSIVE MODE"))
            with writing(other) as theirs:
                theirs.execute(text("LOCK TABLE parts IN EXCLUSIVE MODE"))  # waits until the server has ended the first
            connection.execute(text("SELECT 1"))

    with pytest.raises(StoreError):
        freeze()
    for engine in (frozen, other):
        engine.dispose()


def test_errors_when_a_statement_fails_then_no_text_of_an_article_is_in_them(database_url: str) -> None:
    store = Store(open_engine(database_url))
    with pytest.raises(Exception, match=r"revisions") as caught, writing(store.engine) as connection:
        connection.execute(
            text("INSERT INTO revisions (title, text) VALUES ('a', :words)"), {"words": "secret words of an article"}
        )
    assert "secret words" not in str(caught.value)
    store.close()


@pytest.mark.parametrize("round_", range(3))
def test_save_when_killed_then_what_was_acknowledged_is_there_and_nothing_is_half(tmp_path: Path, round_: int) -> None:
    file = tmp_path / "x.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    program = (
        "import sys; from tests.stored import parsed, save\n"
        "from briefings.store.engine import open_engine; from briefings.store.store import Store\n"
        "store = Store(open_engine(sys.argv[1]))\n"
        "for n in range(100_000):\n"
        "    save(store, parsed(n)); print(n, flush=True)\n"
    )
    command = [sys.executable, "-c", program, f"sqlite:///{file}"]
    root = Path(__file__).parents[3]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root, env={"PYTHONPATH": "."})
    assert worker.stdout is not None
    acknowledged = 0
    for line in worker.stdout:
        acknowledged = int(line) + 1
        if acknowledged > 5 + 3 * round_:
            break
    worker.kill()
    worker.wait()
    worker.stdout.close()
    store = Store(open_engine(f"sqlite:///{file}"))
    count = store.articles.count()
    assert count >= acknowledged
    assert len(store.findings.quotations(as_of=None)) == count
    assert len(store.search.search("lighthouse", limit=1000)) == count
    with reading(store.engine) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    store.close()
