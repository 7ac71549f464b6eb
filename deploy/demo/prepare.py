"""Everything before the demo can be served, each part skipped in milliseconds when it is done already."""

import hashlib
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

WORDS = "amber birch cedar delta ember fjord grove heron islet lagoon maple north olive pebble quartz river".split()


def migrate() -> bool:
    """Bring the tables up to date. Returns whether that changed any."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0)
    return True


def collect_static() -> bool:
    """Collect and compress the static files when any of them changed. Returns whether it did."""
    stamp = Path(settings.STATIC_ROOT) / ".made-from"
    wanted = fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)
    return True


def fingerprint() -> str:
    """A digest of the names, sizes and dates of all static files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def password() -> tuple[str, bool]:
    """The password of the people of the demo, and whether it is new.

    It is invented once for this machine, and kept beside the database.
    """
    path = Path(settings.VAR_DIR) / "demo_password"
    if is_new := not path.exists():
        path.write_text(f"{'-'.join(secrets.choice(WORDS) for _ in range(3))}-{secrets.randbelow(90) + 10}")
        path.chmod(0o600)
    return path.read_text().strip(), is_new
