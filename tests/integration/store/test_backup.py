"""Copies of the database: made in use, checked, put back; a damaged file is refused and the newest copy named."""

from __future__ import annotations

import random
import sqlite3
import threading
from pathlib import Path

import pytest

from briefings.errors import BadInput, StoreError
from briefings.store.backup import back_up, database_file, name_at, newest, require_sound, restore
from briefings.store.engine import open_engine
from briefings.store.store import Store
from tests.stored import NOON, after, parsed, save


@pytest.fixture
def file(tmp_path: Path, sqlite_template: Path) -> Path:
    target = tmp_path / "data" / "briefings.db"
    target.parent.mkdir()
    target.write_bytes(sqlite_template.read_bytes())
    return target


def opened(file: Path) -> Store:
    return Store(open_engine(f"sqlite:///{file}"))


def count(file: Path) -> int:
    store = opened(file)
    n = store.articles.count()
    store.close()
    return n


def test_back_up_when_a_worker_writes_then_the_copy_is_one_state(file: Path, tmp_path: Path) -> None:
    store = opened(file)
    save(store)
    stop = threading.Event()

    def write() -> None:
        n = 2
        while not stop.is_set():
            save(store, parsed(n))
            n += 1

    writer = threading.Thread(target=write)
    writer.start()
    copies = [back_up(file, tmp_path / "copies" / f"{n}.db") for n in range(5)]
    stop.set()
    writer.join()
    store.close()
    counts = [count(copy) for copy in copies]
    assert counts == sorted(counts)
    assert counts[0] >= 1
    assert not list((tmp_path / "copies").glob(".*"))
    assert copies[0].stat().st_mode & 0o777 == 0o600


def test_restore_when_put_back_then_the_other_one_is_kept_aside(file: Path, tmp_path: Path) -> None:
    store = opened(file)
    save(store)
    copy = back_up(file, tmp_path / "copy.db")
    save(store, parsed(2))
    store.close()
    aside = restore(copy, file, NOON)
    assert aside
    assert (count(file), count(aside)) == (1, 2)


def test_restore_when_the_copy_is_damaged_then_nothing_is_changed(file: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"not a database at all" * 100)
    before = file.read_bytes()
    for copy in (bad, tmp_path / "missing.db", file):
        with pytest.raises(BadInput):
            restore(copy, file, NOON)
    assert file.read_bytes() == before


def test_back_up_when_the_target_is_there_or_the_source_is_not_then_it_says_so(file: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there already"):
        back_up(file, file)
    with pytest.raises(BadInput, match="no database"):
        back_up(tmp_path / "none.db", tmp_path / "copy.db")


def test_database_file_when_it_is_postgresql_then_its_own_tools_are_named() -> None:
    with pytest.raises(BadInput, match="pg_dump"):
        database_file("postgresql+psycopg://u@h/n")
    assert database_file("sqlite:////srv/b.db") == Path("/srv/b.db")


def test_newest_when_there_are_some_then_the_last_by_time(tmp_path: Path) -> None:
    assert newest(tmp_path) is None
    for at in (NOON, after(30), after(2)):
        (tmp_path / name_at(at)).touch()
    assert newest(tmp_path) == tmp_path / name_at(after(30))


@pytest.mark.parametrize("seed", range(10))
def test_require_sound_when_bytes_were_flipped_then_it_is_refused_with_the_newest_backup(
    file: Path, tmp_path: Path, seed: int
) -> None:
    store = opened(file)
    for n in range(20):
        save(store, parsed(n))
    store.close()
    copies = tmp_path / "copies"
    kept = back_up(file, copies / name_at(NOON))
    require_sound(file, copies)
    damaged, chance = bytearray(file.read_bytes()), random.Random(seed)  # noqa: S311
    for at in chance.sample(range(len(damaged)), 1000):
        damaged[at] ^= 0xFF
    file.write_bytes(damaged)
    with pytest.raises(StoreError) as refused:
        require_sound(file, copies)
    assert f"briefing-bot restore {kept}" in str(refused.value)
    assert "\n" not in str(refused.value)
    restore(kept, file, after(1))
    assert count(file) == 20


def test_require_sound_when_nothing_is_there_then_it_is_sound(tmp_path: Path) -> None:
    require_sound(tmp_path / "none.db", tmp_path)
    (tmp_path / "empty.db").touch()
    require_sound(tmp_path / "empty.db", tmp_path)


def test_require_sound_when_another_process_holds_it_then_that_is_not_damage(file: Path, tmp_path: Path) -> None:
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    require_sound(file, tmp_path)
    holder.close()
