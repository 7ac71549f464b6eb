"""Which engines there are: the one that answers, and all those that are kept in step."""

from functools import lru_cache

from django.conf import settings
from elasticsearch import Elasticsearch

from search.engines import Engine
from search.engines.breaker import Breaker
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.live import LiveIndex
from search.engines.failover import FailoverEngine
from search.meaning import chosen as meaning

breaker = Breaker()


def engine() -> Engine:
    """The engine that the site searches with: Elasticsearch if there is one, and the database when that is down."""
    preferred = elasticsearch_engine()
    return FailoverEngine(preferred, DatabaseEngine(), breaker) if preferred else DatabaseEngine()


def engines() -> list[Engine]:
    """Every engine whose index follows the database; the spare one first."""
    preferred = elasticsearch_engine()
    return [DatabaseEngine(), *([preferred] if preferred else [])]


def engine_called(name: str) -> Engine | None:
    """The engine of that name among `engines`; None when this installation has none."""
    return next((one for one in engines() if one.name == name), None)


def elasticsearch_engine() -> ElasticsearchEngine | None:
    """The engine on the server that ELASTICSEARCH_URL names; None when it is empty."""
    live = live_index()
    return ElasticsearchEngine(live.client, live.alias, meaning.chosen(), live) if live else None


def live_index() -> LiveIndex | None:
    """The site's index on that server."""
    if not settings.ELASTICSEARCH_URL:
        return None
    return _live(settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX, settings.ELASTICSEARCH_CA)


@lru_cache(maxsize=4)
def _live(url: str, alias: str, authority: str) -> LiveIndex:
    """One client a process and server: it keeps its connections. `authority` is a file of certificates to trust."""
    trusted = {"ca_certs": authority} if authority else {}
    client = Elasticsearch(url, retry_on_timeout=False, max_retries=0, **trusted)  # type: ignore[arg-type]
    return LiveIndex(client, alias, meaning.chosen())
