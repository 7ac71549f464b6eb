"""A browser for tests: the one CHROMIUM names, else the machine's own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.processes import Provided, Unavailable

VARIABLE = "CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def provide() -> Iterator[Provided]:
    """A Chromium that can be run; raises Unavailable."""
    if named := os.environ.get(VARIABLE):
        if not Path(named).exists():
            raise Unavailable(f"browser: CHROMIUM names {named}, which is not there")
        yield Provided(VARIABLE, named, "named by CHROMIUM")
        return
    found = find()
    if found is None:
        raise Unavailable("browser: no Chromium; apt install chromium, or set CHROMIUM")
    yield Provided(VARIABLE, found, found)


def find() -> str | None:
    """The path of the machine's Chromium."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
