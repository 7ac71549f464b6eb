"""Which engines there are: the one that answers, and all those that are kept in step."""

from search.engines import Engine
from search.engines.database import DatabaseEngine


def engine() -> Engine:
    """The engine that the site searches with."""
    return DatabaseEngine()


def engines() -> list[Engine]:
    """Every engine whose index follows the database; the spare one first."""
    return [DatabaseEngine()]


def engine_called(name: str) -> Engine | None:
    """The engine of that name among `engines`; None when this installation has none."""
    return next((one for one in engines() if one.name == name), None)
