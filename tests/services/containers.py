"""Starts a server as a container, where an engine answers and the machine has no such server."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from tests.services.processes import Unavailable, free_port

ENGINES = ("docker", "podman")


@cache
def engine() -> str | None:
    """The container engine that answers, if any."""
    return next((name for name in ENGINES if shutil.which(name) and succeeds(name, "info", seconds=10)), None)


def succeeds(*command: str, seconds: float) -> bool:
    """Whether `command` ends well within `seconds`."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


@contextmanager
def container(
    image: str, port: int, *, environment: Mapping[str, str], answers: Callable[[int], bool], seconds: float
) -> Iterator[int]:
    """Run `image` and yield the local port that reaches its `port`.

    Raises Unavailable when no engine answers, the image cannot be had, or the server stays silent.
    """
    name = engine()
    if name is None:
        raise Unavailable("no server on this machine and no container engine answers")
    local = free_port()
    variables = [part for key, value in environment.items() for part in ("--env", f"{key}={value}")]
    command = [name, "run", "--detach", "--rm", "--publish", f"127.0.0.1:{local}:{port}", *variables, image]
    started = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if started.returncode:
        raise Unavailable(f"{name} could not run {image}: {started.stderr.strip().splitlines()[-1]}")
    try:
        deadline = time.monotonic() + seconds
        while not answers(local):
            if time.monotonic() > deadline:
                raise Unavailable(f"{image} did not answer within {seconds:.0f} s")
            time.sleep(0.3)
        yield local
    finally:
        subprocess.run([name, "rm", "--force", started.stdout.strip()], capture_output=True, check=False)
