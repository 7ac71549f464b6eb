"""Keeps the index what the database says: one document at a time as things happen, or all of them."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils import timezone

from search.documents import Kind, kinds
from search.engines import Engine, Key, fingerprint

BATCH = 200


@dataclass
class Differences:
    """Ids for which the index is not what the database says."""

    missing: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    leftover: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.outdated or self.leftover)


def refresh(kind_name: str, ids: Collection[str], engine: Engine) -> None:
    """Index what the database says of `ids` now; what is gone is forgotten. Safe to run twice."""
    if not ids:
        return
    # Taken before anything is read: when two tasks overlap, the one that began last has read the latest.
    read_at = timezone.now()
    documents = kinds[kind_name].documents(ids)
    engine.index(documents, read_at)
    gone = set(ids) - {document.object_id for document in documents}
    engine.delete([Key(kind=kind_name, object_id=object_id) for object_id in sorted(gone)], read_at)


def rebuild(kind: Kind, engine: Engine, progress: Callable[[int], object]) -> None:
    """Index every document of `kind` and forget the others, while the site goes on writing.

    `progress` is called with the number of documents done since its last call.
    """
    for ids in batches(kind.ids()):
        refresh(kind.name, ids, engine)
        progress(len(ids))
    # What the index alone knows may also have been written a moment ago: the database is asked once more.
    leftover = {object_id for object_id, _ in engine.keys(kind.name)} - set(kind.ids())
    for ids in batches(sorted(leftover)):
        refresh(kind.name, ids, engine)


def compare(kind: Kind, engine: Engine) -> Differences:
    """What differs between the index and the database."""
    indexed, found = dict(engine.keys(kind.name)), Differences()
    for ids in batches(kind.ids()):
        for document in kind.documents(ids):
            held = indexed.pop(document.object_id, None)
            if held is None:
                found.missing.append(document.object_id)
            elif held != fingerprint(document):
                found.outdated.append(document.object_id)
    found.leftover = sorted(indexed)
    return found


def batches(ids: Iterable[str]) -> Iterator[list[str]]:
    """`ids` in lists of at most BATCH."""
    iterator = iter(ids)
    while batch := list(islice(iterator, BATCH)):
        yield batch
