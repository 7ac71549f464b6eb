"""An Elasticsearch engine of its own, away from the site's, for measuring."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from elasticsearch import Elasticsearch

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.faults import told_as_faults
from search.engines.elasticsearch.live import pack
from search.engines.elasticsearch.mapping import index
from search.meaning import Meaning


class ScratchEngine(ElasticsearchEngine):
    """An engine whose index is finished as a rebuild finishes the site's."""

    def mend(self) -> None:
        """Let everything indexed be found, in as few segments as after a rebuild."""
        with told_as_faults():
            pack(self._client, self._index)


@contextmanager
def scratch_engine(url: str, meaning: Meaning | None = None) -> Iterator[ScratchEngine]:
    """An empty engine on the server at `url`. It is gone afterwards, with all that was indexed."""
    client = Elasticsearch(url)
    alias = f"entraide-scratch-{os.getpid()}"
    own = index(f"{alias}-1", client, meaning.dimensions if meaning else 0)
    own.aliases(**{alias: {}})
    own.settings(number_of_replicas=0)
    own.create()
    try:
        yield ScratchEngine(client, alias, meaning)
    finally:
        own.delete()
        client.close()
