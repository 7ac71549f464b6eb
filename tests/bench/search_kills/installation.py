"""The production shape, in processes that can be killed one by one."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.pages.server import ROOT, manage
from tests.services.processes import Program, free_port, listens, scratch_folder

NODES, WORKERS, LEASE = 2, 2, "5"


@dataclass
class Installation:
    """What runs: web nodes by port, task workers, Elasticsearch; `settings` is their environment."""

    settings: dict[str, str]
    nodes: dict[int, Program]
    workers: list[Program]
    server: Program

    @property
    def programs(self) -> dict[str, Program]:
        """All that may be killed, by name."""
        named = {f"node {port}": node for port, node in self.nodes.items()}
        named |= {f"worker {place}": worker for place, worker in enumerate(self.workers)}
        return {**named, "elasticsearch": self.server}

    def keep_house(self) -> None:
        """What cron does every minute."""
        manage(self.settings, "housekeeping", "--verbosity", "0")


def people(settings: dict[str, str], count: int) -> list[tuple[str, str]]:
    """Tokens of `count` pairs of people, in an empty database."""
    manage(settings, "migrate", "--verbosity", "0")
    manage(settings, "collectstatic", "--noinput", "--verbosity", "0")
    command = [sys.executable, "-m", "tests.bench.search_kills.people", str(count)]
    done = subprocess.run(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True, check=True)
    return [(asker, answerer) for asker, answerer in json.loads(done.stdout.splitlines()[-1])]


@contextmanager
def installed(settings: dict[str, str], server: Program) -> Iterator[Installation]:
    """Everything running, beside an Elasticsearch that runs already."""
    with ExitStack() as stack:

        def program(name: str, command: list[str], port: int = 0) -> Program:
            folder = stack.enter_context(scratch_folder(name, None))
            made = Program(command, folder, lambda: not port or listens(port), 90, environment=settings, cwd=ROOT)
            stack.callback(made.stop)
            made.start(wait=False)
            return made

        ports = [free_port() for _ in range(NODES)]
        nodes = {port: program("node", granian(port), port) for port in ports}
        worker = [sys.executable, "manage.py", "worker", "--lease", LEASE]
        workers = [program("worker", worker) for _ in range(WORKERS)]
        for node in nodes.values():
            node.wait()
        yield Installation(settings, nodes, workers, server)


def granian(port: int) -> list[str]:
    """The command of one web node."""
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "asginl", "--host", "127.0.0.1"]
    return [*command, "--port", str(port), "--workers", "1", "--log-level", "warning", "deploy.asgi:application"]


@contextmanager
def kept(installation: Installation, every: float) -> Iterator[None]:
    """Housekeeping goes on beside."""
    ended = threading.Event()

    def go_on() -> None:
        while not ended.wait(every):
            installation.keep_house()

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
