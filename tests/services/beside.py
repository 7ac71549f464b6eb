"""What another process needs to work on the database of the test that starts it."""

import os
from urllib.parse import quote

from django.db import connection

KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "REDIS_URL")


def environment() -> dict[str, str]:
    """The environment of a process beside this test: its database, its settings, its Redis."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "deploy.settings.test"}


def database_url(name: str = "") -> str:
    """This test's own database, or the one called `name` on the same server."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    person = f"{quote(str(found['USER']))}:{quote(str(found['PASSWORD']))}"
    return f"postgresql://{person}@{quote(str(found['HOST']), safe='')}:{found['PORT']}/{name or found['NAME']}"
