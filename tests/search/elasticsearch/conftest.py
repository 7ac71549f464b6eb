"""A real Elasticsearch, with indexes of this test's own."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from elasticsearch import Elasticsearch

from search.engines import chosen
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.live import LiveIndex
from search.engines.elasticsearch.scratch import scratch_engine
from search.rebuilding import rebuild_index


@pytest.fixture
def scratch(elasticsearch_url: str) -> Iterator[ElasticsearchEngine]:
    """An engine on an empty index."""
    with scratch_engine(elasticsearch_url) as engine:
        yield engine


@pytest.fixture
def site_index(db: None, elasticsearch_url: str, index_prefix: str) -> Iterator[LiveIndex]:
    """The site's own index on the server, built from the (empty) database."""
    chosen._live.cache_clear()
    chosen.breaker.succeeded()
    with override_settings(ELASTICSEARCH_URL=elasticsearch_url, SEARCH_INDEX=index_prefix):
        engine, live = chosen.elasticsearch_engine(), chosen.live_index()
        assert engine
        assert live
        rebuild_index(engine, lambda kind, count: None)
        yield live
    client = Elasticsearch(elasticsearch_url)
    for name in client.indices.get(index=f"{index_prefix}*").body:
        client.indices.delete(index=name)
    chosen._live.cache_clear()
    chosen.breaker.succeeded()
