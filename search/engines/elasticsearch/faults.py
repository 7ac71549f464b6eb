"""What may go wrong with a server, told as the rest of search understands it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from elasticsearch import (
    ApiError,
    NotFoundError,
    SerializationError,
    SSLError,
    TransportError,
    UnsupportedProductError,
)
from elasticsearch.helpers import BulkIndexError

from search.engines import EngineFault

# The index is not there or not ours, the request is not understood, or not in this version: asking again does not help.
LASTING = {400, 401, 403, 405, 406, 415}
NOT_FOUND = 404
NO_INDEX = "it has no index: run manage.py search_rebuild"
NOT_TRUSTED = "its certificate is not trusted: ELASTICSEARCH_CA names the file of whoever signed it"


@contextmanager
def told_as_faults() -> Iterator[None]:
    """Turn whatever the client raises into EngineFault."""
    try:
        yield
    except NotFoundError as error:
        raise EngineFault(NO_INDEX, lasting=True) from error
    except ApiError as error:
        status = error.meta.status
        raise EngineFault(f"{status} {error.error}", lasting=status in LASTING) from error
    except BulkIndexError as error:
        raise EngineFault(f"{error}, first {_reason(error)}") from error
    except UnsupportedProductError as error:
        raise EngineFault("what answers is no Elasticsearch", lasting=True) from error
    except SSLError as error:
        raise EngineFault(NOT_TRUSTED, lasting=True) from error
    except (TransportError, SerializationError) as error:
        raise EngineFault(type(error).__name__) from error


def fault_of(answer: Mapping[str, Any]) -> EngineFault:
    """The fault that one answer among several tells of."""
    status = int(answer.get("status", 0))
    if status == NOT_FOUND:
        return EngineFault(NO_INDEX, lasting=True)
    return EngineFault(f"{status} {answer['error'].get('type', 'unknown')}", lasting=status in LASTING)


def _reason(error: BulkIndexError) -> str:
    """Why the first document could not be indexed."""
    first: Any = next(iter(error.errors), {})
    result: Any = next(iter(first.values()), {})
    return str(result.get("error", {}).get("type", "unknown"))
