"""PostgreSQL for tests: DATABASE_URL, else the machine's own binaries, else a container."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.services.containers import container
from tests.services.processes import (
    Provided,
    Unavailable,
    free_port,
    other_user,
    run_as,
    running,
    scratch_folder,
)

VARIABLE = "DATABASE_URL"
IMAGE = "postgres:15"
# Nothing that a test wrote has to survive a power cut.
QUICK = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=128MB",
]


@contextmanager
def provide() -> Iterator[Provided]:
    """A PostgreSQL that answers, with an empty database; raises Unavailable."""
    named = os.environ.get(VARIABLE, "")
    if named.startswith(("postgres://", "postgresql://")):
        yield Provided(VARIABLE, named, "named by DATABASE_URL")
        return
    binaries = find_binaries()
    with started(binaries) if binaries else contained() as provided:
        yield provided


def find_binaries() -> Path | None:
    """The folder that holds initdb and postgres: on the PATH, or where Debian hides them."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


@contextmanager
def started(binaries: Path) -> Iterator[Provided]:
    """A server of our own on a free port."""
    user, port = other_user(), free_port()
    with scratch_folder("postgres", user) as folder:
        data = folder / "data"
        initialise: list[str | Path] = [binaries / "initdb", "-D", data, "-A", "trust", "-U", "entraide"]
        run_as(user, [*initialise, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        options = [part for setting in QUICK for part in ("-c", setting)]
        where: list[str | Path] = ["-D", data, "-p", str(port), "-k", folder, "-h", "127.0.0.1"]
        command: list[str | Path] = [binaries / "postgres", *where, *options]
        with running(
            command,
            folder=folder,
            user=user,
            seconds=30,
            answers=lambda: answers(port),
            stop_with=signal.SIGINT,
        ):
            yield Provided(VARIABLE, with_database(port), f"started {binaries}/postgres")


@contextmanager
def contained() -> Iterator[Provided]:
    """A server in a container."""
    environment = {"POSTGRES_USER": "entraide", "POSTGRES_HOST_AUTH_METHOD": "trust"}
    try:
        with container(IMAGE, 5432, environment=environment, answers=answers, seconds=90) as port:
            yield Provided(VARIABLE, with_database(port), f"container {IMAGE}")
    except Unavailable as error:
        raise Unavailable(f"PostgreSQL: {error}; apt install postgresql, or set DATABASE_URL") from error


def address(port: int, database: str) -> str:
    """The URL of `database` on the server at `port`."""
    return f"postgresql://entraide@127.0.0.1:{port}/{database}"


def answers(port: int) -> bool:
    """Whether the server at `port` takes connections."""
    try:
        with psycopg.connect(address(port, "postgres"), connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def with_database(port: int) -> str:
    """Create the database for the tests, return its URL."""
    with psycopg.connect(address(port, "postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'entraide'").fetchone():
            connection.execute("CREATE DATABASE entraide")
    return address(port, "entraide")
