"""Redis for tests: REDIS_URL, else the machine's own server, else a container."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from tests.services.containers import container
from tests.services.processes import Provided, Unavailable, free_port, listens, running, scratch_folder

VARIABLE = "REDIS_URL"
IMAGE = "redis:7"


@contextmanager
def provide() -> Iterator[Provided]:
    """A Redis that answers; raises Unavailable."""
    if named := os.environ.get(VARIABLE):
        yield Provided(VARIABLE, named, "named by REDIS_URL")
        return
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    with started(program) if program else contained() as provided:
        yield provided


@contextmanager
def started(program: str) -> Iterator[Provided]:
    """A server of our own on a free port, keeping nothing on disk."""
    port = free_port()
    with scratch_folder("redis", None) as folder:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with running(command, folder=folder, seconds=15, answers=lambda: listens(port)):
            yield Provided(VARIABLE, f"redis://127.0.0.1:{port}/0", f"started {program}")


@contextmanager
def contained() -> Iterator[Provided]:
    """A server in a container."""
    try:
        with container(IMAGE, 6379, environment={}, answers=listens, seconds=60) as port:
            yield Provided(VARIABLE, f"redis://127.0.0.1:{port}/0", f"container {IMAGE}")
    except Unavailable as error:
        raise Unavailable(f"Redis: {error}; apt install redis-server, or set REDIS_URL") from error
