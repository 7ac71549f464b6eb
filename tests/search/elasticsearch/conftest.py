"""A real Elasticsearch, with indexes of this test's own."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import override_settings

from community.core import metrics
from search import tasks
from search.engines import chosen
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.live import LiveIndex
from search.engines.elasticsearch.scratch import scratch_engine
from search.rebuilding import rebuild_index
from tests.services.elasticsearch import prepared
from tests.services.processes import Program
from tools.fetch_elasticsearch import elasticsearch_home


@pytest.fixture
def scratch(elasticsearch_url: str) -> Iterator[ElasticsearchEngine]:
    """An engine on an empty index."""
    with scratch_engine(elasticsearch_url) as engine:
        yield engine


@pytest.fixture
def site_index(db: None, elasticsearch_url: str, index_prefix: str) -> Iterator[LiveIndex]:
    """The site's own index on the server, built from the (empty) database."""
    with site_index_at(elasticsearch_url, index_prefix) as live:
        yield live


@contextmanager
def site_index_at(url: str, name: str) -> Iterator[LiveIndex]:
    """The site's own index on the server at `url`, built from the database; gone afterwards."""
    forget_faults()
    with override_settings(ELASTICSEARCH_URL=url, SEARCH_INDEX=name):
        engine, live = chosen.elasticsearch_engine(), chosen.live_index()
        assert engine
        assert live
        rebuild_index(engine, lambda kind, count: None)
        yield live
    for found in live.client.indices.get(index=f"{name}*").body:
        live.client.indices.delete(index=found)
    forget_faults()


def forget_faults() -> None:
    """Know nothing of what an earlier test did to a server."""
    chosen._live.cache_clear()
    chosen.breaker.succeeded()
    metrics.search_on_spare.set(0)
    tasks.writing.clear()


@pytest.fixture(scope="session")
def own_elasticsearch(index_prefix: str) -> Iterator[tuple[Program, str]]:
    """A server that a test may kill or pause, and its address."""
    if not elasticsearch_home().exists():
        pytest.skip("needs an Elasticsearch to kill: make elasticsearch")
    with prepared(elasticsearch_home()) as (server, url):
        server.start()
        yield server, url
