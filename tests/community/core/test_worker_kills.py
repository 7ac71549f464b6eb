"""Workers ended with SIGKILL in the middle lose nothing and do nothing twice; tests.bench.tasks does it 100 times."""

import uuid
from collections.abc import Iterator

import psycopg
import pytest

from tests.bench.tasks.killing import Outcome, kill_workers
from tests.services.beside import database_url

pytestmark = pytest.mark.postgres


@pytest.fixture
def database(db: None) -> Iterator[str]:
    """A database of its own beside the tests', which other processes may use."""
    name = f"kills_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(database_url("postgres"), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        yield database_url(name)
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_killed_workers_lose_nothing_and_do_nothing_twice(database: str) -> None:
    outcome = kill_workers(database, kills=3, tasks=150, seed=7)
    assert outcome.kills >= 2
    assert outcome == Outcome.perfect(outcome)
