"""A database engine of its own, away from the site's, for measuring."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections

from search.engines.database import DatabaseEngine
from search.models import Posting, SearchDocument, Word

ALIAS = "search_scratch"
TABLES = (SearchDocument, Word, Posting)


@contextmanager
def scratch_engine() -> Iterator[DatabaseEngine]:
    """An empty engine on the same kind of database as the site's: a temporary file, or a schema beside the site's.

    It is gone afterwards, with all that was indexed.
    """
    vendor = _scratch_schema if connection.vendor == "postgresql" else _scratch_file
    with vendor():
        with connections[ALIAS].schema_editor() as editor:
            for table in TABLES:
                editor.create_model(table)
        yield DatabaseEngine(ALIAS)


@contextmanager
def _scratch_file() -> Iterator[None]:
    with (
        tempfile.TemporaryDirectory(prefix="search-eval-") as folder,
        _connected({"NAME": Path(folder) / "index.sqlite3"}),
    ):
        yield


@contextmanager
def _scratch_schema() -> Iterator[None]:
    schema = f"search_scratch_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}")
    try:
        options = {**connection.settings_dict["OPTIONS"], "options": f"-c search_path={schema}"}
        options.pop("pool", None)
        with _connected({"OPTIONS": options}):
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {schema} CASCADE")


@contextmanager
def _connected(changes: dict[str, object]) -> Iterator[None]:
    connections.databases[ALIAS] = {**connection.settings_dict, **changes}
    try:
        yield
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]
