"""Migrates the SQLite test database once for each state of the migrations: later runs start from a copy."""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOTS = ROOT / "var" / "test-databases"
PACKAGES = ("community", "search", "ideas", "rewards", "deploy")
IN_MEMORY = Path("/dev/shm")


def uses_sqlite() -> bool:
    """Whether this run is on the embedded default."""
    return bool(settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3")


def snapshot_path() -> Path:
    """The file that holds the database as the present migrations and libraries make it."""
    state = hashlib.sha256(sqlite3.sqlite_version.encode() + (ROOT / "uv.lock").read_bytes())
    for path in sorted(path for name in PACKAGES for path in (ROOT / name).glob("**/migrations/*.py")):
        state.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return SNAPSHOTS / f"{state.hexdigest()[:20]}.sqlite3"


@pytest.fixture(scope="session")
def own_database() -> Iterator[Path]:
    """The path of this worker's database, gone at the end."""
    folder = tempfile.mkdtemp(prefix="entraide-database-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None)
    yield Path(folder) / "test.sqlite3"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """Let Django take the copy as it is; the folder it is in disappears anyway."""
    return django_db_keepdb or uses_sqlite()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, own_database: Path) -> None:
    """Put the copy where Django expects this worker's database."""
    if uses_sqlite():
        connection.settings_dict["TEST"]["NAME"] = str(own_database)
        if snapshot_path().exists():
            shutil.copyfile(snapshot_path(), own_database)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep what the migrations made for the next run, when they had to run."""
    if uses_sqlite() and not snapshot_path().exists():
        with django_db_blocker.unblock():
            keep(snapshot_path())
    yield
    if uses_sqlite():
        with django_db_blocker.unblock():
            connection.close()


def keep(target: Path) -> None:
    """Write the present database to `target` at one stroke, and drop the snapshots of earlier states."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for old in target.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder, connection.cursor() as cursor:
        draft = Path(folder) / target.name
        cursor.execute("VACUUM INTO %s", [str(draft)])
        draft.replace(target)
