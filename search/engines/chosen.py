"""Which engine answers."""

from search.engines import Engine
from search.engines.database import DatabaseEngine


def engine() -> Engine:
    """The engine that the site searches with."""
    return DatabaseEngine()
