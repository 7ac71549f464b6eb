"""Kills task workers at random moments while they work a queue off, then counts what they did."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[3]
WORKERS = 2
LEASE = "2"
ENQUEUE = (
    "import django; django.setup(); "
    "from community.core.tasks.backend import enqueue_all; from tests.bench.tasks.work import note, write; "
    "enqueue_all(write, [(n,) for n in range({count})]); enqueue_all(note, [(n,) for n in range({count})])"
)
COUNTS = """SELECT count(*), count(DISTINCT data->>'number') FROM core_loggedevent WHERE kind = %s"""


@dataclass(frozen=True)
class Outcome:
    """What became of `tasks` tasks of each kind. `twice` and `lost` count effects, `left` rows of the queue."""

    tasks: int
    kills: int
    seconds: float
    twice: int
    lost: int
    left: int

    @classmethod
    def perfect(cls, other: "Outcome") -> "Outcome":
        """The same run without a fault."""
        return cls(other.tasks, other.kills, other.seconds, 0, 0, 0)

    @property
    def sentence(self) -> str:
        """The verdict."""
        return (
            f"{2 * self.tasks} tasks, {self.kills} workers killed, {self.seconds:.0f} s: "
            f"{self.lost} lost, {self.twice} done twice, {self.left} stuck or parked"
        )


def kill_workers(database: str, kills: int, tasks: int, seed: int) -> Outcome:
    """Run `tasks` tasks of each kind with workers of which `kills` are ended with SIGKILL."""
    environment = settings(database)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-c", ENQUEUE.format(count=tasks)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    draw, started, killed = random.Random(seed), time.monotonic(), 0
    workers = [start(environment) for _ in range(WORKERS)]
    with psycopg.connect(database, autocommit=True) as connection:
        try:
            while waiting(connection):
                time.sleep(draw.uniform(0.2, 2.5))
                if killed < kills:
                    victim = draw.randrange(WORKERS)
                    workers[victim].send_signal(signal.SIGKILL)
                    workers[victim].wait()
                    workers[victim] = start(environment)
                    killed += 1
        finally:
            for worker in workers:
                worker.terminate()
            for worker in workers:
                worker.wait()
        return counted(connection, tasks, killed, time.monotonic() - started)


def waiting(connection: psycopg.Connection) -> bool:
    """Whether a task is due or running."""
    row = connection.execute("SELECT EXISTS(SELECT 1 FROM core_backgroundtask WHERE state <> 'parked')").fetchone()
    return bool(row and row[0])


def counted(connection: psycopg.Connection, tasks: int, kills: int, seconds: float) -> Outcome:
    """The effects in the database."""
    twice = lost = 0
    for kind in ("BenchWritten", "BenchNoted"):
        rows, distinct = connection.execute(COUNTS, [kind]).fetchone() or (0, 0)
        twice += rows - distinct
        lost += tasks - distinct
    left = connection.execute("SELECT count(*) FROM core_backgroundtask").fetchone()
    return Outcome(tasks, kills, seconds, twice, lost, left[0] if left else 0)


def start(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """A worker."""
    command = [sys.executable, "manage.py", "worker", "--lease", LEASE]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)


def settings(database: str) -> dict[str, str]:
    """The production shape, as far as a worker needs it."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "deploy.settings.production",
        "SECRET_KEY": "for-the-benchmark-only-0123456789-abcdefghijklmnopqrstuvwxyz",
        "SITE_URL": "https://localhost",
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": database,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "EMAIL_URL": "memory:",
        "LOG_LEVEL": "ERROR",
    }
