"""The site as in production: PostgreSQL, Redis, two worker processes, DEBUG off."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.processes import free_port, listens, running, scratch_folder

ROOT = Path(__file__).resolve().parents[3]
WORKERS = 2


def environment(database: str, redis: str, folder: Path) -> dict[str, str]:
    """The settings of the measured site."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "deploy.settings.production",
        "SECRET_KEY": "for-the-benchmark-only-0123456789-abcdefghijklmnopqrstuvwxyz",
        "SITE_URL": "https://localhost",
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "EMAIL_URL": "memory:",
        "LOG_LEVEL": "WARNING",
    }


def manage(settings: dict[str, str], *arguments: str) -> str:
    """Run manage.py and return what it prints. Raises CalledProcessError."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True, check=True).stdout


def seeded(settings: dict[str, str], figures: list[str]) -> dict[str, str]:
    """Fill the database; the paths to measure. What the seed left for task workers is worked off."""
    paths: dict[str, str] = json.loads(manage(settings, "bench_seed", *figures).splitlines()[-1])
    manage(settings, "worker", "--batch")
    manage(settings, "collectstatic", "--noinput", "--verbosity", "0")
    return paths


def counted(settings: dict[str, str], paths: dict[str, str]) -> dict[str, list[int]]:
    """How many statements each page needs, for a reader whose page is kept and for a member."""
    asked = {name: path for name, path in paths.items() if path.startswith("/")} | {"email": paths["email"]}
    command = [sys.executable, "-m", "tests.bench.pages.queries", json.dumps(asked)]
    done = subprocess.run(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, list[int]] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def served(settings: dict[str, str]) -> Iterator[tuple[int, int]]:
    """The running site: its port and the id of its main process."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "asginl", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(WORKERS), "--log-level", "warning", "deploy.asgi:application"]
    with (
        scratch_folder("bench", None) as folder,
        running(command, folder=folder, environment=settings, seconds=60, answers=lambda: listens(port)),
    ):
        yield port, process_at(port)


def process_at(port: int) -> int:
    """The main process of the server: the oldest one that was told to listen on `port`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"deploy.asgi:application" in words and str(port).encode() in words:
            found.append(int(folder.name))
    return min(found)
