"""Workers ended with SIGKILL in the middle lose nothing and do nothing twice; tests.bench.tasks does it 100 times."""

import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

from tests.bench.tasks.killing import Outcome, kill_workers

pytestmark = pytest.mark.postgres


@pytest.fixture
def database(db: None) -> Iterator[str]:
    """A database of its own beside the tests', which other processes may use."""
    parameters = connection.get_connection_params()
    server = psycopg.conninfo.make_conninfo(**{k: parameters[k] for k in ("host", "port", "user") if parameters.get(k)})
    name = f"kills_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, dbname="postgres", autocommit=True, password=parameters.get("password")) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        address = urlsplit(f"postgresql://{parameters['user']}@{parameters['host']}:{parameters['port']}")
        if parameters.get("password"):
            address = address._replace(netloc=address.netloc.replace("@", f":{parameters['password']}@", 1))
        yield urlunsplit(address._replace(path=f"/{name}"))
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_killed_workers_lose_nothing_and_do_nothing_twice(database: str) -> None:
    outcome = kill_workers(database, kills=3, tasks=150, seed=7)
    assert outcome.kills >= 2
    assert outcome == Outcome.perfect(outcome)
