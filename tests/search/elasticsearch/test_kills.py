"""A short run of tests/bench/search_kills: everything is killed while people write; nothing is lost or doubled."""

import pytest

from tests.bench.search_kills.killing import Plan, run
from tests.services import postgres, redis
from tests.services.processes import Program, Unavailable

pytestmark = pytest.mark.elasticsearch
SHORT = Plan(
    writes=60, kills=6, seed=7, is_hurried=True, seconds_between_writes=1.0, seconds_between_kills=(0.5, 4.0)
)  # fmt: skip


def test_nothing_is_lost_or_doubled_by_kills(own_elasticsearch: tuple[Program, str]) -> None:
    server, url = own_elasticsearch
    try:
        with postgres.provide() as database, redis.provide() as cache:
            outcome = run(SHORT, database.value, cache.value, server, url)
    except Unavailable as error:
        pytest.skip(str(error))
    assert outcome.is_perfect, outcome.sentence
    assert outcome.kills
