"""Serves a copy of the demo community, made once for each state of its tables and its content."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services.processes import free_port, listens, running

ROOT = Path(__file__).resolve().parents[2]
PREPARED = ROOT / "var" / "test-demo"
SHARED = Path(os.environ.get("ENTRAIDE_SHARED", ROOT.parent / "shared"))
COFFEE = SHARED / "data" / "stackexchange" / "coffee"
OWN_COFFEE = Path(__file__).parent / "dump" / "coffee"
# What decides how the prepared database looks; a change of any of these files makes it anew.
MADE_FROM = (
    "*/migrations/*.py", "*/*/migrations/*.py", "deploy/demo/**/*.*", "rewards/badges/shipped.toml",
    "search/documents/*.py", "search/analysis.py",
)  # fmt: skip
NOT_COPIED = shutil.ignore_patterns("pages", "output.log")
PREPARE_SECONDS = 600
START_SECONDS = 90


@dataclass(frozen=True)
class Site:
    """A running demo community."""

    url: str
    password: str
    database: Path
    mails: Path


def coffee_dump() -> Path:
    """The public dump when it is here, else a small one of our own about the same subject."""
    return COFFEE if (COFFEE / "Posts.xml").exists() else OWN_COFFEE


def state() -> str:
    """A digest of everything that the prepared database is made from."""
    digest = hashlib.sha256(str((coffee_dump() / "Posts.xml").stat().st_size).encode())
    found = {path for pattern in MADE_FROM for path in ROOT.glob(pattern) if "__pycache__" not in path.parts}
    for path in sorted(found):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def prepared() -> Path:
    """The folder of the prepared community; the first of several workers makes it, the others wait."""
    PREPARED.mkdir(parents=True, exist_ok=True)
    with (PREPARED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = PREPARED / state()
        if not folder.exists():
            unfinished = folder.with_suffix(".new")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            manage(unfinished, "demo", "--no-serve")
            manage(unfinished, "import_stackexchange", str(coffee_dump()), "--lang", "en")
            manage(unfinished, "search_rebuild")
            for old in PREPARED.glob("*/"):
                if old != unfinished:
                    shutil.rmtree(old, ignore_errors=True)
            unfinished.rename(folder)
        return folder


def environment(folder: Path, port: int = 8000) -> dict[str, str]:
    """What the demo needs to run on `folder`, and nothing else of this shell."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "DJANGO_SETTINGS_MODULE": "deploy.settings.demo", "VAR_DIR": str(folder), "PORT": str(port),
            "EMAIL_URL": f"file:{folder / 'mails'}"}  # fmt: skip


def manage(folder: Path, *command: str) -> None:
    """Run a management command on the community in `folder`. Raises CalledProcessError."""
    subprocess.run(
        [sys.executable, ROOT / "manage.py", *command], cwd=ROOT, env=environment(folder), check=True,
        stdout=subprocess.DEVNULL, timeout=PREPARE_SECONDS,
    )  # fmt: skip


@contextmanager
def served() -> Iterator[Site]:
    """A copy of its own, served until the block ends. Raises Unavailable when it does not start."""
    source, port = prepared(), free_port()
    with tempfile.TemporaryDirectory(prefix="entraide-browser-") as name:
        folder = Path(name) / "demo"
        shutil.copytree(source, folder, ignore=NOT_COPIED)
        command = [sys.executable, ROOT / "manage.py", "demo", "--port", str(port)]
        with running(
            command, folder=folder, answers=lambda: listens(port), seconds=START_SECONDS,
            environment=environment(folder, port),
        ):  # fmt: skip
            password = (folder / "demo_password").read_text().strip()
            yield Site(f"http://localhost:{port}", password, folder / "entraide.sqlite3", folder / "mails")
